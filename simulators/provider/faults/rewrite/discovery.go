package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// EditConfig edits /ServiceProviderConfig.
func EditConfig(edit func(o *scim.Object)) Wrap {
	return Answers(At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *Answer) {
		if a.OK() && a.Body != nil {
			edit(a.Body)
		}
	})
}

// SetConfig sets a member of one capability in /ServiceProviderConfig, or with ""
// the capability itself; nil removes it. A capability that is not there stays so.
func SetConfig(capability, member string, value any) Wrap {
	return EditConfig(func(o *scim.Object) {
		name := capability
		if member != "" {
			o, name = o.Object(capability), member
		}
		switch {
		case o == nil:
		case value == nil:
			o.Delete(name)
		default:
			o.Set(name, value)
		}
	})
}

// EditSchema edits the schema with this URN.
func EditSchema(urn string, edit func(o *scim.Object)) Wrap {
	return Shown(DiscoveryResource("Schemas"), func(o *scim.Object) {
		if o.String("id") == urn {
			edit(o)
		}
	})
}

// EditDefinition edits the definition of an attribute; "emails.type" is a
// sub-attribute.
func EditDefinition(urn, path string, edit func(definition *scim.Object)) Wrap {
	return EditSchema(urn, func(o *scim.Object) {
		name, sub, _ := strings.Cut(path, ".")
		d := definitionIn(o.Array("attributes"), name)
		if sub != "" {
			d = definitionIn(d.Array("subAttributes"), sub)
		}
		edit(d)
	})
}

// SetCharacteristic gives a characteristic of an attribute's definition another
// value.
func SetCharacteristic(urn, path, characteristic string, value any) Wrap {
	return EditDefinition(urn, path, func(d *scim.Object) { d.Set(characteristic, value) })
}

// WithoutDefinition removes the definition of an attribute.
func WithoutDefinition(name string) func(o *scim.Object) {
	return func(o *scim.Object) { o.Set("attributes", WithoutNamed(name)(o.Array("attributes"))) }
}

// definitionIn is the definition with this name; empty if there is none.
func definitionIn(list []any, name string) *scim.Object {
	for _, d := range ObjectsIn(list) {
		if d.String("name") == name {
			return d
		}
	}
	return scim.NewObject()
}

// EditListing rewrites the resources that a discovery endpoint lists, and counts
// them.
func EditListing(endpoint string, edit func(all []any) []any) Wrap {
	return Answers(At("GET", "/"+endpoint), func(_ *http.Request, a *Answer) {
		if a.Body == nil || !a.OK() {
			return
		}
		all := edit(a.Body.Array("Resources"))
		a.Body.Set("Resources", all)
		a.Body.Set("totalResults", Number(len(all)))
		a.Body.Set("itemsPerPage", Number(len(all)))
	})
}

// WithoutID leaves out the resource with this id.
func WithoutID(id string) func([]any) []any { return withoutMember("id", id) }

// WithoutNamed leaves out the object with this name.
func WithoutNamed(name string) func([]any) []any { return withoutMember("name", name) }

// withoutMember leaves out the objects whose member has this value.
func withoutMember(member, value string) func([]any) []any {
	return func(all []any) []any {
		return slices.DeleteFunc(slices.Clone(all), func(v any) bool {
			o, _ := v.(*scim.Object)
			return o.String(member) == value
		})
	}
}

// CiscoURN is the URN of Secure Access's extension of users.
const CiscoURN = "urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"

// ServeMe serves /Me as one user, whom it creates at the first request. spoil
// edits the answers.
func ServeMe(spoil func(a *Answer, location string)) Wrap {
	return Handle(At("GET", "/Me"), func(next http.Handler, r *http.Request) *Answer {
		a := subjectOf(next, r)
		spoil(a, a.Body.Object("meta").String("location"))
		return a
	})
}

// subjectOf reads the user whom /Me stands for.
func subjectOf(next http.Handler, r *http.Request) *Answer {
	const name = "me@example.com"
	Ask(next, r, "POST", "Users", scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "userName", Value: name}))
	found := Ask(next, r, "GET", "Users?filter="+url.QueryEscape(`userName eq "`+name+`"`), nil)
	for _, o := range found.Resources() {
		return Ask(next, r, "GET", "Users/"+url.PathEscape(o.String("id")), nil)
	}
	return found
}
