package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// stateEnding is added to the name of the engine's state: the file beside it keeps what
// the engine has no place for.
const stateEnding = ".lab.json"

// stateVersion is raised when an older lab could not read the file.
const stateVersion = 1

// state is what outlives the process beside the engine's own. It holds no token.
type state struct {
	Version     int                   `json:"version"`
	Users       []userJSON            `json:"users"`
	Groups      []groupJSON           `json:"groups"`
	Application *applicationState     `json:"application,omitempty"`
	Profile     duo.Profile           `json:"profile"`
	Integrated  []integratedDirectory `json:"integrated,omitempty"`
	Done        map[string]time.Time  `json:"done"` // points of the guide
}

// applicationState is the application without its token. Of a token only the name of the
// integrated directory is kept that has generated it.
type applicationState struct {
	Draft   duo.Application  `json:"draft"`
	BaseURL string           `json:"base_url"`
	Of      string           `json:"of,omitempty"`
	Saved   *duo.Application `json:"saved,omitempty"`
	SavedOf string           `json:"saved_of,omitempty"`
}

// keep writes what outlives the process, if the lab has a state. What keeps it from that
// is told in the status.
func (l *Lab) keep() {
	if l.opt.State == "" {
		return
	}
	if err := l.writeState(); err != nil {
		l.setStatus(func(s *Status) { s.Problem = "the state cannot be kept: " + err.Error() })
	}
}

// writeState writes the file beside the engine's state.
func (l *Lab) writeState() error {
	l.keeping.Lock() // the later state is written later
	defer l.keeping.Unlock()
	text, err := json.Marshal(l.stateNow()) //nolint:musttag // settings go by the names that Go has for them
	if err != nil {
		return err
	}
	return writeWhole(l.opt.State+stateEnding, text)
}

func (l *Lab) stateNow() state {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := state{Version: stateVersion, Users: usersJSON(l.dir), Groups: groupsJSON(l.dir), Profile: l.profile, Done: map[string]time.Time{}}
	maps.Copy(s.Done, l.done)
	s.Integrated = l.side.integrated()
	if a := l.app; a != nil {
		s.Application = &applicationState{
			Draft: a.draft, BaseURL: a.link.BaseURL, Of: l.tokens[a.link.token], Saved: a.saved, SavedOf: l.tokens[a.with.token],
		}
	}
	return s
}

// writeWhole writes a file that is whole or not there, for its owner alone.
func writeWhole(name string, text []byte) error {
	part, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = part.Write(text)
	if err = errors.Join(err, part.Sync(), part.Close()); err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}

// recall takes the lab up as its state has it.
func (l *Lab) recall() error {
	if strings.Contains(l.opt.State, "://") {
		return fmt.Errorf("--state %s: the lab keeps its state in a file: name one", l.opt.State)
	}
	if l.opt.State == "" {
		return nil
	}
	if _, err := store.Applications(l.ctx, l.opt.State); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--state: %w", err)
	}
	name := l.opt.State + stateEnding
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.beginState()
	}
	var s state
	if err == nil {
		err = json.Unmarshal(text, &s) //nolint:musttag // see keep
	}
	if err == nil && s.Version > stateVersion {
		err = errors.New("it was written by a newer version")
	}
	if err == nil {
		err = l.takeUp(s)
	}
	if err != nil {
		return fmt.Errorf("--state: %s cannot be taken up: %w; move it away to begin anew", name, err)
	}
	return nil
}

// beginState writes the first state, so that one that cannot be kept is told at once.
func (l *Lab) beginState() error {
	if err := l.writeState(); err != nil {
		return fmt.Errorf("--state %s: the state cannot be kept: %w; name a file in a folder where you may write", l.opt.State, err)
	}
	return nil
}

func (l *Lab) takeUp(s state) error {
	d, err := directoryOf(s.Users, s.Groups)
	if err != nil {
		return err
	}
	l.dir, l.profile = d, s.Profile
	if s.Done != nil {
		l.done = s.Done
	}
	if err := l.takeUpIntegrated(s.Integrated); err != nil {
		return err
	}
	return l.takeUpApplication(s.Application)
}

// takeUpApplication opens the state of the application, and looks whether provisioning
// is enabled there. A full cycle follows: the other side may have changed meanwhile.
func (l *Lab) takeUpApplication(a *applicationState) error {
	if a == nil {
		return nil
	}
	var err error
	if l.store, err = l.openStore(a.Draft.Name); err != nil {
		return err
	}
	l.app = &application{draft: a.Draft, link: l.linkAgain(a.BaseURL, a.Of)}
	if a.Saved == nil {
		return nil
	}
	l.app.saved, l.app.with = a.Saved, l.linkAgain(a.Saved.BaseURL, a.SavedOf)
	p, _, err := l.provisioner(*a.Saved, l.app.with)
	if err != nil {
		return err
	}
	if l.status.Enabled = p.Enabled(); !l.status.Enabled {
		return nil
	}
	if l.app.with.token == "" {
		l.status.Problem, l.status.Enabled = "tokens are not kept over a restart: enter the token of the application and save", false
		return nil
	}
	l.running.Go(func() {
		_, _ = l.Sync("the lab was started again", duo.Cycle{Full: true}) // the status says how it went
	})
	return nil
}

// linkAgain is a connection with the token that is good for it now. An address of an
// earlier simulated Secure Access becomes that of this one.
func (l *Lab) linkAgain(baseURL, of string) connection {
	c := connection{BaseURL: baseURL}
	for token, name := range l.tokens {
		if of != "" && name == of {
			c.BaseURL, c.token = l.side.url, token
		}
	}
	if l.side.server == nil && baseURL == l.side.url {
		c.token = l.opt.Token
	}
	return c
}
