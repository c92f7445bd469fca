package client

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// What drafts demand of clients beyond the standard.

// draftSentences are about what profiles of the standard restrict.
func (w *World) draftSentences(on judge.Vocabulary) {
	on(`^each uses types of values that the schemas declare$`, w.eachUsesDeclaredTypes)
	on(`^it looks for users by a filter$`, w.itLooksByAFilter)
	on(`^each is declared as application/scim\+json alone$`, w.eachIsDeclaredAsSCIM)
	on(`^each has a User-Agent$`, w.eachHasAUserAgent)
	on(`^each has the operators eq and and alone$`, w.eachHasPlainOperators)
	on(`^none has a filter in its address$`, w.noneHasAFilterInItsAddress)
	on(`^it sends a PATCH$`, w.itSendsAPatch)
	on(`^none is a PUT$`, w.noneIsAPut)
	on(`^each has a path in every operation$`, w.eachHasAPath)
	on(`^each changes one attribute by each operation$`, w.eachChangesOneAttribute)
	on(`^each gives a (complex attribute an object|multi-valued attribute an array)$`, w.eachGivesWholes)
	on(`^none selects a whole value by a filter$`, w.noneSelectsAWhole)
	on(`^none has a precondition$`, w.noneHasAPrecondition)
	on(`^none authenticates by HTTP Basic$`, w.noneComesByBasic)
	on(`^none has a password$`, w.noneHasAPassword)
	on(`^each leaves out the members$`, w.eachLeavesOutMembers)
}

// eachUsesDeclaredTypes looks at whole resources and at the values of operations.
func (w *World) eachUsesDeclaredTypes() error {
	return w.each("a type of a value in %s", "one of the canonicalValues of the schema", func(x *Exchange) string {
		t := w.typeOf(x)
		if t == nil || body(x) == nil {
			return skip
		}
		result := skip
		see := func(a *scim.Attribute, v any) {
			if got := undeclaredType(a, v); got != skip && (result == skip || result == "") {
				result = got
			}
		}
		for name, v := range body(x).All() {
			if r, ok := t.Find("", name, ""); ok {
				see(r.Attribute, v)
			}
		}
		for _, op := range operations(x) {
			if r, ok := targetOf(t, op); ok && r.Sub == nil {
				v, _ := op.Get("value")
				see(r.Attribute, v)
			}
		}
		return result
	})
}

// undeclaredType is a type among the values that the attribute does not declare; "" if all are
// declared, and skip if there are none.
func undeclaredType(a *scim.Attribute, v any) string {
	kind := a.Sub("type")
	if kind == nil || !a.MultiValued || len(kind.CanonicalValues) == 0 {
		return skip
	}
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	result := skip
	for _, e := range list {
		o, _ := e.(*scim.Object)
		given := o.String("type")
		switch {
		case given == "":
		case !slices.Contains(kind.CanonicalValues, given):
			return fmt.Sprintf("%s.type %q", a.Name, given)
		default:
			result = ""
		}
	}
	return result
}

// targetOf is what an operation's path names, without its filter.
func targetOf(t *scim.ResourceType, op *scim.Object) (scim.Resolved, bool) {
	path, err := filter.ParsePath(op.String("path"), t)
	if err != nil {
		return scim.Resolved{}, false
	}
	r, ok := filter.Resolve(t, filter.Path{URN: path.URN, Attr: path.Attr, Sub: path.Sub})
	return r, ok && r.Attribute != nil
}

// itLooksByAFilter is about the requests of a task.
func (w *World) itLooksByAFilter() error {
	return w.one("a look-up", "GET /Users with a filter", func(x *Exchange) bool {
		return w.typeOf(x) != nil && parameters(x).Get("filter") != ""
	})
}

func (w *World) itSendsAPatch() error {
	return w.one("a change", "a PATCH", func(x *Exchange) bool { return x.Method == http.MethodPatch })
}

// one demands one such request among those that were chosen. Without any request nothing can be said.
func (w *World) one(what, want string, such func(x *Exchange) bool) error {
	if len(w.chosen) == 0 {
		return untested("the client sent nothing during the task")
	}
	last := w.chosen[len(w.chosen)-1]
	if i := slices.IndexFunc(w.chosen, such); i >= 0 {
		return w.expectOf(w.chosen[i], true, what+" before %s", want, "")
	}
	return w.expectOf(last, false, what+" until %s", want, "none")
}

func (w *World) eachIsDeclaredAsSCIM() error {
	return w.each("the Content-Type of %s", scim.MediaType, func(x *Exchange) string {
		given := x.RequestHeader.Get("Content-Type")
		if name, _, err := mime.ParseMediaType(given); err == nil && name == scim.MediaType {
			return ""
		}
		return quoted(given)
	})
}

func (w *World) eachHasAUserAgent() error {
	return w.each("the User-Agent of %s", "the name of the client", func(x *Exchange) string {
		if strings.TrimSpace(x.RequestHeader.Get("User-Agent")) == "" {
			return "none"
		}
		return ""
	})
}

func (w *World) eachHasPlainOperators() error {
	return w.each("the filter of %s", "eq and and alone", func(x *Exchange) string {
		text := parameters(x).Get("filter")
		f, err := filter.Parse(text, w.typeOf(x))
		if err != nil {
			return skip // what is no filter is another requirement's
		}
		if isPlain(f) {
			return ""
		}
		return quoted(text)
	})
}

// isPlain says whether a filter has no operators but eq and and.
func isPlain(f filter.Filter) bool {
	switch f := f.(type) {
	case filter.And:
		return isPlain(f.Left) && isPlain(f.Right)
	case filter.Compare:
		return f.Op == filter.Eq && (f.Path.Filter == nil || isPlain(f.Path.Filter))
	case filter.ValuePath:
		return f.Path.Filter == nil || isPlain(f.Path.Filter)
	}
	return false
}

func (w *World) noneHasAFilterInItsAddress() error {
	return w.each("the address of %s", "no filter", func(x *Exchange) string {
		if x.Query().Has("filter") {
			return quoted(x.Query().Get("filter"))
		}
		return ""
	})
}

func (w *World) noneIsAPut() error {
	return w.each("%s", "no PUT", func(x *Exchange) string {
		if x.Method == http.MethodPut {
			return "a PUT"
		}
		return ""
	})
}

func (w *World) eachHasAPath() error {
	return w.eachOperation("an operation in %s", "a path", func(_ *scim.ResourceType, _ string, op *scim.Object) string {
		if op.String("path") == "" {
			return textOf(op)
		}
		return ""
	})
}

// eachChangesOneAttribute finds operations whose value names several attributes: those without
// a path, and those on a whole extension.
func (w *World) eachChangesOneAttribute() error {
	return w.eachOperation("an operation in %s", "one attribute", func(t *scim.ResourceType, kind string, op *scim.Object) string {
		value, _ := op.Get("value")
		o, isObject := value.(*scim.Object)
		isExtension := t.Extension(op.String("path")) != nil
		if kind != "remove" && isObject && o.Len() > 1 && (op.String("path") == "" || isExtension) {
			return textOf(op)
		}
		return ""
	})
}

func (w *World) eachGivesWholes(what string) error {
	wantsArray := strings.HasPrefix(what, "multi")
	return w.eachOperation("the value of an operation in %s", what, func(t *scim.ResourceType, kind string, op *scim.Object) string {
		value, valued := op.Get("value")
		r, found := targetOf(t, op)
		if kind == "remove" || !valued || !found || r.Sub != nil || strings.Contains(op.String("path"), "[") {
			return skip
		}
		_, isList := value.([]any)
		_, isObject := value.(*scim.Object)
		switch {
		case r.Attribute.MultiValued != wantsArray, !wantsArray && r.Attribute.Type != scim.Complex:
			return skip
		case wantsArray && isList, !wantsArray && isObject:
			return ""
		}
		return textOf(op)
	})
}

func (w *World) noneSelectsAWhole() error {
	return w.eachOperation("a path in %s", "a part behind the filter, such as emails[…].value", func(_ *scim.ResourceType, _ string, op *scim.Object) string {
		path := op.String("path")
		if strings.HasSuffix(strings.TrimSpace(path), "]") {
			return quoted(path)
		}
		return ""
	})
}

func (w *World) noneHasAPrecondition() error {
	return w.each("the headers of %s", "no precondition", func(x *Exchange) string {
		for _, name := range []string{"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
			if x.RequestHeader.Get(name) != "" {
				return name
			}
		}
		return ""
	})
}

func (w *World) noneComesByBasic() error {
	return w.each("the Authorization of %s", "another scheme than Basic", func(x *Exchange) string {
		if scheme, _, _ := strings.Cut(x.RequestHeader.Get("Authorization"), " "); strings.EqualFold(scheme, "basic") {
			return "Basic"
		}
		return ""
	})
}

func (w *World) noneHasAPassword() error {
	return w.each("the body of %s", "no password", func(x *Exchange) string {
		o := body(x)
		if o == nil {
			return skip
		}
		_, sent := o.Get("password")
		for _, op := range operations(x) {
			_, within := op.Object("value").Get("password")
			sent = sent || within || strings.EqualFold(op.String("path"), "password")
		}
		if sent {
			return "a password"
		}
		return ""
	})
}

func (w *World) eachLeavesOutMembers() error {
	return w.each("the query of %s", "excludedAttributes=members", func(x *Exchange) string {
		if strings.Contains(strings.ToLower(parameters(x).Get("excludedAttributes")), "members") {
			return ""
		}
		return quoted(x.Query().Encode())
	})
}
