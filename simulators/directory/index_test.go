package directory_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// crowd has n users and three groups: all of them, every tenth, nobody.
func crowd(n int) *directory.Directory {
	d := &directory.Directory{Groups: []directory.Group{{Key: "DGALL", Name: "All"}, {Key: "DGTENTH", Name: "Tenth"}, {Key: "DGNONE", Name: "None"}}}
	for i := range n {
		key := fmt.Sprintf("DU%d", i)
		d.Users = append(d.Users, directory.User{Key: key, Username: fmt.Sprintf("user%d@example.com", i), Status: directory.Active})
		d.Groups[0].Members = append(d.Groups[0].Members, key)
		if i%10 == 0 {
			d.Groups[1].Members = append(d.Groups[1].Members, key)
		}
	}
	return d
}

func TestLookUpsSeeEveryChangeThatTheMethodsMake(t *testing.T) {
	d := crowd(100)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 100 { // so that places move while they are looked up
		if i%3 == 0 {
			must(d.RemoveUser(fmt.Sprintf("USER%d@example.com", i)))
		}
	}
	must(d.SetAttribute("DU1", directory.Username, "one@example.com"))
	must(d.AddUser(directory.User{Key: "DUNEW", Username: "new@example.com"}))
	must(d.AddMember("Tenth", "new@example.com"))
	must(d.RemoveMember("All", "DU2"))
	must(d.RemoveGroup("None"))
	must(d.RenameGroup("Tenth", "Every tenth"))
	must(d.AddGroup(directory.Group{Key: "DGTWO", Name: "Two", Members: []string{"DU2", "one@example.com"}}))

	for i := range 100 {
		key := fmt.Sprintf("DU%d", i)
		got, found := d.User(key)
		if found == (i%3 == 0) || found && got.Key != key {
			t.Errorf("User(%s) is %+v, %t", key, got, found)
		}
	}
	for ref, want := range map[string]string{"one@example.com": "DU1", "NEW@example.com": "DUNEW", "user1@example.com": "", "user99@example.com": ""} {
		if got, _ := d.User(ref); got.Key != want {
			t.Errorf("User(%s) is %q, want %q", ref, got.Key, want)
		}
	}
	for ref, want := range map[string]string{"tenth": "", "every TENTH": "DGTENTH", "None": "", "two": "DGTWO"} {
		if got, _ := d.Group(ref); got.Key != want {
			t.Errorf("Group(%s) is %q, want %q", ref, got.Key, want)
		}
	}
	for user, want := range map[string][]string{"DU1": {"All", "Two"}, "DU2": {"Two"}, "DUNEW": {"Every tenth"}, "DU10": {"All", "Every tenth"}, "DU0": nil} {
		var names []string
		for _, g := range d.GroupsOf(user) {
			names = append(names, g.Name)
		}
		if !slices.Equal(names, want) {
			t.Errorf("%s is in %q, want %q", user, names, want)
		}
	}
}

func TestLookUpsSeeASliceThatWasReplacedOrReordered(t *testing.T) {
	d := crowd(10)
	if _, found := d.User("DU9"); !found || !d.HasMember("DGALL", "DU9") {
		t.Fatal("the last user is not found")
	}
	slices.Reverse(d.Users)
	slices.Reverse(d.Groups)
	if got, _ := d.User("DU9"); got.Key != "DU9" || !d.HasMember("DGALL", "DU9") || d.HasMember("DGNONE", "DU9") {
		t.Errorf("after a reversal the last user is %+v", got)
	}
	d.Users = d.Users[:5] // 9 to 5
	if _, found := d.User("DU4"); found {
		t.Error("a user who was cut off is found")
	}
	d.Groups = nil
	if d.HasMember("DGALL", "DU9") {
		t.Error("a group that was cut off has a member")
	}
}

func TestLookUpsMayRunConcurrently(t *testing.T) {
	d := crowd(50)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			user := fmt.Sprintf("DU%d", i)
			if _, found := d.User(user); !found || !d.HasMember("DGALL", user) {
				t.Errorf("%s is not found", user)
			}
		})
	}
	wg.Wait()
}

// The cost of a look-up does not grow with the directory: compare the sizes.
func BenchmarkLookUp(b *testing.B) {
	for _, n := range []int{10, 1_000_000} {
		d := crowd(n)
		key, name := d.Users[n-1].Key, d.Users[n-1].Username
		for what, look := range map[string]func() bool{
			"user by key":      func() bool { _, found := d.User(key); return found },
			"user by name":     func() bool { _, found := d.User(name); return found },
			"nobody":           func() bool { _, found := d.User("nobody"); return !found },
			"membership":       func() bool { return d.HasMember("DGALL", key) },
			"groups of a user": func() bool { return len(d.GroupsOf(key)) > 0 },
		} {
			look() // which builds the index
			b.Run(fmt.Sprintf("%s of %d", what, n), func(b *testing.B) {
				for b.Loop() {
					if !look() {
						b.Fatal("not found")
					}
				}
			})
		}
	}
}
