package report

import "slices"

// sweep is what the profile sweep found: every alternative that was tried, and
// those under which a check fares worse than under the default profile.
type sweep struct {
	tried int
	worse []alternative // by name
}

// alternative is one changed choice of the profile and the requirements that
// fare worse under it.
type alternative struct {
	name string
	ids  []string
}

func newSweep(r *Report) sweep {
	ids := map[string][]string{}
	for _, q := range r.Requirements {
		usual := map[string]Verdict{}
		for _, e := range q.Examples { // the default profile comes first
			if e.Profile == DefaultProfile {
				usual[e.Name] = e.Verdict
				continue
			}
			if _, ok := ids[e.Profile]; !ok {
				ids[e.Profile] = nil
			}
			if worse(e.Verdict, usual[e.Name]) && !slices.Contains(ids[e.Profile], q.ID) {
				ids[e.Profile] = append(ids[e.Profile], q.ID)
			}
		}
	}
	s := sweep{tried: len(ids)}
	for name, list := range ids {
		if len(list) > 0 {
			s.worse = append(s.worse, alternative{name, list})
		}
	}
	slices.SortFunc(s.worse, func(a, b alternative) int { return compareProfiles(a.name, b.name) })
	return s
}

// worse says whether an alternative's verdict is a finding beside the default
// profile's, which is "" if the check did not run under it.
func worse(v, usual Verdict) bool {
	bad := v.rank() < Passed.rank()
	return bad && (usual == "" || v.rank() < usual.rank())
}
