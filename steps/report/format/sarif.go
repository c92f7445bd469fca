package format

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// The members of SARIF 2.1.0 that code-scanning views read.
type (
	sarif struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Invocations []sarifInvocation `json:"invocations"`
		Tool        sarifTool         `json:"tool"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string            `json:"id"`
		Short      sarifText         `json:"shortDescription"`
		Full       sarifText         `json:"fullDescription"`
		Help       sarifText         `json:"help"`
		HelpURI    string            `json:"helpUri,omitempty"`
		Default    map[string]string `json:"defaultConfiguration"`
		Properties map[string]any    `json:"properties"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		ExitCode      int                 `json:"exitCode"`
		Description   string              `json:"exitCodeDescription"`
		Start         string              `json:"startTimeUtc"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		Rule         string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   map[string]string  `json:"properties,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
	}
)

// WriteSARIF writes a result for each requirement that is not met: an error for
// a failure, a warning for a warning; one that is known to fail is suppressed,
// with the baseline's reason. There is no source code of the target to
// point at: the place of a result is that of the requirement.
func WriteSARIF(w io.Writer, r *report.Report) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: words.Valid(r.Tool.Name), Version: words.Valid(r.Tool.Version), URI: "https://github.com/simulate-duo/simulate-duo", Rules: []sarifRule{},
		}},
		Invocations: []sarifInvocation{sarifInvocationOf(r)},
		Results:     []sarifResult{},
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(q))
		if q.Verdict == report.Failed || q.Verdict == report.Warned {
			run.Results = append(run.Results, sarifResultOf(q, i, r.Target))
		}
	}
	sarifRank(run.Results, report.Findings(r))
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(sarif{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}); err != nil {
		return fmt.Errorf("write the SARIF report: %w", err)
	}
	return nil
}

// sarifRank orders the results as the causes are ordered, and says what comes of each;
// what a baseline knows stands last.
func sarifRank(results []sarifResult, found []*report.Finding) {
	place := map[string]int{}
	for i, f := range found {
		for _, id := range report.IDsOf(f.Hits) {
			if _, ok := place[id]; !ok {
				place[id] = i
			}
		}
	}
	of := func(x sarifResult) int {
		if i, ok := place[x.Rule]; ok {
			return i
		}
		return len(found)
	}
	for i, x := range results {
		if at := of(x); at < len(found) {
			results[i].Properties = map[string]string{"consequence": found[at].Consequence.Text}
		}
	}
	slices.SortStableFunc(results, func(a, b sarifResult) int { return of(a) - of(b) })
}

// sarifInvocationOf is successful if the run judged all that it was to judge.
func sarifInvocationOf(r *report.Report) sarifInvocation {
	end := report.NewEnding(r, report.Findings(r), "below")
	return sarifInvocation{
		Successful: r.Partial == "" && r.Summary.Judged() > 0 && len(r.Undecided()) == 0, ExitCode: r.ExitCode(),
		Description: words.Sentences(r.Insecure, end.Lead, end.Text), Start: har.Time(r.Started), Notifications: sarifNotifications(r),
	}
}

// sarifNotifications tell for whom the target is ready, and what went wrong in the run
// itself.
func sarifNotifications(r *report.Report) []sarifNotification {
	var all []sarifNotification
	if r.Insecure != "" {
		all = append(all, sarifNotification{"error", sarifText{r.Insecure}})
	}
	if r.Partial != "" {
		all = append(all, sarifNotification{"error", sarifText{"The run stopped early, and this report is partial: " + words.Valid(r.Partial)}})
	}
	for _, v := range []report.Verdict{report.Broken, report.Blocked} {
		for _, x := range report.Reasons(r, v) {
			all = append(all, sarifNotification{"error", sarifText{"Could not be judged, " + string(v) + ": " + x.Text + ": " + words.List(x.IDs, words.MaxIDs)}})
		}
	}
	for _, x := range report.AskedReadiness(r) {
		all = append(all, sarifNotification{"note", sarifText{x.Words()}})
	}
	for _, q := range r.Stale() {
		all = append(all, sarifNotification{"error", sarifText{words.Valid(q.ID) + ": " + report.StaleWords(q)}})
	}
	return all
}

func sarifRuleOf(q *report.Requirement) sarifRule {
	level := "warning"
	if q.Level.Strict() {
		level = "error"
	}
	return sarifRule{
		ID: words.Valid(q.ID), Short: sarifText{words.Valid(q.Title)}, Full: sarifText{words.Valid(q.Title + ".")}, Help: sarifHelp(q), HelpURI: report.Link(q),
		Default: map[string]string{"level": level}, Properties: map[string]any{"tags": []string{"scim", q.Level.Words()}},
	}
}

// sarifHelp is where the requirement is written and, if it is not met, how it is got wrong.
func sarifHelp(q *report.Requirement) sarifText {
	help := report.Written(q)
	x := explain.Find(q.ID, q.Title)
	if x == nil || q.Verdict != report.Failed && q.Verdict != report.Warned {
		return sarifText{help}
	}
	if len(x.Mistakes) > 0 {
		help += "\nHow " + x.Wrongly() + " get it wrong: " + words.List(x.Mistakes, words.MaxIDs) + "."
	}
	return sarifText{help + "\n" + x.Command() + " tells more."}
}

func sarifResultOf(q *report.Requirement, rule int, target report.Target) sarifResult {
	level := "warning"
	if q.Verdict == report.Failed {
		level = "error"
	}
	text := q.Title + " — " + q.Message
	for _, e := range q.Examples {
		if e.Verdict == q.Verdict {
			text = q.Title + ".\n" + account(q, e, target)
			break
		}
	}
	sum := sha256.Sum256([]byte(target.URL + "\x00" + q.ID))
	result := sarifResult{
		Rule: words.Valid(q.ID), RuleIndex: rule, Level: level, Message: sarifText{words.Valid(text)},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{words.Valid("features/" + q.File)}, sarifRegion{max(q.Line, 1)}}}},
		Fingerprints: map[string]string{"requirement/v1": hex.EncodeToString(sum[:16])},
	}
	if q.Known != "" {
		result.Suppressions = []sarifSuppression{{"external", words.Valid(q.Known)}}
	}
	return result
}
