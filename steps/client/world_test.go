package client

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

const base = "http://judge.example/scim"

var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

// sent is an exchange of the task "busy".
func sent(method, path string, began time.Duration, status int, header http.Header) *Exchange {
	x := &wire.Exchange{Method: method, URL: base + path, Status: status, ResponseHeader: header, RequestHeader: http.Header{}}
	return &Exchange{Exchange: x, Task: "busy", Began: noon.Add(began), Ended: noon.Add(began), Token: Token{Header: true}}
}

// about is the world of an example about the task "busy".
func about(t *testing.T, exchanges ...*Exchange) *World {
	t.Helper()
	w := New(&Recording{Base: base, Tasks: []Task{{Name: "busy", Title: "wait", State: Done}}, Exchanges: exchanges}, []*scim.ResourceType{scim.UserType(), scim.GroupType()})
	if err := w.theClientIsAskedTo("wait"); err != nil {
		t.Fatal(err)
	}
	return w
}

func isUntested(err error) bool {
	_, ok := errors.AsType[*judge.Untested](err)
	return ok
}

func TestWhoIsToldToWaitHasToTheSecond(t *testing.T) {
	seconds := http.Header{"Retry-After": {"2"}}
	date := http.Header{"Retry-After": {noon.Add(2 * time.Second).Format(http.TimeFormat)}}
	for name, c := range map[string]struct {
		told http.Header
		back time.Duration
		want bool
	}{
		"at once":                        {seconds, 0, false},
		"a second early":                 {seconds, time.Second, false},
		"as exactly as timers are":       {seconds, 1900 * time.Millisecond, true},
		"in time":                        {seconds, 2 * time.Second, true},
		"late":                           {seconds, time.Hour, true},
		"a second early, told by a date": {date, time.Second, false},
		"in time, told by a date":        {date, 2 * time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := about(t, sent("PATCH", "/Users/1", 0, 429, c.told), sent("PATCH", "/Users/2", 0, 200, nil), sent("PATCH", "/Users/1", c.back, 200, nil))
			err := w.itComesBackNoSooner()
			if _, wrong := judge.IsMismatch(err); wrong == c.want || isUntested(err) {
				t.Errorf("got %v", err)
			}
		})
	}
	if err := about(t, sent("PATCH", "/Users/1", 0, 429, seconds)).itComesBackNoSooner(); !isUntested(err) {
		t.Errorf("it did not come back, and yet: %v", err)
	}
	if err := about(t, sent("PATCH", "/Users/1", 0, 200, nil)).itIsToldToWait(); !isUntested(err) {
		t.Errorf("it was not told to wait, and yet: %v", err)
	}
}

// What did not happen is never passed.
func TestNothingIsPassedBySilence(t *testing.T) {
	for kind := range kinds {
		empty := New(&Recording{Base: base}, nil)
		var blocked *judge.Blocked
		if err := empty.theClientSends(kind); !errors.As(err, &blocked) {
			t.Errorf("%s of a client that sent nothing: %v", kind, err)
		}
	}
	w := New(&Recording{Base: base, Tasks: []Task{{Title: "wait", State: Skipped, Reason: "not now"}}}, nil)
	for _, title := range []string{"wait", "do what nobody has asked for"} {
		if err := w.theClientIsAskedTo(title); !isUntested(err) {
			t.Errorf("%s: %v", title, err)
		}
	}
	stranger := sent("GET", "/Users", 0, 401, nil)
	stranger.Token = Token{}
	w = New(&Recording{Base: base, Tasks: []Task{{Name: "busy", Title: "wait", State: Done}}, Exchanges: []*Exchange{stranger}}, nil)
	var blocked *judge.Blocked
	if err := w.theClientIsAskedTo("wait"); !errors.As(err, &blocked) {
		t.Errorf("a client without the token: %v", err)
	}
}

func TestANameThatWasSpoiltOnTheWayResemblesIt(t *testing.T) {
	name := People["Zoë"].UserName
	for text, want := range map[string]bool{
		"zoë.o'neil lab&co@example.com": true, "zoë.o'neil+lab": true, "zoÃ«.o'neil+lab&co@example.com": true, "zo%C3%AB.o%27neil": true,
		"ZOË.O'NEIL": true, "zoey.oneil@corp.example": false, "ada@example.com": false, "": false, "%": false,
	} {
		if resembles(text, name) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestAPathIsTakenApartBelowTheBaseURL(t *testing.T) {
	rec := &Recording{Base: base}
	for address, want := range map[string][]string{
		base + "/Users": {"Users"}, base + "/Users/": {"Users"}, base + "/Users/a%2Fb%20c?x=/y": {"Users", "a/b c"}, base + "//Users": {"", "Users"},
		base: nil, "http://judge.example/Users": nil, "http://judge.example/scimitar/Users": nil, "http://judge.example": nil,
	} {
		if got := rec.Path(&Exchange{Exchange: &wire.Exchange{URL: address}}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestAStateIsReadAsPeopleMeanIt(t *testing.T) {
	user := func(name, id string, active any) *scim.Object {
		return scim.NewObject(scim.Member{Name: "userName", Value: name}, scim.Member{Name: "id", Value: id}, scim.Member{Name: "active", Value: active})
	}
	s := State{
		Users: []*scim.Object{user("ada", "1", true), user("bob", "2", false), user("carol", "3", nil)},
		Groups: []*scim.Object{scim.NewObject(scim.Member{Name: "displayName", Value: "g"}, scim.Member{Name: "members", Value: []any{
			scim.NewObject(scim.Member{Name: "value", Value: "2"}), "odd",
		}})},
	}
	for name, want := range map[string]bool{"ada": true, "ADA": true, "bob": false, "carol": true, "dora": false} {
		if s.IsActive(name) != want {
			t.Errorf("%s: active %v", name, !want)
		}
	}
	if !s.IsMember("bob", "G") || s.IsMember("ada", "g") || s.IsMember("bob", "h") || s.IsMember("dora", "g") {
		t.Error("the members are misread")
	}
}

func TestAnOperationThatCannotBeJudgedTakesNothingFromTheOthers(t *testing.T) {
	typed, removal := `{"op": "replace", "path": "active", "value": false}`, `{"op": "remove", "path": "title"}`
	for name, c := range map[string]struct {
		operations string
		judged     bool
	}{
		"before it":    {removal + ", " + typed, true},
		"behind it":    {typed + ", " + removal, true},
		"it is alone":  {removal, false},
		"nothing else": {removal + ", " + removal, false},
	} {
		x := sent("PATCH", "/Users/1", 0, 200, nil)
		x.RequestBody = []byte(`{"Operations": [` + c.operations + `]}`)
		if err := about(t, x).eachGivesTypedValues(); isUntested(err) == c.judged || err != nil && !isUntested(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
