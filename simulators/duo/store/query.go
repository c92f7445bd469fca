package store

import (
	"strings"
	"time"
)

// Query chooses entries. The zero Query chooses all.
type Query struct {
	Application string // name
	Action      string
	Actor       string    // name, in any case
	Affected    string    // name or key, in any case
	Search      string    // part of the name of actor, application or affected, in any case
	From, To    time.Time // from From up to, and without, To; zero leaves that end open
	After       int64     // Seq greater than this, for following
	Newest      bool      // in descending order of Time, then of Seq, as the page shows them
	Limit       int       // 0: no limit
}

// takes says whether the query chooses the entry, without regard to Newest and Limit.
func (q Query) takes(e Entry) bool {
	return e.Seq > q.After &&
		(q.Application == "" || e.Application.Name == q.Application) &&
		(q.Action == "" || e.Action == q.Action) &&
		(q.Actor == "" || strings.EqualFold(e.Actor.Name, q.Actor)) &&
		(q.Affected == "" || strings.EqualFold(e.Affected.Name, q.Affected) || strings.EqualFold(e.Affected.Key, q.Affected)) &&
		!e.Time.Before(q.From) && (q.To.IsZero() || e.Time.Before(q.To)) &&
		q.finds(e)
}

func (q Query) finds(e Entry) bool {
	text := strings.ToLower(q.Search)
	for _, p := range []Party{e.Actor, e.Application, e.Affected} {
		if strings.Contains(strings.ToLower(p.Name), text) {
			return true
		}
	}
	return false
}
