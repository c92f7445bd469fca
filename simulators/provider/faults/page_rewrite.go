package faults

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What the faults of sorting, paging and projection have in common: the
// parameters of a query, whether they come in the URL or in the body of a
// search, and the page that answers it.

// parametersOf reads the parameters of a query.
func parametersOf(r *http.Request) url.Values {
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, ".search") {
		return r.URL.Query()
	}
	p := url.Values{}
	body := bodyOf(r)
	if body == nil {
		return p
	}
	for name, v := range body.All() {
		if list, ok := v.([]any); ok {
			var words []string
			for _, e := range list {
				word, _ := e.(string)
				words = append(words, word)
			}
			p.Set(name, strings.Join(words, ","))
			continue
		}
		p.Set(name, textOf(v))
	}
	return p
}

// textOf is a string as it is, anything else as JSON.
func textOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, _ := scim.Marshal(v)
	return string(data)
}

// setParameters writes back what parametersOf has read.
func setParameters(r *http.Request, p url.Values) {
	body := bodyOf(r)
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, ".search") || body == nil {
		r.URL.RawQuery = p.Encode()
		return
	}
	for _, name := range []string{"filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"} {
		value := p.Get(name)
		n, err := strconv.Atoi(value)
		switch {
		case !p.Has(name):
			body.Delete(name)
		case (name == "startIndex" || name == "count") && err == nil:
			body.Set(name, number(n))
		case name == "attributes" || name == "excludedAttributes":
			var words []any
			for word := range strings.SplitSeq(value, ",") {
				words = append(words, word)
			}
			body.Set(name, words)
		default:
			body.Set(name, value)
		}
	}
	setBody(r, body)
}

// parameterEdit changes parameters; parameterTest looks at them.
type (
	parameterEdit func(p url.Values)
	parameterTest func(p url.Values) bool
)

// misasked hands the provider other parameters than the client sent.
//
//go:noinline
func misasked(chosen when, change parameterEdit) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				p := parametersOf(r)
				change(p)
				setParameters(r, p)
			}
			next.ServeHTTP(w, r)
		})
	}
}

func omit(names ...string) parameterEdit {
	return func(p url.Values) {
		for _, name := range names {
			p.Del(name)
		}
	}
}

func put(name, value string) parameterEdit {
	return func(p url.Values) { p.Set(name, value) }
}

// counted changes a number by what it was; a parameter that is none stays.
func counted(name string, change func(n int) int) parameterEdit {
	return func(p url.Values) {
		if n, err := strconv.Atoi(p.Get(name)); err == nil {
			p.Set(name, strconv.Itoa(change(n)))
		}
	}
}

// when narrows a choice by the parameters.
func (chosen when) when(tests ...parameterTest) when {
	return func(r *http.Request) bool {
		if !chosen(r) {
			return false
		}
		p := parametersOf(r)
		return !slices.ContainsFunc(tests, func(t parameterTest) bool { return !t(p) })
	}
}

func has(name string) parameterTest   { return func(p url.Values) bool { return p.Has(name) } }
func lacks(name string) parameterTest { return func(p url.Values) bool { return !p.Has(name) } }

// says is a parameter that contains one of the texts, in any case.
func says(name string, parts ...string) parameterTest {
	return func(p url.Values) bool {
		return slices.ContainsFunc(parts, func(part string) bool {
			return p.Has(name) && strings.Contains(strings.ToLower(p.Get(name)), strings.ToLower(part))
		})
	}
}

func equals(name, value string) parameterTest {
	return func(p url.Values) bool { return p.Has(name) && strings.EqualFold(p.Get(name), value) }
}

func amounts(name string, fits func(n int) bool) parameterTest {
	return func(p url.Values) bool {
		n, err := strconv.Atoi(p.Get(name))
		return err == nil && fits(n)
	}
}

func noInteger(name string) parameterTest {
	return func(p url.Values) bool {
		_, err := strconv.Atoi(p.Get(name))
		return p.Has(name) && err != nil
	}
}

//go:noinline
func below(limit int) func(int) bool { return func(n int) bool { return n < limit } }

//go:noinline
func above(limit int) func(int) bool { return func(n int) bool { return n > limit } }

//go:noinline
func exactly(m int) func(int) bool { return func(n int) bool { return n == m } }

// byGet and byPost tell queries in the URL from searches.
//
//go:noinline
func byGet(places ...string) when {
	return func(r *http.Request) bool { return r.Method == http.MethodGet && queries(places...)(r) }
}

//go:noinline
func byPost(places ...string) when {
	return func(r *http.Request) bool { return r.Method == http.MethodPost && queries(places...)(r) }
}

// readOne is the reading of one resource.
//
//go:noinline
func readOne(places ...string) when {
	return func(r *http.Request) bool {
		at := segments(r)
		return r.Method == http.MethodGet && len(at) == 2 && slices.Contains(places, at[0])
	}
}

// onPages rewrites the list that answers a query.
//
//go:noinline
func onPages(chosen when, change func(r *http.Request, a *answer)) Wrap {
	return answers(chosen, func(r *http.Request, a *answer) {
		if _, isList := a.body.Get("totalResults"); a.ok() && isList {
			change(r, a)
		}
	})
}

// member gives a member of the list a value that depends on the list.
//
//go:noinline
func member(name string, value func(r *http.Request, a *answer) any) func(*http.Request, *answer) {
	return func(r *http.Request, a *answer) {
		if v := value(r, a); v != nil {
			a.body.Set(name, v)
		} else {
			a.body.Delete(name)
		}
	}
}

// rearranged changes the resources on a page, and leaves the numbers beside them.
//
//go:noinline
func rearranged(change func(all []any) []any) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) {
		a.body.Set("Resources", change(slices.Clone(a.body.Array("Resources"))))
	}
}

func withoutFirst(all []any) []any { return all[min(1, len(all)):] }
func withoutLast(all []any) []any  { return all[:max(0, len(all)-1)] }

// sizeOf and wholeOf are the numbers of resources on the page, and of all.
func sizeOf(a *answer) int { return len(a.body.Array("Resources")) }

func wholeOf(a *answer) int {
	n, _ := strconv.Atoi(textOf(mustGet(a.body, "totalResults")))
	return n
}

func mustGet(o *scim.Object, name string) any {
	v, _ := o.Get(name)
	return v
}

// both is two faults at once: the first sees the request first and the answer last.
//
//go:noinline
func both(first, second Wrap) Wrap {
	return func(next http.Handler) http.Handler { return first(second(next)) }
}

// broken answers as a server does that has failed.
//
//go:noinline
func broken(chosen when) Wrap {
	return answers(chosen, func(_ *http.Request, a *answer) { a.refuse(scim.Internal("the server failed to process the request")) })
}
