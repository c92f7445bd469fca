package provider

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestASequenceIsLikeASliceWhateverIsRemoved(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var s sequence
	var model []*entry
	for seq := uint64(1); seq <= 5*blockSize; seq++ {
		e := &entry{seq: seq}
		s.append(e)
		model = append(model, e)
	}
	for len(model) > 0 {
		for range min(len(model), 500) {
			i := random.IntN(len(model))
			if random.IntN(2) == 0 {
				i = 0 // empty blocks from the front, too
			}
			s.remove(model[i])
			model = slices.Delete(model, i, i+1)
		}
		e := &entry{seq: uint64(10*blockSize - len(model))}
		if random.IntN(2) == 0 && len(model) > 500 {
			s.append(e)
			model = append(model, e)
		}
		skip := random.IntN(len(model) + 2)
		want := model[min(skip, len(model)):]
		if got := slices.Collect(s.from(skip)); s.length != len(model) || !slices.Equal(got, want) {
			t.Fatalf("after %d removals: %d entries from %d, want %d", 5*blockSize-len(model), len(got), skip, len(want))
		}
	}
}
