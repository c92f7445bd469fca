package secureaccess

import (
	"fmt"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Directories returns the integrated directories, in the order of their integration.
func (s *Server) Directories() []*Directory {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.directories)
}

// HasToken says whether a token was generated for the directory.
func (d *Directory) HasToken() bool {
	d.server.mu.RLock()
	defer d.server.mu.RUnlock()
	return d.token != nil
}

// Snapshot returns copies of the directory's resources of a type, "User" or "Group", in
// the order of their creation.
func (d *Directory) Snapshot(typeName string) []*scim.Object { return d.current().Snapshot(typeName) }

// Replace makes these the only users and groups of the directory. An id that a resource
// has becomes its id, and any other gets a new one; the rest is as their creation by a
// client would make it. The error names the resource by its position from 0, and changes
// nothing.
func (d *Directory) Replace(users, groups []*scim.Object) error {
	given, err := idsOf(users, groups)
	if err != nil {
		return err
	}
	fresh, err := d.server.newProvider(d.authorize, func() string {
		id := ""
		if len(given) > 0 {
			id, given = given[0], given[1:]
		}
		if id == "" {
			id = d.server.newID()
		}
		return id
	})
	if err != nil {
		return err
	}
	for _, part := range []struct {
		kind      string
		resources []*scim.Object
	}{{"User", users}, {"Group", groups}} {
		if _, err := fresh.Load(part.kind, part.resources); err != nil {
			return err
		}
	}
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	d.provider = fresh
	return nil
}

// idsOf are the ids that resources have, "" for none. None may be there twice.
func idsOf(users, groups []*scim.Object) ([]string, error) {
	var ids []string
	seen := map[string]bool{}
	for _, r := range slices.Concat(users, groups) {
		id := scim.IDOf(r)
		if id != "" && seen[id] {
			return nil, fmt.Errorf("two resources have the id %q: give each its own, or none", id)
		}
		seen[id] = true
		ids = append(ids, id)
	}
	return ids, nil
}

// Remove takes the directory with its token out of the organization.
func (d *Directory) Remove() {
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	d.server.directories = slices.DeleteFunc(d.server.directories, func(other *Directory) bool { return other == d })
	if d.token != nil {
		delete(d.server.byToken, *d.token)
		d.token = nil
	}
}

// current is the store with the directory's resources.
func (d *Directory) current() *provider.Provider {
	d.server.mu.RLock()
	defer d.server.mu.RUnlock()
	return d.provider
}
