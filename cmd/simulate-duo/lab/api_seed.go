package lab

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// seedRoutes say who is there.
var seedRoutes = []route{
	{"GET", "/api/snapshot", nil, func(l *Lab, _ *http.Request) (any, error) { return l.snapshot(), nil }},
	{"POST", "/api/seed", nil, func(l *Lab, r *http.Request) (any, error) {
		var s snapshotJSON
		if err := readJSON(r, &s); err != nil {
			return nil, err
		}
		return nil, l.seed(s)
	}},
	{"POST", "/api/reset", nil, func(l *Lab, _ *http.Request) (any, error) { return nil, l.Reset() }},
}

// snapshotJSON is who is on both sides: what a snapshot answers and a seed takes.
type snapshotJSON struct {
	Duo          *duoJSON        `json:"duo,omitempty"`
	SecureAccess []directoryJSON `json:"secure_access,omitempty"`
}

// duoJSON are the users and groups in Duo.
type duoJSON struct {
	Users  []userJSON  `json:"users"`
	Groups []groupJSON `json:"groups"`
}

// directoryJSON is a directory of the simulated Secure Access with its resources. A seed
// may leave the name out: it means the first one.
type directoryJSON struct {
	Name     string           `json:"name,omitempty"`
	Provider secureaccess.IdP `json:"idp,omitempty"`
	Users    []*scim.Object   `json:"users"`
	Groups   []*scim.Object   `json:"groups"`
}

// alone says whether the lab is only a simulated Secure Access with its API.
func (l *Lab) alone() bool { return l.opt.SecureAccess != nil }

func (l *Lab) snapshot() snapshotJSON {
	var s snapshotJSON
	if !l.alone() {
		d := l.Directory()
		s.Duo = &duoJSON{usersJSON(d), groupsJSON(d)}
	}
	for _, d := range l.side.integrated() {
		s.SecureAccess = append(s.SecureAccess, directoryJSON{d.Name, d.Provider, d.Users, d.Groups})
	}
	return s
}

// seed puts users and groups in the place of those that are there. A part that the seed
// does not have stays as it is.
func (l *Lab) seed(s snapshotJSON) error {
	switch {
	case s.Duo != nil && l.alone():
		return errors.New("duo: there is no Duo here, only Secure Access: simulate-duo lab has both")
	case s.SecureAccess != nil && l.side.server == nil:
		return errors.New("secure_access: the other side is at a URL: its users and groups are its own")
	}
	var dir *directory.Directory
	if s.Duo != nil {
		var err error
		if dir, err = directoryOf(s.Duo.Users, s.Duo.Groups); err != nil {
			return fmt.Errorf("duo: %w", plain(err))
		}
	}
	for i, d := range s.SecureAccess {
		nameSchemas(d.Users, scim.UserURN)
		nameSchemas(d.Groups, scim.GroupURN)
		if err := l.seedIntegrated(d); err != nil {
			return fmt.Errorf("secure_access[%d]: %w", i, err)
		}
	}
	if dir == nil {
		return nil
	}
	l.replaceDirectory("a seed", dir)
	return nil
}

// nameSchemas gives resources without schemas those that their attributes are of.
func nameSchemas(resources []*scim.Object, core string) {
	for _, r := range resources {
		if _, there := r.Get("schemas"); there || r == nil {
			continue
		}
		all := []any{core}
		for name := range r.All() {
			if strings.HasPrefix(strings.ToLower(name), "urn:") {
				all = append(all, name)
			}
		}
		r.Set("schemas", all)
	}
}

// seedIntegrated gives a directory of Secure Access these resources. One that is not there
// is integrated first.
func (l *Lab) seedIntegrated(s directoryJSON) error {
	d, err := l.directoryToSeed(s)
	if err != nil {
		return err
	}
	if d == nil {
		return l.integrateSeeded(s)
	}
	if err := d.Replace(s.Users, s.Groups); err != nil {
		return err
	}
	l.changed(eventSecureAccess, "a seed of %s", d.Name())
	return nil
}

// directoryToSeed is the directory that a seed is for, nil if it is not there yet.
func (l *Lab) directoryToSeed(s directoryJSON) (*secureaccess.Directory, error) {
	all := l.side.server.Directories()
	for _, d := range all {
		switch {
		case s.Name != "" && s.Name != d.Name():
		case s.Provider != "" && s.Provider != d.IdP():
			return nil, fmt.Errorf("the directory %q is one of %s, not of %s", d.Name(), d.IdP(), s.Provider)
		default:
			return d, nil
		}
	}
	if l.alone() {
		return nil, fmt.Errorf("there is no directory %q: the one here is called %q", s.Name, all[0].Name())
	}
	return nil, nil //nolint:nilnil // said above
}

// integrateSeeded makes a directory with these resources.
func (l *Lab) integrateSeeded(s directoryJSON) error {
	d, err := l.side.server.IntegrateDirectory(cmp.Or(s.Name, guideDirectory), cmp.Or(s.Provider, secureaccess.Duo))
	if err != nil {
		return err
	}
	if err := d.Replace(s.Users, s.Groups); err != nil {
		d.Remove()
		return err
	}
	l.changed(eventSecureAccess, "a seed of a new directory, %s", d.Name())
	return nil
}

// Reset takes both sides and the wire back to the beginning. Time does not go back, and the
// keys of the Admin API and the report of the last run stay. The simulated Secure Access loses its directories with their tokens; one that was given
// keeps them, empty.
func (l *Lab) Reset() error {
	if err := l.RemoveApplication(); err != nil && !errors.Is(err, errNoApplication) {
		return err
	}
	first, err := firstDirectory(l.opt.Directory)
	if err != nil {
		return err
	}
	if err := errors.Join(l.SetChaos("", 0), l.resetSecureAccess()); err != nil {
		return err
	}
	l.mu.Lock()
	l.dir, l.profile, l.tokens = first, l.opt.DuoProfile, map[string]string{}
	clear(l.done)
	l.mu.Unlock()
	l.setStatus(func(s *Status) { *s = Status{} })
	l.wire.clear()
	for _, kind := range []string{eventDirectory, eventApplication, eventSecureAccess, eventExchange, eventGuide} {
		l.changed(kind, "reset")
	}
	return nil
}

func (l *Lab) resetSecureAccess() error {
	if l.side.server == nil {
		return nil
	}
	for _, d := range l.side.server.Directories() {
		if !l.alone() {
			d.Remove()
		} else if err := d.Replace(nil, nil); err != nil {
			return err
		}
	}
	return errors.Join(l.ClearFaults(), l.firstFaults())
}
