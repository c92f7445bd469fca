package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// backgroundFaults violate features/rfc7644/3.1_background.feature.
func backgroundFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.1-01", "lists have the schema of SCIM 1.1", schemaOf(isList, "urn:scim:schemas:core:1.0")},
		{"RFC7644-3.1-01", "errors have the schema of SCIM 1.1", schemaOf(isFault, "urn:scim:schemas:core:1.0")},
		{"RFC7644-3.1-01", "lists have a schema of resources", schemaOf(isList, "urn:ietf:params:scim:schemas:core:2.0:ListResponse")},
		{"RFC7644-3.1-01", "lists have no schemas", rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
			if a.Body != nil && isList(a) {
				a.Body.Delete("schemas")
			}
		})},
		{"RFC7644-3.1-01", "lists have the schema in capital letters", schemaOf(isList, strings.ToUpper(scim.ListResponseURN))},
		{"RFC7644-3.1-01", "users claim to be a list", rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
			if o.String("userName") != "" {
				o.Set("schemas", append(slices.Clone(o.Array("schemas")), scim.ListResponseURN))
			}
		})},

		{"RFC7644-3.1-02", "the schema of lists is listed", listing(scim.ListResponseURN)},
		{"RFC7644-3.1-02", "the schema of errors is listed", listing(scim.ErrorURN)},
		{"RFC7644-3.1-02", "the schema of changes can be read", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(r *http.Request, a *rewrite.Answer) {
			if rewrite.Segments(r)[1] == scim.PatchOpURN {
				*a = rewrite.Answer{Status: 200, Header: a.Header, Body: scim.NewObject(scim.Member{Name: "id", Value: scim.PatchOpURN})}
			}
		})},
		{"RFC7644-3.1-02", "an unknown schema is a server error", rewrite.Answers(rewrite.At("GET", "/Schemas/*"), func(r *http.Request, a *rewrite.Answer) {
			if a.Status == 404 {
				rewrite.As500(r, a)
			}
		})},

		{"RFC7644-3.1-03", "a creation answers with another name", written("POST", "/Users", rewrite.Setting("displayName", "Somebody"))},
		{"RFC7644-3.1-03", "a creation answers active whatever is stored", written("POST", "/Users", rewrite.Setting("active", true))},
		{"RFC7644-3.1-03", "a creation answers the body that was sent", parroting("POST")},
		{"RFC7644-3.1-03", "the creation of a group answers members that were not stored", rewrite.InTurn(parroting("POST"), rewrite.WithoutSent(rewrite.Creations("Groups"), "members"))},
		{"RFC7644-3.1-03", "a replacement answers the state before", past("PUT")},
		{"RFC7644-3.1-03", "a replacement answers the body that was sent and drops the name", rewrite.InTurn(parroting("PUT"), rewrite.WithoutSent(rewrite.At("PUT", ""), "displayName"))},
		{"RFC7644-3.1-03", "a replacement answers active whatever is stored", written("PUT", "/Users/*", rewrite.Setting("active", true))},
		{"RFC7644-3.1-03", "a change answers the state before", past("PATCH")},
		{"RFC7644-3.1-03", "a change answers an old date", written("PATCH", "/*/*", func(o *scim.Object) {
			rewrite.PartOf(o, "meta").Set("lastModified", "2001-01-01T00:00:00Z")
		})},
		{"RFC7644-3.1-03", "a change of a group answers without its members", written("PATCH", "/Groups/*", rewrite.Setting("members", []any{scim.NewObject(scim.Member{Name: "value", Value: "0"})}))},
		{"RFC7644-3.1-03", "a list shows another name", rewrite.Shown(rewrite.At("GET", "/Users"), rewrite.Setting("displayName", "Somebody"))},
		{"RFC7644-3.1-03", "a list shows less than a read", rewrite.Shown(rewrite.At("GET", "/Users"), func(o *scim.Object) { o.Delete("name") })},
		{"RFC7644-3.1-03", "a list of groups shows another name", rewrite.Shown(rewrite.At("GET", "/Groups"), rewrite.Setting("displayName", "Some group"))},
		{"RFC7644-3.1-03", "a version in the answer is not the one that is read", written("PUT", "/*/*", func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("version", `W/"0"`) })},
		{"RFC7644-3.1-03", "a deleted resource is still listed", foundAfterDeletion()},
	}
}

// written rewrites the resource in the answer to a write, and only there.
func written(methods, place string, edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At(methods, place), func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() && a.Body != nil {
			edit(a.Body)
		}
	})
}

// past answers a write with the state before it.
func past(methods string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(methods, "/*/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		before := rewrite.Now(next, r)
		a := rewrite.Serve(next, r)
		if a.OK() && a.Body != nil {
			a.Body = before.Body
		}
		return a
	})
}

// parroting answers a write with what was sent.
func parroting(methods string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		var sent *scim.Object
		if rewrite.At(methods, "")(r) {
			sent = rewrite.BodyOf(r)
		}
		a := rewrite.Serve(next, r)
		if a.OK() && a.Body != nil && sent != nil && sent.String("op") == "" {
			for name, value := range sent.All() {
				if !strings.EqualFold(name, "Operations") && !strings.EqualFold(name, "schemas") {
					a.Body.Set(name, value)
				}
			}
		}
		return a
	})
}

// schemaOf replaces the schemas of messages.
func schemaOf(message func(a *rewrite.Answer) bool, urn string) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil && message(a) {
			a.Body.Set("schemas", []any{urn})
		}
	})
}

func isList(a *rewrite.Answer) bool {
	_, ok := a.Body.Get("totalResults")
	return ok
}

func isFault(a *rewrite.Answer) bool { return a.Status >= 400 }

// listing adds a schema to the list of schemas.
func listing(urn string) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/Schemas"), func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil {
			schema := scim.NewObject(scim.Member{Name: "id", Value: urn}, scim.Member{Name: "name", Value: "Message"})
			a.Body.Set("Resources", append(slices.Clone(a.Body.Array("Resources")), schema))
		}
	})
}

// foundAfterDeletion finds by name what was deleted.
func foundAfterDeletion() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		buried := map[string]*scim.Object{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			var last *scim.Object
			if rewrite.At("DELETE", "/Users/*")(r) {
				last = rewrite.Now(next, r).Body
			}
			a := rewrite.Serve(next, r)
			if last != nil && a.OK() {
				buried[`userName eq "`+last.String("userName")+`"`] = last
			}
			if o := buried[r.URL.Query().Get("filter")]; o != nil && a.Body != nil {
				a.Body.Set("Resources", []any{o})
				a.Body.Set("totalResults", rewrite.Number(1))
			}
			return a
		})
	})
}
