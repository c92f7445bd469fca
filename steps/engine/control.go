package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// control plays the story of the guide once more when everything is judged but the abuse.
// If it held at the beginning and does not any more, the target has changed under the run.
func (r *run) control(ctx context.Context) {
	if r.options.Target.IsEmbedded() || ctx.Err() != nil || r.full.Load() {
		return
	}
	held := map[string]bool{}
	for _, q := range r.chosen {
		for _, e := range q.Examples {
			if isStory(q, e) && r.collector.Passed(q.ID, e.Name) {
				held[key(q.ID, e.Name)] = true
			}
		}
	}
	if len(held) == 0 {
		return
	}
	r.again(ctx, held, 1, func(e report.Example, a *attempt) {
		if e.Verdict == report.Passed || e.Verdict == report.Untested {
			return
		}
		r.collector.Note(fmt.Sprintf("the target changed under this run: the guide held at its beginning and does not hold at its end (%s, %s: %s)",
			a.requirement.ID, a.example, e.Message))
	})
}

func isStory(q features.Requirement, e features.Example) bool {
	tag := storyTag[1:]
	return slices.Contains(e.Tags, tag) || slices.Contains(q.Tags, tag)
}
