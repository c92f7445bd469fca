package engine

import (
	"errors"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestARequestThatIsServedLaterWasNotLimited(t *testing.T) {
	post := func(body string, status int) *wire.Exchange {
		return &wire.Exchange{Method: "POST", URL: "http://example.com/Users", RequestBody: []byte(body), Status: status}
	}
	for name, test := range map[string]struct {
		sent []*wire.Exchange
		want bool
	}{
		"nothing was refused":        {[]*wire.Exchange{post("a", 201)}, false},
		"refused, and served later":  {[]*wire.Exchange{post("a", 429), post("a", 429), post("a", 201)}, false},
		"refused":                    {[]*wire.Exchange{post("a", 201), post("b", 429)}, true},
		"another one is served":      {[]*wire.Exchange{post("a", 429), post("b", 201)}, true},
		"served before, refused now": {[]*wire.Exchange{post("a", 201), post("a", 429)}, true},
	} {
		if got := isLimited(test.sent); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestALimitOfRequestsIsNoFinding(t *testing.T) {
	a := &attempt{failure: errors.New("GET /Users: want 200, got 429")}
	if e := a.limited(report.Example{}); e.Verdict != report.Blocked || !strings.Contains(e.Message, "--rps N sends fewer") {
		t.Errorf("got %s: %s", e.Verdict, e.Message)
	}
	a.alternative = &duo.Alternative{}
	if e := a.limited(report.Example{}); e.Verdict != report.Untested {
		t.Errorf("an alternative is %s", e.Verdict)
	}
}
