package engine

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/fixtures/dialects"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
)

// connector is a small provisioner that speaks a dialect: what it is to do it keeps until
// it has succeeded, and it knows ids alone.
type connector struct {
	speaks  *dialects.Dialect
	way     string
	clock   *clock
	wire    *wire.Client
	people  map[string]client.Person // by userName
	active  map[string]bool          // of users by userName
	ids     map[string]string        // of users by userName, of groups by displayName
	group1  string
	members map[string][]dialects.Member     // of groups by displayName
	pending []func(ctx context.Context) bool // each says whether it has succeeded
}

// values are what the connector knows of a user or group.
func (c *connector) values(name string) dialects.Values {
	v := dialects.Values{ID: c.ids[name], All: c.members[name]}
	person, isUser := c.people[name]
	if !isUser {
		v.Resource = scim.NewObject(scim.Member{Name: "displayName", Value: name}, scim.Member{Name: "externalId", Value: "pk-" + name})
		return v
	}
	v.Attribute, v.Value = "displayName", person.DisplayName
	if c.speaks.Profile == "scimgateway" { // which knows no display name of users
		v.Attribute = "name.formatted"
	}
	v.Resource = scim.NewObject(
		scim.Member{Name: "userName", Value: person.UserName}, scim.Member{Name: "externalId", Value: "x|" + person.UserName},
		scim.Member{Name: "displayName", Value: person.DisplayName}, scim.Member{Name: "active", Value: c.active[name]},
		scim.Member{Name: "name", Value: scim.NewObject(
			scim.Member{Name: "formatted", Value: person.DisplayName}, scim.Member{Name: "givenName", Value: person.GivenName},
			scim.Member{Name: "familyName", Value: person.FamilyName})},
		scim.Member{Name: "emails", Value: []any{scim.NewObject(scim.Member{Name: "value", Value: person.UserName})}})
	return v
}

// act sends the requests of an act until one is refused, and returns the last answer. What
// the client never does is done.
func (c *connector) act(ctx context.Context, act dialects.Act, v dialects.Values) *wire.Response {
	said := c.speaks.Say(act, c.way, v)
	answer := &wire.Response{Status: http.StatusOK}
	for i := range said {
		r := said[i]
		answer = c.send(ctx, r)
		if !isSuccess(answer) {
			return answer
		}
		if o, err := answer.Object(); err == nil && r.Method == http.MethodGet && len(r.Path) == 2 {
			v.Read = o
			said = c.speaks.Say(act, c.way, v)
		}
	}
	return answer
}

func (c *connector) send(ctx context.Context, said dialects.Request) *wire.Response {
	r := wire.Request{Method: said.Method, Path: said.Path, Query: said.Query, Header: said.Header}
	if said.Body != nil {
		r.Body = said.Body
	}
	for range 4 {
		resp, err := c.wire.Do(ctx, r)
		if err != nil {
			return &wire.Response{}
		}
		wait, asked := resp.RetryAfter(c.clock.Now())
		if !asked {
			return resp
		}
		_ = c.clock.pass(ctx, wait)
	}
	return &wire.Response{}
}

func isSuccess(r *wire.Response) bool { return r.Status >= 200 && r.Status < 300 }

// find looks for a resource by its name, and keeps its id.
func (c *connector) find(ctx context.Context, look dialects.Act, name string) bool {
	list, err := c.act(ctx, look, c.values(name)).Object()
	if err != nil {
		return false
	}
	for _, v := range list.Array("Resources") {
		if o, ok := v.(*scim.Object); ok && (o.String("userName") == name || o.String("displayName") == name) {
			c.ids[name] = o.String("id")
			return true
		}
	}
	return false
}

// bring matches or creates a resource.
func (c *connector) bring(ctx context.Context, look, create dialects.Act, name string) bool {
	if c.ids[name] != "" || !c.speaks.CreatesFirst && c.find(ctx, look, name) {
		return true
	}
	resp := c.act(ctx, create, c.values(name))
	if resp.Status == http.StatusConflict {
		return c.find(ctx, look, name)
	}
	if o, err := resp.Object(); err == nil && isSuccess(resp) {
		c.ids[name] = o.String("id")
	}
	return isSuccess(resp)
}

func (c *connector) bringUser(ctx context.Context, userName string) bool {
	if _, known := c.active[userName]; !known {
		c.active[userName] = true
	}
	return c.bring(ctx, dialects.FindUser, dialects.CreateUser, userName)
}

// change does an act on a resource that the connector knows.
func (c *connector) change(ctx context.Context, act dialects.Act, name string, members ...dialects.Member) bool {
	v := c.values(name)
	v.Members = members
	return v.ID != "" && isSuccess(c.act(ctx, act, v))
}

func (c *connector) switchUser(userName string, active bool) func(context.Context) bool {
	return func(ctx context.Context) bool {
		c.active[userName] = active
		act := dialects.Deactivate
		if active {
			act = dialects.Reactivate
		}
		return c.change(ctx, act, userName)
	}
}

// join brings people into the group, all with one request.
func (c *connector) join(group string, people ...client.Person) func(context.Context) bool {
	return func(ctx context.Context) bool {
		var joining []dialects.Member
		for _, p := range people {
			if c.people[p.UserName] = p; !c.bringUser(ctx, p.UserName) {
				return false
			}
			joining = append(joining, dialects.Member{ID: c.ids[p.UserName], Name: p.UserName})
		}
		if c.speaks.Saying(dialects.CreateGroup, c.way).None != "" {
			return true
		}
		for _, m := range joining {
			if !slices.Contains(c.members[group], m) {
				c.members[group] = append(c.members[group], m)
			}
		}
		return c.bring(ctx, dialects.FindGroup, dialects.CreateGroup, group) && c.change(ctx, dialects.AddMember, group, joining...)
	}
}

// cycle does what is pending, and keeps what has failed.
func (c *connector) cycle(ctx context.Context) {
	c.pending = slices.DeleteFunc(c.pending, func(do func(context.Context) bool) bool { return do(ctx) })
	_ = c.clock.pass(ctx, 40*time.Minute)
}

func (c *connector) do(ctx context.Context, a visit.Asked) (visit.Outcome, error) {
	todo := func(all ...func(context.Context) bool) { c.pending = append(c.pending, all...) }
	user := a.User.UserName
	switch a.Name {
	case "connect":
		c.act(ctx, dialects.Connect, dialects.Values{})
		return visit.Outcome{}, nil
	case "create-user":
		c.group1 = a.Group
		todo(c.join(a.Group, a.User))
	case "match-user", "match-odd", "conflict", "odd-user", "lost-answer":
		todo(c.join(c.group1, a.User))
	case "odd-group":
		todo(c.join(a.Group, a.User))
	case "odd-change", "change-silent", "busy", "outage", "redirect", "certificate":
		todo(func(ctx context.Context) bool {
			c.people[user] = a.User
			return c.change(ctx, dialects.ChangeUser, user)
		})
	case "rename-group":
		todo(func(ctx context.Context) bool {
			c.ids[a.Group], c.members[a.Group] = c.ids[c.group1], c.members[c.group1]
			c.group1 = a.Group
			return c.change(ctx, dialects.RenameGroup, a.Group)
		})
	case "batch":
		todo(c.join(c.group1, a.Join...))
	case "remove-member":
		todo(func(ctx context.Context) bool {
			leaving := dialects.Member{ID: c.ids[user], Name: user}
			c.members[c.group1] = slices.DeleteFunc(slices.Clone(c.members[c.group1]), func(m dialects.Member) bool { return m == leaving })
			return c.change(ctx, dialects.RemoveMember, c.group1, leaving)
		})
	case "deactivate", "delete":
		todo(c.switchUser(user, false))
	case "reactivate":
		todo(c.switchUser(user, true))
	case "trouble":
		for _, p := range a.Leave {
			todo(c.switchUser(p.UserName, false))
		}
		todo(c.join(c.group1, a.Join...))
		c.cycle(ctx)
		return visit.Outcome{}, nil
	}
	c.cycle(ctx)
	c.cycle(ctx)
	return visit.Outcome{}, nil
}

func speaking(d *dialects.Dialect, way string) func(h *visit.Host, clock *clock) visit.Doer {
	return func(h *visit.Host, clock *clock) visit.Doer {
		c := &connector{
			speaks: d, way: way, clock: clock, people: map[string]client.Person{}, active: map[string]bool{}, ids: map[string]string{},
			members: map[string][]dialects.Member{},
		}
		c.wire = &wire.Client{BaseURL: h.BaseURL(), Token: clientToken}
		return c.do
	}
}

// What a client is known to do against the requirements on clients stands in its dialect,
// each with why; nothing else is found, in none of its ways.
func TestTheDialectsOfOthersPassButForWhatTheyPublish(t *testing.T) {
	t.Parallel()
	all, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		for _, way := range append([]string{""}, slices.Sorted(maps.Keys(d.Ways))...) {
			if d.Saying(dialects.AddMember, way).None != "" && d.Saying(dialects.CreateGroup, way).None == "" {
				continue // what it would send is not known
			}
			if way != "" && raced {
				continue
			}
			t.Run(strings.TrimSpace(d.Name+" "+way), func(t *testing.T) {
				wantNoFinding(t, judgedClient(t, received(t, visit.Options{}, speaking(d, way))), d.FindsOf(way)...)
			})
		}
	}
}
