package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Queries chooses the requests that may carry a filter: lists, and searches by
// POST. places are endpoints, and "" for the service root; without any, all of
// them.
//
//go:noinline
func Queries(places ...string) When {
	return func(r *http.Request) bool {
		at := Segments(r)
		if r.Method == http.MethodPost && (len(at) == 0 || at[len(at)-1] != ".search") {
			return false
		}
		if r.Method == http.MethodPost {
			at = at[:len(at)-1]
		}
		if r.Method != http.MethodPost && r.Method != http.MethodGet || len(at) > 1 {
			return false
		}
		endpoint := ""
		if len(at) == 1 && isEndpoint(at[0]) {
			endpoint = at[0]
		}
		ours := endpoint == "" || endpoint == "Users" || endpoint == "Groups"
		return ours && (len(places) == 0 || slices.Contains(places, endpoint))
	}
}

// isEndpoint says whether a segment is an endpoint.
func isEndpoint(segment string) bool { return slices.Contains(Endpoints, segment) }

// Searches chooses the searches by POST.
func Searches(r *http.Request) bool { return r.Method == http.MethodPost && Queries()(r) }

// ByGet chooses the queries in the URL.
func ByGet(places ...string) When {
	return func(r *http.Request) bool { return r.Method == http.MethodGet && Queries(places...)(r) }
}

// ByPost chooses the searches by POST at these endpoints; without any, at all of
// them.
func ByPost(places ...string) When {
	return func(r *http.Request) bool { return r.Method == http.MethodPost && Queries(places...)(r) }
}

// ReadOne chooses reads of one resource of these endpoints.
func ReadOne(places ...string) When {
	return func(r *http.Request) bool {
		at := Segments(r)
		return r.Method == http.MethodGet && len(at) == 2 && slices.Contains(places, at[0])
	}
}

// QueriesAnd chooses what one chooses, and the queries in the URL.
func QueriesAnd(one When) When {
	return func(r *http.Request) bool { return one(r) || ByGet()(r) }
}

// ByCursor chooses the queries that are paged by cursors.
func ByCursor(places ...string) When { return Queries(places...).And(Has("cursor")) }

// Begun chooses the queries for a first page.
func Begun(places ...string) When { return Queries(places...).And(Equals("cursor", "")) }

// Continued chooses the queries for a page after the first.
func Continued(places ...string) When { return ByCursor(places...).And(Not(Equals("cursor", ""))) }

// And narrows a choice by the parameters of the query. All tests have to hold.
//
//go:noinline
func (chosen When) And(tests ...ParameterTest) When {
	return func(r *http.Request) bool {
		if !chosen(r) {
			return false
		}
		p := ParametersOf(r)
		return !slices.ContainsFunc(tests, func(t ParameterTest) bool { return !t(p) })
	}
}

// WhenAsked narrows a choice to requests whose URL has a parameter that contains
// a text.
func WhenAsked(chosen When, parameter, part string) When {
	return func(r *http.Request) bool {
		values, ok := r.URL.Query()[parameter]
		return chosen(r) && ok && strings.Contains(values[0], part)
	}
}

// ParameterTest says whether a query is meant, by its parameters.
type ParameterTest func(p url.Values) bool

// Has holds where the query has the parameter.
func Has(name string) ParameterTest { return func(p url.Values) bool { return p.Has(name) } }

// Lacks holds where the query does not have the parameter.
func Lacks(name string) ParameterTest { return func(p url.Values) bool { return !p.Has(name) } }

// Equals holds where the parameter has this value, in any case.
func Equals(name, value string) ParameterTest {
	return func(p url.Values) bool { return p.Has(name) && strings.EqualFold(p.Get(name), value) }
}

// Says holds where the parameter contains one of the texts, in any case.
func Says(name string, parts ...string) ParameterTest {
	return func(p url.Values) bool {
		return slices.ContainsFunc(parts, func(part string) bool {
			return p.Has(name) && strings.Contains(strings.ToLower(p.Get(name)), strings.ToLower(part))
		})
	}
}

// Amounts holds where the parameter is a number that fits.
func Amounts(name string, fits func(n int) bool) ParameterTest {
	return func(p url.Values) bool {
		n, err := strconv.Atoi(p.Get(name))
		return err == nil && fits(n)
	}
}

// NoInteger holds where the parameter is not a number.
func NoInteger(name string) ParameterTest {
	return func(p url.Values) bool {
		_, err := strconv.Atoi(p.Get(name))
		return p.Has(name) && err != nil
	}
}

// Not holds where the other test does not.
func Not(t ParameterTest) ParameterTest { return func(p url.Values) bool { return !t(p) } }

// Below fits numbers below the limit.
func Below(limit int) func(int) bool { return func(n int) bool { return n < limit } }

// Above fits numbers above the limit.
func Above(limit int) func(int) bool { return func(n int) bool { return n > limit } }

// Exactly fits one number.
func Exactly(m int) func(int) bool { return func(n int) bool { return n == m } }

var (
	// ZeroCount holds for queries with a count of 0.
	ZeroCount = Amounts("count", Exactly(0))
	// MinusCount holds for queries with a negative count.
	MinusCount = Amounts("count", Below(0))
)
