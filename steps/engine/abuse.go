package engine

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// abuse plays the examples tagged @abuse: what they send may break a fragile server. On a
// real target they run one at a time, each followed by a look whether the target is still
// well; the first after which it is not ends them.
func (r *run) abuse(ctx context.Context) {
	of := abusive(r.chosen)
	if len(of) == 0 || ctx.Err() != nil {
		return
	}
	p := &pass{phase: abusePhase, of: of, workers: r.options.Workers}
	switch {
	case !r.mayAbuse():
		r.leaveOut(of)
		return
	case !r.options.Target.IsEmbedded():
		p.workers = 1
		r.wellness.Off()
		r.health = r.examine(ctx)
		r.judge.Rehearse = r.health.rehearse
	}
	r.suite(ctx, p)
	r.settle(ctx)
}

// mayAbuse says whether the target is fair game: it is on this machine, or the user has
// asked for it.
func (r *run) mayAbuse() bool {
	t := r.options.Target
	return !r.options.NoAbuse && (r.options.Abuse || t.IsEmbedded() || isLoopback(t.URL))
}

func isLoopback(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

func (r *run) leaveOut(of []features.Requirement) {
	left := 0
	for _, q := range of {
		for _, e := range q.Examples {
			if isAbusive(q, e) {
				left++
				r.collector.Add(q.ID, report.Example{Name: e.Name, Verdict: report.Untested, Message: "abuse was left out: --abuse tries it"})
			}
		}
	}
	r.collector.Note(fmt.Sprintf("%d examples of abuse were left out (huge, deep and broken bodies, races, injection), "+
		"because a fragile server may not survive them; --abuse tries them", left))
}

// abusive are the requirements with examples of abuse.
func abusive(all []features.Requirement) []features.Requirement {
	var found []features.Requirement
	for _, q := range all {
		if slices.ContainsFunc(q.Examples, func(e features.Example) bool { return isAbusive(q, e) }) {
			found = append(found, q)
		}
	}
	return found
}

func isAbusive(q features.Requirement, e features.Example) bool {
	return slices.Contains(q.Tags, abuseTag[1:]) || slices.Contains(e.Tags, abuseTag[1:])
}
