// Package steps plays the features against a target and judges the target. It is the
// door to the packages below it: engine runs the scenarios; guide, standard, honesty and
// model have the sentences and their steps; client has those about SCIM clients; judge and laws look at what the target
// answers; report and safety are for what comes of it, and for its safety.
package steps

import (
	"context"

	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/engine"
	"github.com/simulate-duo/simulate-duo/steps/guide"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// GuideSettings are the people, groups and Provisioning tab of Cisco's guide, from which a
// run starts unless its Options say otherwise.
func GuideSettings() (Settings, error) { return guide.Published() }

// Run plays the features against the target and returns the verdicts.
//
// A run takes three walks: the story, whose Activity Log is shown as it happens; the
// other scenarios; and the scenarios again under every alternative of what nobody
// outside knows about Duo. The error says why there are no verdicts: the features or
// settings are unusable, or the target cannot be judged at all (*safety.PreflightError).
// A run that ends early, by ctx, by MaxRequests or because the target is gone, still
// returns its report, with Partial saying why.
func Run(ctx context.Context, options Options) (*report.Report, error) {
	return engine.Run(ctx, options)
}

// Describe fills in what a report says of the target of these options: Run does it, and who
// reports that a run could not start.
func Describe(r *report.Report, options Options) { engine.Describe(r, options) }

// JudgeClient returns the verdicts on a SCIM client whose visit was recorded; package
// steps/client/visit records one. It sends nothing. The error says that the features cannot
// be played.
func JudgeClient(ctx context.Context, recording *client.Recording, options ClientOptions) (*report.Report, error) {
	return engine.JudgeClient(ctx, recording, options)
}
