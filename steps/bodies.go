package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bodies are request bodies that a feature cannot well write down: by name, for
// a table, or because they are no JSON. Every one carries the scenario's mark.
var bodies = map[string]func(w *world) []byte{
	"a new user":  func(w *world) []byte { return encoded(w.template("Users", "new")) },
	"a new group": func(w *world) []byte { return encoded(w.template("Groups", "new")) },
	"another user": func(w *world) []byte {
		return encoded(w.template("Users", "other"))
	},
	"the user A renamed":  func(w *world) []byte { return encoded(w.renamed("Users", "A")) },
	"the group G renamed": func(w *world) []byte { return encoded(w.renamed("Groups", "G")) },
	"a change":            aChange,
	"a search": func(*world) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
			scim.Member{Name: "count", Value: 2},
		))
	},
	"a search for A": func(w *world) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
			scim.Member{Name: "filter", Value: "userName eq " + textOf(w.freshUserName("A"))},
		))
	},
	"a bulk request": func(w *world) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
			scim.Member{Name: "Operations", Value: []any{scim.NewObject(
				scim.Member{Name: "method", Value: http.MethodPost},
				scim.Member{Name: "path", Value: "/Users"},
				scim.Member{Name: "bulkId", Value: "new"},
				scim.Member{Name: "data", Value: w.template("Users", "new")},
			)}},
		))
	},

	"nothing": func(*world) []byte { return []byte{} },
	"half a change": func(w *world) []byte {
		text := aChange(w)
		return text[:len(text)-1]
	},
	"half a document":  func(w *world) []byte { return userText(w, "")[:len(userText(w, ""))-1] },
	"an unclosed text": func(w *world) []byte { return userText(w, `,"displayName":"`+w.mark()) },
	"an unquoted text": func(w *world) []byte { return userText(w, `,"displayName":`+w.mark()+` text`) },
	"no colon":         func(w *world) []byte { return userText(w, `,"displayName" "`+w.mark()+`"`) },
	"a bare word":      func(w *world) []byte { return []byte("hello " + w.mark()) },
	"a wrong bracket":  func(w *world) []byte { return userText(w, `,"emails":[{"value":"x@example.com"]}`) },
	"a comma too many": func(w *world) []byte { return userText(w, `,`) },
	"a comment":        func(w *world) []byte { return userText(w, `/* a comment */`) },
	"single quotes": func(w *world) []byte {
		return []byte(strings.ReplaceAll(string(userText(w, "")), `"`, `'`))
	},
	"an array":         func(w *world) []byte { return []byte("[" + string(userText(w, "")) + "]") },
	"a text":           func(w *world) []byte { return []byte(`"` + w.mark() + `"`) },
	"an array of text": func(w *world) []byte { return []byte(`["` + w.mark() + `"]`) },
	"XML": func(w *world) []byte {
		return []byte("<User><userName>" + w.freshUserName("new") + "</userName></User>")
	},
	"form data": func(w *world) []byte { return []byte("userName=" + w.freshUserName("new") + "&active=true") },

	"text behind the document":   func(w *world) []byte { return append(userText(w, ""), " and more"...) },
	"a bracket too many":         func(w *world) []byte { return append(userText(w, ""), '}') },
	"a second document":          func(w *world) []byte { return append(userText(w, ""), encoded(w.template("Users", "other"))...) },
	"a text behind the document": func(w *world) []byte { return append(userText(w, ""), `"more"`...) },

	"10000 nested arrays":  func(w *world) []byte { return userText(w, `,"sduoDeep":`+nested("[", "]")) },
	"10000 nested objects": func(w *world) []byte { return userText(w, `,"sduoDeep":`+nested(`{"a":`, "}")) },
	"10000 open arrays":    func(w *world) []byte { return userText(w, `,"sduoDeep":`+strings.Repeat("[", depth)) },
	"a name nested 10000 deep": func(w *world) []byte {
		return userText(w, `,"name":`+nested(`{"givenName":`, "}"))
	},
	"a megabyte of text": func(w *world) []byte {
		return userText(w, `,"displayName":"`+strings.Repeat("x", 1<<20)+`"`)
	},
	"50000 members":          func(w *world) []byte { return userText(w, unknownMembers()) },
	"bytes that are no text": func(w *world) []byte { return userText(w, ",\"displayName\":\"a\xff\xfe\xc3(b\"") },
	"a NUL character":        func(w *world) []byte { return userText(w, `,"displayName":"a\u0000b"`) },
	"half a surrogate":       func(w *world) []byte { return userText(w, `,"displayName":"a\ud83db"`) },
	"control characters":     func(w *world) []byte { return userText(w, `,"displayName":"a\u0001\u001f\u007fb"`) },
	"a byte order mark":      func(w *world) []byte { return append([]byte("\xef\xbb\xbf"), userText(w, "")...) },
	"an empty name":          func(w *world) []byte { return userText(w, `,"":"x"`) },
	"a name of the runtime's": func(w *world) []byte {
		return userText(w, `,"__proto__":{"admin":true},"constructor":"x"`)
	},
	"a number beyond all":    func(w *world) []byte { return userText(w, `,"sduoNumber":1e99999`) },
	"one name twice":         func(w *world) []byte { return userText(w, `,"displayName":"One","displayName":"Two"`) },
	"one name in two cases":  func(w *world) []byte { return userText(w, `,"displayName":"One","DISPLAYNAME":"Two"`) },
	"a user name twice":      func(w *world) []byte { return userText(w, `,"username":`+textOf(w.freshUserName("other"))) },
	"the schemas twice":      func(w *world) []byte { return userText(w, `,"schemas":["`+scim.UserURN+`"]`) },
	"a schema named twice":   func(w *world) []byte { return withSchemasOf(w, scim.UserURN, scim.UserURN) },
	"no schemas":             func(w *world) []byte { return withSchemasOf(w) },
	"a foreign schema":       func(w *world) []byte { return withSchemasOf(w, "urn:example:params:scim:schemas:Sduo") },
	"the schema of messages": func(w *world) []byte { return withSchemasOf(w, scim.ListResponseURN) },
	"the schema of a group":  func(w *world) []byte { return withSchemasOf(w, scim.GroupURN) },
	"the schema of a user": func(w *world) []byte {
		g := w.template("Groups", "new")
		g.Set("schemas", []any{scim.UserURN})
		return encoded(g)
	},
}

func aChange(w *world) []byte {
	return encoded(replacement("displayName", w.mark()+" changed"))
}

const depth = 10000

func nested(open, end string) string {
	return strings.Repeat(open, depth) + `""` + strings.Repeat(end, depth)
}

// unknownMembers are attributes that nobody knows.
func unknownMembers() string {
	var b strings.Builder
	for i := range 50000 {
		fmt.Fprintf(&b, `,"sduo%d":%d`, i, i)
	}
	return b.String()
}

// userText is a new user as a document, with more before its end.
func userText(w *world, more string) []byte {
	text := encoded(w.template("Users", "new"))
	return append(text[:len(text)-1:len(text)-1], more+"}"...)
}

// withSchemasOf is a new user that claims these schemas, or none.
func withSchemasOf(w *world, urns ...string) []byte {
	user := w.template("Users", "new")
	user.Delete("schemas")
	if len(urns) > 0 {
		var list []any
		for _, urn := range urns {
			list = append(list, urn)
		}
		user.Set("schemas", list)
	}
	return encoded(user)
}

func encoded(o *scim.Object) []byte {
	text, err := scim.Marshal(o)
	if err != nil {
		panic(fmt.Sprintf("a template is no JSON: %v", err)) // templates come from JSON
	}
	return text
}

// renamed is a resource of the scenario with another displayName.
func (w *world) renamed(collection, name string) *scim.Object {
	o := w.template(collection, name)
	o.Set("displayName", w.mark()+" renamed")
	return o
}

// namedBody is one of bodies.
func (w *world) namedBody(name string) ([]byte, error) {
	build, ok := bodies[name]
	if !ok {
		return nil, fmt.Errorf("there is no body called %q", name)
	}
	return build(w), nil
}

// doesNotHave takes a table of paths and values.
func (w *world) doesNotHave(ctx context.Context, name string, table *godog.Table) error {
	now, err := w.look(ctx, name)
	if err != nil {
		return w.missed(err)
	}
	for _, row := range table.Rows {
		not, err := w.expand(row.Cells[1].Value)
		if err != nil {
			return err
		}
		got, _ := at(now.shown, row.Cells[0].Value)
		what := row.Cells[0].Value + " of " + name + " as it is read now"
		if err := w.expectThat(plain(got) != not, what, "anything but "+not, plain(got)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) isAOrAbsent(ctx context.Context, path, name, kind string) error {
	now, err := w.look(ctx, name)
	if err != nil {
		return w.missed(err)
	}
	got, _ := at(now.shown, path)
	right := scim.IsUnassigned(got) || isA(got, kind)
	return w.expectThat(right, path+" of "+name+" as it is read now", "a value of type "+kind+", or none", textOf(got))
}
