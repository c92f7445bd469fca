package lab

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// span is a choice of the page's list "Last 24 hours". The other choices are assumed.
type span struct {
	ID, Title string
	back      time.Duration // 0: everything
}

var spans = []span{
	{"1h", "Last hour", time.Hour}, {"", "Last 24 hours", 24 * time.Hour}, {"7d", "Last 7 days", 7 * 24 * time.Hour}, {"all", "All time", 0},
}

// log chooses entries of the Activity Log by the parameters q (search), range,
// application and action: at most so many, the newest; 0 is any number.
func (l *Lab) log(q url.Values, most int) (*duo.Log, error) {
	query := store.Query{Search: q.Get("q"), Application: q.Get("application"), Action: q.Get("action"), Newest: true, Limit: most}
	for _, s := range spans {
		if s.ID == q.Get("range") && s.back > 0 {
			query.From = l.Now().Add(-s.back)
		}
	}
	return l.entries(query)
}

// entries reads the Activity Log of the application; without one it is empty.
func (l *Lab) entries(query store.Query) (*duo.Log, error) {
	l.mu.Lock()
	from := l.store
	l.mu.Unlock()
	log, all := &duo.Log{}, []duo.Entry(nil)
	if from == nil {
		return log, nil
	}
	for e, err := range from.Entries(context.WithoutCancel(l.ctx), query) {
		if err != nil {
			return nil, err
		}
		all = append(all, duo.EntryOf(e))
	}
	if query.Newest {
		slices.Reverse(all)
	}
	for _, e := range all {
		log.Add(e)
	}
	return log, nil
}

// entry finds an entry by its id.
func (l *Lab) entry(id string) (duo.Entry, bool, error) {
	log, err := l.entries(store.Query{})
	if err != nil {
		return duo.Entry{}, false, err
	}
	all := log.Entries()
	i := slices.IndexFunc(all, func(e duo.Entry) bool { return e.ID == id })
	if i < 0 {
		return duo.Entry{}, false, nil
	}
	return all[i], true, nil
}

// changed is an attribute that an entry says has changed.
type changedValue struct{ Attribute, Old, New string }

// changesOf are the attributes that an entry's details say have changed.
func changesOf(e duo.Entry) []changedValue {
	var all []changedValue
	for _, v := range e.Details.Array("changes") {
		c, ok := v.(*scim.Object)
		if !ok {
			continue
		}
		was, _ := c.Get("old")
		is, _ := c.Get("new")
		all = append(all, changedValue{c.String("attribute"), valueText(was), valueText(is)})
	}
	return all
}

// valueText is a value for a table: a text as it is, anything else as JSON, "—" for none.
func valueText(v any) string {
	if v == nil {
		return "—"
	}
	if s, ok := v.(string); ok {
		return s
	}
	text, err := scim.Marshal(v)
	if err != nil {
		return "—"
	}
	return string(text)
}
