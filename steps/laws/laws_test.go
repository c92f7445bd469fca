package laws

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func answered(method, path string, status int, body string) judge.Answer {
	return judge.Answer{
		Request:  wire.Request{Method: method, Path: []string{path}},
		Response: &wire.Response{Status: status},
		Body:     judge.MustObject(body),
	}
}

// A list shows what the client has made beside what was there before, which nobody holds against
// the target; a list alone is judged whole.
func TestWhatAnotherHasMadeIsNotJudged(t *testing.T) {
	list := answered(http.MethodGet, "Users", 200, `{"Resources": [{"id": "old"}, {"id": "7"}, {"userName": "none"}]}`)
	made := answered(http.MethodPost, "Users", 201, `{"id": "7", "userName": "ann"}`)
	group := answered(http.MethodPost, "Groups", 201, `{"id": "8", "displayName": "all"}`)
	for name, c := range map[string]struct {
		answers []judge.Answer
		want    int
	}{
		"a list alone":                 {[]judge.Answer{list}, 3},
		"beside a user who was made":   {[]judge.Answer{made, list}, 3}, // the user, once more, and whoever has no id
		"beside a group that was made": {[]judge.Answer{group, list}, 4},
	} {
		if got := len(views(c.answers)); got != c.want {
			t.Errorf("%s: %d are judged, want %d", name, got, c.want)
		}
	}
}
