package duo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Planned is one request that a cycle would send.
type Planned struct {
	Method string
	Path   string // below the base URL, such as "/Users/42"; a new resource stands as "{id of ada}"
	Query  string
	Body   string // JSON, "" for none
	About  string // the user or group
	Reason string
}

// String is the request on one line, without its body.
func (r Planned) String() string {
	return strings.TrimSuffix(fmt.Sprintf("%s %s?%s", r.Method, r.Path, r.Query), "?")
}

// Plan lists the requests that Continue would send now, in order, and sends
// nothing. It is the cycle itself, run on a copy of the store, in front of a target
// that finds nothing and takes everything. So a user who is to be looked up counts
// as new, and a full cycle shows what follows from the store alone. A cycle that
// the brake would stop has a *BrakeError and no plan.
func (p *Provisioner) Plan(ctx context.Context, dir *directory.Directory, how Cycle) ([]Planned, error) {
	draft := store.NewMemory()
	if err := store.Copy(ctx, draft, p.store); err != nil {
		return nil, &unwritten{err}
	}
	plan := &planner{work: &work{reason: "the connection is tested first"}}
	opt := Options{Store: draft, MaxMembersPerPatch: p.opt.MaxMembersPerPatch, MaxDeprovision: p.opt.MaxDeprovision, Now: p.now,
		Moved: p.opt.Moved, GroupsMayGo: p.opt.GroupsMayGo}
	q, err := New(p.app, p.answers.profile, &p.client, opt)
	if err != nil {
		return nil, err
	}
	q.plan = plan
	_, err = q.Continue(ctx, dir, how)
	return plan.requests, err
}

// planner notes requests instead of sending them.
type planner struct {
	requests []Planned
	work     *work // the one under way
}

// answer notes a request and answers as a target that finds nothing and takes
// everything.
func (pl *planner) answer(c call) *wire.Response {
	r := Planned{Method: c.method, Path: c.where(), Query: queryText(c.query), About: pl.work.who.Name, Reason: pl.work.reason}
	if c.body != nil {
		r.Body = jsonText(c.body)
	}
	pl.requests = append(pl.requests, r)
	switch {
	case c.method == http.MethodPost:
		return answerOf(http.StatusCreated, scim.NewObject(member("id", "{id of "+r.About+"}")))
	case c.method == http.MethodGet && len(c.path) == 1:
		return answerOf(http.StatusOK, (&scim.List{}).Object())
	}
	return answerOf(http.StatusOK, scim.NewObject())
}

// lookUp notes that an unanswered request would be looked up.
func (pl *planner) lookUp(intent store.Intent) {
	endpoint := usersEndpoint
	if intent.Kind == store.GroupKind {
		endpoint = groupsEndpoint
	}
	c := call{method: http.MethodGet, path: []string{endpoint, intent.ID}}
	if intent.ID == "" {
		c = call{method: http.MethodGet, path: []string{endpoint}, query: [][2]string{{"filter", equals(nameAttribute(intent.Kind), intent.Name)}}}
	}
	pl.answer(c)
}

func nameAttribute(kind store.Kind) string {
	if kind == store.GroupKind {
		return groupNames.attribute.Name
	}
	return userNames.attribute.Name
}

// reread notes that everything would be read; what follows from that is not known
// before.
func (pl *planner) reread(ctx context.Context, p *Provisioner) error {
	pl.work = &work{reason: "a full cycle reads everything first"}
	for _, endpoint := range []string{usersEndpoint, groupsEndpoint} {
		if err := p.eachResource(ctx, endpoint, func(*scim.Object) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

func answerOf(status int, body *scim.Object) *wire.Response {
	text, _ := scim.Marshal(body) // what an Object holds can be written
	return &wire.Response{Status: status, Body: text, Header: http.Header{"Content-Type": {scim.MediaType}}}
}

// where is the path of a call, readable.
func (c call) where() string { return "/" + strings.Join(c.path, "/") }

func queryText(query [][2]string) string {
	pairs := make([]string, len(query))
	for i, q := range query {
		pairs[i] = q[0] + "=" + url.QueryEscape(q[1])
	}
	return strings.Join(pairs, "&")
}
