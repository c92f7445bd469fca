package judge

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
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

type unanswering struct{ err error }

func (u unanswering) RoundTrip(*http.Request) (*http.Response, error) { return nil, u.err }

// What a target lets wait as it does wrong tokens is told as that, after one request, and not as a hang.
func TestATokenThatIsTakenForAWrongOneIsToldAsThat(t *testing.T) {
	client := &wire.Client{BaseURL: "http://127.0.0.1", HTTP: &http.Client{Transport: unanswering{safety.ErrLate}}}
	_, err := (&Session{Run: &Run{}, Wire: &wire.Recorder{}}).Send(t.Context(), client, Reading("Users"))
	if m, wrong := IsMismatch(err); !wrong || m.Got != safety.ErrLate.Error() || IsUnanswered(err) {
		t.Errorf("%v, want a Mismatch that says %q", err, safety.ErrLate)
	}
}
