package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// splitPath takes a path apart: URN, attribute, part; "urn:…:User:manager.value".
func splitPath(path string) (urn, name, sub string) {
	if strings.HasPrefix(path, "urn:") {
		i := strings.LastIndex(path, ":")
		urn, path = path[:i], path[i+1:]
	}
	name, sub, _ = strings.Cut(path, ".")
	return urn, name, sub
}

// holdersOf are the objects whose member a path names, and that member's name.
func holdersOf(o *scim.Object, path string) ([]*scim.Object, string) {
	urn, name, sub := splitPath(path)
	if urn != "" {
		o = o.Object(urn)
	}
	if sub == "" {
		return []*scim.Object{o}, name
	}
	value, _ := o.Get(name)
	elements, isList := value.([]any)
	if !isList {
		elements = []any{value}
	}
	var all []*scim.Object
	for _, e := range elements {
		if inner, ok := e.(*scim.Object); ok {
			all = append(all, inner)
		}
	}
	return all, sub
}

// changeAt changes the value at a path, where there is one; nil removes it.
func changeAt(o *scim.Object, path string, change func(v any) any) {
	objects, name := holdersOf(o, path)
	for _, h := range objects {
		v, ok := h.Get(name)
		if h == nil || !ok {
			continue
		}
		if v = change(v); v == nil {
			h.Delete(name)
			continue
		}
		h.Set(name, v)
	}
}

func toNothing(any) any { return nil }

// sentValue changes what a client writes at a path: in a resource, or in the
// operations of a PATCH, which have the path or the attribute above it.
func sentValue(methods, place, path string, change func(v any) any) Wrap {
	return requests(at(methods, place), func(r *http.Request, body *scim.Object) {
		if r.Method != http.MethodPatch {
			changeAt(body, path, change)
			return
		}
		body.Set("Operations", slices.DeleteFunc(slices.Clone(body.Array("Operations")), func(v any) bool {
			o, _ := v.(*scim.Object)
			return !patchedValue(o, path, change)
		}))
	})
}

// patchedValue changes one operation; false if nothing is left of it.
func patchedValue(operation *scim.Object, path string, change func(v any) any) bool {
	own := operation.String("path")
	whole, sub, _ := strings.Cut(path, "#")
	if sub == "" {
		_, _, sub = splitPath(path)
		whole = strings.TrimSuffix(path, "."+sub)
	}
	switch own {
	case path:
		changeAt(operation, "value", change)
	case whole:
		wrapped := scim.NewObject(scim.Member{Name: "x", Value: operation.Object("value")})
		if list := operation.Array("value"); list != nil {
			wrapped.Set("x", list)
		}
		changeAt(wrapped, "x."+sub, change)
	default:
		return true
	}
	_, left := operation.Get("value")
	return left
}

// losingAttribute drops what a client writes at a path.
func losingAttribute(methods, place, path string) Wrap {
	return sentValue(methods, place, path, toNothing)
}

// obeyed remember what a client sent for a resource, to show it later.
type obeyed struct {
	mu   sync.Mutex
	sent map[string]any
}

// obeying shows what the client sent at a path although it must not be written:
// in the answer to that request and in reads of the resource from then on.
func obeying(methods, collection, path string, accept bool) Wrap {
	return func(next http.Handler) http.Handler {
		k := &obeyed{sent: map[string]any{}}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			write := oneOf(r.Method, methods) && segments(r)[0] == collection
			var sent any
			if write {
				sent = sentAt(bodyOf(r), path)
			}
			a := serve(next, r)
			if write && sent != nil && !a.ok() && accept {
				a = ask(next, r, "GET", strings.Join(segments(r), "/"), nil)
			}
			k.keep(r, a, sent)
			if segments(r)[0] == collection {
				k.show(a, path)
			}
			a.send(w)
		})
	}
}

// sentAt is the value at a path in a resource or a PatchOp, nil for none.
func sentAt(body *scim.Object, path string) any {
	var found any
	for _, v := range body.Array("Operations") {
		if o, ok := v.(*scim.Object); ok && o.String("path") == path {
			found, _ = o.Get("value")
		}
	}
	changeAt(body.Clone(), path, func(v any) any { found = v; return v })
	return found
}

func (k *obeyed) keep(r *http.Request, a *answer, sent any) {
	id := a.body.String("id")
	if s := segments(r); len(s) == 2 {
		id = s[1]
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if sent != nil && id != "" {
		k.sent[id] = sent
	}
}

func (k *obeyed) show(a *answer, path string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, o := range a.resources() {
		v, ok := k.sent[o.String("id")]
		if !ok {
			continue
		}
		objects, name := holdersOf(o, path)
		for _, h := range objects {
			if h != nil {
				h.Set(name, scim.CloneValue(v))
			}
		}
	}
}

// onePart edits resources that are shown at a place with a path in them.
func onePart(chosen when, path string, change func(v any) any) Wrap {
	return shown(chosen, func(o *scim.Object) { changeAt(o, path, change) })
}

// showingExtra adds a member to resources that are shown at a place.
func showingExtra(chosen when, name string, value any) Wrap {
	return shown(chosen, func(o *scim.Object) { o.Set(name, value) })
}

// narrowedRead chooses reads of a place that ask for a choice of attributes.
func narrowedRead(place, parameter string) when {
	return func(r *http.Request) bool { return at("GET", place)(r) && r.URL.Query().Has(parameter) }
}

// ignoringAttributes answers with all attributes whatever was asked for.
func ignoringAttributes(place string) Wrap {
	return requests(narrowedRead(place, "attributes"), func(r *http.Request, _ *scim.Object) {
		editQuery(r, func(q url.Values) { q.Del("attributes") })
	})
}

func firstElement(v any) any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return list[0]
	}
	return v
}

func asList(v any) any { return []any{v} }

func asText(v any) any {
	raw, _ := scim.Marshal(v)
	return strings.Trim(string(raw), `"`)
}

func toLower(v any) any {
	s, _ := v.(string)
	return strings.ToLower(s)
}

func toWord(s string) func(any) any { return func(any) any { return s } }

// cutTo keeps the beginning of a text.
func cutTo(length int) func(any) any {
	return func(v any) any {
		s, _ := v.(string)
		return s[:min(length, len(s))]
	}
}

// asValue reduces a complex value to its "value", asValues the elements of a list.
func asValue(v any) any {
	o, _ := v.(*scim.Object)
	return o.String("value")
}

func asValues(v any) any {
	list, _ := v.([]any)
	reduced := make([]any, len(list))
	for i, e := range list {
		reduced[i] = asValue(e)
	}
	return reduced
}
