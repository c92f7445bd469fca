package engine

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// claimTag marks requirements that judge a claim by the verdicts on others: they come when
// those have theirs.
const claimTag = "@claim"

// isClaim says whether the requirement is such a one.
func isClaim(q features.Requirement) bool { return slices.Contains(q.Tags, claimTag[1:]) }

// whatClaimsNeed adds to the chosen requirements those by which a claim among them is
// judged: all of its profile, and of the profiles that it includes.
func (r *run) whatClaimsNeed(chosen []features.Requirement) []features.Requirement {
	var of []Profile
	for _, q := range chosen {
		if isClaim(q) {
			of = append(of, ProfileOf(q.ID))
		}
	}
	if len(of) == 0 {
		return chosen
	}
	needed := features.WithIncluded(of)
	return slices.DeleteFunc(slices.Clone(r.all), func(q features.Requirement) bool {
		isChosen := slices.ContainsFunc(chosen, func(c features.Requirement) bool { return c.ID == q.ID })
		return !isChosen && (!slices.Contains(needed, ProfileOf(q.ID)) || isClaim(q))
	})
}

// verdictsOn is what was found so far of the binding requirements whose ids begin with the
// prefix. What the target need not offer, and claims, are not among them.
func (r *run) verdictsOn(prefix string) judge.Verdicts {
	var v judge.Verdicts
	for _, q := range r.collector.Report(r.all).Requirements {
		of := r.requirements[q.ID]
		if !strings.HasPrefix(q.ID, prefix+"-") || !of.Strict() || isClaim(of) || of.Unobservable {
			continue
		}
		switch q.Verdict {
		case report.Failed:
			v.Failed = append(v.Failed, q.ID)
		case report.Passed, report.Warned:
			v.Held++
		case report.Unsupported:
		default:
			v.Open = append(v.Open, q.ID)
		}
	}
	return v
}
