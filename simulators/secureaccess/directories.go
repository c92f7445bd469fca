package secureaccess

import (
	"slices"

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
func (d *Directory) Snapshot(typeName string) []*scim.Object { return d.provider.Snapshot(typeName) }

// Load creates resources of a type, "User" or "Group", as their creation by a client would,
// with new ids in their order. The error names the resource by its position from 0;
// nothing was created then.
func (d *Directory) Load(typeName string, resources []*scim.Object) error {
	_, err := d.provider.Load(typeName, resources)
	return err
}
