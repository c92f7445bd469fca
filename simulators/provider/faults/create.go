package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func createFaults() []Fault {
	return slices.Concat(creationFaults(), duplicateFaults(), malformedFaults())
}

// creations are POSTs that create; of "Users", "Groups" or "*" for both.
func creations(of string) when { return at("POST", "/"+of) }

// onCreated rewrites answers that say that something was created.
func onCreated(of string, edit func(r *http.Request, a *answer)) Wrap {
	return answers(creations(of), func(r *http.Request, a *answer) {
		if a.status == http.StatusCreated {
			edit(r, a)
		}
	})
}

// toldIn rewrites meta of the resource in an answer to a creation.
func toldIn(of, name string, value any) Wrap {
	return onCreated(of, func(_ *http.Request, a *answer) {
		if value == nil {
			a.body.Object("meta").Delete(name)
			return
		}
		a.body.Object("meta").Set(name, value)
	})
}

// locatedAt rewrites the header Location of an answer to a creation.
func locatedAt(of string, edit func(location string) string) Wrap {
	return onCreated(of, func(_ *http.Request, a *answer) {
		a.header.Set("Location", edit(a.header.Get("Location")))
	})
}

// keeping shows what the client sent under a name ("meta.created") in place of
// what the provider made of it, from then on.
func keeping(of, path string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		kept := map[string]any{}
		outer, inner, nested := strings.Cut(path, ".")
		if strings.HasPrefix(path, "urn:") {
			outer, nested = path, false
		}
		put := func(o *scim.Object) {
			mu.Lock()
			defer mu.Unlock()
			value, ok := kept[o.String("id")]
			switch {
			case !ok:
			case nested:
				o.Object(outer).Set(inner, value)
			default:
				o.Set(outer, value)
			}
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var sent any
			if creations(of)(r) {
				if body := bodyOf(r); body != nil {
					sent, _ = body.Get(outer)
					if o, ok := sent.(*scim.Object); nested && ok {
						sent, _ = o.Get(inner)
					} else if nested {
						sent = nil
					}
				}
			}
			a := serve(next, r)
			if a.status == http.StatusCreated && sent != nil {
				mu.Lock()
				kept[a.body.String("id")] = sent
				mu.Unlock()
			}
			for _, o := range a.resources() {
				put(o)
			}
			a.send(w)
		})
	}
}

// refusingWhen answers 400 to creations that send this member.
func refusingWhen(of string, sends func(body *scim.Object) bool, e *scim.Error) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if creations(of)(r) {
				if body := bodyOf(r); body != nil && sends(body) {
					a := &answer{}
					a.refuse(e)
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// sendsMember says whether a body has the member.
func sendsMember(name string) func(*scim.Object) bool {
	return func(body *scim.Object) bool {
		_, ok := body.Get(name)
		return ok
	}
}

// losing drops a member of what is created.
func losing(of, name string) Wrap {
	return requests(creations(of), func(_ *http.Request, body *scim.Object) {
		if body != nil {
			body.Delete(name)
		}
	})
}

// storing shows a value where a user has none.
func storing(name string, value any) Wrap {
	return shown(at("", ""), func(o *scim.Object) {
		if _, there := o.Get(name); !there && o.String("userName") != "" {
			o.Set(name, value)
		}
	})
}

func creationFaults() []Fault {
	return []Fault{
		{"RFC7644-3.3-01", "the client chooses the id", keeping("*", "id")},
		{"RFC7644-3.3-01", "the client chooses the id of users", keeping("Users", "id")},
		{"RFC7644-3.3-01", "the client chooses meta.created", keeping("Users", "meta.created")},
		{"RFC7644-3.3-01", "the client chooses meta.lastModified", keeping("Users", "meta.lastModified")},
		{"RFC7644-3.3-01", "the client chooses meta.location", keeping("Users", "meta.location")},
		{"RFC7644-3.3-01", "the client chooses meta.version", keeping("Users", "meta.version")},
		{"RFC7644-3.3-01", "the client chooses meta.resourceType", keeping("Users", "meta.resourceType")},
		{"RFC7644-3.3-01", "the client chooses meta.created of groups", keeping("Groups", "meta.created")},
		{"RFC7644-3.3-01", "the client chooses the groups of a user", keeping("Users", "groups")},
		{"RFC7644-3.3-01", "an id is refused", refusingWhen("*", sendsMember("id"), scim.MutabilityError("id is read-only"))},
		{"RFC7644-3.3-01", "meta is refused", refusingWhen("Users", sendsMember("meta"), scim.MutabilityError("meta is read-only"))},
		{"RFC7644-3.3-01", "groups are refused", refusingWhen("Users", sendsMember("groups"), scim.MutabilityError("groups is read-only"))},
		{"RFC7644-3.3-01", "an id of a group is refused", refusingWhen("Groups", sendsMember("id"), scim.InvalidSyntax("id is read-only"))},

		{"RFC7644-3.3-02", "null becomes a text", storing("displayName", "null")},
		{"RFC7644-3.3-02", "no e-mail addresses become one without a value", storing("emails", []any{scim.NewObject(scim.Member{Name: "value", Value: ""})})},
		{"RFC7644-3.3-02", "null is a server error", breakingDown(func(r *http.Request) bool {
			body := bodyOf(r)
			v, there := body.Get("displayName")
			return creations("Users")(r) && there && v == nil
		})},
		{"RFC7644-3.3-02", "an empty array is a server error", breakingDown(func(r *http.Request) bool {
			v, there := bodyOf(r).Get("emails")
			list, _ := v.([]any)
			return creations("Users")(r) && there && v != nil && len(list) == 0
		})},
		{"RFC7644-3.3-02", "a group with an empty array is a server error", breakingDown(func(r *http.Request) bool {
			v, there := bodyOf(r).Get("members")
			list, _ := v.([]any)
			return creations("Groups")(r) && there && len(list) == 0
		})},

		{"RFC7644-3.3-03", "a creation answers 200", onCreated("*", func(_ *http.Request, a *answer) { a.status = http.StatusOK })},
		{"RFC7644-3.3-03", "the creation of a group answers 200", onCreated("Groups", func(_ *http.Request, a *answer) { a.status = http.StatusOK })},
		{"RFC7644-3.3-03", "a creation answers 202", onCreated("Users", func(_ *http.Request, a *answer) { a.status = http.StatusAccepted })},
		{"RFC7644-3.3-03", "a creation answers 204", onCreated("Users", func(_ *http.Request, a *answer) {
			a.status, a.raw, a.body = http.StatusNoContent, nil, nil
		})},
		{"RFC7644-3.3-03", "a user who is not active is created active", requests(creations("Users"), func(_ *http.Request, body *scim.Object) {
			if body != nil {
				body.Set("active", true)
			}
		})},
		{"RFC7644-3.3-03", "the name is not stored", losing("Users", "name")},
		{"RFC7644-3.3-03", "the externalId is not stored", losing("Users", "externalId")},
		{"RFC7644-3.3-03", "the displayName is not stored", losing("Users", "displayName")},
		{"RFC7644-3.3-03", "the members of a new group are not stored", losing("Groups", "members")},
		{"RFC7644-3.3-03", "nothing is created although 201 says so", vanishing()},
		{"RFC7644-3.3-03", "users of the same displayName are refused", refusingTheSame("displayName")},
		{"RFC7644-3.3-03", "a group with members is refused", refusingWhen("Groups", sendsMember("members"), scim.InvalidValue("create the group first"))},

		{"RFC7644-3.3-04", "the answer to a creation has no body", onCreated("*", func(_ *http.Request, a *answer) { a.raw, a.body = nil, nil })},
		{"RFC7644-3.3-04", "the answer to the creation of a group has no body", onCreated("Groups", func(_ *http.Request, a *answer) { a.raw, a.body = nil, nil })},
		{"RFC7644-3.3-04", "the answer to a creation shows the id alone", onCreated("*", func(_ *http.Request, a *answer) {
			a.body = scim.NewObject(scim.Member{Name: "id", Value: a.body.String("id")})
		})},
		{"RFC7644-3.3-04", "the answer to a creation lacks meta", onCreated("Users", func(_ *http.Request, a *answer) { a.body.Delete("meta") })},
		{"RFC7644-3.3-04", "the answer to a creation lacks the name", onCreated("Users", func(_ *http.Request, a *answer) { a.body.Delete("name") })},
		{"RFC7644-3.3-04", "the answer to the creation of a group lacks the members", onCreated("Groups", func(_ *http.Request, a *answer) { a.body.Delete("members") })},
		{"RFC7644-3.3-04", "the answer to a creation lacks the schemas", onCreated("Users", func(_ *http.Request, a *answer) { a.body.Delete("schemas") })},

		{"RFC7644-3.3-05", "no Location", onCreated("*", func(_ *http.Request, a *answer) { a.header.Del("Location") })},
		{"RFC7644-3.3-05", "no Location of groups", onCreated("Groups", func(_ *http.Request, a *answer) { a.header.Del("Location") })},
		{"RFC7644-3.3-05", "no meta.location", toldIn("*", "location", nil)},
		{"RFC7644-3.3-05", "no meta.location of groups", toldIn("Groups", "location", nil)},
		{"RFC7644-3.3-05", "Location is the collection", locatedAt("*", func(l string) string { return l[:strings.LastIndex(l, "/")] })},
		{"RFC7644-3.3-05", "Location is the id alone", locatedAt("Users", func(l string) string { return l[strings.LastIndex(l, "/")+1:] })},
		{"RFC7644-3.3-05", "Location leads to another id", locatedAt("Users", func(l string) string { return l + "0" })},
		{"RFC7644-3.3-05", "Location leads to the other collection", locatedAt("Groups", func(l string) string { return strings.Replace(l, "/Groups/", "/Users/", 1) })},
		{"RFC7644-3.3-05", "Location is on another host than meta.location", locatedAt("Users", func(l string) string { return strings.Replace(l, "127.0.0.1", "localhost", 1) })},
		{"RFC7644-3.3-05", "meta.location leads to another id", onCreated("Users", func(_ *http.Request, a *answer) {
			a.body.Object("meta").Set("location", a.body.Object("meta").String("location")+"0")
		})},
		{"RFC7644-3.3-05", "Location stays that of the first user", stayingFirst()},
		{"RFC7644-3.3-05", "meta.location changes when it is read", shown(at("GET", "/Users/*"), func(o *scim.Object) {
			o.Object("meta").Set("location", o.Object("meta").String("location")+"/")
		})},
		{"RFC7644-3.3-05", "meta.location is missing in lists", shown(at("GET", "/Users"), func(o *scim.Object) { o.Object("meta").Delete("location") })},
		{"RFC7644-3.3-05", "meta.location is another one in lists", shown(at("GET", "/Users"), func(o *scim.Object) {
			o.Object("meta").Set("location", "/Users/"+o.String("userName"))
		})},

		{"RFC7644-3.3.1-01", "a new user is of the type user", toldIn("Users", "resourceType", "user")},
		{"RFC7644-3.3.1-01", "a new group is of the type User", toldIn("Groups", "resourceType", "User")},
		{"RFC7644-3.3.1-01", "a new user has no type", toldIn("Users", "resourceType", nil)},
		{"RFC7644-3.3.1-01", "the type is named in the plural", shown(at("", ""), func(o *scim.Object) {
			if t := o.Object("meta").String("resourceType"); t == "User" || t == "Group" {
				o.Object("meta").Set("resourceType", t+"s")
			}
		})},
		{"RFC7644-3.3.1-01", "the client chooses the type", keeping("*", "meta.resourceType")},
		{"RFC7644-3.3.1-01", "the client chooses the type of groups", keeping("Groups", "meta.resourceType")},
		{"RFC7644-3.3.1-01", "a user who is read has no type", shown(at("GET", "/Users/*"), func(o *scim.Object) { o.Object("meta").Delete("resourceType") })},
		{"RFC7644-3.3.1-01", "a group that is read is of the type User", shown(at("GET", "/Groups/*"), func(o *scim.Object) { o.Object("meta").Set("resourceType", "User") })},
		{"RFC7644-3.3.1-01", "users in lists have no type", shown(at("GET", "/Users"), func(o *scim.Object) { o.Object("meta").Delete("resourceType") })},
		{"RFC7644-3.3.1-01", "groups in lists are of the type User", shown(at("GET", "/Groups"), func(o *scim.Object) { o.Object("meta").Set("resourceType", "User") })},
	}
}

// vanishing deletes what was created before it says that it was.
func vanishing() Wrap {
	return func(next http.Handler) http.Handler {
		return onCreated("Users", func(r *http.Request, a *answer) {
			ask(next, r, http.MethodDelete, "Users/"+a.body.String("id"), nil)
		})(next)
	}
}

// stayingFirst gives every new resource the Location of the first one.
func stayingFirst() Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		first := ""
		return locatedAt("Users", func(l string) string {
			mu.Lock()
			defer mu.Unlock()
			if first == "" {
				first = l
			}
			return first
		})(next)
	}
}

// refusingTheSame treats an attribute as unique that is not.
func refusingTheSame(name string) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		seen := map[string]bool{}
		return refusingWhen("Users", func(body *scim.Object) bool {
			mu.Lock()
			defer mu.Unlock()
			value := body.String(name)
			again := value != "" && seen[value]
			seen[value] = true
			return again
		}, scim.UniquenessError("another user has this %s", name))(next)
	}
}
