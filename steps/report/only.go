package report

import "github.com/simulate-duo/simulate-duo/features"

// Find is the requirement with this id, or nil.
func (r *Report) Find(id string) *Requirement {
	for i := range r.Requirements {
		if r.Requirements[i].ID == id {
			return &r.Requirements[i]
		}
	}
	return nil
}

// Only is the report of this one requirement.
func (r *Report) Only(id string) *Report {
	c := *r
	c.Requirements, c.Summary = nil, Summary{Requests: r.Summary.Requests}
	if q := r.Find(id); q != nil {
		c.Requirements = []Requirement{*q}
		*c.Summary.Of(q.Verdict)++
	}
	return &c
}

// Of is the report of the requirements of one client.
func (r *Report) Of(profile features.Profile) *Report {
	c := *r
	c.Requirements, c.Summary = nil, Summary{Requests: r.Summary.Requests}
	for _, q := range r.Requirements {
		if client, _, err := features.ClientOf(q.ID); err == nil && client.Profile == profile {
			c.Requirements = append(c.Requirements, q)
			*c.Summary.Of(q.Verdict)++
		}
	}
	return &c
}
