package provider_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// FuzzServeHTTP sends what it likes to a provider that has a user and a group,
// and expects an answer in SCIM that is never a 500.
func FuzzServeHTTP(f *testing.F) {
	f.Add("GET", "/Users", `filter=userName eq "u"&sortBy=emails&attributes=name.givenName`, "")
	f.Add("POST", "/Users", "", user(`"userName":"v","emails":[{"value":"a"}],"`+scim.EnterpriseURN+`":{"manager":{"value":"id-1"}}`))
	f.Add("PUT", "/Groups/id-2", "", group(`"displayName":"g","members":[{"value":"id-1"},{"value":"id-2"}]`))
	f.Add("PATCH", "/Users/id-1", "", patch(`{"op":"add","path":"emails[type eq \"work\"].value","value":"a"}`))
	f.Add("PATCH", "/Groups/id-2", "attributes=members", patch(`{"op":"replace","value":{"members":null}}`))
	f.Add("POST", "/.search", "", `{"schemas":["`+scim.SearchRequestURN+`"],"filter":"members[value eq \"id-1\"]","count":1}`)
	f.Add("DELETE", "/Users/id-1", "", "")
	f.Add("GET", "/", "startIndex=-1&count=99999999999999999999", "")
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		c := start(t, provider.Config{MaxBody: 1 << 14})
		id := c.createUser(`"userName":"u","name":{"givenName":"G"},"password":"p"`)
		c.createGroup(`"displayName":"g",` + member(id))
		r, err := http.NewRequestWithContext(t.Context(), method, "http://example.com/", strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		r.URL = &url.URL{Path: path, RawQuery: query}
		r.Host = "example.com"
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != http.StatusNotImplemented {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		if w.Body.Len() > 0 {
			if _, err := scim.ParseObject(w.Body.Bytes()); err != nil {
				t.Fatalf("the answer is no JSON object: %v", err)
			}
		}
		c.get("/").expect(http.StatusOK) // the store is still consistent
	})
}
