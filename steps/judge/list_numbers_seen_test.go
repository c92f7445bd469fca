package judge

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A target that counts before somebody is created and lists after that is wrong for a moment.
func TestAListIsNotAccusedOfWhatChangesMeanwhile(t *testing.T) {
	for _, test := range []struct {
		name  string
		wrong int
		want  bool
	}{
		{"once", 1, false},
		{"twice", 2, false},
		{"always", 99, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked++
				total := 2
				if asked <= test.wrong {
					total = 1
				}
				_, _ = fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%d,"Resources":[{"id":"1"},{"id":"2"}]}`, total)
			}))
			defer server.Close()
			j := &Session{Run: &Run{}, Wire: &wire.Recorder{}}
			if _, err := j.Send(t.Context(), &wire.Client{BaseURL: server.URL}, Reading("Users")); err != nil {
				t.Fatal(err)
			}
			if err := j.ListsAgree(); (err != nil) != test.want {
				t.Errorf("after %d answers: %v, want an accusation: %t", asked, err, test.want)
			}
		})
	}
}
