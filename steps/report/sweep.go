package report

import "slices"

// Sweep is what the profile sweep found: every alternative that was tried, and
// those under which a check fares worse than under the default profile.
type Sweep struct {
	Tried int
	Worse []Alternative // by name
}

// Alternative is one changed choice of the profile and the requirements that
// fare worse under it.
type Alternative struct {
	Name string
	IDs  []string
}

// NewSweep compares every alternative with the default profile.
func NewSweep(r *Report) Sweep {
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
	s := Sweep{Tried: len(ids)}
	for name, list := range ids {
		if len(list) > 0 {
			s.Worse = append(s.Worse, Alternative{name, list})
		}
	}
	slices.SortFunc(s.Worse, func(a, b Alternative) int { return CompareProfiles(a.Name, b.Name) })
	return s
}

// worse says whether an alternative's verdict is a finding beside the default
// profile's, which is "" if the check did not run under it.
func worse(v, usual Verdict) bool {
	bad := v.Rank() < Passed.Rank()
	return bad && (usual == "" || v.Rank() < usual.Rank())
}
