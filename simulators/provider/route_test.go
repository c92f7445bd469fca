package provider_test

import (
	"bytes"
	"log"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestWhatIsNotThereAnswers404WithASCIMError(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim/v2"})
	for name, path := range map[string]string{
		"a path outside the service root":            "/Users",
		"a path that only begins like the root":      "/scim/v2x/Users",
		"an unknown endpoint":                        "/scim/v2/Nothing",
		"an endpoint in another case":                "/scim/v2/users",
		"an unknown id":                              "/scim/v2/Users/nobody",
		"a path below a resource":                    "/scim/v2/Users/nobody/emails",
		"an id of encoded slashes":                   "/scim/v2/Users/%2F%2F",
		"an id of dots":                              "/scim/v2/Users/..",
		"an id with a space":                         "/scim/v2/Users/a%20b",
		"an id with a number sign":                   "/scim/v2/Users/%23",
		"an id with a NUL":                           "/scim/v2/Users/%00",
		"an id of 1000 characters":                   "/scim/v2/Users/" + strings.Repeat("x", 1000),
		"an empty segment":                           "/scim/v2//Users",
		"something below the provider configuration": "/scim/v2/ServiceProviderConfig/x",
		"an unknown schema":                          "/scim/v2/Schemas/urn:x",
		"an unknown resource type":                   "/scim/v2/ResourceTypes/Robot",
	} {
		t.Run(name, func(t *testing.T) {
			client{t, c.Provider}.get(path).fails(http.StatusNotFound, "")
		})
	}
}

func TestAMethodThatAnEndpointLacksAnswers405WithThoseItHas(t *testing.T) {
	c := start(t, provider.Config{})
	for _, test := range []struct{ method, path, allow string }{
		{"DELETE", "/Users", "GET, POST"},
		{"PUT", "/Groups", "GET, POST"},
		{"POST", "/Users/id-1", "GET, PUT, PATCH, DELETE"},
		{"GET", "/Users/.search", "POST"},
		{"POST", "/", "GET"},
		{"GET", "/.search", "POST"},
		{"POST", "/ServiceProviderConfig", "GET"},
		{"PUT", "/Schemas", "GET"},
		{"PATCH", "/ResourceTypes", "GET"},
		{"DELETE", "/Schemas/urn:x", "GET"},
		{"OPTIONS", "/Users", "GET, POST"},
	} {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			a := client{t, c.Provider}.do(test.method, test.path, "")
			a.fails(http.StatusMethodNotAllowed, "")
			if got := a.header.Get("Allow"); got != test.allow {
				t.Errorf("Allow is %q, want %q", got, test.allow)
			}
		})
	}
}

func TestWhatIsNotOfferedAnswers501(t *testing.T) {
	c := start(t, provider.Config{NoBulk: true})
	for _, path := range []string{"/Bulk", "/Me"} {
		c.get(path).fails(http.StatusNotImplemented, "")
		c.do(http.MethodPost, path, "{}").fails(http.StatusNotImplemented, "")
	}
}

func TestASlashAtTheEndOfAPathChangesNothing(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim"})
	c.get("/scim/Users/").expect(http.StatusOK)
	c.get("/scim/").expect(http.StatusOK)
	c.get("/scim").expect(http.StatusOK)
}

func TestHEADAnswersLikeGET(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u"`)
	a := c.do(http.MethodHead, "/Users/"+id, "").expect(http.StatusOK)
	if a.header.Get("ETag") == "" {
		t.Error("no ETag")
	}
}

func TestAPanicAnswers500AndTellsTheClientNothing(t *testing.T) {
	var stderr bytes.Buffer
	panics := true
	c := start(t, provider.Config{
		ErrorLog: log.New(&stderr, "", 0),
		NewID: func() string {
			if panics {
				panic("the secret cause")
			}
			return "id-1"
		},
	})
	a := c.do(http.MethodPost, "/Users", user(`"userName":"u"`))
	a.fails(http.StatusInternalServerError, "")
	if strings.Contains(a.raw, "secret") || strings.Contains(a.raw, "goroutine") {
		t.Errorf("the answer tells too much: %s", a.raw)
	}
	if !strings.Contains(stderr.String(), "the secret cause") || !strings.Contains(stderr.String(), "create.go") {
		t.Errorf("the log lacks cause or stack: %s", stderr.String())
	}
	panics = false
	c.createUser(`"userName":"u"`) // the store is not left locked
}

func TestAnIdWithSpecialCharactersIsEscapedInAddressesAndFoundAgain(t *testing.T) {
	c := start(t, provider.Config{NewID: func() string { return "a/b c@d%?#é" }})
	a := c.do(http.MethodPost, "/Users", user(`"userName":"u"`)).expect(http.StatusCreated)
	location, ok := strings.CutPrefix(a.header.Get("Location"), "http://example.com")
	if !ok {
		t.Fatalf("Location is %q", location)
	}
	c.get(location).expect(http.StatusOK).has("id", `"a/b c@d%?#é"`).has("meta.location", `"http://example.com`+location+`"`)
}

func TestNewRefusesWhatItCannotHonour(t *testing.T) {
	room := func(endpoint string, attributes ...*scim.Attribute) *scim.ResourceType {
		return &scim.ResourceType{ID: "Room", Name: "Room", Endpoint: endpoint,
			Schema: &scim.Schema{ID: "urn:example:Room", Attributes: attributes}}
	}
	types := func(types ...*scim.ResourceType) provider.Config { return provider.Config{Types: types} }
	for name, config := range map[string]provider.Config{
		"no types":                  {Types: []*scim.ResourceType{}},
		"two types at one endpoint": types(scim.UserType(), room("/Users")),
		"two types of one name":     types(room("/Rooms"), room("/Chambers")),
		"an endpoint without slash": types(room("Rooms")),
		"an endpoint of two steps":  types(room("/House/Rooms")),
		"a unique flag":             types(room("/Rooms", &scim.Attribute{Name: "a", Type: scim.Boolean, Uniqueness: scim.ServerUnique})),
		"a unique list":             types(room("/Rooms", &scim.Attribute{Name: "a", MultiValued: true, Uniqueness: scim.ServerUnique})),
		"a unique part": types(room("/Rooms", &scim.Attribute{Name: "a", Type: scim.Complex,
			SubAttributes: []*scim.Attribute{{Name: "b", Uniqueness: scim.GlobalUnique}}})),
		"a required secret":                    types(room("/Rooms", &scim.Attribute{Name: "a", Required: true, Returned: scim.Never})),
		"a base path without a slash in front": {BasePath: "scim"},
		"a base path with a slash at the end":  {BasePath: "/scim/"},
		"a negative limit":                     {MaxResults: -1},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := provider.New(config); err == nil {
				t.Error("no error")
			}
		})
	}
}
