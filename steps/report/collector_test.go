package report_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func TestEveryRequirementIsReportedInTheOrderOfTheFeatures(t *testing.T) {
	var c report.Collector
	c.Add("CSA-DEPROV-02", reporttest.Passed("within a day"))
	c.Add("CSA-AUTH-01", reporttest.Passed("the users are listed"))
	r := c.Report(reporttest.Catalogue())
	for i, q := range reporttest.Catalogue() {
		if r.Requirements[i].ID != q.ID {
			t.Errorf("%d: %s, want %s", i, r.Requirements[i].ID, q.ID)
		}
	}
	want := report.Summary{Passed: 2, Untested: 6, Requests: 2}
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
		"the run stopped":            {[]string{"interrupted", "later"}, "CSA-AUTH-01", "not reached: interrupted"},
		"nothing outside can see it": {nil, "DUO-CONNECT-09", "cannot be observed from outside"},
	} {
		t.Run(name, func(t *testing.T) {
			var c report.Collector
			for _, reason := range test.stop {
				c.Stop(reason)
			}
			r := c.Report(reporttest.Catalogue())
			q := reporttest.Find(t, r, test.id)
			if q.Verdict != report.Untested || q.Message != test.want {
				t.Errorf("%s %q, want untested %q", q.Verdict, q.Message, test.want)
			}
			for _, e := range q.Examples {
				if e.Verdict != report.Untested || e.Message != test.want || e.Profile != report.DefaultProfile {
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
	var c report.Collector
	c.Add("CSA-SYNC-01", report.Example{Name: "a user with everything", Verdict: report.Failed, Message: "no id"})
	c.Add("CSA-SYNC-01", reporttest.Passed("a user with a name only"))
	q := reporttest.Find(t, c.Report(reporttest.Catalogue()), "CSA-SYNC-01")
	if q.Verdict != report.Failed || q.Message != "no id" {
		t.Errorf("%s %q", q.Verdict, q.Message)
	}
	if q.Examples[0].Name != "a user with a name only" {
		t.Errorf("the examples are not in the order of the file: %q first", q.Examples[0].Name)
	}
}

func TestAnAlternativeOfTheProfileCanOnlyWarn(t *testing.T) {
	for name, test := range map[string]struct {
		usual, alternative, want report.Verdict
	}{
		"failing alone":                   {report.Passed, report.Failed, report.Warned},
		"failing as the default does":     {report.Failed, report.Failed, report.Failed},
		"blocked alone":                   {report.Passed, report.Blocked, report.Warned},
		"blocked as the default is":       {report.Blocked, report.Blocked, report.Blocked},
		"broken, which is not the target": {report.Passed, report.Broken, report.Broken},
		"passing does not mend":           {report.Failed, report.Passed, report.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			var c report.Collector
			c.Add("CSA-AUTH-01", report.Example{Name: "the users are listed", Profile: "a=b", Verdict: test.alternative})
			c.Add("CSA-AUTH-01", report.Example{Name: "the users are listed", Verdict: test.usual})
			q := reporttest.Find(t, c.Report(reporttest.Catalogue()), "CSA-AUTH-01")
			if q.Verdict != test.want {
				t.Errorf("%s, want %s", q.Verdict, test.want)
			}
			if q.Examples[0].Profile != report.DefaultProfile || q.Examples[1].Profile != "a=b" {
				t.Errorf("profiles %q, %q", q.Examples[0].Profile, q.Examples[1].Profile)
			}
		})
	}
}

func TestTheExchangesOfAnAlternativeAreKeptOnlyAsEvidence(t *testing.T) {
	var c report.Collector
	for profile, v := range map[string]report.Verdict{"": report.Passed, "a=b": report.Passed, "a=c": report.Failed} {
		c.Add("CSA-AUTH-01", reporttest.With(reporttest.Passed("the users are listed"), func(e *report.Example) { e.Profile, e.Verdict = profile, v }))
	}
	r := c.Report(reporttest.Catalogue())
	for i, want := range []int{1, 0, 1} {
		if e := reporttest.Find(t, r, "CSA-AUTH-01").Examples[i]; len(e.Exchanges) != want {
			t.Errorf("%s %s: %d exchanges, want %d", e.Profile, e.Verdict, len(e.Exchanges), want)
		}
	}
	if r.Summary.Requests != 3 {
		t.Errorf("%d requests counted, want 3", r.Summary.Requests)
	}
}

func TestALevelThatIsNotStrictCanOnlyWarn(t *testing.T) {
	var c report.Collector
	c.Add("CSA-SYNC-02", report.Example{Name: "one more attribute", Verdict: report.Failed})
	c.Add("CSA-DEPROV-02", report.Example{Name: "within a day", Verdict: report.Failed})
	r := c.Report(reporttest.Catalogue())
	for _, id := range []string{"CSA-SYNC-02", "CSA-DEPROV-02"} {
		if q := reporttest.Find(t, r, id); q.Verdict != report.Warned || q.Examples[0].Verdict != report.Warned {
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
		verdict     report.Verdict
		message     string
	}{
		"a check without a verdict":         {"CSA-AUTH-01", "the users are listed", "", "the check ended without a verdict"},
		"an example that nobody wrote":      {"CSA-AUTH-01", "another", report.Passed, "no example of this requirement has this name"},
		"a requirement that nobody wrote":   {"CSA-AUTH-99", "another", report.Passed, "no requirement has this id"},
		"one that was never to be observed": {"DUO-CONNECT-09", "another", report.Passed, "no example of this requirement has this name"},
	} {
		t.Run(name, func(t *testing.T) {
			var c report.Collector
			c.Add(test.id, report.Example{Name: test.example, Verdict: test.verdict})
			r := c.Report(reporttest.Catalogue())
			q := reporttest.Find(t, r, test.id)
			if q.Verdict != report.Broken || q.Message != test.message {
				t.Errorf("%s %q, want broken %q", q.Verdict, q.Message, test.message)
			}
			if r.ExitCode() != 2 {
				t.Errorf("exit code %d", r.ExitCode())
			}
		})
	}
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	var results []func(*report.Collector)
	for _, q := range reporttest.Catalogue() {
		for _, e := range q.Examples {
			for i := range 20 {
				results = append(results, func(c *report.Collector) {
					c.Add(q.ID, reporttest.With(reporttest.Passed(e.Name), func(e *report.Example) { e.Profile = fmt.Sprintf("field=%02d", i) }))
				})
			}
		}
	}
	var forward, together report.Collector
	for _, add := range results {
		add(&forward)
	}
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { results[len(results)-1-i](&together) })
	}
	wg.Wait()
	if a, b := forward.Report(reporttest.Catalogue()), together.Report(reporttest.Catalogue()); !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%+v\nand\n%+v", a, b)
	}
}
