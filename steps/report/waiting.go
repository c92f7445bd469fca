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
			if e := &c.results[id][i]; e.waits() {
				e.Verdict, e.Message, e.Want, e.Got = e.Waits.Verdict, e.Waits.Message, e.Waits.Want, e.Waits.Got
				e.Waits = nil
			}
		}
	}
}

// untold is a requirement whose examples wait in vain, "" if there is none: of several that wait
// for each other it is the one that the others wait for first.
func (c *Collector) untold() string {
	for _, id := range slices.Sorted(maps.Keys(c.results)) {
		for _, e := range c.results[id] {
			if !e.waits() {
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
