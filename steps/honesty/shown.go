package honesty

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// found is an attribute in a view.
type found struct {
	view
	path  string
	a     *scim.Attribute // nil if no schema declares it
	top   bool            // it is no part of another attribute
	value any
}

// ofEveryShown makes the step that judges every attribute that is shown.
func (w *World) ofEveryShown(right func(f found) (want string, ok bool)) func() error {
	return func() error {
		judged := 0
		for _, x := range w.views {
			n, err := w.judgeView(x, right)
			if judged += n; err != nil {
				return err
			}
		}
		return w.ExpectThat(judged > 0, "the attributes shown", "some to judge", "none")
	}
}

// judgeView judges the attributes of one resource in one answer, up to the first that is wrong.
func (w *World) judgeView(x view, right func(f found) (want string, ok bool)) (judged int, err error) {
	x.walk(func(f found) {
		if err != nil || scim.IsUnassigned(f.value) {
			return
		}
		judged++
		if want, ok := right(f); !ok {
			w.Borrowed = append(w.Borrowed, x.exchange)
			err = w.ExpectThat(false, f.path+" in the answer to "+x.answer.String(), want, judge.Text(f.value))
		}
	})
	return judged, err
}

// walk visits every attribute with its definition.
func (x view) walk(visit func(f found)) {
	for name, v := range x.object.All() {
		inner, isObject := v.(*scim.Object)
		extension := x.kind.Extension(name)
		switch {
		case extension != nil && isObject:
			for part, v := range inner.All() {
				x.walkValue(name+":"+part, extension.Schema.Attribute(part), true, v, visit)
			}
		case strings.EqualFold(name, "schemas"):
		default:
			x.walkValue(name, x.definition(name), true, v, visit)
		}
	}
}

// definition is the standard's for id and meta, and the target's for all others.
// A part of meta that only the target declares is declared, too.
func (x view) definition(name string) *scim.Attribute {
	own, common := x.kind.Schema.Attribute(name), commonAttribute(name)
	if common == nil || own != nil && common.Name == "externalId" {
		return own
	}
	if own == nil {
		return common
	}
	for _, sub := range own.SubAttributes {
		if common.Sub(sub.Name) == nil {
			common.SubAttributes = append(common.SubAttributes, sub)
		}
	}
	return common
}

func commonAttribute(name string) *scim.Attribute {
	for _, a := range scim.CommonAttributes() {
		if strings.EqualFold(a.Name, name) {
			return a
		}
	}
	return nil
}

// defaultParts may appear in the elements of any list, declared or not (RFC 7643 section 2.4).
var defaultParts = []string{"type", "primary", "display", "value", "$ref"}

func (x view) walkValue(path string, a *scim.Attribute, top bool, v any, visit func(f found)) {
	visit(found{view: x, path: path, a: a, top: top, value: v})
	if a == nil || a.Type != scim.Complex {
		return
	}
	elements, isList := v.([]any)
	if !isList {
		elements = []any{v}
	}
	for _, e := range elements {
		o, _ := e.(*scim.Object)
		for name, part := range o.All() {
			sub := a.Sub(name)
			if sub == nil && isList && slices.Contains(defaultParts, name) {
				continue
			}
			x.walkValue(path+"."+name, sub, false, part, visit)
		}
	}
}

func isDeclared(f found) (string, bool) {
	return "only attributes that a schema of the type declares", f.a != nil
}

func hasDeclaredPlurality(f found) (string, bool) {
	if f.a == nil {
		return "", true
	}
	_, isList := f.value.([]any)
	if f.a.MultiValued {
		return "an array, as it is declared as multi-valued", isList
	}
	return "no array, as it is declared as single-valued", !isList
}

// jsonKinds are the forms of the types in JSON (RFC 7643 section 2.3).
var jsonKinds = map[scim.Type]string{
	scim.String: "string", scim.DateTime: "dateTime", scim.Binary: "string", scim.Reference: "string",
	scim.Boolean: "boolean", scim.Integer: "integer", scim.Decimal: "number", scim.Complex: "object",
}

func hasDeclaredType(f found) (string, bool) {
	if f.a == nil || f.a.Name == "id" { // of an id that is no text another requirement tells
		return "", true
	}
	values, isList := f.value.([]any)
	if !isList {
		values = []any{f.value}
	}
	kind := jsonKinds[f.a.Type]
	return "a value of the declared type " + string(f.a.Type), !slices.ContainsFunc(values, func(v any) bool {
		return v != nil && !judge.IsA(v, kind)
	})
}

func isReturned(f found) (string, bool) {
	return "no value, as it is declared as never returned", f.a == nil || !hidden(f.a)
}

// isAskedFor is about queries: the answer to a write shows what the client wrote.
func isAskedFor(f found) (string, bool) {
	query := f.answer.Request.Method == http.MethodGet || strings.HasSuffix(f.answer.String(), "/.search")
	return "no value, as it is declared as returned on request only", f.a == nil || f.a.Returned != scim.OnRequest || !query || f.asks == "request"
}

// givesWay is about answers that were asked for the naming attribute alone. Who
// shows meta and externalId besides, which no schema lists, is not judged here.
func givesWay(f found) (string, bool) {
	if f.asks != "attributes" || !f.top || f.a == nil || f.a.Returned == scim.Always || commonAttribute(f.path) != nil {
		return "", true
	}
	return "no value, as only another attribute was asked for", strings.EqualFold(f.path, judge.Naming(f.kind.Endpoint[1:]))
}

// alwaysReturnedIsShown takes id for given, and everything else as far as a plain read shows it.
func (w *World) alwaysReturnedIsShown() error {
	for _, x := range w.views {
		for _, path := range alwaysReturned(x.kind) {
			if path != "id" && !w.representations.shows(x.id, path) {
				continue
			}
			if scim.IsUnassigned(x.at(path)) {
				w.Borrowed = append(w.Borrowed, x.exchange)
				return w.ExpectThat(false, path+" in the answer to "+x.answer.String(), "a value, as it is declared as always returned", "none")
			}
		}
	}
	return w.ExpectThat(len(w.views) > 0, "the attributes shown", "some to judge", "none")
}

func (x view) at(path string) any {
	if v, ok := x.object.Get(path); ok {
		return v
	}
	v, _ := judge.At(x.object, path)
	return v
}

// shows says whether a plain read of the resource shows the attribute.
func (x *representations) shows(id, path string) bool {
	return slices.ContainsFunc(x.views, func(s view) bool {
		return s.id == id && s.asks == "" && s.answer.Request.Method == http.MethodGet && !scim.IsUnassigned(s.at(path))
	})
}

func (w *World) requestedIsShown() error {
	for _, x := range w.views {
		if x.asks != "request" {
			continue
		}
		for _, path := range returnedOnRequest(x.kind) {
			if w.representations.asked[x.kind.Endpoint[1:]][path] && scim.IsUnassigned(x.at(path)) {
				w.Borrowed = append(w.Borrowed, x.exchange)
				return w.ExpectThat(false, path+" in the answer to "+x.answer.String(), "a value, as it was asked for", "none")
			}
		}
	}
	return w.ExpectThat(len(w.views) > 0, "the attributes shown", "some to judge", "none")
}
