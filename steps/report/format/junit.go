package format

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/replay"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// The elements of JUnit's XML, as GitHub, GitLab and Jenkins read it. There are
// only the attributes that the schema of Jenkins' xUnit plugin knows; its JUnit
// plugin, which most use, reads the properties of a case as well. GitLab takes the
// suite from classname, and of cases with the same classname and name only the first.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Timestamp  string          `xml:"timestamp,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitCase struct {
		Name       string          `xml:"name,attr"`
		Class      string          `xml:"classname,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Failure    *junitOutcome   `xml:"failure"`
		Error      *junitOutcome   `xml:"error"`
		Skipped    *junitOutcome   `xml:"skipped"`
		Output     string          `xml:"system-out,omitempty"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitOutcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes a suite about the run, then one for each area with one case for
// each example. What failed is a failure; what was to be judged and was not, because
// it is broken or blocked, is an error; what else was not judged is skipped with its
// reason. JUnit knows no warnings: they pass, and say so in
// their output, unless the run is strict. A known failure is skipped, with
// the baseline's reason.
func WriteJUnit(w io.Writer, r *report.Report) error {
	all := junitSuites{Name: words.Visible(r.Tool.Name + " " + r.Target.Name), Time: seconds(r.DurationMS), Suites: []junitSuite{junitRun(r)}}
	at := map[string]int{}
	consequence := report.ConsequenceOf(r)
	for i := range r.Requirements {
		q := &r.Requirements[i]
		n, known := at[q.Feature]
		if !known {
			n, at[q.Feature] = len(all.Suites), len(all.Suites)
			all.Suites = append(all.Suites, junitSuite{Name: words.Visible(q.Feature), Time: "0.000", Timestamp: r.Started.UTC().Format(time.RFC3339)})
		}
		for _, e := range q.Examples {
			all.Suites[n].add(junitCaseOf(r, q, e, consequence))
		}
	}
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Errors += s.Errors
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// junitRun is a suite about the run as a whole: whether it stopped early or could not
// tell, and lines of the baseline that are not needed. Its properties say for whom the target is ready.
func junitRun(r *report.Report) junitSuite {
	end := report.NewEnding(r, report.Findings(r), "below")
	s := junitSuite{
		Name: "the run", Time: "0.000", Timestamp: r.Started.UTC().Format(time.RFC3339),
		Properties: []junitProperty{{"result", end.Lead + " " + end.Text}},
	}
	if r.Insecure != "" {
		s.Properties = append([]junitProperty{{"insecure", r.Insecure}}, s.Properties...)
	}
	for _, x := range report.AskedReadiness(r) {
		s.Properties = append(s.Properties, junitProperty{x.Name, strings.TrimPrefix(x.Words(), x.Name+": ")})
	}
	whole := junitCase{Name: "the run judges all that it was to judge", Class: "simulate-duo", Time: "0.000"}
	switch {
	case r.Partial != "":
		text := "the run stopped early, and this report is partial: " + words.Short(r.Partial, words.MaxMessage)
		whole.Error = &junitOutcome{Message: text, Type: "partial"}
	case r.Summary.Judged() == 0, len(r.Undecided()) > 0:
		whole.Error = &junitOutcome{Message: end.Lead + " " + end.Text, Type: "inconclusive"}
	}
	s.add(whole)
	for _, q := range r.Stale() {
		s.add(junitCase{
			Name: "the baseline is up to date: " + words.Visible(q.ID), Class: "simulate-duo", Time: "0.000",
			Failure: &junitOutcome{Message: words.Visible(q.ID) + ": " + report.StaleWords(q), Type: "baseline"},
		})
	}
	return s
}

func junitCaseOf(r *report.Report, q *report.Requirement, e report.Example, consequence func(*report.Requirement, report.Example) string) junitCase {
	c := junitCase{
		Name: words.Visible(caseName(q, e)), Class: words.Visible(q.ID), Time: seconds(e.DurationMS),
		Properties: []junitProperty{{"id", words.Visible(q.ID)}, {"level", q.Level.Words()}, {"verdict", string(e.Verdict)}, {"profile", words.Visible(e.Profile)}},
	}
	outcome := &junitOutcome{Message: words.Short(e.Message, words.MaxMessage), Text: account(q, e, r.Target)}
	if slices.Contains([]report.Verdict{report.Failed, report.Warned, report.Blocked}, e.Verdict) {
		outcome.Text = "consequence: " + consequence(q, e) + "\n" + outcome.Text
		c.Properties = append(c.Properties, junitProperty{"consequence", consequence(q, e)})
	}
	switch {
	case e.Verdict == report.Passed:
	case report.Excused(q) && (e.Verdict == report.Failed || e.Verdict == report.Warned):
		outcome.Message = "known: " + words.Short(q.Known, words.MaxMessage)
		c.Skipped = outcome
	case e.Verdict == report.Warned && !r.Strict:
		c.Output = "warned: " + outcome.Text
	case r.Weighs(e.Verdict):
		outcome.Type = q.Level.Words()
		c.Failure = outcome
	case e.Verdict == report.Broken, e.Verdict == report.Blocked && report.Undecided(q):
		outcome.Type = string(e.Verdict)
		c.Error = outcome
	default:
		outcome.Message = string(e.Verdict) + ": " + outcome.Message
		outcome.Text = ""
		c.Skipped = outcome
	}
	return c
}

// caseName names an example so that it is unique within a report.
func caseName(q *report.Requirement, e report.Example) string {
	name := q.Title + ": " + e.Name
	if e.Profile != report.DefaultProfile {
		name += " (" + e.Profile + ")"
	}
	return name
}

// account is what there is to say about an example that did not pass.
// The repeat is every command that it takes, as on the page and in Markdown.
func account(q *report.Requirement, e report.Example, target report.Target) string {
	lines := []string{words.Short(e.Message, words.MaxMessage)}
	if want, got := report.Values(e.Want, e.Got); want != "" {
		lines = append(lines, "expected: "+words.Short(want, words.MaxValue), "got:      "+words.Short(got, words.MaxValue))
	}
	lines = append(lines, "written:  "+report.Written(q))
	if x := report.Deciding(e); x != nil {
		f := &report.Finding{Example: e, Exchange: x, Hits: []*report.Hit{{Requirement: q}}}
		lines = append(lines, "repeat:   "+strings.Join(replay.Short(f, target), "\n          "))
	}
	return strings.Join(lines, "\n")
}

func seconds(ms int64) string { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }
