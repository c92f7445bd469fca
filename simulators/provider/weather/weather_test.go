package weather

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// behind serves a provider behind weather, and hears what requests met.
func behind(t *testing.T, w Wrap) (address string, heard func() []string) {
	t.Helper()
	p, err := provider.New(provider.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex // a client may be answered, or cut off, before its handler has ended
	var all []string
	handler := w(p)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r, met := Watch(r)
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, *met)
		}()
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(all)
	}
}

type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) number(t *testing.T, name string) float64 {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Fatal(err)
	}
	n, _ := body[name].(float64)
	return n
}

// ask sends a request; a status of 0 says that there was no answer.
func ask(t *testing.T, method, address, body string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", scim.MediaType)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		return reply{}
	}
	defer func() { _ = resp.Body.Close() }()
	text, _ := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(text)}
}

func user(name string) string {
	return `{"schemas":["` + scim.UserURN + `"],"userName":"` + name + `"}`
}

func TestABusyEndpointRefusesUntilTheTimeHasPassed(t *testing.T) {
	for name, date := range map[string]bool{"seconds": false, "a date": true} {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 3, 18, 21, 0, 0, 0, time.UTC)
			base, heard := behind(t, Busy{Status: http.StatusTooManyRequests, Wait: 2 * time.Second, Date: date, Now: func() time.Time { return now }}.Before(Creations))
			first := ask(t, http.MethodPost, base+"/Users", user("a"))
			want := map[bool]string{false: "2", true: "Wed, 18 Mar 2026 21:00:02 GMT"}[date]
			if first.status != http.StatusTooManyRequests || first.header.Get("Retry-After") != want {
				t.Fatalf("%d, Retry-After %s", first.status, first.header.Get("Retry-After"))
			}
			now = now.Add(time.Second)
			if again := ask(t, http.MethodPost, base+"/Users", user("a")); again.status != http.StatusTooManyRequests {
				t.Errorf("too early: %d", again.status)
			}
			if other := ask(t, http.MethodGet, base+"/Users", ""); other.status != http.StatusOK {
				t.Errorf("another request: %d", other.status)
			}
			now = now.Add(time.Second)
			if again := ask(t, http.MethodPost, base+"/Users", user("a")); again.status != http.StatusCreated {
				t.Errorf("in time: %d", again.status)
			}
			if met := strings.Join(heard(), ","); met != "429 with Retry-After,429 with Retry-After,," {
				t.Error(met)
			}
		})
	}
}

func TestAnAnswerIsLostOnceAndTheRequestCarriedOut(t *testing.T) {
	base, _ := behind(t, LosesAnswer(Creations))
	if first := ask(t, http.MethodPost, base+"/Users", user("a")); first.status != 0 {
		t.Errorf("answered: %d", first.status)
	}
	if second := ask(t, http.MethodPost, base+"/Users", user("a")); second.status != http.StatusConflict {
		t.Errorf("the second time: %d", second.status)
	}
}

func TestSomebodyElseCreatesTheUserAMomentBefore(t *testing.T) {
	other, err := scim.ParseObject([]byte(user("a")))
	if err != nil {
		t.Fatal(err)
	}
	base, _ := behind(t, Latecomer(other))
	if before := ask(t, http.MethodGet, base+"/Users", ""); before.number(t, "totalResults") != 0 {
		t.Error("there is somebody already")
	}
	if status := ask(t, http.MethodPost, base+"/Users", user("a")).status; status != http.StatusConflict {
		t.Error(status)
	}
	if status := ask(t, http.MethodPost, base+"/Users", user("b")).status; status != http.StatusCreated {
		t.Error(status)
	}
}

func TestOneAddressIsRefused(t *testing.T) {
	base, _ := behind(t, Refuses(Creations))
	for _, want := range []int{500, 500} {
		if status := ask(t, http.MethodPost, base+"/Users", user("a")).status; status != want {
			t.Error(status)
		}
	}
	if status := ask(t, http.MethodPost, base+"/Groups", `{"schemas":["`+scim.GroupURN+`"],"displayName":"g"}`).status; status != http.StatusCreated {
		t.Error(status)
	}
}

func TestNoPageIsLargerThanOneMayBe(t *testing.T) {
	base, _ := behind(t, SmallPages(2))
	for _, name := range []string{"a", "b", "c"} {
		ask(t, http.MethodPost, base+"/Users", user(name))
	}
	for query, want := range map[string]float64{"": 2, "?count=100": 2, "?count=1": 1, "?startIndex=3": 1} {
		page := ask(t, http.MethodGet, base+"/Users"+query, "")
		if page.number(t, "itemsPerPage") != want || page.number(t, "totalResults") != 3 {
			t.Errorf("%s: %s", query, page.body)
		}
	}
}

func TestAnswersMayBeUnusual(t *testing.T) {
	base, _ := behind(t, func(next http.Handler) http.Handler { return Odd()(Silent()(next)) })
	created := ask(t, http.MethodPost, base+"/Users", user("a"))
	if created.header.Get("Content-Type") != "application/scim+json; charset=UTF-8" || !strings.HasSuffix(strings.TrimSpace(created.body), `"schemas":["`+scim.UserURN+`"]}`) || !strings.Contains(created.body, UnknownAttribute) {
		t.Error(created)
	}
	place := created.header.Get("Location")
	patched := ask(t, http.MethodPatch, place, `{"schemas":["`+scim.PatchOpURN+`"],"Operations":[{"op":"replace","path":"active","value":false}]}`)
	if patched.status != http.StatusNoContent || patched.body != "" {
		t.Error(patched)
	}
	if status := ask(t, http.MethodPatch, place, "{}").status; status != http.StatusBadRequest {
		t.Errorf("a refusal: %d", status)
	}
}

func TestARedirectLeadsToTheSamePathAtAnotherOrigin(t *testing.T) {
	base, _ := behind(t, Redirects("http://elsewhere.invalid"))
	answer := ask(t, http.MethodGet, base+"/Users?filter=a", "")
	if answer.status != http.StatusTemporaryRedirect || answer.header.Get("Location") != "http://elsewhere.invalid/Users?filter=a" {
		t.Error(answer)
	}
}
