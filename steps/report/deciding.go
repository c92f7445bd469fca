package report

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Deciding is the exchange that the example was decided by, or nil: the last one that
// its message names, and otherwise the last one that is no tidying up.
func Deciding(e Example) *wire.Exchange {
	if i := placeOfDeciding(e); i >= 0 {
		return e.Exchanges[i]
	}
	return nil
}

// UntilDecided are the exchanges up to the deciding one: what comes later tidies up.
func UntilDecided(e Example) []*wire.Exchange { return e.Exchanges[:placeOfDeciding(e)+1] }

// placeOfDeciding is the place of that exchange, or -1.
func placeOfDeciding(e Example) int {
	last := len(e.Exchanges) - 1
	for i := last; i >= 0; i-- {
		if named(e.Message, e.Exchanges[i]) {
			return i
		}
	}
	told := last >= 0 && e.Exchanges[last].Status != 0 && strings.HasPrefix(e.Got, strconv.Itoa(e.Exchanges[last].Status))
	if told || strings.Contains(e.Message, http.MethodDelete) {
		return last
	}
	for i := last; i >= 0; i-- {
		if e.Exchanges[i].Method != http.MethodDelete {
			return i
		}
	}
	return last
}

// named says whether the message tells of this request, by its method and its path.
func named(message string, x *wire.Exchange) bool {
	path, _, _ := strings.Cut(x.URL, "?")
	_, told, found := strings.Cut(message, x.Method+" /")
	if !found || x.Method == "" {
		return false
	}
	told, _, _ = strings.Cut(told, " ")
	told, _, _ = strings.Cut(strings.TrimRight(told, ".,:;"), "?")
	return told != "" && strings.HasSuffix(path, "/"+told)
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
