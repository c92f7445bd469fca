package provider_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// client talks to a provider as any SCIM client would.
type client struct {
	t *testing.T
	*provider.Provider
}

// reply is an answer and, if it has a body, the object in it.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	raw    string
	body   *scim.Object
}

// start makes a provider with ids and a clock that can be foretold: the first
// id is "id-1", and it is always the same moment.
func start(t *testing.T, config provider.Config) client {
	t.Helper()
	if config.NewID == nil {
		n := 0
		config.NewID = func() string { n++; return fmt.Sprintf("id-%d", n) }
	}
	if config.Now == nil {
		config.Now = func() time.Time { return time.Date(2026, 3, 18, 15, 11, 55, 123456789, time.UTC) }
	}
	if config.ErrorLog == nil {
		config.ErrorLog = log.New(io.Discard, "", 0)
	}
	p, err := provider.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client{t, p}
}

// do sends a request; headers are pairs of name and value and win over the
// Content-Type that a body gets by itself.
func (c client) do(method, target, body string, headers ...string) reply {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/scim+json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	a := reply{t: c.t, status: w.Code, header: w.Header(), raw: w.Body.String()}
	if a.raw == "" {
		return a
	}
	var err error
	if a.body, err = scim.ParseObject(w.Body.Bytes()); err != nil {
		c.t.Fatalf("%s %s: the body is no JSON object: %v\n%s", method, target, err, a.raw)
	}
	if got := a.header.Get("Content-Type"); got != "application/scim+json" {
		c.t.Errorf("%s %s: Content-Type is %q", method, target, got)
	}
	if len(a.body.Array("schemas")) == 0 {
		c.t.Errorf("%s %s: the answer has no schemas: %s", method, target, a.raw)
	}
	return a
}

func (c client) get(target string, headers ...string) reply {
	c.t.Helper()
	return c.do(http.MethodGet, target, "", headers...)
}

// createUser creates a user from members of a JSON object beyond "schemas".
func (c client) createUser(members string) string {
	c.t.Helper()
	return c.do(http.MethodPost, "/Users", user(members)).expect(http.StatusCreated).body.String("id")
}

func (c client) createGroup(members string) string {
	c.t.Helper()
	return c.do(http.MethodPost, "/Groups", group(members)).expect(http.StatusCreated).body.String("id")
}

func (c client) patch(target string, operations ...string) reply {
	c.t.Helper()
	return c.do(http.MethodPatch, target, patch(operations...))
}

func user(members string) string {
	return `{"schemas":["` + scim.UserURN + `"],` + members + `}`
}

func group(members string) string {
	return `{"schemas":["` + scim.GroupURN + `"],` + members + `}`
}

func patch(operations ...string) string {
	return `{"schemas":["` + scim.PatchOpURN + `"],"Operations":[` + strings.Join(operations, ",") + `]}`
}

// expect checks the status, and of an error that the body says the same.
func (a reply) expect(status int) reply {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status is %d, want %d: %s", a.status, status, a.raw)
	}
	if status >= 400 && a.raw != "" {
		if got := a.body.String("status"); got != fmt.Sprint(status) {
			a.t.Errorf("status in the body is %q, want %d", got, status)
		}
	}
	return a
}

// fails checks the status and the scimType of an error.
func (a reply) fails(status int, scimType string) {
	a.t.Helper()
	a.expect(status)
	if got := a.body.String("scimType"); got != scimType {
		a.t.Errorf("scimType is %q, want %q: %s", got, scimType, a.raw)
	}
	if a.body.String("detail") == "" {
		a.t.Errorf("the error has no detail: %s", a.raw)
	}
}

// has checks that the member at a dotted path has this JSON; "" means that
// there is no such member. A number in the path is an index into an array, and
// a URN has to be the first step, followed by a slash.
func (a reply) has(path, want string) reply {
	a.t.Helper()
	if got := at(a.body, path); got != want {
		a.t.Errorf("%s is %s, want %s\nin %s", path, orNothing(got), orNothing(want), a.raw)
	}
	return a
}

func orNothing(s string) string {
	if s == "" {
		return "not there"
	}
	return s
}

func at(v any, path string) string {
	var steps []string
	if urn, rest, ok := strings.Cut(path, "/"); ok {
		steps = append(steps, urn)
		path = rest
	}
	for _, step := range append(steps, strings.Split(path, ".")...) {
		switch x := v.(type) {
		case *scim.Object:
			var ok bool
			if v, ok = x.Get(step); !ok {
				return ""
			}
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(x) {
				return ""
			}
			v = x[i]
		default:
			return ""
		}
	}
	data, err := scim.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// list returns one member of every resource of a list, as JSON, separated by
// spaces, and checks that the counts fit.
func (a reply) list(path string) string {
	a.t.Helper()
	a.expect(http.StatusOK)
	l, err := scim.ParseList(a.body)
	if err != nil {
		a.t.Fatalf("%v: %s", err, a.raw)
	}
	if l.ItemsPerPage != len(l.Resources) {
		a.t.Errorf("itemsPerPage is %d, there are %d", l.ItemsPerPage, len(l.Resources))
	}
	values := make([]string, len(l.Resources))
	for i, r := range l.Resources {
		values[i] = strings.Trim(at(r, path), `"`)
	}
	return strings.Join(values, " ")
}
