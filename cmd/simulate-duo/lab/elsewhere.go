package lab

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/fixtures/dialects"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// elsewherePage is what other clients send for an act of Duo's.
type elsewherePage struct {
	Act     string // "deactivate a user"
	Sayings []sayingLine
}

// sayingLine is how one client does the act, in one of its ways.
type sayingLine struct {
	Name, Way, Evidence, Note, Deviates, None string
	Sent                                      string // the requests, one below the other
}

// elsewhere tells what other clients would send in place of a request, with the values of
// this one. A request that does no usual act has nothing.
func elsewhere(e Exchange) []elsewherePage {
	all, err := dialects.All()
	if err != nil {
		return nil
	}
	var pages []elsewherePage
	for _, done := range actsOf(e) {
		page := elsewherePage{Act: done.act.Title()}
		for _, d := range all {
			for _, s := range d.SayingsOf(done.act) {
				page.Sayings = append(page.Sayings, sayingLine{
					Name: d.Name, Way: s.Way, Evidence: d.Evidence(s.Mark, s.Sources), Note: s.Note, Deviates: s.Deviates, None: s.None,
					Sent: written(d.Fill(s, done.values)),
				})
			}
		}
		pages = append(pages, page)
	}
	return pages
}

// written is the requests as text, as a person reads them.
func written(requests []dialects.Request) string {
	var b strings.Builder
	for i, r := range requests {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(r.Method + " /" + strings.Join(r.Path, "/"))
		for i, pair := range r.Query {
			b.WriteString(map[bool]string{true: "?", false: "&"}[i == 0] + pair[0] + "=" + pair[1])
		}
		if r.Body != nil {
			text, _ := json.MarshalIndent(r.Body, "", "  ") //nolint:errchkjson // it was read from YAML
			b.WriteString("\n\n" + string(text))
		}
	}
	return b.String()
}

// done is an act that a request does, with what it says of whom it is about.
type done struct {
	act    dialects.Act
	values dialects.Values
}

// actsOf reads a request of Duo's.
func actsOf(e Exchange) []done {
	place, query, _ := strings.Cut(strings.TrimPrefix(e.Path, "/"), "?")
	collection, id, _ := strings.Cut(place, "/")
	id, _ = url.PathUnescape(id)
	body, _ := scim.ParseObject(e.RequestBody)
	v := dialects.Values{ID: id, Resource: known(e, body)}
	users := collection == "Users"
	if collection == "ServiceProviderConfig" {
		return []done{{dialects.Connect, v}}
	}
	if !users && collection != "Groups" {
		return nil
	}
	switch e.Method {
	case http.MethodGet:
		return looks(users, id, query, v)
	case http.MethodPost:
		return []done{{choose(users, dialects.CreateUser, dialects.CreateGroup), v}}
	case http.MethodDelete:
		return []done{{choose(users, dialects.DeleteUser, dialects.DeleteGroup), v}}
	case http.MethodPut:
		if active, said := body.Get("active"); users && said && active == false {
			return []done{{dialects.Deactivate, v}}
		}
		return []done{{choose(users, dialects.ChangeUser, dialects.RenameGroup), v}}
	case http.MethodPatch:
		return patches(users, body, v)
	}
	return nil
}

func choose(users bool, user, group dialects.Act) dialects.Act {
	if users {
		return user
	}
	return group
}

// known is what the exchange itself tells of the user or group: the answer, and what was sent.
func known(e Exchange, sent *scim.Object) *scim.Object {
	o, err := scim.ParseObject(e.ResponseBody)
	if err != nil || o.String("id") == "" {
		o = scim.NewObject()
	}
	if e.Method == http.MethodPost || e.Method == http.MethodPut {
		for name, value := range sent.All() {
			o.Set(name, value)
		}
	}
	return o
}

// looks is a look-up, or the test of the connection.
func looks(users bool, id, query string, v dialects.Values) []done {
	parameters, _ := url.ParseQuery(query)
	_, value, found := strings.Cut(parameters.Get("filter"), " eq ")
	switch {
	case id != "":
		return nil
	case !found:
		return []done{{dialects.Connect, v}}
	}
	var name string
	if json.Unmarshal([]byte(value), &name) != nil {
		return nil
	}
	attribute, _, _ := strings.Cut(parameters.Get("filter"), " ")
	v.Resource = scim.NewObject(scim.Member{Name: attribute, Value: name})
	return []done{{choose(users, dialects.FindUser, dialects.FindGroup), v}}
}

// patches are the acts of the operations, each once.
func patches(users bool, body *scim.Object, v dialects.Values) []done {
	var all []done
	for _, raw := range body.Array("Operations") {
		op, ok := raw.(*scim.Object)
		if !ok {
			continue
		}
		value, _ := op.Get("value")
		if path := op.String("path"); path != "" {
			all = append(all, actOf(users, strings.ToLower(op.String("op")), path, value, v))
			continue
		}
		whole, _ := value.(*scim.Object)
		for name, part := range whole.All() {
			all = append(all, actOf(users, strings.ToLower(op.String("op")), name, part, v))
		}
	}
	return all
}

// actOf is the act of one operation.
func actOf(users bool, op, path string, value any, v dialects.Values) done {
	v.Attribute, v.Value = path, value
	remove := op == "remove" || value == nil
	switch {
	case users && strings.EqualFold(path, "active"):
		return done{map[bool]dialects.Act{true: dialects.Reactivate, false: dialects.Deactivate}[value == true], v}
	case users && remove:
		v.Value = ""
		return done{dialects.ClearUser, v}
	case users:
		return done{dialects.ChangeUser, v}
	case strings.HasPrefix(path, "members"):
		v.Members = membersIn(path, value)
		return done{map[bool]dialects.Act{true: dialects.RemoveMember, false: dialects.AddMember}[remove || op == "remove"], v}
	}
	v.Resource = scim.NewObject(scim.Member{Name: path, Value: value})
	return done{dialects.RenameGroup, v}
}

// membersIn are the members in a value, or in the filter of a path.
func membersIn(path string, value any) []dialects.Member {
	var all []dialects.Member
	if _, filter, found := strings.Cut(path, `value eq "`); found {
		id, _, _ := strings.Cut(filter, `"`)
		all = append(all, dialects.Member{ID: id})
	}
	for _, e := range scim.Elements(value) {
		if o, ok := e.(*scim.Object); ok {
			all = append(all, dialects.Member{ID: o.String("value"), Name: o.String("display")})
		}
	}
	return all
}
