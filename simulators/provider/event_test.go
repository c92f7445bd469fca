package provider_test

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const pollNow = `{"returnImmediately": true}`

// poll asks for events, whose answer is no resource of SCIM.
func (c client) poll(ctx context.Context, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/Events", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

// given are the tokens that a poll gives.
func (c client) given(body string) *scim.Object {
	c.t.Helper()
	answer, err := scim.ParseObject(c.poll(c.t.Context(), body).Body.Bytes())
	if err != nil {
		c.t.Fatal(err)
	}
	return answer.Object("sets")
}

// polled are the claims of the events that wait, in their order.
func (c client) polled(body string) []*scim.Object {
	c.t.Helper()
	var all []*scim.Object
	for _, v := range c.given(body).All() {
		token, _ := v.(string)
		raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
		if err != nil {
			c.t.Fatal(err)
		}
		claims, err := scim.ParseObject(raw)
		if err != nil {
			c.t.Fatal(err)
		}
		all = append(all, claims)
	}
	return all
}

// told are the events of tokens as "kind path".
func told(all []*scim.Object) []string {
	var texts []string
	for _, claims := range all {
		for uri := range claims.Object("events").All() {
			texts = append(texts, strings.TrimPrefix(uri, scim.EventPrefix)+" "+claims.Object("sub_id").String("uri"))
		}
	}
	return texts
}

func TestEveryChangeIsToldOnce(t *testing.T) {
	c := start(t, provider.Config{Events: true})
	c.do("POST", "/Users", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ann", "password": "secret-Pa55"}`)
	c.do("PATCH", "/Users/id-1", `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "value": {"active": false}}, {"op": "add", "path": "emails[type eq \"work\"].value", "value": "a@b.example"}]}`)
	c.do("PUT", "/Users/id-1", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ann", "externalId": "7"}`)
	c.do("PUT", "/Users/id-2", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "bob"}`)
	c.do("POST", "/Bulk", `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [
		{"method": "POST", "path": "/Groups", "bulkId": "a", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "A", "members": [{"value": "bulkId:b"}]}},
		{"method": "POST", "path": "/Groups", "bulkId": "b", "data": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "B", "members": [{"value": "bulkId:a"}]}}]}`)
	c.do("DELETE", "/Users/id-1", "")
	all := c.polled(pollNow)
	want := []string{
		"prov:create:full /Users/id-1", "prov:patch:notice /Users/id-1", "prov:deactivate /Users/id-1", "prov:put:full /Users/id-1", "prov:activate /Users/id-1",
		"prov:create:full /Groups/id-2", "prov:create:full /Groups/id-3", "prov:delete /Users/id-1",
	}
	if got := told(all); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	txns := map[string]bool{}
	for _, claims := range all {
		txns[claims.String("txn")] = true
		if text, _ := scim.Marshal(claims); strings.Contains(string(text), "Pa55") {
			t.Errorf("a password is told: %s", text)
		}
	}
	if len(txns) != len(all) {
		t.Errorf("%d transactions of %d changes", len(txns), len(all))
	}
	if names, _ := all[1].Object("events").Object(scim.EventPatchNotice).Get("attributes"); !scim.Equal(names, []any{"active", "emails"}) {
		t.Errorf("the notice names %v", names)
	}
	if id := all[2].Object("sub_id").String("externalId"); id != "7" {
		t.Errorf("the subject has the externalId %q", id)
	}
}

func TestEventsWaitUntilTheyAreAcknowledged(t *testing.T) {
	c := start(t, provider.Config{Events: true})
	for _, name := range []string{"ann", "bob"} {
		c.do("POST", "/Users", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "`+name+`"}`)
	}
	const one = `{"returnImmediately": true, "maxEvents": 1}`
	if a := c.poll(t.Context(), one); !strings.Contains(a.Body.String(), `"moreAvailable":true`) || a.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%s %v", a.Body, a.Header())
	}
	first := c.given(one)
	if first.Len() != 1 {
		t.Errorf("%d events come, one was asked for", first.Len())
	}
	if again := c.polled(pollNow); len(again) != 2 {
		t.Errorf("%d events wait before any is acknowledged", len(again))
	}
	for jti := range first.All() {
		if left := c.polled(`{"returnImmediately": true, "ack": ["` + jti + `", "unknown"]}`); len(left) != 1 {
			t.Errorf("%d events wait after one is acknowledged", len(left))
		}
	}
	for _, refused := range []string{`{"maxEvents": -1}`, `{"maxEvents": "all"}`, `[]`} {
		if a := c.poll(t.Context(), refused); a.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", refused, a.Code)
		}
	}
}

func TestAPollWaitsForTheNextEvent(t *testing.T) {
	c := start(t, provider.Config{Events: true})
	came := make(chan string)
	go func() {
		came <- c.poll(context.WithoutCancel(t.Context()), `{}`).Body.String()
	}()
	c.do("POST", "/Users", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ann"}`)
	if got := <-came; !strings.Contains(got, `"sets":{"`) {
		t.Errorf("got %s", got)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if a := start(t, provider.Config{Events: true}).poll(ctx, `{"ack": []}`); !strings.Contains(a.Body.String(), `"sets":{}`) { // as nobody waits
		t.Errorf("got %s", a.Body)
	}
}

func TestARequestIsAnsweredLaterIfTheClientPrefers(t *testing.T) {
	const ann = `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ann"}`
	for _, c := range []struct {
		name, method, path, body, prefer string
		status                           int
		result                           string // of the event; "" for none
	}{
		{"a creation", "POST", "/Users", strings.Replace(ann, "ann", "bob", 1), "respond-async", 202, "201"},
		{"a replacement", "PUT", "/Users/id-1", ann, "return=minimal, Respond-Async;foo=bar", 202, "200"},
		{"a deletion", "DELETE", "/Users/id-1", "", "respond-async", 202, "204"},
		{"a conflict", "POST", "/Users", ann, "respond-async", 202, "409"},
		{"a client that waits", "PUT", "/Users/id-1", ann, "respond-async, wait=10", 200, ""},
		{"a client that does not wait", "PUT", "/Users/id-1", ann, "respond-async, wait=0", 202, "200"},
		{"broken JSON", "PUT", "/Users/id-1", "{", "respond-async", 400, ""},
		{"nobody", "DELETE", "/Users/id-9", "", "respond-async", 404, ""},
		{"a read", "GET", "/Users/id-1", "", "respond-async", 200, ""},
		{"a search", "POST", "/Users/.search", `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}`, "respond-async", 200, ""},
		{"another preference", "PUT", "/Users/id-1", ann, "respond-asynchronously", 200, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, provider.Config{Events: true})
			p.do("POST", "/Users", ann)
			a := p.do(c.method, c.path, c.body, "Prefer", c.prefer)
			if a.status != c.status {
				t.Fatalf("got %d %s", a.status, a.raw)
			}
			if a.status != http.StatusAccepted {
				if a.header.Get("Set-Txn") != "" {
					t.Error("it has a Set-Txn")
				}
				return
			}
			if a.raw != "" || a.header.Get("Preference-Applied") != "respond-async" || a.header.Get("Location") == "" {
				t.Errorf("%v %q", a.header, a.raw)
			}
			for _, claims := range p.polled(pollNow) {
				if result := claims.Object("events").Object(scim.EventAsyncResp); result != nil {
					if claims.String("txn") != a.header.Get("Set-Txn") || result.String("status") != c.result || result.String("method") != c.method {
						t.Errorf("%s %v", claims.String("txn"), result)
					}
					return
				}
			}
			t.Error("no result is told")
		})
	}
}

func TestWithoutTheOptionNothingIsTold(t *testing.T) {
	c := start(t, provider.Config{})
	if a := c.poll(t.Context(), pollNow); a.Code != http.StatusNotFound {
		t.Errorf("a poll is answered %d", a.Code)
	}
	a := c.do("POST", "/Users", `{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ann"}`, "Prefer", "respond-async")
	if a.status != http.StatusCreated {
		t.Errorf("the preference is answered %d", a.status)
	}
	if config := c.do("GET", "/ServiceProviderConfig", ""); strings.Contains(config.raw, "securityEvents") {
		t.Error("events are announced")
	}
}
