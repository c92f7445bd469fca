package engine

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A finding shows the request that it is about, also where the step has sent others since.
func TestAFindingShowsTheRequestThatItIsAbout(t *testing.T) {
	about := map[string][2]string{ // requirement: start of the message, and the endpoint that it is about
		"CSA-SYNC-08": {"the members of the group ", "GET /Groups/"},
		"CSA-SYNC-11": {"the answer to ", ""},
	}
	shown := map[string]int{}
	for _, fault := range faults.All() {
		of, asked := about[fault.Requirement]
		if !asked {
			continue
		}
		for _, e := range judged(t, fault.Requirement, fault.Wrap).Examples {
			request, is := strings.CutPrefix(e.Message, of[0])
			if !is || !isFinding(e) {
				continue
			}
			shown[fault.Requirement]++
			if of[1] != "" {
				request = of[1]
			}
			method, path, _ := strings.Cut(request, " ")
			if x := report.Deciding(e); x.Method != method || !strings.Contains(x.URL, path) {
				t.Errorf("%s, %s: %q shows %s %s", fault.Requirement, fault.Name, e.Message, x.Method, x.URL)
			}
		}
	}
	for id := range about {
		if shown[id] == 0 {
			t.Errorf("no finding of %s has the message %q", id, about[id][0])
		}
	}
}
