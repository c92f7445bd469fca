package lab

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
)

// The pages of what goes wrong on purpose.
const (
	pathWeather = "/weather"
	pathDryRun  = pathWeather + "/dry-run"
	pathOne     = pathWeather + "/one-user"
)

// viewWeather is what goes wrong on purpose, what Duo makes of it, and the buttons that
// let Duo work now.
var viewWeather = view{
	path: pathWeather, template: "weather", title: "Weather", part: partLab, live: true,
	show: showWeather,
	forms: map[string]form{
		pathWeather + "/sync":   syncByHand,
		pathWeather + "/pause":  pauseCycles,
		pathWeather + "/faults": switchFault,
		pathWeather + "/chaos":  setChaos,
	},
}

// weatherPage is what the page shows.
type weatherPage struct {
	trouble

	Faulty  bool // the other side can be made faulty: it is the lab's own
	On      []faults.Fault
	Found   []faults.Fault // that the search finds and that are not on
	More    int            // found, too, and not shown
	Chaos   []chaosKind
	Failing bool // the wire fails on purpose
	Seed    uint64
	Latency string // the longest delay
}

// shownFaults is how many faults a search shows.
const shownFaults = 25

func showWeather(l *Lab, r *http.Request) (any, error) {
	t, err := l.trouble()
	if err != nil {
		return nil, err
	}
	now := l.Chaos()
	p := weatherPage{trouble: t, Faulty: l.side.server != nil, On: l.FaultsOn(), Failing: now.Spec != "", Seed: now.Seed}
	p.Chaos, p.Latency = chaosKinds(now)
	if q := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("q"))); q != "" && p.Faulty {
		p.Found = faultsLike(q, p.On)
		p.More = max(len(p.Found)-shownFaults, 0)
		p.Found = p.Found[:len(p.Found)-p.More]
	}
	return p, nil
}

// faultsLike are the faults with these words in their id or name, but those that are on.
func faultsLike(words string, on []faults.Fault) []faults.Fault {
	return slices.DeleteFunc(faults.All(), func(f faults.Fault) bool {
		text := strings.ToLower(f.Requirement + " " + f.Name)
		is := func(o faults.Fault) bool { return o.Requirement == f.Requirement && o.Name == f.Name }
		lacks := func(word string) bool { return !strings.Contains(text, word) }
		return slices.ContainsFunc(on, is) || slices.ContainsFunc(strings.Fields(words), lacks)
	})
}

// syncByHand runs a cycle now, of the kind that the button says.
func syncByHand(l *Lab, r *http.Request) (to, said string, err error) {
	how, cause := duo.Cycle{}, "Sync now"
	switch r.PostFormValue("kind") {
	case "full":
		how.Full, cause = true, "Full cycle"
	case "redeliver":
		how.Redeliver, cause = true, "Send again what was refused"
	case "allow":
		how.AllowDeprovision, cause = true, "Allow the deprovisioning once"
	}
	sum, err := l.Sync(cause, how)
	return pathWeather, cause + ": " + sum.String(), err
}

func pauseCycles(l *Lab, r *http.Request) (to, said string, err error) {
	if r.PostFormValue("paused") != "" {
		l.Pause(true)
		return pathWeather, "No cycle begins by itself now", nil
	}
	l.Pause(false)
	return pathWeather, "Cycles run again", nil
}

func switchFault(l *Lab, r *http.Request) (to, said string, err error) {
	if r.PostFormValue("clear") != "" {
		return pathWeather + "#faults", "All faults are off", l.ClearFaults()
	}
	name, on := cmp.Or(r.PostFormValue("on"), r.PostFormValue("off")), r.PostFormValue("on") != ""
	said = "Off: " + name
	if on {
		said = "On, from the next request: " + name
	}
	return pathWeather + "#faults", said, l.SwitchFault(name, on)
}

func setChaos(l *Lab, r *http.Request) (to, said string, err error) {
	if r.PostFormValue("stop") != "" {
		return pathWeather + "#network", "The network is whole again", l.SetChaos("", 0)
	}
	spec, err := chaosSpec(r.PostFormValue)
	if err != nil {
		return "", "", err
	}
	seed, err := strconv.ParseUint(cmp.Or(r.PostFormValue("seed"), "1"), 10, 64)
	if err != nil {
		return "", "", errSeed
	}
	return pathWeather + "#network", "The next request meets it", l.SetChaos(spec, seed)
}
