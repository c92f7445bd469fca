package rewrite

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// OnPages rewrites lists.
func OnPages(chosen When, change func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if _, isList := a.Body.Get("totalResults"); a.OK() && isList {
			change(r, a)
		}
	})
}

// ShowOnly leaves in a list the resources that shows is true for.
func ShowOnly(chosen When, shows func(r *http.Request, o *scim.Object) bool) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		a.Keep(func(o *scim.Object) bool { return shows(r, o) })
	})
}

// ComputeMember gives the list a member that depends on the list; nil takes it
// out.
func ComputeMember(name string, value func(r *http.Request, a *Answer) any) func(*http.Request, *Answer) {
	return func(r *http.Request, a *Answer) {
		if v := value(r, a); v != nil {
			a.Body.Set(name, v)
		} else {
			a.Body.Delete(name)
		}
	}
}

// EditResources changes the resources of a list, and leaves the numbers beside
// them.
func EditResources(change func(all []any) []any) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		a.Body.Set("Resources", change(slices.Clone(a.Body.Array("Resources"))))
	}
}

// NoneAtAll is false for every resource.
func NoneAtAll(*http.Request, *scim.Object) bool { return false }

// OnlyType leaves one type of resource in a list.
func OnlyType(resourceType string) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		a.Keep(func(o *scim.Object) bool { return o.Object("meta").String("resourceType") == resourceType })
	}
}

// NoTotal sets totalResults to 0.
func NoTotal(_ *http.Request, a *Answer) { a.Body.Set("totalResults", Number(0)) }

// PageTotal sets totalResults to the number of resources on the page.
func PageTotal(_ *http.Request, a *Answer) { a.Body.Set("totalResults", Number(SizeOf(a))) }

// WithoutLast leaves out the last element.
func WithoutLast(all []any) []any { return all[:max(0, len(all)-1)] }

// SizeOf is the number of resources on the page.
func SizeOf(a *Answer) int { return len(a.Body.Array("Resources")) }

// WholeOf is totalResults.
func WholeOf(a *Answer) int {
	n, _ := strconv.Atoi(TextOf(Value(a.Body, "totalResults")))
	return n
}
