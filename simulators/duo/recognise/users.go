package recognise

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// user looks at what changes a user.
func (r *reading) user(i *item) {
	if i.endpoint != users || i.body == nil {
		return
	}
	switch i.x.Method {
	case http.MethodPost:
		r.resource(i)
		r.created(i)
	case http.MethodPut:
		r.resource(i)
		r.put(i)
	case http.MethodPatch:
		r.operations(i)
		r.patchUser(i)
	}
}

func (r *reading) created(i *item) {
	switch v, sent := i.body.Get("active"); {
	case !sent:
		r.show("user-create-active", duo.Choice(duo.ActiveOmitted), i, "no active")
	case v == true:
		r.show("user-create-active", duo.Choice(duo.ActiveSent), i, "active is true")
	default:
		r.against("user-create-active", i, "active is %v", v)
	}
}

// put tells the three uses of PUT apart by what was known of the account.
func (r *reading) put(i *item) {
	a, how := r.world.users[i.id], duo.Choice(duo.Put)
	switch active := activeOf(i.body); {
	case active == "false" && (a == nil || a.active):
		r.show("deactivate", how, i, "the whole user, with active false")
	case active == "true" && a != nil && !a.active:
		r.show("reactivate", how, i, "the whole user, with active true, who was disabled")
		if a.seen != nil {
			a.compared = true // it has written all attributes, too
		}
	case a != nil && a.active:
		r.show("user-update", how, i, "the whole user")
		r.matched(i, a, assignments(i.body), how)
	}
}

// patch is what the operations of one request do to a user.
type patch struct {
	active           string // "true", "false", "" for nothing
	how              duo.Choice
	written          []assigned
	byPath, together bool // how they are written
	cleared          bool // an attribute is removed by its path
	foreign          string
}

func (r *reading) patchUser(i *item) {
	p := patchOf(i.ops)
	if p.foreign != "" {
		r.against("user-update", i, "%s", p.foreign)
		return
	}
	if p.active != "" && len(p.written) > 0 {
		r.against("user-update", i, "one request changes active and other attributes")
		return
	}
	r.activity(i, p)
	how := p.style()
	if how != "" {
		r.show("user-update", how, i, "%s", describe(p))
	}
	if p.byPath && p.together {
		r.against("user-update", i, "some attributes have a path, others have none")
	}
	if len(p.written) > 0 || p.cleared {
		r.matched(i, r.world.users[i.id], p.written, how)
	}
	r.values(i, p.written)
	r.cleared(i, p)
}

// style is the choice that the attributes are written by.
func (p *patch) style() duo.Choice {
	switch {
	case p.byPath && !p.together:
		return duo.Choice(duo.PatchPath)
	case p.together && !p.byPath:
		return duo.Choice(duo.PatchPathless)
	}
	return ""
}

func describe(p patch) string {
	if p.byPath {
		return "replace with the path " + p.written[0].path
	}
	return "replace without a path"
}

// activity is what a PATCH shows about enabling and disabling.
func (r *reading) activity(i *item, p patch) {
	field := duo.Field("deactivate")
	if p.active == "true" {
		field = "reactivate"
	}
	switch {
	case p.active == "":
	case p.how == "":
		r.against(field, i, "active is a text, %q", p.active)
	default:
		r.show(field, p.how, i, "active becomes %s", p.active)
	}
}

// patchOf reads the operations of a PATCH of a user.
func patchOf(ops []operation) patch {
	var p patch
	for _, op := range ops {
		switch {
		case op.kind == "remove" && op.path != "" && !op.has:
			p.cleared = true
		case op.kind != "replace":
			p.foreign = "the operation is " + op.name + " " + op.path
		case strings.EqualFold(op.path, "active"):
			p.setActive(op.value, duo.Choice(duo.PatchPath))
		case op.path != "":
			p.byPath = true
			p.written = append(p.written, assigned{op.path, op.value})
		default:
			p.takeAll(op.value)
		}
	}
	return p
}

func (p *patch) takeAll(v any) {
	o, ok := v.(*scim.Object)
	if !ok {
		p.foreign = "an operation without a path has no object as its value"
		return
	}
	if active, sent := o.Get("active"); sent {
		p.setActive(active, duo.Choice(duo.PatchPathless))
	}
	if all := assignments(o); len(all) > 0 {
		p.together = true
		p.written = append(p.written, all...)
	}
}

// setActive takes a flag. One that is a text is no flag of SCIM.
func (p *patch) setActive(v any, how duo.Choice) {
	p.active = flagText(v)
	if _, isFlag := v.(bool); isFlag {
		p.how = how
	}
}

// cleared looks at attributes that lose their value.
func (r *reading) cleared(i *item, p patch) {
	if p.cleared {
		r.show("cleared-value", duo.Choice(duo.ClearRemove), i, "a remove operation with a path")
	}
	for _, w := range p.written {
		switch w.value {
		case nil:
			r.show("cleared-value", duo.Choice(duo.ClearNull), i, "%s becomes null", w.path)
		case "":
			r.against("cleared-value", i, "%s becomes an empty text", w.path)
		}
	}
}

// operations looks at how operations are written.
func (r *reading) operations(i *item) {
	for _, op := range i.ops {
		switch {
		case op.kind != "add" && op.kind != "remove" && op.kind != "replace":
			r.against("operation-case", i, "the operation %q", op.name)
		case op.name == op.kind:
			r.show("operation-case", duo.Choice(duo.LowerCase), i, "%q", op.name)
		case op.name == strings.ToUpper(op.kind[:1])+op.kind[1:]:
			r.show("operation-case", duo.Choice(duo.Capitalised), i, "%q", op.name)
		default:
			r.against("operation-case", i, "the operation %q", op.name)
		}
	}
}
