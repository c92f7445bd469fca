package duo

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// names says which of several resources want a name that another one has and
// gives up, so that the other one goes first.
type names struct {
	wanted map[int]string // folded, by resource
	had    map[int]string // folded, of those that give their name up
	freed  map[string]int // the resource that gives the folded name up
}

// add notes the name that a resource wants and the one that it has, "" for a new
// resource.
func (n *names) add(resource int, wants, has string) {
	if n.wanted == nil {
		n.wanted, n.had, n.freed = map[int]string{}, map[int]string{}, map[string]int{}
	}
	wants, has = folded(wants), folded(has)
	n.wanted[resource] = wants
	if has != "" && has != wants {
		n.had[resource], n.freed[has] = has, resource
	}
}

// park returns one resource of each ring in which names are exchanged: it needs
// another name for the time being, so that the others can have theirs. After that
// its name counts as free.
func (n *names) park(resources []int) []int {
	var parked []int
	for _, r := range resources {
		if n.inRing(r) {
			parked = append(parked, r)
			delete(n.freed, n.had[r])
		}
	}
	return parked
}

// wantedByOthers are the names that resources want which have another name now.
func (n *names) wantedByOthers() map[string]bool {
	wanted := map[string]bool{}
	for r := range n.had {
		wanted[n.wanted[r]] = true
	}
	return wanted
}

func (n *names) inRing(resource int) bool {
	at := resource
	for range n.freed {
		next, taken := n.freed[n.wanted[at]]
		if !taken || next == at {
			return false
		}
		if at = next; at == resource {
			return true
		}
	}
	return false
}

// waves splits the resources, in their order, so that each one that gives up a
// name is in an earlier wave than the one that takes it.
func (n *names) waves(resources []int) [][]int {
	if len(n.freed) == 0 {
		if len(resources) == 0 {
			return nil
		}
		return [][]int{resources}
	}
	var waves [][]int
	for _, r := range resources {
		d := n.depth(r)
		for len(waves) <= d {
			waves = append(waves, nil)
		}
		waves[d] = append(waves[d], r)
	}
	return slices.DeleteFunc(waves, func(w []int) bool { return len(w) == 0 })
}

// depth is how many others have to give up a name before this one gets its own.
func (n *names) depth(resource int) int {
	depth := 0
	for at := resource; depth < len(n.freed); depth++ {
		before, taken := n.freed[n.wanted[at]]
		if !taken || before == resource {
			break
		}
		at = before
	}
	return depth
}

// folded is a name in the form in which targets compare names.
func folded(name string) string { return scim.Fold(userNames.attribute, name) }
