package recognise_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/recognise"
	"github.com/simulate-duo/simulate-duo/simulators/scim/recording"
)

var hints = recognise.Hints{Disabled: []string{naomi}, Removed: []string{renamed}}

// told is what a result says, for messages of tests.
func told(r *recognise.Result) string {
	var b strings.Builder
	for _, f := range r.Fields {
		fmt.Fprintf(&b, "%s %s %s\n", f.Field.Field, f.State(), f.Choice)
		for _, o := range slices.Concat(f.Shown, f.Against) {
			fmt.Fprintf(&b, "    entry %d %s: %s %s\n", o.Entry, o.Request, o.Choice, o.What)
		}
	}
	for _, o := range r.Against {
		fmt.Fprintf(&b, "against: entry %d %s: %s\n", o.Entry, o.Request, o.What)
	}
	return b.String()
}

func TestTheDefaultProfileIsRecognisedInEveryField(t *testing.T) {
	r := recognised(t, record(t, duo.Profile{}, &recording.Cleaner{}), hints)
	if r.Contradicts() || r.Count(recognise.Settled) != len(duo.Fields) {
		t.Errorf("%d of %d fields are settled:\n%s", r.Count(recognise.Settled), len(duo.Fields), told(r))
	}
	for _, f := range r.Fields {
		if f.Choice != (duo.Profile{}).Answer(f.Field.Field) {
			t.Errorf("%s is %s", f.Field.Field, f.Choice)
		}
	}
}

// The proof: of each alternative the traffic shows this one and, in all other fields,
// what the profile has or nothing.
func TestEachAlternativeIsRecognisedAsJustThisOne(t *testing.T) {
	for _, a := range duo.Alternatives() {
		for name, cleaner := range map[string]*recording.Cleaner{"names": {}, "pseudonyms": {Pseudonyms: recording.NewPseudonyms()}} {
			t.Run(strings.ReplaceAll(a.String(), "/", "-")+" with "+name, func(t *testing.T) {
				t.Parallel()
				is := hints
				if p := cleaner.Pseudonyms; p != nil {
					is = recognise.Hints{Disabled: []string{p.Text(naomi)}, Removed: []string{p.Text(renamed)}}
				}
				justThis(t, recognised(t, record(t, a.Profile, cleaner), is), a)
			})
		}
	}
}

func justThis(t *testing.T, r *recognise.Result, a duo.Alternative) {
	t.Helper()
	if r.Contradicts() {
		t.Errorf("something contradicts the model:\n%s", told(r))
	}
	for _, f := range r.Fields {
		field := f.Field.Field
		switch want := a.Profile.Answer(field); {
		case field == a.Field && f.Choice != a.Choice:
			t.Errorf("%s is not recognised:\n%s", a, told(r))
		case f.Choice != "" && f.Choice != want:
			t.Errorf("%s is taken for %s, it is %s:\n%s", field, f.Choice, want, told(r))
		}
	}
	if open := r.Count(recognise.Open); open > 2 {
		t.Errorf("%d fields stay open:\n%s", open, told(r))
	}
	if p, err := r.Profile(); err != nil || p.Answer(a.Field) != a.Choice {
		t.Errorf("the profile: %v", err)
	}
}
