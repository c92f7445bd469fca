package report

import (
	"regexp"
	"slices"
)

// named matches the requirement by which the message of something blocked says what blocks it.
var named = regexp.MustCompile(`; see ([A-Z]+[0-9]*-[\w.-]*\w)$`)

// hung puts what is blocked below the finding of the requirement that its message names,
// or, where there is none, below the first that names the same.
func hung(all []*Finding) []*Finding {
	homes := map[string]*Finding{}
	for _, f := range all {
		for _, h := range f.Hits {
			if homes[h.Requirement.ID] == nil {
				homes[h.Requirement.ID] = f
			}
		}
	}
	return slices.DeleteFunc(all, func(f *Finding) bool {
		found := named.FindStringSubmatch(f.Message)
		if f.Verdict != Blocked || found == nil {
			return false
		}
		home := homes[found[1]]
		if home == nil {
			homes[found[1]] = f
			return false
		}
		home.block(f)
		return true
	})
}

// block takes over what another finding blocks.
func (f *Finding) block(other *Finding) {
	for _, h := range other.Blocks {
		same := func(of *Hit) bool { return of.Requirement == h.Requirement }
		if !slices.ContainsFunc(f.Blocks, same) && !slices.ContainsFunc(f.Hits, same) {
			f.Blocks = append(f.Blocks, h)
		}
	}
	f.likelihood = min(f.likelihood, other.likelihood)
	if other.Consequence.Rank < f.Consequence.Rank {
		f.Consequence = other.Consequence
	}
}
