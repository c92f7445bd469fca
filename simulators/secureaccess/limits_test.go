package secureaccess_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func TestOneGroupBeyondTheLimitIsRefusedInItsDirectoryOnly(t *testing.T) {
	s := newServer(t, secureaccess.Config{GroupLimit: 2})
	c := integrate(t, s, "d", secureaccess.Duo)
	c.createGroup(`"displayName":"a"`)
	c.createGroup(`"displayName":"b"`)
	status, o := c.do(http.MethodPost, "/Groups", `{"schemas":["`+scim.GroupURN+`"],"displayName":"c"}`)
	expect(t, status, http.StatusForbidden)
	if !strings.Contains(o.String("detail"), "2") {
		t.Errorf("the detail does not name the limit: %s", o.String("detail"))
	}
	c.createUser(`"userName":"u"`)
	integrate(t, s, "e", secureaccess.Duo).createGroup(`"displayName":"c"`)
	if _, err := secureaccess.New(secureaccess.Config{GroupLimit: -1}); err == nil {
		t.Error("a negative limit is accepted")
	}
}

func TestOneRequestBeyondTheLimitHasToWait(t *testing.T) {
	now := time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)
	s := newServer(t, secureaccess.Config{RequestLimit: 2, Now: func() time.Time { return now }})
	a, b := integrate(t, s, "a", secureaccess.Duo), integrate(t, s, "b", secureaccess.Duo)
	status := func(token string) int {
		status, _ := call(t, s, token, http.MethodGet, "/Users", "")
		return status
	}
	for range 2 {
		expect(t, status(a.token), http.StatusOK)
	}
	now = now.Add(20*time.Second + time.Millisecond)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, s.ProvisioningURL("http://127.0.0.1:8080")+"/Users", nil)
	r.Header.Set("Authorization", "Bearer "+a.token)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	expect(t, w.Code, http.StatusTooManyRequests)
	if wait := w.Header().Get("Retry-After"); wait != "40" {
		t.Errorf("Retry-After is %q, want the 40 seconds that are left", wait)
	}
	if e, err := scim.ParseError(w.Code, w.Body.Bytes()); err != nil || !strings.Contains(e.Detail, "2 requests a minute") {
		t.Errorf("the body is no error that names the limit: %v, %v", e, err)
	}

	expect(t, status(b.token), http.StatusOK) // a directory of its own
	expect(t, status("wrong"), http.StatusUnauthorized)
	now = now.Add(40 * time.Second)
	expect(t, status(a.token), http.StatusOK)
}

func TestRequestsHaveNoLimitByDefault(t *testing.T) {
	c := integrate(t, newServer(t, secureaccess.Config{}), "d", secureaccess.Duo)
	for range 200 {
		status, _ := c.do(http.MethodGet, "/Users?count=0", "")
		expect(t, status, http.StatusOK)
	}
	if _, err := secureaccess.New(secureaccess.Config{RequestLimit: -1}); err == nil {
		t.Error("a negative limit is accepted")
	}
}
