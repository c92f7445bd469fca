package provider_test

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

// houseOf is a provider at which everybody is the resource with the id in the
// header Subject; the first user made has "id-1".
func houseOf(t *testing.T) client {
	t.Helper()
	c := start(t, provider.Config{BasePath: "/scim", Subject: func(r *http.Request) string { return r.Header.Get("Subject") }})
	c.do(http.MethodPost, "/scim/Users", user(`"userName":"josue"`)).expect(http.StatusCreated)
	return c
}

func TestMeIsTheResourceOfWhoAsks(t *testing.T) {
	const location = "http://example.com/scim/Users/id-1"
	for name, test := range map[string]struct {
		method, body string
		status       int
	}{
		"it is read":                                {http.MethodGet, "", http.StatusOK},
		"it is replaced":                            {http.MethodPut, user(`"userName":"josue","title":"Lead"`), http.StatusOK},
		"it is patched":                             {http.MethodPatch, patch(`{"op":"replace","path":"title","value":"Lead"}`), http.StatusOK},
		"it is deleted":                             {http.MethodDelete, "", http.StatusNoContent},
		"a second one is not created":               {http.MethodPost, user(`"userName":"again"`), http.StatusMethodNotAllowed},
		"a refusal tells the location too":          {http.MethodPut, user(`"title":"nobody"`), http.StatusBadRequest},
		"so does one of a patch without operations": {http.MethodPatch, patch(), http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			a := houseOf(t).do(test.method, "/scim/Me", test.body, "Subject", "id-1").expect(test.status)
			if got := a.header.Get("Location"); got != location {
				t.Errorf("Location is %q, want %q", got, location)
			}
		})
	}
}

func TestMeHonoursAttributesAndPreconditions(t *testing.T) {
	c := houseOf(t)
	c.get("/scim/Me?attributes=userName", "Subject", "id-1").expect(http.StatusOK).has("userName", `"josue"`).has("meta", "")
	c.get("/scim/Me", "Subject", "id-1", "If-None-Match", `W/"1"`).expect(http.StatusNotModified)
	c.do(http.MethodDelete, "/scim/Me", "", "Subject", "id-1", "If-Match", `W/"7"`).expect(http.StatusPreconditionFailed)
}

func TestWhoHasNoResourceIsNotFound(t *testing.T) {
	c := houseOf(t)
	c.get("/scim/Me", "Subject", "id-7").fails(http.StatusNotFound, "")
	c.get("/scim/Me").fails(http.StatusNotFound, "")
	c.get("/scim/Me/more", "Subject", "id-1").fails(http.StatusNotFound, "")
}

func TestWithoutSubjectsMeIsNotOffered(t *testing.T) {
	start(t, provider.Config{}).get("/Me").fails(http.StatusNotImplemented, "")
}

func TestMeAsksForCredentialsFirst(t *testing.T) {
	c := start(t, provider.Config{
		Authorize: provider.BearerAuth("token"),
		Subject:   func(*http.Request) string { t.Error("a stranger was looked up"); return "" },
	})
	c.get("/Me").expect(http.StatusUnauthorized)
}
