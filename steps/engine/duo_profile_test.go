package engine

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What is known of Duo is played where the target is judged; what it leaves open is
// swept; requirements on Duo itself keep the default.
func TestARunPlaysWhatIsKnownOfDuo(t *testing.T) {
	o := guideOptions(t)
	o.Only = []string{"CSA-DEPROV-01", "DUO-DEPROV-01"}
	o.DuoProfile = duo.Profile{Deactivate: duo.Put}
	var mu sync.Mutex
	var alternatives []string
	deactivated := map[string][]string{}
	o.OnScenario = func(s Scenario) {
		mu.Lock()
		defer mu.Unlock()
		if s.Example.Profile != "" {
			alternatives = append(alternatives, s.Example.Profile)
			return
		}
		for _, x := range s.Duo {
			if deactivates(x) && !slices.Contains(deactivated[s.Requirement.ID], x.Method) {
				deactivated[s.Requirement.ID] = append(deactivated[s.Requirement.ID], x.Method)
			}
		}
	}
	mustRun(t, o)
	if got := deactivated["CSA-DEPROV-01"]; !slices.Equal(got, []string{http.MethodPut}) {
		t.Errorf("the target is sent %s", got)
	}
	if got := deactivated["DUO-DEPROV-01"]; !slices.Equal(got, []string{http.MethodPatch}) {
		t.Errorf("requirements on Duo see %s", got)
	}
	if len(alternatives) == 0 || slices.ContainsFunc(alternatives, func(a string) bool { return strings.HasPrefix(a, "deactivate=") }) {
		t.Errorf("the sweep tries %s", alternatives)
	}
}

func TestAProfileThatMakesNoSenseStopsTheRun(t *testing.T) {
	o := guideOptions(t)
	o.DuoProfile = duo.Profile{UserLookup: duo.UserLookupExternalID}
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "needs external-id=duo-key") {
		t.Errorf("%v", err)
	}
}

func deactivates(x *wire.Exchange) bool {
	body := string(x.RequestBody)
	return strings.Contains(body, `"active":false`) || strings.Contains(body, `"path":"active","value":false`)
}
