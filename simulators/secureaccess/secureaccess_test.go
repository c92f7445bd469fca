package secureaccess_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func newServer(t *testing.T, config secureaccess.Config) *secureaccess.Server {
	t.Helper()
	s, err := secureaccess.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tenant is a directory with a client that has its token.
type tenant struct {
	t *testing.T
	*secureaccess.Server
	*secureaccess.Directory
	token string
}

func integrate(t *testing.T, s *secureaccess.Server, name string, idp secureaccess.IdP) *tenant {
	t.Helper()
	d, err := s.IntegrateDirectory(name, idp)
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.GenerateToken()
	if err != nil {
		t.Fatal(err)
	}
	return &tenant{t, s, d, token}
}

// do sends a request with the tenant's token and returns status and body.
func (c *tenant) do(method, path, body string) (int, *scim.Object) {
	c.t.Helper()
	return call(c.t, c.Server, c.token, method, path, body)
}

func call(t *testing.T, s *secureaccess.Server, token, method, path, body string) (int, *scim.Object) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, s.ProvisioningURL("http://127.0.0.1:8080/")+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/scim+json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Body.Len() == 0 {
		return w.Code, nil
	}
	o, err := scim.ParseObject(w.Body.Bytes())
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return w.Code, o
}

// create creates a resource and returns its id.
func (c *tenant) create(path, urn, members string) string {
	c.t.Helper()
	status, o := c.do(http.MethodPost, path, `{"schemas":["`+urn+`"],`+members+`}`)
	if status != http.StatusCreated {
		c.t.Fatalf("status %d: %v", status, o.String("detail"))
	}
	return o.String("id")
}

func (c *tenant) createUser(members string) string {
	c.t.Helper()
	return c.create("/Users", scim.UserURN, members)
}

func (c *tenant) createGroup(members string) {
	c.t.Helper()
	c.create("/Groups", scim.GroupURN, members)
}

func expect(t *testing.T, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("status %d, want %d", got, want)
	}
}

func TestTheGuideFromIntegrationToVerification(t *testing.T) {
	s := newServer(t, secureaccess.Config{Organization: "Example", NewToken: func() string { return "shown once" }})
	if s.Organization() != "Example" || s.ProvisioningURL("https://api.sse.cisco.com") != "https://api.sse.cisco.com/identity/v2/scim" {
		t.Errorf("organization %q, URL %q", s.Organization(), s.ProvisioningURL("https://api.sse.cisco.com"))
	}
	c := integrate(t, s, " DUO Integration ", secureaccess.Duo)
	if c.token != "shown once" || c.Name() != "DUO Integration" || c.IdP() != secureaccess.Duo {
		t.Errorf("token %q, name %q, IdP %q", c.token, c.Name(), c.IdP())
	}
	if status, list := c.do(http.MethodGet, "/Users", ""); status != http.StatusOK || list.Array("Resources") == nil {
		t.Errorf("the connection test answers %d", status)
	}
	id := c.createUser(`"userName":"josue@example.com","displayName":"Josue","emails":[{"value":"josue@example.com"}]`)
	c.createGroup(`"displayName":"DUO - Users","members":[{"value":"` + id + `"}]`)

	user := secureaccess.UserRow{Name: "Josue", RiskAlerts: "-", UPN: "josue@example.com", AuthProperty: "josue@example.com",
		Source: "Duo", Directory: "DUO Integration"}
	if rows := s.Users(secureaccess.ViewQuery{}); len(rows) != 1 || rows[0] != user {
		t.Errorf("users: %+v", rows)
	}
	group := secureaccess.GroupRow{Name: "DUO - Users", Type: "Groups", Source: "Duo", Directory: "DUO Integration"}
	if rows := s.Groups(secureaccess.ViewQuery{}); len(rows) != 1 || rows[0] != group {
		t.Errorf("groups: %+v", rows)
	}
	if s.Counts() != (secureaccess.Counts{Users: 1, Groups: 1}) {
		t.Errorf("counts: %+v", s.Counts())
	}
}

func TestDirectoriesAreIntegratedWithinTheRulesOfTheDashboard(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	for i := range secureaccess.MaxDirectories - 1 {
		integrate(t, s, fmt.Sprintf("directory %d", i), secureaccess.Okta) // several of one provider
	}
	for name, idp := range map[string]secureaccess.IdP{"": secureaccess.Duo, " \t": secureaccess.Duo, "Directory 0": secureaccess.Duo, "new": "LDAP"} {
		if _, err := s.IntegrateDirectory(name, idp); err == nil {
			t.Errorf("%q of %q is accepted", name, idp)
		}
	}
	integrate(t, s, "the last", secureaccess.Other)
	if _, err := s.IntegrateDirectory("one more", secureaccess.EntraID); err == nil || !strings.Contains(err.Error(), "10") {
		t.Errorf("error: %v", err)
	}
}

func TestOnlyTheLastTokenOfADirectoryIsValid(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	c := integrate(t, s, "d", secureaccess.Duo)
	for name, token := range map[string]string{"no token": "", "a wrong token": "wrong", "a part": c.token[:len(c.token)-1]} {
		t.Run(name, func(t *testing.T) {
			status, o := call(t, s, token, http.MethodGet, "/Users", "")
			expect(t, status, http.StatusUnauthorized)
			if o.String("status") != "401" {
				t.Errorf("the body is no SCIM error: %v", o)
			}
		})
	}
	id := c.createUser(`"userName":"u"`)
	old := c.token
	var err error
	if c.token, err = c.GenerateToken(); err != nil || c.token == old {
		t.Fatalf("token %q, %v", c.token, err)
	}
	status, _ := call(t, s, old, http.MethodGet, "/Users", "")
	expect(t, status, http.StatusUnauthorized)
	status, _ = c.do(http.MethodGet, "/Users/"+id, "")
	expect(t, status, http.StatusOK)
}

func TestATokenThatCannotServeIsRefused(t *testing.T) {
	next := "first"
	s := newServer(t, secureaccess.Config{NewToken: func() string { return next }})
	integrate(t, s, "a", secureaccess.Duo)
	b, err := s.IntegrateDirectory("b", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	for _, next = range []string{"first", "", " "} {
		if _, err := b.GenerateToken(); err == nil {
			t.Errorf("the token %q is accepted", next)
		}
	}
}

func TestTheProviderConfigurationNeedsNoToken(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	for _, token := range []string{"", "wrong", integrate(t, s, "d", secureaccess.Duo).token} {
		status, o := call(t, s, token, http.MethodGet, "/ServiceProviderConfig", "")
		expect(t, status, http.StatusOK)
		if len(o.Array("authenticationSchemes")) == 0 {
			t.Error("no authentication scheme is announced")
		}
	}
	status, _ := call(t, s, "", http.MethodGet, "/Schemas", "")
	expect(t, status, http.StatusUnauthorized)
}

func TestTheExtensionIsAnnouncedStoredAndFiltered(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	c := integrate(t, s, "d", secureaccess.Duo)
	status, schema := c.do(http.MethodGet, "/Schemas/"+secureaccess.ExtensionURN, "")
	expect(t, status, http.StatusOK)
	if n := len(schema.Array("attributes")); n != 2 {
		t.Errorf("%d attributes", n)
	}
	id := c.createUser(`"userName":"u","` + secureaccess.ExtensionURN + `":{"authName":"CORP\\u","nativeObjectId":"guid"}`)
	_, found := c.do(http.MethodGet, "/Users?filter="+secureaccess.ExtensionURN+":nativeObjectId+eq+%22guid%22", "")
	if n, _ := found.Get("totalResults"); n != json.Number("1") {
		t.Errorf("found %v", n)
	}
	if row := s.Users(secureaccess.ViewQuery{})[0]; row.AuthProperty != `CORP\u` || row.UPN != "u" {
		t.Errorf("row: %+v", row)
	}
	status, patched := c.do(http.MethodPatch, "/Users/"+id, `{"schemas":["`+scim.PatchOpURN+`"],"Operations":[{"op":"replace","path":"`+
		secureaccess.ExtensionURN+`:authName","value":"other"},{"op":"remove","path":"`+secureaccess.ExtensionURN+`:nativeObjectId"}]}`)
	expect(t, status, http.StatusOK)
	if x := patched.Object(secureaccess.ExtensionURN); x.Len() != 1 || x.String("authName") != "other" {
		t.Errorf("patched: %v", x)
	}
}

func TestDirectoriesShareNothing(t *testing.T) {
	n := 0
	s := newServer(t, secureaccess.Config{NewID: func() string { n++; return fmt.Sprint("id-", n) }})
	a, b := integrate(t, s, "a", secureaccess.Duo), integrate(t, s, "b", secureaccess.Okta)
	id := a.createUser(`"userName":"u","externalId":"x"`)
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		status, _ := b.do(method, "/Users/"+id, "")
		expect(t, status, http.StatusNotFound)
	}
	status, _ := b.do(http.MethodPost, "/Groups", `{"schemas":["`+scim.GroupURN+`"],"displayName":"g","members":[{"value":"`+id+`"}]}`)
	expect(t, status, http.StatusBadRequest)
	for _, filter := range []string{`id+eq+"` + id + `"`, `userName+eq+"u"`, `externalId+eq+"x"`, `userName+pr`} {
		_, list := b.do(http.MethodGet, "/Users?filter="+filter, "")
		if total, _ := list.Get("totalResults"); total != json.Number("0") {
			t.Errorf("%s finds %v", filter, total)
		}
	}
	b.createUser(`"userName":"U","externalId":"x"`)
	if s.Counts().Users != 2 {
		t.Errorf("counts: %+v", s.Counts())
	}
}

func TestTokensCanBeReplacedWhileRequestsArrive(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	c := integrate(t, s, "d", secureaccess.Duo)
	token := c.token
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if status, _ := call(t, s, token, http.MethodGet, "/Users", ""); status != http.StatusOK && status != http.StatusUnauthorized {
				t.Errorf("status %d", status)
			}
		})
		wg.Go(func() {
			if _, err := c.GenerateToken(); err != nil {
				t.Error(err)
			}
			_ = s.Counts()
		})
	}
	wg.Wait()
	status, _ := call(t, s, token, http.MethodGet, "/Users", "")
	expect(t, status, http.StatusUnauthorized)
}
