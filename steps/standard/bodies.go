package standard

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// bodies are request bodies that a feature cannot well write down: by name, for
// a table, or because they are no JSON. Every one carries the scenario's mark.
var bodies = map[string]func(w *World) []byte{
	"a new user":  func(w *World) []byte { return encoded(w.Template("Users", "new")) },
	"a new group": func(w *World) []byte { return encoded(w.Template("Groups", "new")) },
	"another user": func(w *World) []byte {
		return encoded(w.Template("Users", "other"))
	},
	"the user A renamed":  func(w *World) []byte { return encoded(w.renamed("Users", "A")) },
	"the group G renamed": func(w *World) []byte { return encoded(w.renamed("Groups", "G")) },
	"a change":            aChange,
	"a search": func(*World) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
			scim.Member{Name: "count", Value: 2},
		))
	},
	"a search for A": func(w *World) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
			scim.Member{Name: "filter", Value: "userName eq " + judge.Text(w.UserName("A"))},
		))
	},
	"a bulk request": func(w *World) []byte {
		return encoded(scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
			scim.Member{Name: "Operations", Value: []any{scim.NewObject(
				scim.Member{Name: "method", Value: http.MethodPost},
				scim.Member{Name: "path", Value: "/Users"},
				scim.Member{Name: "bulkId", Value: "new"},
				scim.Member{Name: "data", Value: w.Template("Users", "new")},
			)}},
		))
	},

	"nothing": func(*World) []byte { return []byte{} },
	"half a change": func(w *World) []byte {
		text := aChange(w)
		return text[:len(text)-1]
	},
	"half a document":  func(w *World) []byte { return userText(w, "")[:len(userText(w, ""))-1] },
	"an unclosed text": func(w *World) []byte { return userText(w, `,"displayName":"`+w.Mark()) },
	"an unquoted text": func(w *World) []byte { return userText(w, `,"displayName":`+w.Mark()+` text`) },
	"no colon":         func(w *World) []byte { return userText(w, `,"displayName" "`+w.Mark()+`"`) },
	"a bare word":      func(w *World) []byte { return []byte("hello " + w.Mark()) },
	"a wrong bracket":  func(w *World) []byte { return userText(w, `,"emails":[{"value":"x@example.com"]}`) },
	"a comma too many": func(w *World) []byte { return userText(w, `,`) },
	"a comment":        func(w *World) []byte { return userText(w, `/* a comment */`) },
	"single quotes": func(w *World) []byte {
		return []byte(strings.ReplaceAll(string(userText(w, "")), `"`, `'`))
	},
	"an array":         func(w *World) []byte { return []byte("[" + string(userText(w, "")) + "]") },
	"a text":           func(w *World) []byte { return []byte(`"` + w.Mark() + `"`) },
	"an array of text": func(w *World) []byte { return []byte(`["` + w.Mark() + `"]`) },
	"XML": func(w *World) []byte {
		return []byte("<User><userName>" + w.UserName("new") + "</userName></User>")
	},
	"form data": func(w *World) []byte { return []byte("userName=" + w.UserName("new") + "&active=true") },

	"text behind the document":   func(w *World) []byte { return append(userText(w, ""), " and more"...) },
	"a bracket too many":         func(w *World) []byte { return append(userText(w, ""), '}') },
	"a second document":          func(w *World) []byte { return append(userText(w, ""), encoded(w.Template("Users", "other"))...) },
	"a text behind the document": func(w *World) []byte { return append(userText(w, ""), `"more"`...) },

	"10000 nested arrays":  func(w *World) []byte { return userText(w, `,"sduoDeep":`+nested("[", "]")) },
	"10000 nested objects": func(w *World) []byte { return userText(w, `,"sduoDeep":`+nested(`{"a":`, "}")) },
	"10000 open arrays":    func(w *World) []byte { return userText(w, `,"sduoDeep":`+strings.Repeat("[", depth)) },
	"a name nested 10000 deep": func(w *World) []byte {
		return userText(w, `,"name":`+nested(`{"givenName":`, "}"))
	},
	"a megabyte of text": func(w *World) []byte {
		return userText(w, `,"displayName":"`+strings.Repeat("x", 1<<20)+`"`)
	},
	"50000 members":          func(w *World) []byte { return userText(w, unknownMembers()) },
	"bytes that are no text": func(w *World) []byte { return userText(w, ",\"displayName\":\"a\xff\xfe\xc3(b\"") },
	"a NUL character":        func(w *World) []byte { return userText(w, `,"displayName":"a\u0000b"`) },
	"half a surrogate":       func(w *World) []byte { return userText(w, `,"displayName":"a\ud83db"`) },
	"control characters":     func(w *World) []byte { return userText(w, `,"displayName":"a\u0001\u001f\u007fb"`) },
	"a byte order mark":      func(w *World) []byte { return append([]byte("\xef\xbb\xbf"), userText(w, "")...) },
	"an empty name":          func(w *World) []byte { return userText(w, `,"":"x"`) },
	"a name of the runtime's": func(w *World) []byte {
		return userText(w, `,"__proto__":{"admin":true},"constructor":"x"`)
	},
	"a number beyond all":    func(w *World) []byte { return userText(w, `,"sduoNumber":1e99999`) },
	"one name twice":         func(w *World) []byte { return userText(w, `,"displayName":"One","displayName":"Two"`) },
	"one name in two cases":  func(w *World) []byte { return userText(w, `,"displayName":"One","DISPLAYNAME":"Two"`) },
	"a user name twice":      func(w *World) []byte { return userText(w, `,"username":`+judge.Text(w.UserName("other"))) },
	"the schemas twice":      func(w *World) []byte { return userText(w, `,"schemas":["`+scim.UserURN+`"]`) },
	"a schema named twice":   func(w *World) []byte { return withSchemasOf(w, scim.UserURN, scim.UserURN) },
	"no schemas":             func(w *World) []byte { return withSchemasOf(w) },
	"a foreign schema":       func(w *World) []byte { return withSchemasOf(w, "urn:example:params:scim:schemas:Sduo") },
	"the schema of messages": func(w *World) []byte { return withSchemasOf(w, scim.ListResponseURN) },
	"the schema of a group":  func(w *World) []byte { return withSchemasOf(w, scim.GroupURN) },
	"the schema of a user": func(w *World) []byte {
		g := w.Template("Groups", "new")
		g.Set("schemas", []any{scim.UserURN})
		return encoded(g)
	},
}

func aChange(w *World) []byte {
	return encoded(judge.ReplaceBody("displayName", w.Mark()+" changed"))
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
func userText(w *World, more string) []byte {
	text := encoded(w.Template("Users", "new"))
	return append(text[:len(text)-1:len(text)-1], more+"}"...)
}

// withSchemasOf is a new user that claims these schemas, or none.
func withSchemasOf(w *World, urns ...string) []byte {
	user := w.Template("Users", "new")
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
func (w *World) renamed(collection, name string) *scim.Object {
	o := w.Template(collection, name)
	o.Set("displayName", w.Mark()+" renamed")
	return o
}

// namedBody is one of bodies.
func (w *World) namedBody(name string) ([]byte, error) {
	build, ok := bodies[name]
	if !ok {
		return nil, fmt.Errorf("there is no body called %q", name)
	}
	return build(w), nil
}

// doesNotHave takes a table of paths and values.
func (w *World) doesNotHave(ctx context.Context, name string, table *messages.PickleTable) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	for _, row := range table.Rows {
		not, err := w.Expand(row.Cells[1].Value)
		if err != nil {
			return err
		}
		got, _ := judge.At(now.Shown, row.Cells[0].Value)
		what := row.Cells[0].Value + " of " + name + " as it is read now"
		if err := w.ExpectThat(judge.Plain(got) != not, what, "anything but "+not, judge.Plain(got)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) isAOrAbsent(ctx context.Context, path, name, kind string) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	got, _ := judge.At(now.Shown, path)
	right := scim.IsUnassigned(got) || judge.IsA(got, kind)
	return w.ExpectThat(right, path+" of "+name+" as it is read now", "a value of type "+kind+", or none", judge.Text(got))
}
