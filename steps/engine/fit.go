package engine

import (
	"context"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// fit fills in what the target's own /Schemas calls required, as far as the user has not
// said it: a target that says what it needs is to be judged by everything else.
func (r *run) fit(ctx context.Context) {
	if r.options.Target.IsEmbedded() {
		return
	}
	s, err := r.judge.NewSession()
	if err != nil {
		return // the first scenario says why
	}
	if refusal, err := s.Missing(ctx, "Schemas"); err == nil && refusal != "" {
		r.collector.Note("GET /Schemas is answered " + refusal + ": what the target does is held against the schemas of RFC 7643 section 8.7")
	}
	for _, name := range s.Undeclared(ctx) {
		r.warn("the configuration of this run sets " + name + ", which the target's /Schemas does not declare for users; see --set and the target file")
	}
	user, group := s.Demanded(ctx)
	said := demandedNames(user, r.judge.Fit.User)
	r.judge.Fit.User = judge.Merge(user, r.judge.Fit.User)
	r.judge.Fit.Group = judge.Merge(group, r.judge.Fit.Group)
	if said = append(said, demandedNames(group, r.options.Fit.Group)...); len(said) > 0 {
		r.collector.Note("/Schemas calls these attributes required, so everything that this run creates has them: " + strings.Join(said, ", "))
	}
	r.fitUnsaid(ctx, s)
}

// fitUnsaid fills in what the target demands without saying so: it is found out by trying.
func (r *run) fitUnsaid(ctx context.Context, s *judge.Session) {
	defer s.Close(ctx, false)
	defer r.tendBefore(ctx, s)
	for collection, given := range map[string]**scim.Object{"Users": &r.judge.Fit.User, "Groups": &r.judge.Fit.Group} {
		unsaid, err := s.DemandedUnsaid(safety.Exempt(ctx), collection)
		if err != nil || unsaid == nil {
			continue // the first scenario says why
		}
		said := demandedNames(unsaid, *given)
		*given = judge.Merge(unsaid, *given)
		r.collector.Note("the target takes no " + strings.ToLower(strings.TrimSuffix(collection, "s")) + " without these attributes, which its /Schemas does not call required; " +
			"everything that this run creates has them: " + strings.Join(said, ", "))
	}
}

// demandedNames are the attributes that the target demands and the user has not given.
func demandedNames(demanded, given *scim.Object) []string {
	var names []string
	for name := range demanded.All() {
		if _, known := given.Get(name); !known {
			names = append(names, name)
		}
	}
	return names
}
