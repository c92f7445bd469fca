package directory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAWalkFindsWhomTheIndexFinds(t *testing.T) {
	d := &Directory{}
	for i := range 200 {
		d.Users = append(d.Users, User{Key: fmt.Sprintf("DU%d", i), Username: fmt.Sprintf("User%d", i)})
	}
	random := rand.New(rand.NewPCG(1, 2))
	var inOrder []string
	for i := range 200 {
		inOrder = append(inOrder, fmt.Sprintf("DU%d", i))
	}
	swapped := slices.Clone(inOrder)
	for i := 0; i < 190; i += 10 {
		swapped[i], swapped[i+9] = swapped[i+9], swapped[i]
	}
	shuffled := slices.Clone(inOrder)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for how, refs := range map[string][]string{
		"in order": inOrder, "nearly in order": swapped, "in any order": shuffled,
		"names, and nobody": {"user7", "DU199", "USER0", "DU1", "nobody", "DU2", "DU0"},
	} {
		walk := d.Walk()
		for _, ref := range refs {
			i, ok := walk(ref)
			if want, there := d.UserIndex(ref); i != want || ok != there {
				t.Errorf("%s: %s is at %d, %v; want %d, %v", how, ref, i, ok, want, there)
			}
		}
	}
	if _, ok := (&Directory{}).Walk()("DU1"); ok {
		t.Error("an empty directory has a user")
	}
}
