package report

import (
	"maps"
	"slices"
)

// settle gives back what they have found to examples that wait for a requirement which tells
// nothing: it has passed, or it waits for them in turn. No finding is lost for its home.
func (c *Collector) settle() {
	for id := c.untold(); id != ""; id = c.untold() {
		for i := range c.results[id] {
			if e := &c.results[id][i]; e.waits() && e.Waits.Home != "" {
				e.giveBack()
			}
		}
	}
	for id, examples := range c.results {
		for i := range examples {
			if e := &examples[i]; e.waits() && e.Waits.Home == "" {
				c.findHome(id, e)
			}
		}
	}
}

// giveBack ends the waiting, or makes it wait for the next one.
func (e *Example) giveBack() {
	if len(e.Waits.Else) > 0 {
		waits := *e.Waits // the collector's own stays as it is
		waits.Home, waits.Else = waits.Else[0].Home, waits.Else[1:]
		e.Message, e.Waits = e.Waits.Else[0].Why+"; see "+waits.Home, &waits
		return
	}
	e.Verdict, e.Message, e.Want, e.Got = e.Waits.Verdict, e.Waits.Message, e.Waits.Want, e.Waits.Got
	e.Waits = nil
}

// findHome is for one that does not know itself for whom it waits, when all others are settled.
func (c *Collector) findHome(id string, e *Example) {
	home := c.alike(id, e.Waits.Alike)
	if home == "" {
		e.giveBack()
		return
	}
	waits := *e.Waits // the collector's own stays as it is
	waits.Home, e.Waits = home, &waits
	e.Message += "; see " + home
}

// alike is the first requirement but this one with a failure that is recognised, "" if there is none.
func (c *Collector) alike(but string, recognised func(id string, e Example) bool) string {
	for _, id := range slices.Sorted(maps.Keys(c.results)) {
		if id != but && recognised != nil && slices.ContainsFunc(c.results[id], func(e Example) bool {
			return (e.Verdict == Failed || e.Verdict == Warned) && e.Profile == DefaultProfile && recognised(id, e)
		}) {
			return id
		}
	}
	return ""
}

// untold is a requirement whose examples wait in vain, "" if there is none: of several that wait
// for each other it is the one that the others wait for first.
func (c *Collector) untold() string {
	for _, id := range slices.Sorted(maps.Keys(c.results)) {
		for _, e := range c.results[id] {
			if !e.waits() || e.Waits.Home == "" {
				continue
			}
			waits, seen := id, map[string]bool{}
			for home := e.Waits.Home; !c.tells(home); {
				next := c.waitsFor(home)
				switch {
				case next == "":
					return waits
				case seen[home]:
					return home
				}
				seen[home] = true
				waits, home = home, next
			}
		}
	}
	return ""
}

// tells says whether somebody who reads of this requirement learns what is wrong: it has failed,
// or it could not be judged for a reason of its own.
func (c *Collector) tells(id string) bool {
	return slices.ContainsFunc(c.results[id], func(e Example) bool {
		switch e.Verdict {
		case Failed, Warned, Unsupported:
			return true
		case Blocked:
			return !e.waits()
		}
		return false
	})
}

// waitsFor is the first requirement that this one waits for, "" if there is none.
func (c *Collector) waitsFor(id string) string {
	for _, e := range c.results[id] {
		if e.waits() {
			return e.Waits.Home
		}
	}
	return ""
}

func (e *Example) waits() bool { return e.Verdict == Blocked && e.Waits != nil }
