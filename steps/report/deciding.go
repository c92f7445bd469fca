package report

import "github.com/simulate-duo/simulate-duo/simulators/scim/wire"

// Deciding is the exchange that the example was decided by, or nil if there is none.
func Deciding(e Example) *wire.Exchange {
	if i := placeOfDeciding(e); i >= 0 {
		return e.Exchanges[i]
	}
	return nil
}

// UntilDecided are the exchanges up to the deciding one: what comes later tidies up.
func UntilDecided(e Example) []*wire.Exchange { return e.Exchanges[:placeOfDeciding(e)+1] }

// placeOfDeciding is the place of that exchange from 0, or -1.
func placeOfDeciding(e Example) int {
	if e.Decided > 0 && e.Decided <= len(e.Exchanges) {
		return e.Decided - 1
	}
	return len(e.Exchanges) - 1
}

// writeBefore is the last request before this place that may have changed the target, or nil.
func writeBefore(all []*wire.Exchange, place int) *wire.Exchange {
	for i := place - 1; i >= 0; i-- {
		if x := all[i]; !wire.ReadOnly(x.Method, x.URL) {
			return x
		}
	}
	return nil
}
