package lab

import (
	"net/http"
	"slices"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/duo/chaos"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// weather is what is wrong on purpose: faults of the simulated Secure Access, and a wire
// that fails.
type weather struct {
	changing sync.Mutex // held while something is switched
	mu       sync.Mutex // guards what follows
	faults   []faults.Fault
	chaos    Chaos
	wire     *chaos.Transport // nil without chaos
}

// Chaos is how the wire between Duo and the other side fails.
type Chaos struct {
	Spec     string             `json:"spec"`     // as chaos.New takes it, "" for a wire that does not fail
	Seed     uint64             `json:"seed"`     // the same one makes the same failures
	Happened map[chaos.Kind]int `json:"happened"` // how often each kind has happened so far
}

// FaultsOn are the faults of the simulated Secure Access that are on, in the order in
// which they were switched on.
func (l *Lab) FaultsOn() []faults.Fault {
	l.weather.mu.Lock()
	defer l.weather.mu.Unlock()
	return slices.Clone(l.weather.faults)
}

// SwitchFault switches a fault of the simulated Secure Access on or off, by the id of a
// requirement, or by the id, "/" and the name of one of its faults. Without a name the
// first one is switched on, or all are switched off. The error says that there is no such
// fault, or no simulated Secure Access.
func (l *Lab) SwitchFault(name string, on bool) error {
	f, err := faults.Find(name)
	if err != nil {
		return err
	}
	is := func(other faults.Fault) bool { return other.Requirement == f.Requirement && other.Name == f.Name }
	if !on && name == f.Requirement {
		is = func(other faults.Fault) bool { return other.Requirement == f.Requirement }
	}
	return l.changeFaults(func(were []faults.Fault) []faults.Fault {
		if on && slices.ContainsFunc(were, is) {
			return were
		}
		if on {
			return append(were, f)
		}
		return slices.DeleteFunc(were, is)
	})
}

// ClearFaults switches all faults off.
func (l *Lab) ClearFaults() error {
	return l.changeFaults(func([]faults.Fault) []faults.Fault { return nil })
}

// firstFaults switches on those that are on from the beginning.
func (l *Lab) firstFaults() error {
	for _, name := range l.opt.Faults {
		if err := l.SwitchFault(name, true); err != nil {
			return err
		}
	}
	return nil
}

// changeFaults puts other faults before the simulated Secure Access. Those that were on
// already begin anew, too: a fault may count requests.
func (l *Lab) changeFaults(change func([]faults.Fault) []faults.Fault) error {
	l.weather.changing.Lock()
	defer l.weather.changing.Unlock()
	now := change(l.FaultsOn())
	err := l.Spoil(func(next http.Handler) http.Handler {
		for _, f := range now {
			next = f.Wrap(next)
		}
		return next
	})
	if err != nil {
		return err
	}
	l.weather.mu.Lock()
	l.weather.faults = now
	l.weather.mu.Unlock()
	return nil
}

// Chaos is how the wire fails now.
func (l *Lab) Chaos() Chaos {
	l.weather.mu.Lock()
	defer l.weather.mu.Unlock()
	now := l.weather.chaos
	if now.Happened = map[chaos.Kind]int{}; l.weather.wire != nil {
		now.Happened = l.weather.wire.Happened()
	}
	return now
}

// SetChaos makes the wire between Duo and the other side fail as spec says, such as
// "busy=0.1,latency=0.2:200ms"; package chaos has the kinds. "" makes it whole again. The
// error says what is wrong with the spec; then nothing changes.
func (l *Lab) SetChaos(spec string, seed uint64) error {
	l.weather.changing.Lock()
	defer l.weather.changing.Unlock()
	var broken *chaos.Transport
	var breakIt func(http.RoundTripper) (http.RoundTripper, error)
	if spec != "" {
		breakIt = func(next http.RoundTripper) (_ http.RoundTripper, err error) {
			broken, err = chaos.New(spec, seed, next)
			return broken, err
		}
	}
	if err := l.Break(breakIt); err != nil {
		return err
	}
	l.weather.mu.Lock()
	l.weather.chaos, l.weather.wire = Chaos{Spec: spec, Seed: seed}, broken
	l.weather.mu.Unlock()
	return nil
}
