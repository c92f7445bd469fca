package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Spc edits /ServiceProviderConfig.
func Spc(edit func(o *scim.Object)) Wrap {
	return Answers(At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *Answer) {
		if a.Ok() && a.Body != nil {
			edit(a.Body)
		}
	})
}

// SpcSays sets a member of one capability; "" for the capability itself.
func SpcSays(capability, member string, value any) Wrap {
	return Spc(func(o *scim.Object) {
		if member == "" {
			o.Set(capability, value)
			return
		}
		o.Object(capability).Set(member, value)
	})
}

// PublishedSchema edits the schema of a URN.
func PublishedSchema(urn string, edit func(o *scim.Object)) Wrap {
	return Shown(DiscoveryResource("Schemas"), func(o *scim.Object) {
		if o.String("id") == urn {
			edit(o)
		}
	})
}

// DefinitionOf edits the definition of an attribute, "emails.type" for a part of one.
func DefinitionOf(urn, path string, edit func(definition *scim.Object)) Wrap {
	return PublishedSchema(urn, func(o *scim.Object) {
		name, sub, _ := strings.Cut(path, ".")
		d := definitionIn(o.Array("attributes"), name)
		if sub != "" {
			d = definitionIn(d.Array("subAttributes"), sub)
		}
		edit(d)
	})
}

func definitionIn(list []any, name string) *scim.Object {
	for _, v := range list {
		if d, ok := v.(*scim.Object); ok && d.String("name") == name {
			return d
		}
	}
	return scim.NewObject()
}

// SchemaSays gives a characteristic of an attribute's definition another value.
func SchemaSays(urn, path, characteristic string, value any) Wrap {
	return DefinitionOf(urn, path, func(d *scim.Object) { d.Set(characteristic, value) })
}

// RefusingWrites refuses requests of these methods by their body.
func RefusingWrites(methods string, judge func(r *http.Request, body string) *scim.Error) Wrap {
	return Handle(Anywhere, func(next http.Handler, r *http.Request) *Answer {
		if OneOf(r.Method, methods) {
			body := BodyOf(r)
			raw, _ := body.MarshalJSON()
			if e := judge(r, string(raw)); e != nil && body != nil {
				return Refusal(e)
			}
		}
		return nil
	})
}

// AliasMe offers the alias, for a user who is made on the first occasion, and spoils
// its answers.
func AliasMe(spoil func(a *Answer, location string)) Wrap {
	return Handle(At("GET", "/Me"), func(next http.Handler, r *http.Request) *Answer {
		a := subjectOf(next, r)
		spoil(a, a.Body.Object("meta").String("location"))
		return a
	})
}

// subjectOf reads the one user that everybody is.
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

const CiscoURN = "urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User"

// DemandingOfUsers refuses creations of users whose body lacks a text.
func DemandingOfUsers(text string) Wrap {
	return RefusingWrites("POST", func(r *http.Request, body string) *scim.Error {
		if Segments(r)[0] == "Users" && len(Segments(r)) == 1 && !strings.Contains(body, text) {
			return scim.InvalidValue("%s is missing", text)
		}
		return nil
	})
}

// InListing rewrites the resources that a discovery endpoint lists; totalResults follows.
func InListing(endpoint string, edit func(all []any) []any) Wrap {
	return Answers(At("GET", "/"+endpoint), func(_ *http.Request, a *Answer) {
		if a.Body == nil || !a.Ok() {
			return
		}
		all := edit(a.Body.Array("Resources"))
		a.Body.Set("Resources", all)
		a.Body.Set("totalResults", Number(len(all)))
		a.Body.Set("itemsPerPage", Number(len(all)))
	})
}

func WithoutID(id string) func([]any) []any { return withoutMember("id", id) }

func WithoutNamed(name string) func([]any) []any { return withoutMember("name", name) }

func withoutMember(member, value string) func([]any) []any {
	return func(all []any) []any {
		return slices.DeleteFunc(slices.Clone(all), func(v any) bool {
			o, _ := v.(*scim.Object)
			return o.String(member) == value
		})
	}
}

// WithoutDefinition removes a definition.
func WithoutDefinition(name string) func(o *scim.Object) {
	return func(o *scim.Object) { o.Set("attributes", WithoutNamed(name)(o.Array("attributes"))) }
}
