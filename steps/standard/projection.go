package standard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge which attributes an answer shows of the resources in it.

// shownIn are the resources in the last answer: itself, or those of the list. An
// answer to a change may come without one (RFC 7644 sections 3.3 and 3.5.2).
func (w *World) shownIn() ([]*scim.Object, error) {
	if w.Last == nil {
		return nil, fmt.Errorf("nothing was asked")
	}
	if w.Last.Status/100 != 2 {
		return nil, w.ExpectThat(false, "the answer to "+judge.RequestText(w.Asked), "a success", judge.StatusOf(w.Last))
	}
	changes := w.Asked.Method == http.MethodPatch || w.Asked.Method == http.MethodPost && !slices.Contains(w.Asked.Path, ".search")
	if changes && len(w.Last.Body) == 0 {
		return nil, &judge.Unsupported{Reason: "the target answers " + w.Asked.Method + " without the resource"}
	}
	object, err := w.Answered()
	if err != nil {
		return nil, w.Missed(err)
	}
	if _, isList := object.Get("totalResults"); !isList {
		return []*scim.Object{object}, nil
	}
	list, problem := judge.ListOf(w.Last)
	if problem == "" && len(list.Resources) == 0 {
		problem = "no resources"
	}
	if problem != "" {
		return nil, w.ExpectThat(false, "the answer to "+judge.RequestText(w.Asked), "a list of resources", problem)
	}
	return list.Resources, nil
}

// eachShown goes through the resources in the answer and the paths of a list.
func (w *World) eachShown(paths string, look func(o *scim.Object, path string) error) error {
	shown, err := w.shownIn()
	if err != nil {
		return err
	}
	for _, o := range shown {
		for _, path := range judge.Listed(paths) {
			if err := look(o, path); err != nil {
				return err
			}
		}
	}
	return nil
}

// itShows judges what is shown of the resources in the last answer, by a list of paths.
func (w *World) itShows(ctx context.Context, how, paths, orRefused string) error {
	if orRefused != "" && w.Refused() {
		return nil
	}
	switch how {
	case "shows nothing but":
		return w.itShowsNothingBut(ctx, paths)
	case "does not show":
		return w.itDoesNotShow(ctx, paths)
	}
	return w.eachShown(paths, func(o *scim.Object, path string) error {
		return w.ExpectThat(hasPath(o, path), "the answer to "+judge.RequestText(w.Asked), path+" in the resource", judge.Text(o))
	})
}

// itDoesNotShow excuses what the target declares to be always returned (RFC 7643
// section 7).
func (w *World) itDoesNotShow(ctx context.Context, paths string) error {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return err
	}
	return w.eachShown(paths, func(o *scim.Object, path string) error {
		w.Asserted(1)
		if !hasPath(o, path) || isAlwaysReturned(judge.TypeOf(types, o), path) {
			return nil
		}
		return &judge.Mismatch{What: "the answer to " + judge.RequestText(w.Asked), Want: "no " + path + " in the resource", Got: judge.Text(o)}
	})
}

// itShowsNothingBut allows, beside what is named, the minimum set: what is
// declared to be always returned. meta is let pass, as its schema is nowhere
// declared.
func (w *World) itShowsNothingBut(ctx context.Context, paths string) error {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return err
	}
	named := append(judge.Listed(paths), "schemas", "id", "meta")
	return w.eachShown("resource", func(o *scim.Object, _ string) error {
		w.Asserted(1)
		for path := range valuePaths(o) {
			covered := slices.ContainsFunc(named, func(n string) bool { return within(path, n) })
			if !covered && !isAlwaysReturned(judge.TypeOf(types, o), path) {
				return &judge.Mismatch{What: "the answer to " + judge.RequestText(w.Asked), Want: "nothing but " + paths + " and what is always returned", Got: path + " in " + judge.Text(o)}
			}
		}
		return nil
	})
}

// within says whether a path lies at or below another.
func within(path, other string) bool {
	path, other = strings.ToLower(path), strings.ToLower(other)
	return path == other || strings.HasPrefix(path, other+".") || strings.HasPrefix(path, other+":")
}

// valuePaths are the paths of everything in a resource that has a value, without the
// indexes of lists: "name.givenName", "emails.value", "urn:…:User:department".
func valuePaths(o *scim.Object) map[string]bool {
	found := map[string]bool{}
	eachValue(o, func(path string, _ any) { found[path] = true })
	return found
}

// eachValue visits every value of a resource with its path.
func eachValue(o *scim.Object, visit func(path string, v any)) {
	for name, v := range o.All() {
		separator := "."
		if strings.HasPrefix(strings.ToLower(name), "urn:") {
			separator = ":"
		}
		visitValues(name, separator, v, visit)
	}
}

func visitValues(path, separator string, v any, visit func(path string, v any)) {
	switch v := v.(type) {
	case *scim.Object:
		for name, inner := range v.All() {
			visitValues(path+separator+name, ".", inner, visit)
		}
	case []any:
		for _, element := range v {
			visitValues(path, separator, element, visit)
		}
	default:
		if !scim.IsUnassigned(v) {
			visit(path, v)
		}
	}
}

func hasPath(o *scim.Object, path string) bool {
	for found := range valuePaths(o) {
		if within(found, path) {
			return true
		}
	}
	return false
}

// isAlwaysReturned reads the declaration of an attribute. A sub-attribute is in the
// minimum set only where its attribute is.
func isAlwaysReturned(t *scim.ResourceType, path string) bool {
	p, err := filter.ParsePath(path, t)
	if err != nil {
		return false
	}
	r, ok := filter.Resolve(t, p)
	if !ok || r.Attribute == nil {
		return false
	}
	return r.Attribute.Returned == scim.Always || r.Sub != nil && r.Sub.Returned == scim.Always
}
