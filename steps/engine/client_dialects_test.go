package engine

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
)

// dialect is how an identity provider that publishes its requests writes them; the sources
// are those of features/entra and features/okta.
type dialect struct {
	createsFirst bool // and looks only after a conflict
	mediaType    string
	lookUser     func(userName string) [][2]string // nil: it does not look
	lookGroup    func(name string) [][2]string
	newUser      func(p client.Person) *scim.Object
	newGroup     func(name string) *scim.Object
	setActive    func(active bool) *scim.Object                             // nil: by PUT
	setDisplay   func(text string) *scim.Object                             // likewise
	put          func(p client.Person, id string, active bool) *scim.Object // nil: what was read, changed
	rename       func(id, name string) *scim.Object
	addMembers   func(ids []string) *scim.Object
	removeMember func(id string) *scim.Object
}

func object(pairs ...any) *scim.Object {
	o := scim.NewObject()
	for i := 0; i < len(pairs); i += 2 {
		o.Set(fmt.Sprint(pairs[i]), pairs[i+1])
	}
	return o
}

func patchOf(pairs ...any) *scim.Object {
	return object("schemas", []any{scim.PatchOpURN}, "Operations", []any{object(pairs...)})
}

func elements(ids []string) []any {
	var all []any
	for _, id := range ids {
		all = append(all, object("value", id))
	}
	return all
}

const entraGroupURN = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"

// entra is Microsoft Entra ID with the feature flag aadOptscim062020; without it, booleans
// are texts.
func entra(flag bool) dialect {
	active := func(is bool) *scim.Object {
		if !flag {
			return patchOf("op", "Replace", "path", "active", "value", map[bool]string{true: "True", false: "False"}[is])
		}
		return patchOf("op", "replace", "path", "active", "value", is)
	}
	return dialect{
		mediaType: "application/scim+json; charset=utf-8",
		lookUser:  func(name string) [][2]string { return [][2]string{{"filter", `userName eq "` + name + `"`}} },
		lookGroup: func(name string) [][2]string {
			return [][2]string{{"excludedAttributes", "members"}, {"filter", "displayName eq " + jsonText(name)}}
		},
		newUser: func(p client.Person) *scim.Object {
			return object("schemas", []any{scim.UserURN, scim.EnterpriseURN}, "externalId", "x-"+p.UserName, "userName", p.UserName, "active", true,
				"displayName", p.DisplayName, "emails", []any{object("primary", true, "type", "work", "value", p.UserName)}, "meta", object("resourceType", "User"),
				"name", object("formatted", p.GivenName+" "+p.FamilyName, "familyName", p.FamilyName, "givenName", p.GivenName), "roles", []any{})
		},
		newGroup: func(name string) *scim.Object {
			return object("schemas", []any{scim.GroupURN, entraGroupURN}, "externalId", "x-"+name, "displayName", name, "meta", object("resourceType", "Group"))
		},
		setActive:  active,
		setDisplay: func(text string) *scim.Object { return patchOf("op", "Replace", "path", "displayName", "value", text) },
		rename: func(_, name string) *scim.Object {
			return patchOf("op", "Replace", "path", "displayName", "value", name)
		},
		addMembers: func(ids []string) *scim.Object {
			return patchOf("op", "Add", "path", "members", "value", elements(ids))
		},
		removeMember: func(id string) *scim.Object {
			return patchOf("op", "Remove", "path", "members", "value", elements([]string{id}))
		},
	}
}

func okta() dialect {
	return dialect{
		mediaType: "application/scim+json; charset=utf-8",
		lookUser: func(name string) [][2]string {
			return [][2]string{{"filter", `userName eq "` + name + `"`}, {"startIndex", "1"}, {"count", "100"}}
		},
		lookGroup: func(name string) [][2]string {
			return [][2]string{{"filter", "displayName eq " + jsonText(name)}, {"startIndex", "1"}, {"count", "100"}}
		},
		newUser: func(p client.Person) *scim.Object {
			return object("schemas", []any{scim.UserURN}, "userName", p.UserName, "name", object("givenName", p.GivenName, "familyName", p.FamilyName),
				"emails", []any{object("primary", true, "value", p.UserName, "type", "work")}, "displayName", p.DisplayName, "locale", "en-US",
				"externalId", "00u"+p.GivenName, "groups", []any{}, "active", true)
		},
		newGroup: func(name string) *scim.Object {
			return object("schemas", []any{scim.GroupURN}, "displayName", name, "members", []any{})
		},
		setActive: func(is bool) *scim.Object { return patchOf("op", "replace", "value", object("active", is)) },
		rename: func(id, name string) *scim.Object {
			return patchOf("op", "replace", "value", object("id", id, "displayName", name))
		},
		addMembers: func(ids []string) *scim.Object {
			return patchOf("op", "add", "path", "members", "value", elements(ids))
		},
		removeMember: func(id string) *scim.Object {
			return patchOf("op", "remove", "path", "members[value eq "+jsonText(id)+"]")
		},
	}
}

// authentik writes its requests as a version of its public source does (goauthentik/authentik,
// authentik/providers/scim/clients): it creates before it looks, and looks for groups alone.
func authentik() dialect {
	put := func(p client.Person, id string, active bool) *scim.Object {
		return object("schemas", []any{scim.UserURN}, "id", id, "externalId", "uid-"+p.UserName, "userName", p.UserName, "active", active,
			"displayName", p.DisplayName, "name", object("formatted", p.DisplayName, "givenName", p.GivenName, "familyName", p.FamilyName),
			"emails", []any{object("value", p.UserName, "type", "other", "primary", true)})
	}
	each := func(op string) func(ids []string) *scim.Object {
		return func(ids []string) *scim.Object {
			var operations []any
			for _, id := range ids {
				operations = append(operations, object("op", op, "path", "members", "value", elements([]string{id})))
			}
			return object("schemas", []any{scim.PatchOpURN}, "Operations", operations)
		}
	}
	return dialect{
		createsFirst: true,
		lookGroup:    func(name string) [][2]string { return [][2]string{{"filter", "displayName eq " + jsonText(name)}} },
		newUser: func(p client.Person) *scim.Object {
			user := put(p, "", true)
			user.Delete("id")
			return user
		},
		put: put,
		newGroup: func(name string) *scim.Object {
			return object("schemas", []any{scim.GroupURN}, "externalId", "pk-"+name, "displayName", name)
		},
		rename: func(id, name string) *scim.Object {
			return patchOf("op", "replace", "value", object("schemas", []any{scim.GroupURN}, "id", id, "externalId", "pk-"+name, "displayName", name))
		},
		addMembers:   each("add"),
		removeMember: func(id string) *scim.Object { return each("remove")([]string{id}) },
	}
}

func jsonText(s string) string {
	text, _ := scim.Marshal(s)
	return string(text)
}

// connector is a small provisioner that speaks a dialect: what it is to do it keeps until
// it has succeeded, and it knows ids alone.
type connector struct {
	dialect
	clock   *clock
	wire    *wire.Client
	people  map[string]client.Person // by userName
	ids     map[string]string        // of users by userName, of groups by displayName
	group1  string
	pending []func(ctx context.Context) bool // each says whether it has succeeded
}

func (c *connector) send(ctx context.Context, method string, path []string, query [][2]string, body *scim.Object) *wire.Response {
	r := wire.Request{Method: method, Path: path, Query: query}
	if body != nil {
		r.Body = body
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
func (c *connector) find(ctx context.Context, endpoint, name string, query [][2]string) *scim.Object {
	list, err := c.send(ctx, http.MethodGet, []string{endpoint}, query, nil).Object()
	if err != nil {
		return nil
	}
	for _, v := range list.Array("Resources") {
		if o, ok := v.(*scim.Object); ok {
			c.ids[name] = o.String("id")
			return o
		}
	}
	return nil
}

// bring matches or creates a resource.
func (c *connector) bring(ctx context.Context, endpoint, name string, query [][2]string, body *scim.Object) bool {
	if c.ids[name] != "" || !c.createsFirst && c.find(ctx, endpoint, name, query) != nil {
		return true
	}
	resp := c.send(ctx, http.MethodPost, []string{endpoint}, nil, body)
	if resp.Status == http.StatusConflict {
		return query != nil && c.find(ctx, endpoint, name, query) != nil
	}
	if o, err := resp.Object(); err == nil && isSuccess(resp) {
		c.ids[name] = o.String("id")
	}
	return isSuccess(resp)
}

func (c *connector) bringUser(ctx context.Context, userName string) bool {
	var query [][2]string
	if c.lookUser != nil {
		query = c.lookUser(userName)
	}
	return c.bring(ctx, "Users", userName, query, c.newUser(c.people[userName]))
}

func (c *connector) bringGroup(ctx context.Context, name string) bool {
	return c.bring(ctx, "Groups", name, c.lookGroup(name), c.newGroup(name))
}

// change sends a PATCH, or reads the user and puts it back.
func (c *connector) change(ctx context.Context, endpoint, name string, patch *scim.Object, edit func(o *scim.Object)) bool {
	path := []string{endpoint, c.ids[name]}
	switch {
	case c.ids[name] == "":
		return false
	case patch != nil:
		return isSuccess(c.send(ctx, http.MethodPatch, path, nil, patch))
	case c.put != nil:
		whole := c.put(c.people[name], c.ids[name], true)
		edit(whole)
		return isSuccess(c.send(ctx, http.MethodPut, path, nil, whole))
	}
	found, err := c.send(ctx, http.MethodGet, path, nil, nil).Object()
	if err != nil {
		return false
	}
	edit(found)
	return isSuccess(c.send(ctx, http.MethodPut, path, nil, found))
}

func (c *connector) switchUser(userName string, active bool) func(context.Context) bool {
	return func(ctx context.Context) bool {
		var patch *scim.Object
		if c.setActive != nil {
			patch = c.setActive(active)
		}
		return c.change(ctx, "Users", userName, patch, func(o *scim.Object) { o.Set("active", active) })
	}
}

// join brings people into the group, all with one request.
func (c *connector) join(group string, people ...client.Person) func(context.Context) bool {
	return func(ctx context.Context) bool {
		var ids []string
		for _, p := range people {
			if c.people[p.UserName] = p; !c.bringUser(ctx, p.UserName) {
				return false
			}
			ids = append(ids, c.ids[p.UserName])
		}
		return c.bringGroup(ctx, group) && c.change(ctx, "Groups", group, c.addMembers(ids), nil)
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
		c.send(ctx, http.MethodGet, []string{"ServiceProviderConfig"}, nil, nil)
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
			var patch *scim.Object
			if c.setDisplay != nil {
				patch = c.setDisplay(a.User.DisplayName)
			}
			return c.change(ctx, "Users", user, patch, func(o *scim.Object) { o.Set("displayName", a.User.DisplayName) })
		})
	case "rename-group":
		todo(func(ctx context.Context) bool {
			id := c.ids[c.group1]
			renamed := c.change(ctx, "Groups", c.group1, c.rename(id, a.Group), nil)
			c.group1, c.ids[a.Group] = a.Group, id
			return renamed
		})
	case "batch":
		todo(c.join(c.group1, a.Join...))
	case "remove-member":
		todo(func(ctx context.Context) bool {
			return c.change(ctx, "Groups", c.group1, c.removeMember(c.ids[user]), nil)
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

func speaking(d dialect) func(h *visit.Host, clock *clock) visit.Doer {
	return func(h *visit.Host, clock *clock) visit.Doer {
		c := &connector{dialect: d, clock: clock, people: map[string]client.Person{}, ids: map[string]string{}}
		c.wire = &wire.Client{BaseURL: h.BaseURL(), Token: clientToken, MediaType: strings.TrimSuffix(d.mediaType, "; charset=utf-8")}
		return c.do
	}
}

func TestTheDialectsOfOthersPassButForWhatTheyPublish(t *testing.T) {
	for name, of := range map[string]struct {
		dialect dialect
		known   []string
	}{
		// The schema of Entra ID's groups is none that the resource type has.
		"Entra ID with the feature flag": {entra(true), []string{"CLIENT-BODY-02"}},
		// "True" and "False" are no booleans.
		"Entra ID without it": {entra(false), []string{"CLIENT-BODY-02", "CLIENT-PATCH-05"}},
		// Okta reads a user, and writes it back whole without the version.
		"Okta": {okta(), []string{"CLIENT-VERSION-02"}},
		// It creates without a look, and gives a user up who is there already: it never learns
		// the id of somebody whom it could deprovision later.
		"authentik": {authentik(), []string{
			"CLIENT-CREATE-01", "CLIENT-CREATE-02", "CLIENT-CREATE-03", "CLIENT-DEPROV-01", "CLIENT-DEPROV-02", "CLIENT-DEPROV-03",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			wantNoFinding(t, judgedClient(t, received(t, visit.Options{}, speaking(of.dialect))), of.known...)
		})
	}
}
