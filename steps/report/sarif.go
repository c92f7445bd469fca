package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// The members of SARIF 2.1.0 that code-scanning views read.
type (
	sarif struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
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
		Default    map[string]string `json:"defaultConfiguration"`
		Properties map[string]any    `json:"properties"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
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
func WriteSARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: valid(r.Tool.Name), Version: valid(r.Tool.Version), URI: "https://github.com/simulate-duo/simulate-duo", Rules: []sarifRule{},
		}},
		Invocations: []sarifInvocation{{r.Partial == "" && r.Summary.Broken == 0, harTime(r.Started), sarifNotifications(r)}},
		Results:     []sarifResult{},
	}
	for i := range r.Requirements {
		q := &r.Requirements[i]
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(q))
		if q.Verdict == Failed || q.Verdict == Warned {
			run.Results = append(run.Results, sarifResultOf(q, i, r.Target))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(sarif{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}); err != nil {
		return fmt.Errorf("write the SARIF report: %w", err)
	}
	return nil
}

// sarifNotifications tell what is wrong with the run and not with the target.
func sarifNotifications(r *Report) []sarifNotification {
	var all []sarifNotification
	if r.Partial != "" {
		all = append(all, sarifNotification{"error", sarifText{"The run stopped early, and this report is partial: " + valid(r.Partial)}})
	}
	for _, x := range reasons(r, Broken) {
		all = append(all, sarifNotification{"error", sarifText{"Could not be checked: " + x.text + ": " + list(x.ids, maxIDs)}})
	}
	for _, q := range r.stale() {
		all = append(all, sarifNotification{"error", sarifText{valid(q.ID) + ": " + staleWords(q)}})
	}
	return all
}

func sarifRuleOf(q *Requirement) sarifRule {
	level := "warning"
	if q.Level.Strict() {
		level = "error"
	}
	return sarifRule{
		ID: valid(q.ID), Short: sarifText{valid(q.Title)}, Full: sarifText{valid(q.Title + ".")}, Help: sarifText{written(q)},
		Default: map[string]string{"level": level}, Properties: map[string]any{"tags": []string{"scim", q.Level.Words()}},
	}
}

func sarifResultOf(q *Requirement, rule int, target Target) sarifResult {
	level := "warning"
	if q.Verdict == Failed {
		level = "error"
	}
	text := q.Title + " — " + q.Message
	for _, e := range q.Examples {
		if e.Verdict == q.Verdict {
			text = q.Title + ".\n" + account(q, e)
			break
		}
	}
	sum := sha256.Sum256([]byte(target.URL + "\x00" + q.ID))
	result := sarifResult{
		Rule: valid(q.ID), RuleIndex: rule, Level: level, Message: sarifText{valid(text)},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{valid("features/" + q.File)}, sarifRegion{max(q.Line, 1)}}}},
		Fingerprints: map[string]string{"requirement/v1": hex.EncodeToString(sum[:16])},
	}
	if q.Known != "" {
		result.Suppressions = []sarifSuppression{{"external", valid(q.Known)}}
	}
	return result
}
