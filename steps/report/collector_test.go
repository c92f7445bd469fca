package report

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

// find returns the requirement with this id.
func find(t *testing.T, r *Report, id string) Requirement {
	t.Helper()
	for _, q := range r.Requirements {
		if q.ID == id {
			return q
		}
	}
	t.Fatalf("%s is not in the report", id)
	return Requirement{}
}

func TestEveryRequirementIsReportedInTheOrderOfTheFeatures(t *testing.T) {
	var c Collector
	c.Add("CSA-DEPROV-02", passed("within a day"))
	c.Add("CSA-AUTH-01", passed("the users are listed"))
	r := c.Report(catalogue())
	for i, q := range catalogue() {
		if r.Requirements[i].ID != q.ID {
			t.Errorf("%d: %s, want %s", i, r.Requirements[i].ID, q.ID)
		}
	}
	want := Summary{Passed: 2, Untested: 6, Requests: 2}
	if r.Summary != want {
		t.Errorf("summary %+v, want %+v", r.Summary, want)
	}
}

func TestWhatDidNotRunSaysWhy(t *testing.T) {
	for name, test := range map[string]struct {
		stop []string
		id   string
		want string
	}{
		"not selected":               {nil, "CSA-AUTH-01", "not selected for this run"},
		"the run stopped":            {[]string{"interrupted", "later"}, "CSA-AUTH-01", "the run stopped before it: interrupted"},
		"nothing outside can see it": {nil, "DUO-CONNECT-09", "cannot be observed from outside"},
	} {
		t.Run(name, func(t *testing.T) {
			var c Collector
			for _, reason := range test.stop {
				c.Stop(reason)
			}
			r := c.Report(catalogue())
			q := find(t, r, test.id)
			if q.Verdict != Untested || q.Message != test.want {
				t.Errorf("%s %q, want untested %q", q.Verdict, q.Message, test.want)
			}
			for _, e := range q.Examples {
				if e.Verdict != Untested || e.Message != test.want || e.Profile != DefaultProfile {
					t.Errorf("example %+v", e)
				}
			}
			if len(test.stop) > 0 != (r.Partial == "interrupted") {
				t.Errorf("partial %q", r.Partial)
			}
		})
	}
}

func TestARequirementHasTheWorstVerdictOfItsExamplesAndItsMessage(t *testing.T) {
	var c Collector
	c.Add("CSA-SYNC-01", Example{Name: "a user with everything", Verdict: Failed, Message: "no id"})
	c.Add("CSA-SYNC-01", passed("a user with a name only"))
	q := find(t, c.Report(catalogue()), "CSA-SYNC-01")
	if q.Verdict != Failed || q.Message != "no id" {
		t.Errorf("%s %q", q.Verdict, q.Message)
	}
	if q.Examples[0].Name != "a user with a name only" {
		t.Errorf("the examples are not in the order of the file: %q first", q.Examples[0].Name)
	}
}

func TestAnAlternativeOfTheProfileCanOnlyWarn(t *testing.T) {
	for name, test := range map[string]struct {
		usual, alternative, want Verdict
	}{
		"failing alone":                   {Passed, Failed, Warned},
		"failing as the default does":     {Failed, Failed, Failed},
		"blocked alone":                   {Passed, Blocked, Warned},
		"blocked as the default is":       {Blocked, Blocked, Blocked},
		"broken, which is not the target": {Passed, Broken, Broken},
		"passing does not mend":           {Failed, Passed, Failed},
	} {
		t.Run(name, func(t *testing.T) {
			var c Collector
			c.Add("CSA-AUTH-01", Example{Name: "the users are listed", Profile: "a=b", Verdict: test.alternative})
			c.Add("CSA-AUTH-01", Example{Name: "the users are listed", Verdict: test.usual})
			q := find(t, c.Report(catalogue()), "CSA-AUTH-01")
			if q.Verdict != test.want {
				t.Errorf("%s, want %s", q.Verdict, test.want)
			}
			if q.Examples[0].Profile != DefaultProfile || q.Examples[1].Profile != "a=b" {
				t.Errorf("profiles %q, %q", q.Examples[0].Profile, q.Examples[1].Profile)
			}
		})
	}
}

func TestTheExchangesOfAnAlternativeAreKeptOnlyAsEvidence(t *testing.T) {
	var c Collector
	for profile, v := range map[string]Verdict{"": Passed, "a=b": Passed, "a=c": Failed} {
		c.Add("CSA-AUTH-01", with(passed("the users are listed"), func(e *Example) { e.Profile, e.Verdict = profile, v }))
	}
	r := c.Report(catalogue())
	for i, want := range []int{1, 0, 1} {
		if e := find(t, r, "CSA-AUTH-01").Examples[i]; len(e.Exchanges) != want {
			t.Errorf("%s %s: %d exchanges, want %d", e.Profile, e.Verdict, len(e.Exchanges), want)
		}
	}
	if r.Summary.Requests != 3 {
		t.Errorf("%d requests counted, want 3", r.Summary.Requests)
	}
}

func TestALevelThatIsNotStrictCanOnlyWarn(t *testing.T) {
	var c Collector
	c.Add("CSA-SYNC-02", Example{Name: "one more attribute", Verdict: Failed})
	c.Add("CSA-DEPROV-02", Example{Name: "within a day", Verdict: Failed})
	r := c.Report(catalogue())
	for _, id := range []string{"CSA-SYNC-02", "CSA-DEPROV-02"} {
		if q := find(t, r, id); q.Verdict != Warned || q.Examples[0].Verdict != Warned {
			t.Errorf("%s %s: %s", q.Level, id, q.Verdict)
		}
	}
	if r.ExitCode() != 0 {
		t.Errorf("exit code %d", r.ExitCode())
	}
}

func TestNothingPassesBySilenceOrUnderAFalseName(t *testing.T) {
	for name, test := range map[string]struct {
		id, example string
		verdict     Verdict
		message     string
	}{
		"a check without a verdict":         {"CSA-AUTH-01", "the users are listed", "", "the check ended without a verdict"},
		"an example that nobody wrote":      {"CSA-AUTH-01", "another", Passed, "no example of this requirement has this name"},
		"a requirement that nobody wrote":   {"CSA-AUTH-99", "another", Passed, "no requirement has this id"},
		"one that was never to be observed": {"DUO-CONNECT-09", "another", Passed, "no example of this requirement has this name"},
	} {
		t.Run(name, func(t *testing.T) {
			var c Collector
			c.Add(test.id, Example{Name: test.example, Verdict: test.verdict})
			r := c.Report(catalogue())
			q := find(t, r, test.id)
			if q.Verdict != Broken || q.Message != test.message {
				t.Errorf("%s %q, want broken %q", q.Verdict, q.Message, test.message)
			}
			if r.ExitCode() != 2 {
				t.Errorf("exit code %d", r.ExitCode())
			}
		})
	}
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	var results []func(*Collector)
	for _, q := range catalogue() {
		for _, e := range q.Examples {
			for i := range 20 {
				results = append(results, func(c *Collector) {
					c.Add(q.ID, with(passed(e.Name), func(e *Example) { e.Profile = fmt.Sprintf("field=%02d", i) }))
				})
			}
		}
	}
	var forward, together Collector
	for _, add := range results {
		add(&forward)
	}
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { results[len(results)-1-i](&together) })
	}
	wg.Wait()
	if a, b := forward.Report(catalogue()), together.Report(catalogue()); !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%+v\nand\n%+v", a, b)
	}
}
