package recognise

import (
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// resource looks at a whole user.
func (r *reading) resource(i *item) {
	r.schemas(i)
	r.externalID(i)
	r.values(i, assignments(i.body))
	for _, a := range assignments(i.body) {
		switch a.value {
		case nil:
			r.show("empty-value", duo.Choice(duo.EmptyNull), i, "%s is null", a.path)
		case "":
			r.against("empty-value", i, "%s is an empty text", a.path)
		}
	}
}

// schemas looks for an extension that is listed, and one that is sent.
func (r *reading) schemas(i *item) {
	listed := map[string]bool{}
	for _, v := range i.body.Array("schemas") {
		if urn, ok := v.(string); ok && !strings.EqualFold(urn, scim.UserURN) {
			listed[strings.ToLower(urn)] = true
		}
	}
	sent := false
	for name := range i.body.All() {
		if !strings.Contains(name, ":") {
			continue
		}
		sent = true
		if !listed[strings.ToLower(name)] {
			r.against("schemas-list", i, "%s is sent and not listed", name)
			return
		}
	}
	switch {
	case sent: // used, and listed: both choices do so
	case len(listed) > 0:
		r.show("schemas-list", duo.Choice(duo.SchemasAll), i, "an extension is listed of which nothing is sent")
	default:
		r.show("schemas-list", duo.Choice(duo.SchemasUsed), i, "no extension is listed, and none is sent")
	}
}

var duoKey = regexp.MustCompile(`^D[UG][A-Z0-9]{18}$`)

// externalID looks at a user or a group.
func (r *reading) externalID(i *item) {
	v, sent := i.body.Get("externalId")
	text, _ := v.(string)
	switch {
	case !sent:
		r.show("external-id", duo.Choice(duo.ExternalIDOmitted), i, "no externalId")
	case duoKey.MatchString(text):
		r.show("external-id", duo.Choice(duo.ExternalIDKey), i, "externalId has the form of a key in Duo")
	default:
		r.against("external-id", i, "externalId is no key in Duo: %v", v)
	}
}

// values looks at the lists among what is written.
func (r *reading) values(i *item, written []assigned) {
	for _, w := range written {
		if name := strings.ToLower(w.path); (name == "emails" || name == "phonenumbers") && w.value != nil {
			r.emails(i, w)
		}
	}
}

func (r *reading) emails(i *item, w assigned) {
	elements, ok := elementsOf(w.value)
	if _, list := w.value.([]any); !ok || !list {
		r.against("emails-shape", i, "%s is no list of objects", w.path)
		return
	}
	for _, e := range elements {
		switch names := strings.Join(namesOf(e), ","); {
		case names == "value":
			r.show("emails-shape", duo.Choice(duo.EmailValue), i, "an element has value alone")
		case names == "primary,type,value" && e.String("type") == "work":
			r.show("emails-shape", duo.Choice(duo.EmailWork), i, "an element has value, type and primary")
		default:
			r.against("emails-shape", i, "an element has %s", names)
		}
	}
}

// namesOf are the names of an object's members, sorted.
func namesOf(o *scim.Object) []string {
	var names []string
	for name := range o.All() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// mapped looks for an attribute that a new user lacks and the one created before or
// after it has: it is mapped, and has no value.
func (r *reading) mapped() {
	var before *item
	for _, i := range r.items {
		if !i.creates(users) {
			continue
		}
		if before != nil {
			r.lacks(before, i)
			r.lacks(i, before)
		}
		before = i
	}
}

func (r *reading) lacks(i, neighbour *item) {
	has := map[string]bool{}
	for _, a := range assignments(i.body) {
		has[strings.ToLower(a.path)] = true
	}
	for _, a := range assignments(neighbour.body) {
		if !has[strings.ToLower(a.path)] {
			r.show("empty-value", duo.Choice(duo.EmptyOmitted), i, "%s is left out, which another new user has", a.path)
			return
		}
	}
}
