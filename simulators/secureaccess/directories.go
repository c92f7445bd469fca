package secureaccess

import "slices"

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
