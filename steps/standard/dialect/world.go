// Package dialect has the sentences in which another client than Duo does something, as
// its dialect in fixtures/dialects writes it: `authentik renames "G" to "Crew"`.
package dialect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/fixtures/dialects"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// World is what these steps know in one scenario, beside the judge's session.
type World struct {
	*judge.Session

	known   map[string]*scim.Object      // users and groups by their names, as the client would have them
	members map[string][]dialects.Member // of a group, likewise
}

// New is the world of a scenario with this session.
func New(s *judge.Session) *World {
	return &World{Session: s, known: map[string]*scim.Object{}, members: map[string][]dialects.Member{}}
}

// act is what a client does in one sentence.
type act struct {
	who, way string // of the sentence: the client's name, and ", in a way," or ""
	does     dialects.Act
	about    string // user or group, by its name in the example; "" for none
	dialects.Values
}

// saying is how the client does it. That it does no such thing is a mistake in the example.
func (a *act) saying() (*dialects.Dialect, *dialects.Saying, error) {
	all, err := dialects.All()
	if err != nil {
		return nil, nil, err
	}
	way := strings.Trim(a.way, ", ")
	for _, d := range all {
		if d.Name != a.who {
			continue
		}
		if _, known := d.Ways[way]; way != "" && !known {
			return nil, nil, fmt.Errorf("%s has no way %q", a.who, way)
		}
		s := d.Saying(a.does, way)
		if s.None != "" {
			return nil, nil, fmt.Errorf("nothing is sent to %s: %s", a.does.Title(), s.None)
		}
		return d, s, nil
	}
	return nil, nil, fmt.Errorf("there is no dialect of %q", a.who)
}

// do sends the requests of the act one after the other. Only the last answer is left to
// the Thens; one before it that the client cannot go on with is held against the target.
func (w *World) do(ctx context.Context, a *act) error {
	d, s, err := a.saying()
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		requests := d.Fill(s, a.Values) // anew, as an answer may be part of what follows
		if err := w.send(ctx, a, requests[i]); err != nil || i == len(requests)-1 {
			return err
		}
		if err := w.goOn(a, requests[i]); err != nil {
			return w.Missed(err)
		}
	}
}

// send asks as the client does. A creation gives the example's name to what came of it.
func (w *World) send(ctx context.Context, a *act, r dialects.Request) error {
	for name, values := range r.Header {
		if values[0] == "" {
			w.WithoutHeader(name)
		} else if err := w.NextHeader(name, values[0]); err != nil {
			return err
		}
	}
	if r.Body == nil {
		return w.Ask(ctx, r.Method, r.Path, r.Query, nil)
	}
	text, err := scim.Marshal(r.Body)
	if err != nil {
		return err
	}
	body := w.WithNeeds(r.Method, r.Path, text)
	if r.Method != http.MethodPost {
		return w.Ask(ctx, r.Method, r.Path, r.Query, body)
	}
	text, _ = body.([]byte)
	whole, err := scim.ParseObject(text)
	if err != nil {
		return err
	}
	return w.Creating(ctx, map[string]string{"Users": "user", "Groups": "group"}[r.Path[0]], a.about, whole)
}

// goOn says whether the client can go on after this answer: a refusal ends the act, and so
// does a look-up that does not find whom it is about.
func (w *World) goOn(a *act, r dialects.Request) error {
	if w.Last.Status/100 != 2 {
		return &judge.Mismatch{What: "the answer to " + w.TheRequest() + ", after which " + a.who + " would go on", Want: "a success", Got: judge.StatusOf(w.Last)}
	}
	if r.Method != http.MethodGet || a.ID == "" {
		return nil
	}
	if len(r.Path) == 2 {
		shown, err := judge.ResourceIn(w.Last, a.ID)
		a.Read = shown
		return err
	}
	list, _ := judge.ListIn(w.Last)
	if list == nil || !slices.ContainsFunc(list.Resources, func(o *scim.Object) bool { return scim.IDOf(o) == a.ID }) {
		return &judge.Mismatch{What: "what " + w.TheRequest() + " finds", Want: a.about, Got: foundIn(list)}
	}
	return nil
}

func foundIn(list *scim.List) string {
	if list == nil {
		return "no list"
	}
	return fmt.Sprintf("%d others", len(list.Resources))
}

// on is an act about a user or group that the example has.
func (w *World) on(who, way string, does dialects.Act, about string) (*act, error) {
	s, err := w.Subject(about)
	if err != nil {
		return nil, err
	}
	if w.known[about] == nil {
		w.known[about] = merged(w.fresh(s.Collection, about), s.Shown)
	}
	return &act{who: who, way: way, does: does, about: about, Values: dialects.Values{ID: s.ID, Resource: w.known[about], All: w.members[about]}}, nil
}

// fresh is a user or group as a client has it that has not provisioned it yet.
func (w *World) fresh(collection, name string) *scim.Object {
	member := func(name string, value any) scim.Member { return scim.Member{Name: name, Value: value} }
	if collection == "Groups" {
		return scim.NewObject(member("displayName", w.GroupName(name)), member("externalId", "pk|"+w.Mark()+"-"+name))
	}
	user := w.UserName(name)
	return scim.NewObject(
		member("userName", user), member("externalId", "idp|"+w.Mark()+"-"+name), member("displayName", "Pat "+name), member("active", true),
		member("name", scim.NewObject(member("formatted", "Pat "+name), member("givenName", "Pat"), member("familyName", name))),
		member("emails", []any{scim.NewObject(member("value", user))}))
}

// merged is what the client has, with what the target shows of it already.
func merged(own, shown *scim.Object) *scim.Object {
	for _, name := range []string{"userName", "displayName", "externalId", "active", "title"} {
		if v, ok := shown.Get(name); ok && v != nil {
			own.Set(name, v)
		}
	}
	return own
}

// isCreated blocks an example whose Given is not met.
func (w *World) isCreated(collection string) error {
	if w.Last == nil {
		return errors.New("nothing was asked")
	}
	if w.Last.Status/100 != 2 {
		return w.NotCreated(collection, w.Last)
	}
	return nil
}
