package judge

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A list whose end is out of reach is given up at once; one that only grows, after lastPage.
func TestReadAllGivesUpAListWithoutAnEnd(t *testing.T) {
	for _, test := range []struct {
		name            string
		total, requests int
	}{
		{"the end is far away", 1_000_000, 1},
		{"the end is always one further", 0, lastPage},
	} {
		t.Run(test.name, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked++
				total := max(test.total, asked+1)
				_, _ = fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%d,"Resources":[{"id":"%d"}]}`, total, asked)
			}))
			defer server.Close()
			_, err := (&Session{Run: &Run{}, Wire: &wire.Recorder{}}).ReadAll(t.Context(), &wire.Client{BaseURL: server.URL}, "Users")
			if m, wrong := IsMismatch(err); !wrong || !strings.Contains(m.Want, "a last page") || asked != test.requests {
				t.Errorf("%v after %d requests, want a Mismatch after %d", err, asked, test.requests)
			}
		})
	}
}
