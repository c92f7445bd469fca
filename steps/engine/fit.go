package engine

import (
	"context"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
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
