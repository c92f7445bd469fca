package lint

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The requirements on single messages, for requests and answers.
const (
	idNoSchemas       = "CLIENT-BODY-01"
	idNoSchemasAnswer = "RFC7643-3-01"
	idRequired        = "CLIENT-BODY-05"
	idNoID            = "RFC7643-3.1-02"
	idBulkID          = "RFC7644-3.7-05"
)

// message is one value of a file that is judged.
type message struct {
	*scanned
	options  Options
	findings []Finding
}

func (m *message) add(path, id, format string, args ...any) {
	f := m.place(path)
	f.ID, f.Message = id, fmt.Sprintf(format, args...)
	m.findings = append(m.findings, f)
}

// judge judges the value: a message, or an array of schemas or resources.
func (m *message) judge() {
	value, _, err := scim.ParseLeniently(m.text) // members of one name have been told
	if err != nil {
		m.add("", idObject, "%s", errorText(err))
		return
	}
	switch v := value.(type) {
	case *scim.Object:
		m.object("", v, m.options.As)
	case []any:
		for i, e := range v {
			path := schemas.Path(i)
			if o, ok := e.(*scim.Object); ok {
				m.object(path, o, m.options.As)
				continue
			}
			m.add(path, idObject, "an object was expected, got %s", scim.KindOf(e))
		}
	default:
		m.add("", idObject, "a message is an object, got %s", scim.KindOf(value))
	}
}

// errorText is an error without the words for a wire.
func errorText(err error) string {
	if e, ok := errors.AsType[*scim.Error](err); ok {
		return e.Detail
	}
	return err.Error()
}

// object judges one object at a path.
func (m *message) object(path string, o *scim.Object, as Kind) {
	kind, known := kindOf(o)
	if as != "" {
		kind, known = as, true
	}
	if !known {
		m.unknown(path, o)
		return
	}
	request := m.isRequest(kind, o)
	if way, one := kind.sentOneWay(); one && (m.options.Request || m.options.Answer) && way != m.options.Request {
		m.add(inner(path, "schemas"), kind.id(way), "a message of the kind %s is not sent in this direction", kind)
		return
	}
	m.form(path, o, kind, request)
	switch kind {
	case "user":
		m.resource(path, o, scim.UserType(), request)
	case "group":
		m.resource(path, o, scim.GroupType(), request)
	case "patch":
		m.patch(path, o)
	case "search":
		m.search(path, o)
	case "bulk-request":
		m.bulk(path, o)
	case "list":
		for i, e := range o.Array("Resources") {
			if r, ok := e.(*scim.Object); ok {
				m.object(inner(path, schemas.Path("Resources", i)), r, "")
			}
		}
	}
}

// unknown is an object that names none of the schemas that are known.
func (m *message) unknown(path string, o *scim.Object) {
	if m.options.Declared != nil && slices.ContainsFunc(o.Array("schemas"), func(v any) bool { return v != nil }) && path != "" {
		return // a resource of the target's own
	}
	m.add(inner(path, "schemas"), map[bool]string{true: idNoSchemasAnswer, false: idNoSchemas}[m.options.Answer],
		"it names no schema that is known, so that nobody can tell what it is: name one, or say --as with one of %s", strings.Join(Kinds(), ", "))
}

// isRequest tells by what only one side sends, and of a resource by what only servers give it.
func (m *message) isRequest(kind Kind, o *scim.Object) bool {
	if way, one := kind.sentOneWay(); one {
		return way
	}
	if m.options.Request || m.options.Answer {
		return m.options.Request
	}
	return scim.IDOf(o) == "" && o.Object("meta") == nil
}

// form holds the object against its JSON Schema.
func (m *message) form(path string, o *scim.Object, kind Kind, request bool) {
	name := kind.schema(request)
	raw, err := o.MarshalJSON()
	if err != nil || name == "" {
		return
	}
	if _, named := kindOf(o); named {
		direction := schemas.Answer
		if request {
			direction = schemas.Request
		}
		err = schemas.ValidateMessage(raw, direction)
	} else {
		err = schemas.Validate(name, raw)
	}
	invalid, _ := errors.AsType[*schemas.Invalid](err)
	if invalid == nil {
		return
	}
	for _, p := range invalid.Problems {
		if kind == "list" && strings.HasPrefix(p.Path, "Resources[") {
			continue // told of each resource by itself
		}
		m.add(inner(path, p.Path), problemID(kind, request, p), "%s", p.Message)
	}
}

// problemID is the requirement that a problem of the form is about.
func problemID(kind Kind, request bool, p schemas.Problem) string {
	isMissing := strings.Contains(p.Message, "missing") || strings.Contains(p.Message, "required")
	isResource := kind == "user" || kind == "group"
	switch {
	case p.Path == "schemas" || isMissing && strings.Contains(p.Message, `"schemas"`):
		if request {
			return idNoSchemas
		}
		return idNoSchemasAnswer
	case isMissing && kind == "patch":
		return "CLIENT-PATCH-04"
	case isMissing && request && isResource:
		return idRequired
	case isMissing && isResource && strings.Contains(p.Message, `"id"`):
		return idNoID
	}
	return kind.id(request)
}

// bulk judges each operation of a bulk request, and its data as the request that it is.
func (m *message) bulk(path string, o *scim.Object) {
	operations, _ := o.Get("Operations")
	list, isList := operations.([]any)
	if !isList || len(list) == 0 {
		m.add(inner(path, "Operations"), "RFC7644-3.7-10", "a bulk request has an array of operations")
	}
	for i, e := range list {
		at := inner(path, schemas.Path("Operations", i))
		operation, ok := e.(*scim.Object)
		if !ok {
			m.add(at, "RFC7644-3.7-04", "an operation is an object, got %s", scim.KindOf(e))
			continue
		}
		m.operation(at, operation)
	}
}

func (m *message) operation(at string, o *scim.Object) {
	const id = "RFC7644-3.7-04"
	method, target := strings.ToUpper(o.String("method")), o.String("path")
	data := o.Object("data")
	switch {
	case !slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, method):
		m.add(inner(at, "method"), id, "method has to be POST, PUT, PATCH or DELETE")
	case !strings.HasPrefix(target, "/"):
		m.add(inner(at, "path"), id, "path has to be relative to the base URL, such as /Users or /Users/2819c223")
	case method != http.MethodDelete && data == nil:
		m.add(inner(at, "data"), id, "a %s has data", method)
	case method == http.MethodPost && o.String("bulkId") == "":
		m.add(at, idBulkID, "a creation has a bulkId, by which its result is found")
	}
	if data == nil || method == http.MethodDelete {
		return
	}
	as := Kind("")
	if method == http.MethodPatch {
		as = "patch"
	}
	sent := *m
	sent.options.Request, sent.options.Answer = true, false
	sent.object(inner(at, "data"), data, as)
	m.findings = sent.findings
}

// inner is the path of something inside the value at outer.
func inner(outer, path string) string {
	if outer == "" || path == "" || path[0] == '[' {
		return outer + path
	}
	return outer + "." + path
}

// fromSchema makes findings of what schemas tells.
func fromSchema(err error, id func(schemas.Problem) string, file string) []Finding {
	invalid, ok := errors.AsType[*schemas.Invalid](err)
	switch {
	case err == nil:
		return nil
	case !ok:
		return []Finding{{File: file, Line: 1, Column: 1, Message: err.Error()}}
	}
	var all []Finding
	for _, p := range invalid.Problems {
		all = append(all, Finding{File: file, Line: p.Line, Column: p.Column, Path: p.Path, ID: id(p), Message: p.Message})
	}
	return all
}
