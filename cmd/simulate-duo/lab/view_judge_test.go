package lab

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
)

// judged waits for the end of the run.
func judged(t *testing.T, l *Lab) {
	t.Helper()
	for {
		_, _, more := l.events.since(l.events.last(), 1)
		if !l.judgement().Ended.IsZero() {
			return
		}
		select {
		case <-more:
		case <-t.Context().Done():
			t.Fatal("the run does not end")
		}
	}
}

func TestARunJudgesASecureAccessOfItsOwnAndEndsInItsReport(t *testing.T) {
	l, v, token := followed(t, Options{Version: "1.2.3"})
	before := l.wire.last()
	v.want(v.get(pathReport), "there is no report yet")
	v.want(v.post(pathJudge, "extent", "whole", "only", "@CSA-DEPROV-01"), "The run has begun")
	judged(t, l)
	v.want(v.get(pathJudge), "1 passed", "Open the report")
	answer, err := http.Get(v.origin + pathReport)
	page := v.read(answer, err)
	if got := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, html.Policy()) || !strings.Contains(got, "frame-ancestors 'none'") || strings.Contains(got, "unsafe") {
		t.Errorf("the policy is %s", got)
	}
	if !strings.Contains(page, "CSA-DEPROV-01") || strings.Contains(page, token) {
		t.Error("the report lacks the requirement, or has the token")
	}
	if text := v.get(pathReport + ".json"); !strings.Contains(text, `"version": "1.2.3"`) {
		t.Errorf("the report is %.300s", text)
	}
	if l.wire.last() != before {
		t.Error("the run is on the wire of Duo")
	}
	v.want(v.get(pathPeople+"?tab=users"), "1–1 of 1 result", "josue@example.com")
}

func TestARunMeetsTheFaultsThatAreOn(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	if err := l.SwitchFault("CSA-DEPROV-01", true); err != nil {
		t.Fatal(err)
	}
	v.post(pathJudge, "extent", "whole", "only", "CSA-DEPROV-01")
	judged(t, l)
	v.want(v.get(pathJudge), "1 failed")
}

func TestOneRunAtATimeAndItCanBeCancelled(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.want(v.post(pathJudge+"/cancel"), "no run is under way")
	v.want(v.post(pathJudge, "extent", "sweep"), "A run is under way.", "Cancel")
	v.want(v.post(pathJudge, "extent", "quick"), "This did not work.", "under way already")
	v.want(v.post(pathJudge+"/cancel"), "being cancelled")
	judged(t, l)
	v.want(v.get(pathJudge), "Stopped early.")
}

func TestATargetIsJudgedWithItsTokenAndIsLeftAsItWas(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	other, _, token := followed(t, Options{})
	l, server := newLab(t, Options{Target: other.side.url + "/"})
	v := visitorAt(t, server.URL)
	v.want(v.post(pathJudge, "extent", "quick"), "there is no token for the target")
	l.opt.Token = token
	o, err := l.judgeOptions(Judging{})
	if err != nil || !o.NoAbuse || o.Abuse || o.Target.URL != other.side.url {
		t.Errorf("%+v, %v", o.Target, err)
	}
	if o, _ := l.judgeOptions(Judging{Abuse: true}); !o.Abuse || o.NoAbuse {
		t.Error("abuse cannot be chosen")
	}
	for _, wrong := range []string{"-1", "NaN", "ten"} {
		v.want(v.post(pathJudge, "extent", "quick", "rps", wrong), "is not a number that this can be")
	}
	v.want(v.post(pathJudge, "extent", "quick", "max_requests", "1.5"), "is not a number that this can be")
	before := other.wire.last()
	v.post(pathJudge, "extent", "whole", "only", "CSA-DEPROV-01", "rps", "1000", "max_requests", "500")
	judged(t, l)
	v.want(v.get(pathJudge), "1 passed", "<code>"+other.side.url+"</code>")
	if l.wire.last() != 0 || other.wire.last() == before {
		t.Error("the run has sent nothing, or is on the wire of Duo")
	}
	if people := visitorAt(t, other.opt.Origin).get(pathPeople + "?tab=users"); !strings.Contains(people, "1–1 of 1 result") {
		t.Errorf("people are left behind:\n%s", between(people, "<main", "</main>"))
	}
}

func TestARunThatCannotBeginSaysWhy(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	l, server := newLab(t, Options{Target: "http://127.0.0.1:1/scim", Token: canary})
	v := visitorAt(t, server.URL)
	v.post(pathJudge, "extent", "quick", "only", "NO-SUCH-01")
	judged(t, l)
	v.want(v.get(pathJudge), "The run came to no verdict.", "no requirement is chosen")
	v.post(pathJudge, "extent", "quick")
	judged(t, l)
	v.want(v.get(pathJudge), "The run came to no verdict.", "127.0.0.1:1")
}
