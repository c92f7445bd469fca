package lab

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestTheWire(t *testing.T) {
	l, v, token := followed(t, Options{})

	t.Run("says of each request why it was sent and whom it is about", func(t *testing.T) {
		v := v.in(t)
		v.want(v.get(pathWire), "Connect to application", "Save", "josue@example.com", "DUO - Users", "201")
	})
	t.Run("is filtered", func(t *testing.T) {
		v := v.in(t)
		for query, want := range map[string]string{
			"method=post": "2 requests", "status=4": "0 requests", "status=201": "2 requests", "broken=yes": "0 requests",
			"q=groups?filter": "1 request", "q=JOSUE": "2 requests", "after=5": "2 requests", "status=none": "0 requests",
		} {
			v.want(v.get(pathWire+"?"+query), `<p class="pages">`+want)
		}
	})
	t.Run("shows both sides of a request, as curl too", func(t *testing.T) {
		v := v.in(t)
		page := v.get("/wire/4")
		v.want(page, "201 Created", "userName", "Authorization: Bearer [hidden]", "$SCIM_TOKEN", "Activity Log")
		v.want(v.get("/wire/99"), "there is no such request")
	})
	t.Run("sends a request again, with the token", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post("/wire/4/again"), "Sent again", "409")
		v.want(v.post("/wire/1/again"), "Sent again", "200")
		v.want(v.get(pathWire+"?q=by+hand"), "2 requests")
	})
	t.Run("shows the requests of other clients", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.side.url+"/Users?count=0", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		v.want(v.get(pathWire+"?q=another+client"), "1 request", "/Users?count=0")
	})
	t.Run("is cleared", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post("/wire/clear"), "Nothing went over the wire yet.")
	})
}

func TestARequestIsNotSentAgainToAnotherHost(t *testing.T) {
	l, v, _ := followed(t, Options{})
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another host was asked") }))
	defer elsewhere.Close()
	v.post(pathProvisioning, "base_url", elsewhere.URL, "action", "keep")
	v.want(v.post("/wire/1/again"), "another endpoint than the application")
	if !strings.HasPrefix(l.wire.ring[0].URL, l.side.url) {
		t.Error(l.wire.ring[0].URL)
	}
}

// Every choice about Duo's requests, against a server that is right: no answer may be
// said to break anything.
func TestARightServerBreaksNothing(t *testing.T) {
	for _, a := range duo.Alternatives() {
		l, _, _ := followed(t, Options{})
		l.mu.Lock()
		l.profile = a.Profile
		l.mu.Unlock()
		if _, err := l.Sync(a.String(), duo.Cycle{Full: true}); err != nil {
			t.Errorf("%s: %v", a, err)
		}
		for _, e := range l.wire.choose(func(e *Exchange) bool { return len(e.Broken) > 0 }) {
			t.Errorf("%s: %s %s: %+v", a, e.Method, e.URL, e.Broken)
		}
	}
}

// An answer that breaks requirements is shown with their ids, and a law that no feature
// speaks is none.
func TestWhatAnAnswerBreaksIsNamed(t *testing.T) {
	if n := len(lawsOfAll()); n < 40 {
		t.Errorf("only %d laws have a requirement", n)
	}
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":"1","Resources":[{"id":7,"userName":"ada"}]}`))
	}))
	defer target.Close()
	l, server := newLab(t, Options{Target: target.URL, Token: canary})
	v := visitorAt(t, server.URL)
	v.post(pathCatalog, "application", "generic")
	v.post(pathProvisioning, "base_url", target.URL, "action", "connect")
	broken := map[string]bool{}
	for _, b := range l.wire.choose(func(*Exchange) bool { return true })[0].Broken {
		broken[b.ID] = true
	}
	for _, id := range []string{"RFC7643-3.1-02", "RFC7643-3-01"} {
		if !broken[id] {
			t.Errorf("%s is not among %v", id, broken)
		}
	}
}

// An endpoint that shows what Duo has sent is not to blame for it, and an error is no list.
func TestAnEndpointIsNotToBlameForWhatDuoSends(t *testing.T) {
	l, server := newLab(t, Options{Target: endpoint(t), Token: canary})
	v := visitorAt(t, server.URL)
	v.post(pathCatalog, "application", "generic")
	wantUnbroken(t, l, v)
	l, v, _ = followed(t, Options{})
	wantUnbroken(t, l, v)
}

// wantUnbroken maps every attribute, provisions, and sends creations again.
func wantUnbroken(t *testing.T, l *Lab, v *visitor) {
	t.Helper()
	v.post(pathProvisioning, "base_url", l.side.url, "action", "map-all")
	v.post(pathProvisioning, "base_url", l.side.url, "action", "save", "group", "DGENGINEERS000000002", "group", "DGCONTRACTORS0000003")
	for _, e := range l.wire.choose(func(e *Exchange) bool { return changes(e.Method) }) {
		v.post(pathWire + "/" + strconv.Itoa(e.Seq) + "/again") // most are refused now
	}
	for _, e := range l.wire.choose(func(e *Exchange) bool { return len(e.Broken) > 0 }) {
		t.Errorf("%s %s: %d: %+v", e.Method, e.URL, e.Status, e.Broken)
	}
}

// A URL that only begins alike is not one of the endpoint.
func TestOnlyWhatIsBelowTheBaseURLIsTheEndpoints(t *testing.T) {
	const base = "https://host.example/scim"
	for address, path := range map[string]string{base + "/Users": "/Users", base + "?x=1": "?x=1", base + "2/Users": "/scim2/Users"} {
		if got := pathBelow(address, base); got != path {
			t.Errorf("%s is shown as %s, want %s", address, got, path)
		}
	}
	if answer := answerOf(&wire.Exchange{URL: base + "2/Users"}, base); answer.Request.Path != nil {
		t.Errorf("an answer of another endpoint is looked at as one to %v", answer.Request.Path)
	}
}

// More requests than the lab keeps: the page shows the newest, and says how many it leaves
// out. BenchmarkExchange says what one costs.
func TestAFloodOfRequestsIsTaken(t *testing.T) {
	l, v, _ := followed(t, Options{})
	one, _ := l.wire.one(4)
	for range kept + 1 {
		l.wire.add(one.Exchange, causeOther)
	}
	v.want(v.get(pathWire), strconv.Itoa(kept)+" requests", strconv.Itoa(kept-shownExchanges)+" older ones are left out")
}

func BenchmarkExchange(b *testing.B) {
	l, err := New(b.Context(), Options{Origin: "http://127.0.0.1:1"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	x := benchExchange(l.side.url)
	for b.Loop() {
		l.wire.add(x, causeOther)
	}
}

// benchExchange is a creation, as most of a first cycle is.
func benchExchange(base string) *wire.Exchange {
	body := []byte(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"42","userName":"ada@example.com","displayName":"Ada",` +
		`"emails":[{"value":"ada@example.com","type":"work"}],"meta":{"resourceType":"User","created":"2026-01-31T13:45:00Z","lastModified":"2026-01-31T13:45:00Z","location":"` + base + `/Users/42"}}`)
	return &wire.Exchange{
		Method: "POST", URL: base + "/Users", RequestBody: body, Status: 201, ResponseBody: body,
		ResponseHeader: http.Header{"Content-Type": {"application/scim+json"}, "Location": {base + "/Users/42"}},
	}
}
