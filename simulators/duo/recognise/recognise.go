// Package recognise reads recorded traffic of Duo's provisioning and says, for each
// field of duo.Profile, which choice it shows, with the exchange that shows it; what
// stays open, and what contradicts the model. A choice is never concluded from what
// is not there, unless the model leaves no other reading.
package recognise

import (
	"fmt"
	"io"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
)

// Hints say what happened in Duo during the recording and cannot be seen on the
// wire. Names are those of the recording: of one with pseudonyms, pseudonyms.
type Hints struct {
	Disabled []string // usernames of members who were disabled in Duo, or put in the trash, and stayed members
	Removed  []string // names of groups that were removed from the application or from Duo
}

// Observation is what one exchange shows.
type Observation struct {
	Entry   int    // number of the exchange in the recording, from 1
	Request string // its method and path
	What    string
	Choice  duo.Choice // that it shows; "" for what contradicts the model
}

// Finding is what the traffic says about one field.
type Finding struct {
	Field   *duo.FieldInfo
	Choice  duo.Choice // "" unless all that was seen shows this one
	Shown   []Observation
	Against []Observation
	Wants   string // what a recording needs to show it
}

// State is what a finding comes to.
type State string

// The states.
const (
	Settled      State = "settled"
	Open         State = "open"
	Contradicted State = "contradicted"
)

// State says whether the field is settled. One that shows several choices, or
// something that is none of them, contradicts the model.
func (f Finding) State() State {
	switch {
	case f.Choice != "":
		return Settled
	case len(f.Shown)+len(f.Against) > 0:
		return Contradicted
	}
	return Open
}

// Result is what a recording says.
type Result struct {
	Found   har.Found
	Looked  int // exchanges with SCIM endpoints
	Bases   map[string]int
	Fields  []Finding     // in the order of duo.Fields
	Against []Observation // what contradicts what is documented, or fits no field
}

// maxExchanges is how many exchanges are looked at.
const maxExchanges = 200_000

// Read reads a HAR file. The error says why it cannot be read, or that nothing in it
// looks like provisioning.
func Read(r io.Reader, hints Hints) (*Result, error) {
	var all []*wire.Exchange
	found, err := har.Read(r, func(x *wire.Exchange) error {
		if !looksLikeSCIM(x) {
			return nil
		}
		if len(all) == maxExchanges {
			return fmt.Errorf("more than %d exchanges: record a shorter time", maxExchanges)
		}
		all = append(all, x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	result, err := Exchanges(all, hints)
	if err != nil {
		return nil, err
	}
	result.Found = found
	return result, nil
}

// Exchanges looks at exchanges, numbered by their Seq.
func Exchanges(all []*wire.Exchange, hints Hints) (*Result, error) {
	items, bases := itemsOf(all)
	if len(items) == 0 {
		return nil, fmt.Errorf("no exchange is one of SCIM: paths have to end in /Users, /Groups or another endpoint of RFC 7644")
	}
	r := &reading{
		items: items, fields: map[duo.Field]*Finding{},
		result: &Result{Looked: len(items), Bases: bases},
		world:  newWorld(), sought: map[string]int{}, listed: map[string]*item{},
	}
	r.mappedNames = mappedNames(items)
	for _, info := range duo.Fields {
		r.fields[info.Field] = &Finding{Field: info, Wants: wants[info.Field]}
	}
	if err := r.read(hints); err != nil {
		return nil, err
	}
	for _, info := range duo.Fields {
		f := r.fields[info.Field]
		f.Choice = f.only()
		r.result.Fields = append(r.result.Fields, *f)
	}
	return r.result, nil
}

// only is the one choice that is shown, or "".
func (f Finding) only() duo.Choice {
	if len(f.Shown) == 0 || len(f.Against) > 0 {
		return ""
	}
	for _, o := range f.Shown[1:] {
		if o.Choice != f.Shown[0].Choice {
			return ""
		}
	}
	return f.Shown[0].Choice
}

// Profile is the profile that the settled fields make; the others are left to their
// defaults. The error says that two of them do not go together.
func (r *Result) Profile() (duo.Profile, error) {
	var p duo.Profile
	for _, f := range r.Fields {
		if f.Choice == "" {
			continue
		}
		var err error
		if p, err = p.With(f.Field.Field, f.Choice); err != nil {
			return p, err
		}
	}
	return p, p.Check()
}

// Count is how many fields are in the state.
func (r *Result) Count(s State) int {
	n := 0
	for _, f := range r.Fields {
		if f.State() == s {
			n++
		}
	}
	return n
}

// Contradicts says whether anything contradicts the model.
func (r *Result) Contradicts() bool { return len(r.Against) > 0 || r.Count(Contradicted) > 0 }
