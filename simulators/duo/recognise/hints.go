package recognise

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// hinted looks at what became of users and groups about which the wire does not tell
// what happened to them in Duo.
func (r *reading) hinted(hints Hints) error {
	for _, name := range hints.Disabled {
		if err := r.disabled(name); err != nil {
			return err
		}
	}
	for _, name := range hints.Removed {
		if err := r.removed(name); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) disabled(name string) error {
	last := r.items[len(r.items)-1]
	for id, a := range r.world.users {
		if !strings.EqualFold(a.name, name) {
			continue
		}
		if first := r.deprovisioned(id); first != nil {
			r.show("disabled-user", duo.Choice(duo.DisabledDeprovisioned), first, "%s is disabled in Duo, and is deprovisioned", name)
			return nil
		}
		r.show("disabled-user", duo.Choice(duo.DisabledMember), last, "%s is disabled in Duo, and up to here nothing takes the account away", name)
		return nil
	}
	return fmt.Errorf("nobody in the recording has the userName %s: of a recording with pseudonyms, give the pseudonym", name)
}

// deprovisioned is the request that deactivates or deletes the account, or nil.
func (r *reading) deprovisioned(id string) *item {
	for _, i := range r.items {
		if i.endpoint != users || i.id != id {
			continue
		}
		if i.x.Method == http.MethodDelete || activeOf(i.body) == "false" {
			return i
		}
		for _, op := range i.ops {
			if activeIn(op) == "false" {
				return i
			}
		}
	}
	return nil
}

func (r *reading) removed(name string) error {
	last := r.items[len(r.items)-1]
	for _, g := range r.world.groups {
		if !strings.EqualFold(g.name, name) || g.last == nil {
			continue
		}
		switch {
		case g.deleted: // shown already
		case g.emptied:
			r.show("group-removal", duo.Choice(duo.GroupEmpty), g.last, "%s is removed in Duo, and its members are taken out", name)
		default:
			r.show("group-removal", duo.Choice(duo.GroupLeave), last, "%s is removed in Duo, and up to here it stays as it is", name)
		}
		return nil
	}
	return fmt.Errorf("no group that Duo changes in the recording has the displayName %s: of a recording with pseudonyms, give the pseudonym", name)
}
