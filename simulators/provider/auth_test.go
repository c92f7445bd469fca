package provider_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestOnlyARequestWithAKnownBearerTokenPasses(t *testing.T) {
	c := start(t, provider.Config{Authorize: provider.BearerAuth("first", "", "second")})
	for name, test := range map[string]struct {
		authorization string
		status        int
	}{
		"the first token":          {"Bearer first", 200},
		"the second token":         {"Bearer second", 200},
		"the scheme in lower case": {"bearer first", 200},
		"two spaces":               {"BEARER  first", 200},
		"another token":            {"Bearer third", 401},
		"a part of a token":        {"Bearer firs", 401},
		"the token in upper case":  {"Bearer FIRST", 401},
		"an empty token":           {"Bearer ", 401},
		"the token alone":          {"first", 401},
		"another scheme":           {"Basic first", 401},
		"an empty header":          {"", 401},
	} {
		t.Run(name, func(t *testing.T) {
			a := client{t, c.Provider}.get("/Users", "Authorization", test.authorization).expect(test.status)
			if challenge := a.header.Get("WWW-Authenticate"); test.status == 401 && !strings.HasPrefix(challenge, "Bearer ") {
				t.Errorf("WWW-Authenticate is %q", challenge)
			}
		})
	}
	t.Run("no header", func(t *testing.T) {
		client{t, c.Provider}.get("/Users").fails(http.StatusUnauthorized, "")
	})
	t.Run("two headers", func(t *testing.T) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/Users", nil)
		r.Header["Authorization"] = []string{"Bearer first", "Bearer second"}
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized {
			t.Errorf("status is %d", w.Code)
		}
	})
}

func TestWithoutTokensNothingPasses(t *testing.T) {
	c := start(t, provider.Config{Authorize: provider.BearerAuth("")})
	c.get("/Users", "Authorization", "Bearer ").fails(http.StatusUnauthorized, "")
}

func TestOnlyTheProviderConfigurationIsPublic(t *testing.T) {
	c := start(t, provider.Config{Authorize: provider.BearerAuth("token")})
	c.get("/ServiceProviderConfig").expect(http.StatusOK).has("authenticationSchemes.0.type", `"oauthbearertoken"`)
	for _, path := range []string{"/Schemas", "/ResourceTypes", "/", "/Users/x", "/Bulk", "/Nothing"} {
		c.get(path).fails(http.StatusUnauthorized, "")
	}
	c.do(http.MethodPost, "/ServiceProviderConfig", "{}").fails(http.StatusUnauthorized, "")
}

func TestAuthorizeCanForbidWhatAClientMayNotDo(t *testing.T) {
	c := start(t, provider.Config{Authorize: func(r *http.Request) *scim.Error {
		if r.Method == http.MethodGet {
			return nil
		}
		return scim.Forbidden("this token can only read")
	}})
	c.get("/Users").expect(http.StatusOK)
	c.do(http.MethodPost, "/Users", user(`"userName":"u"`)).fails(http.StatusForbidden, "")
}
