package rewrite

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func NoTotal(_ *http.Request, a *Answer) { a.Body.Set("totalResults", Number(0)) }

func PageTotal(_ *http.Request, a *Answer) { a.Body.Set("totalResults", Number(SizeOf(a))) }

// OnPages rewrites the list that answers a query.
func OnPages(chosen When, change func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if _, isList := a.Body.Get("totalResults"); a.Ok() && isList {
			change(r, a)
		}
	})
}

// Member gives a member of the list a value that depends on the list.
func Member(name string, value func(r *http.Request, a *Answer) any) func(*http.Request, *Answer) {
	return func(r *http.Request, a *Answer) {
		if v := value(r, a); v != nil {
			a.Body.Set(name, v)
		} else {
			a.Body.Delete(name)
		}
	}
}

// Rearranged changes the resources on a page, and leaves the numbers beside them.
func Rearranged(change func(all []any) []any) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		a.Body.Set("Resources", change(slices.Clone(a.Body.Array("Resources"))))
	}
}

func WithoutLast(all []any) []any { return all[:max(0, len(all)-1)] }

// SizeOf and wholeOf are the numbers of resources on the page, and of all.
func SizeOf(a *Answer) int { return len(a.Body.Array("Resources")) }

func WholeOf(a *Answer) int {
	n, _ := strconv.Atoi(TextOf(MustGet(a.Body, "totalResults")))
	return n
}

// OnLists rewrites the list that answers a query.
func OnLists(chosen When, edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if a.Ok() && a.Body != nil {
			edit(r, a)
		}
	})
}

func TotalOf(a *Answer) int {
	l, err := scim.ParseList(a.Body)
	if err != nil {
		return 0
	}
	return l.TotalResults
}
