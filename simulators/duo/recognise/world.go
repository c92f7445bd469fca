package recognise

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// world is what the target is known to have, as far as the recording shows.
type world struct {
	users  map[string]*account // by id
	groups map[string]*group
}

// account is a user at the target.
type account struct {
	name     string
	active   bool
	created  bool         // in this recording
	seen     *scim.Object // as an answer showed it before Duo first changed it; nil if none did
	compared bool         // its first update was looked at
	gone     bool         // deactivated or deleted, and not enabled again
}

// group is a group at the target.
type group struct {
	name    string
	members map[string]bool // nil if it is not known who is in it
	deleted bool
	emptied bool // its last request took everybody out
	last    *item
}

func newWorld() *world { return &world{users: map[string]*account{}, groups: map[string]*group{}} }

// learn takes in what a successful exchange shows and does.
func (w *world) learn(i *item) {
	if !i.succeeded() {
		return
	}
	switch i.endpoint {
	case users:
		w.learnUser(i)
	case groups:
		w.learnGroup(i)
	}
}

func (w *world) learnUser(i *item) {
	switch i.x.Method {
	case http.MethodGet:
		for _, o := range i.resources() {
			w.seeUser(o)
		}
	case http.MethodPost:
		if id := i.createdID(); id != "" && i.body != nil {
			w.users[id] = &account{name: i.body.String("userName"), active: activeOf(i.body) != "false", created: true}
		}
	case http.MethodDelete:
		if a := w.users[i.id]; a != nil {
			a.gone = true
		}
	case http.MethodPut, http.MethodPatch:
		w.changeUser(i)
	}
}

func (w *world) seeUser(o *scim.Object) {
	id := scim.IDOf(o)
	if id == "" {
		return
	}
	a := w.users[id]
	if a == nil {
		a = &account{seen: o}
		w.users[id] = a
	}
	a.name = o.String("userName")
	a.active = activeOf(o) != "false"
	a.gone = a.gone && !a.active
}

func (w *world) changeUser(i *item) {
	a := w.users[i.id]
	if a == nil {
		a = &account{active: true}
		w.users[i.id] = a
	}
	active := activeOf(i.body)
	for _, op := range i.ops {
		if text := activeIn(op); text != "" {
			active = text
		}
		if strings.EqualFold(op.path, "userName") {
			a.name, _ = op.value.(string)
		}
	}
	switch active {
	case "true":
		a.active, a.gone = true, false
	case "false":
		a.active, a.gone = false, true
	}
	if i.x.Method == http.MethodPut && i.body != nil {
		a.name = i.body.String("userName")
	}
}

// activeOf is what a resource says of active: true, false, or "" for nothing.
func activeOf(o *scim.Object) string {
	if o == nil {
		return ""
	}
	v, ok := o.Get("active")
	if !ok {
		return ""
	}
	return flagText(v)
}

// activeIn is what an operation does to active.
func activeIn(op operation) string {
	if strings.EqualFold(op.path, "active") {
		return flagText(op.value)
	}
	if o, ok := op.value.(*scim.Object); ok && op.path == "" {
		return activeOf(o)
	}
	return ""
}

func flagText(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "true"
		}
		return "false"
	case string:
		if text := strings.ToLower(v); text == "true" || text == "false" {
			return text
		}
	}
	return ""
}

func (w *world) learnGroup(i *item) {
	switch i.x.Method {
	case http.MethodGet:
		for _, o := range i.resources() {
			w.seeGroup(o)
		}
	case http.MethodPost:
		if id := i.createdID(); id != "" && i.body != nil {
			w.groups[id] = &group{name: i.body.String("displayName"), members: membersOf(i.body), last: i}
		}
	case http.MethodDelete:
		w.touched(i).deleted = true
	case http.MethodPut:
		g := w.touched(i)
		if i.body != nil {
			g.name, g.members = i.body.String("displayName"), membersOf(i.body)
			g.emptied = len(g.members) == 0
		}
	case http.MethodPatch:
		w.patchGroup(w.touched(i), i.ops)
	}
}

func (w *world) touched(i *item) *group {
	g := w.groups[i.id]
	if g == nil {
		g = &group{}
		w.groups[i.id] = g
	}
	g.last, g.emptied = i, false
	return g
}

// seeGroup takes in a group of an answer. One without members may have some: lists
// often leave them out.
func (w *world) seeGroup(o *scim.Object) {
	id := scim.IDOf(o)
	if id == "" {
		return
	}
	g := w.groups[id]
	if g == nil {
		g = &group{}
		w.groups[id] = g
	}
	g.name = o.String("displayName")
	if _, shown := o.Get("members"); shown {
		g.members = membersOf(o)
	}
}

// membersOf are the ids of the members that a group lists, none if it lists none.
func membersOf(o *scim.Object) map[string]bool {
	v, _ := o.Get("members")
	return idsIn(v)
}

func idsIn(v any) map[string]bool {
	ids := map[string]bool{}
	elements, _ := elementsOf(v)
	for _, e := range elements {
		if id := e.String("value"); id != "" {
			ids[id] = true
		}
	}
	return ids
}

func (w *world) patchGroup(g *group, ops []operation) {
	for _, op := range ops {
		switch {
		case strings.EqualFold(op.path, "displayName"):
			g.name, _ = op.value.(string)
		case op.path == "":
			if o, ok := op.value.(*scim.Object); ok {
				if name := o.String("displayName"); name != "" {
					g.name = name
				}
			}
		default:
			g.changeMembers(op)
		}
	}
	g.emptied = g.members != nil && len(g.members) == 0 && g.hadMemberChange(ops)
}

func (g *group) hadMemberChange(ops []operation) bool {
	for _, op := range ops {
		if strings.HasPrefix(strings.ToLower(op.path), "members") {
			return true
		}
	}
	return false
}

func (g *group) changeMembers(op operation) {
	if selected := oneMember.FindStringSubmatch(op.path); selected != nil && op.kind == "remove" {
		if id, ok := unquoted(selected[1]); ok {
			delete(g.members, id)
		}
		return
	}
	if !strings.EqualFold(op.path, "members") {
		return
	}
	switch op.kind {
	case "replace":
		g.members = idsIn(op.value)
	case "add":
		for id := range idsIn(op.value) {
			if g.members != nil {
				g.members[id] = true
			}
		}
	case "remove":
		for id := range idsIn(op.value) {
			delete(g.members, id)
		}
		if !op.has {
			g.members = map[string]bool{}
		}
	}
}
