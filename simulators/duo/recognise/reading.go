package recognise

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// reading is the walk through a recording.
type reading struct {
	items  []*item
	world  *world
	fields map[duo.Field]*Finding
	result *Result

	sought      map[string]int   // the last look-up for a name, as its place in items, see soughtKey
	listed      map[string]*item // the last page of a whole list, by endpoint
	mappedNames map[string]bool
}

// maxShown is how many observations of one choice are kept, and how many that
// contradict.
const maxShown = 5

// show notes that an exchange shows a choice.
func (r *reading) show(f duo.Field, choice duo.Choice, at *item, format string, args ...any) {
	r.fields[f].Shown = note(r.fields[f].Shown, at.observe(choice, format, args...))
}

// against notes that an exchange shows something that no choice of the field does.
func (r *reading) against(f duo.Field, at *item, format string, args ...any) {
	r.fields[f].Against = note(r.fields[f].Against, at.observe("", format, args...))
}

// strange notes what fits no field.
func (r *reading) strange(at *item, format string, args ...any) {
	r.result.Against = note(r.result.Against, at.observe("", format, args...))
}

// note keeps the first few of each kind.
func note(all []Observation, o Observation) []Observation {
	same := 0
	for _, other := range all {
		if other.Choice == o.Choice && (o.Choice != "" || other.What == o.What) {
			same++
		}
	}
	if same >= maxShown || o.Choice == "" && same > 0 || len(all) > 100 {
		return all
	}
	return append(all, o)
}

func (i *item) observe(choice duo.Choice, format string, args ...any) Observation {
	return Observation{Entry: i.x.Seq, Request: i.x.Method + " /" + i.path(), Choice: choice, What: short(fmt.Sprintf(format, args...))}
}

// short makes a text that holds something foreign fit for a line and for a terminal.
func short(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	return text
}

// read looks at every exchange in order, and at what follows from the whole.
func (r *reading) read(hints Hints) error {
	r.connection()
	for n, i := range r.items {
		r.envelope(i)
		r.lookUps(n, i)
		r.user(i)
		r.group(n, i)
		r.world.learn(i)
	}
	r.mapped()
	return r.hinted(hints)
}
