package provider_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

func TestOverARealConnectionABodyBeyondTheLimitIsAnswered(t *testing.T) {
	server := httptest.NewServer(start(t, provider.Config{}))
	defer server.Close()
	huge := `{"userName":"` + strings.Repeat("u", 5<<20) + `"}`
	for name, body := range map[string]io.Reader{
		"with its length": strings.NewReader(huge),
		"in chunks":       io.MultiReader(strings.NewReader(huge)),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/Users", body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/scim+json")
			a, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Body.Close()
			if a.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("status is %d", a.StatusCode)
			}
		})
	}
}

func TestOverARealConnectionAddressesLeadBackToTheServer(t *testing.T) {
	c := start(t, provider.Config{})
	server := httptest.NewTLSServer(c)
	defer server.Close()
	id := c.createUser(`"userName":"u"`)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/Users/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if got, want := a.Header.Get("Location"), server.URL+"/Users/"+id; got != want {
		t.Errorf("Location is %q, want %q", got, want)
	}
}
