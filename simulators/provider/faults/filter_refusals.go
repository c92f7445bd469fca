package faults

import (
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// overlooking overlooks filters of a kind.
func overlooking(chosen when, of func(text string) bool) Wrap {
	return ahead(chosen, func(r *http.Request) {
		if text, ok := filterOf(r); ok && of(text) {
			dropFilter(r)
		}
	})
}

func anyFilter(string) bool { return true }

// beside chooses queries with another parameter.
func beside(names ...string) when {
	return func(r *http.Request) bool {
		if !queries()(r) || r.Method != http.MethodGet {
			return false
		}
		for _, name := range names {
			if r.URL.Query().Has(name) {
				return true
			}
		}
		return false
	}
}

func searchesOf(place string) when {
	return func(r *http.Request) bool { return searches(r) && queries(place)(r) }
}

// ifNone shows everything where a filter finds nothing.
func ifNone(chosen when) Wrap {
	return asked(chosen, func(next http.Handler, r *http.Request, _ string, a *answer) {
		if a.ok() && totalOf(a) == 0 {
			_, endpoint := typeAt(r)
			*a = *ask(next, r, http.MethodGet, endpoint+"?count=200", nil)
		}
	})
}

// pageFirst applies the filter to the page and not the page to the filter.
func pageFirst(size string) Wrap {
	return asked(beside("count"), func(next http.Handler, r *http.Request, text string, a *answer) {
		t, endpoint := typeAt(r)
		f, err := filter.Parse(text, t)
		if err != nil || !a.ok() {
			return
		}
		found := []any{}
		for _, o := range ask(next, r, http.MethodGet, endpoint+"?count="+size, nil).resources() {
			if filter.Match(f, t, o) {
				found = append(found, o)
			}
		}
		a.body.Set("Resources", found)
		a.body.Set("totalResults", number(len(found)))
	})
}

// onShown applies the filter to what the client asked to see.
var onShown = asked(beside("attributes", "excludedAttributes"), func(_ http.Handler, r *http.Request, text string, a *answer) {
	t, _ := typeAt(r)
	f, err := filter.Parse(text, t)
	if err != nil || !a.ok() {
		return
	}
	found := []any{}
	for _, o := range a.resources() {
		if filter.Match(f, t, o) {
			found = append(found, o)
		}
	}
	a.body.Set("Resources", found)
	a.body.Set("totalResults", number(len(found)))
})

func longFilter(text string) bool { return len(text) > 5000 }

func droppedFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-01", "filters are dropped", overlooking(queries(), anyFilter)},
		{"RFC7644-3.4.2.2-01", "filters by nickName are dropped", overlooking(queries(), containing("nickName"))},
		{"RFC7644-3.4.2.2-01", "filters by sub-attributes are dropped", overlooking(queries(), containing("name.middleName"))},
		{"RFC7644-3.4.2.2-01", "filters by lists are dropped", overlooking(queries(), containing("phoneNumbers"))},
		{"RFC7644-3.4.2.2-01", "filters of several comparisons are dropped", overlooking(queries(), containing(" and "))},
		{"RFC7644-3.4.2.2-01", "only the first comparison counts", misread(queries(), func(text string) string {
			first, _, _ := strings.Cut(text, " and ")
			return first
		})},
		{"RFC7644-3.4.2.2-01", "only three comparisons count", misread(queries(), func(text string) string {
			parts := strings.Split(text, " and ")
			return strings.Join(parts[:min(3, len(parts))], " and ")
		})},
		{"RFC7644-3.4.2.2-01", "everybody is shown where nobody matches", ifNone(queries())},
		{"RFC7644-3.4.2.2-01", "one more than matches is shown", asked(queries("Users"), func(next http.Handler, r *http.Request, _ string, a *answer) {
			if a.ok() {
				a.body.Set("Resources", append(a.body.Array("Resources"), ask(next, r, http.MethodGet, "Users?count=100", nil).body.Array("Resources")...))
			}
		})},

		{"RFC7644-3.4.2.2-45", "filters on groups are dropped", overlooking(queries("Groups"), anyFilter)},
		{"RFC7644-3.4.2.2-45", "filters on groups by member are dropped", overlooking(queries("Groups"), containing("members"))},
		{"RFC7644-3.4.2.2-45", "filters on groups by externalId are dropped", overlooking(queries("Groups"), containing("externalId"))},
		{"RFC7644-3.4.2.2-45", "filters on groups find nothing", compared(queries("Groups"), matchNone)},
		{"RFC7644-3.4.2.2-45", "every group is shown where none matches", ifNone(queries("Groups"))},
		{"RFC7644-3.4.2.2-45", "filters on groups are refused", refusingFilter(queries("Groups"), anyFilter, scim.InvalidFilter("not supported"))},
		{"RFC7644-3.4.2.2-45", "filters on groups count only the first comparison", misread(queries("Groups"), func(text string) string {
			first, _, _ := strings.Cut(text, " and ")
			return first
		})},

		{"RFC7644-3.4.2.2-46", "filters in searches are dropped", overlooking(searches, anyFilter)},
		{"RFC7644-3.4.2.2-46", "filters in searches of groups are dropped", overlooking(searchesOf("Groups"), anyFilter)},
		{"RFC7644-3.4.2.2-46", "filters in searches are dropped beside a count", ahead(searches, func(r *http.Request) {
			if _, has := bodyOf(r).Get("count"); has {
				dropFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-46", "filters in searches are dropped beside attributes", ahead(searches, func(r *http.Request) {
			if _, has := bodyOf(r).Get("attributes"); has {
				dropFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-46", "wrong filters in searches find nobody", lenient(searches, false)},
		{"RFC7644-3.4.2.2-46", "not in searches is skipped", joined(searches, onNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-46", "ne in searches does not find what has no value", compared(searches, func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ne {
				return alsoPresent(c)
			}
			return c
		})},
		{"RFC7644-3.4.2.2-46", "everybody is shown where a search finds nobody", ifNone(searches)},
		{"RFC7644-3.4.2.2-46", "and in searches means or", joined(searches, onAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-46", "ew in searches means co", compared(searches, taking(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-46", "escapes in searches are dropped", compared(searches, func(c filter.Compare) filter.Filter {
			if v, ok := c.Value.(string); ok {
				c.Value = strings.ReplaceAll(v, `\`, "")
			}
			return c
		})},

		{"RFC7644-3.4.2.2-47", "filters are dropped beside a count", overlooking(beside("count"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters are dropped beside a startIndex", overlooking(beside("startIndex"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters are dropped beside sortBy", overlooking(beside("sortBy"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters are dropped beside sortOrder", overlooking(beside("sortOrder"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters are dropped beside attributes", overlooking(beside("attributes"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters are dropped beside excludedAttributes", overlooking(beside("excludedAttributes"), anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters apply to the page", pageFirst("2")},
		{"RFC7644-3.4.2.2-47", "filters apply to what is shown", onShown},
		{"RFC7644-3.4.2.2-47", "filters on groups are dropped beside a count", overlooking(func(r *http.Request) bool {
			return beside("count")(r) && queries("Groups")(r)
		}, anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters on groups are dropped beside excludedAttributes", overlooking(func(r *http.Request) bool {
			return beside("excludedAttributes")(r) && queries("Groups")(r)
		}, anyFilter)},
		{"RFC7644-3.4.2.2-47", "a count of 0 counts everybody", ahead(beside("count"), func(r *http.Request) {
			if r.URL.Query().Get("count") == "0" {
				dropFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-47", "who has nothing to sort by is left out", answers(beside("sortBy"), func(r *http.Request, a *answer) {
			kept := []any{}
			for _, o := range a.resources() {
				by := r.URL.Query().Get("sortBy")
				if _, has := o.Get(by); has || strings.Contains(by, ".") {
					kept = append(kept, o)
				}
			}
			if a.ok() {
				a.body.Set("Resources", kept)
				a.body.Set("totalResults", number(len(kept)))
			}
		})},
	}
}

func refusedFilterFaults() []Fault {
	return []Fault{
		{"RFC7644-3.4.2.2-33", "wrong filters find nobody", lenient(queries(), false)},
		{"RFC7644-3.4.2.2-33", "wrong filters find everybody", lenient(queries(), true)},
		{"RFC7644-3.4.2.2-33", "wrong filters on groups find everything", lenient(queries("Groups"), true)},
		{"RFC7644-3.4.2.2-33", "wrong filters in searches find everybody", lenient(searches, true)},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused without scimType", wrongly(queries(), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused as invalidSyntax", wrongly(queries(), scim.InvalidSyntax("wrong"))},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused as invalidValue", wrongly(queries(), scim.InvalidValue("wrong"))},
		{"RFC7644-3.4.2.2-33", "wrong filters answer 500", wrongly(queries(), scim.Internal("parse error"))},
		{"RFC7644-3.4.2.2-33", "wrong filters answer 404", wrongly(queries(), scim.NotFound("", ""))},
		{"RFC7644-3.4.2.2-33", "wrong filters on groups answer 500", wrongly(queries("Groups"), scim.Internal("parse error"))},
		{"RFC7644-3.4.2.2-33", "a missing parenthesis is added", misread(queries(), func(text string) string {
			return text + strings.Repeat(")", max(0, strings.Count(text, "(")-strings.Count(text, ")")))
		})},
		{"RFC7644-3.4.2.2-33", "what follows a filter is overlooked", misread(queries(), respelled(`" title eq "b"`, `"`))},
		{"RFC7644-3.4.2.2-33", "a dangling and is overlooked", misread(queries(), func(text string) string { return strings.TrimSuffix(text, " and") })},
		{"RFC7644-3.4.2.2-33", "a superfluous parenthesis is overlooked", misread(queries(), func(text string) string {
			if strings.Count(text, ")") > strings.Count(text, "(") {
				return strings.TrimSuffix(text, ")")
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing quote is added", misread(queries(), func(text string) string {
			if strings.Count(text, `"`)%2 == 1 {
				return text + `"`
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing value is an empty one", misread(queries(), func(text string) string {
			if strings.HasSuffix(text, " eq") {
				return text + ` ""`
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing bracket is added", misread(queries(), func(text string) string {
			if strings.Contains(text, "[") && !strings.Contains(text, "]") {
				return text + "]"
			}
			return text
		})},

		{"RFC7644-3.4.2.2-34", "an unknown operator finds nobody", lenient(queries(), false)},
		{"RFC7644-3.4.2.2-34", "an unknown operator finds everybody", lenient(queries(), true)},
		{"RFC7644-3.4.2.2-34", "an unknown operator means eq", misread(queries(), respelled(" sduo ", " eq ", " regex ", " eq ", " eqq ", " eq "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator is known", misread(queries(), respelled(" regex ", " co "))},
		{"RFC7644-3.4.2.2-34", "a word that begins as an operator is one", misread(queries(), respelled(" eqq ", " eq "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator beside a known one is overlooked", misread(queries(), respelled(` and title sduo "x"`, "", ` or title sduo "x"`, ""))},
		{"RFC7644-3.4.2.2-34", "an unknown operator on groups finds nothing", lenient(queries("Groups"), false)},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused without scimType", wrongly(queries(), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused as invalidValue", wrongly(queries(), scim.InvalidValue("wrong"))},
		{"RFC7644-3.4.2.2-34", "an unknown operator answers 501", wrongly(queries(), scim.NotImplemented("the operator"))},
		{"RFC7644-3.4.2.2-34", "an unknown operator answers 500", wrongly(queries(), scim.Internal("switch"))},
		{"RFC7644-3.4.2.2-34", "an unknown logical operator means and", misread(queries(), respelled(" xor ", " and "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused in plain text", answers(queries(), func(_ *http.Request, a *answer) {
			if a.status == http.StatusBadRequest {
				a.body, a.raw = nil, []byte("bad filter")
			}
		})},

		{"RFC7644-3.4.2.2-35", "an unknown attribute finds everybody", lenient(queries(), true)},
		{"RFC7644-3.4.2.2-35", "an unknown attribute on groups finds everything", lenient(queries("Groups"), true)},
		{"RFC7644-3.4.2.2-35", "an unknown attribute fails", wrongly(queries(), scim.Internal("column does not exist"))},
		{"RFC7644-3.4.2.2-35", "a comparison of an unknown attribute is overlooked", misread(queries(), respelled(` and sduoUnknown eq "x"`, ""))},
		{"RFC7644-3.4.2.2-35", "an unknown attribute is present", overlooking(queries(), containing("sduoUnknown pr"))},
		{"RFC7644-3.4.2.2-35", "an unknown sub-attribute is that of the attribute", misread(queries(), respelled("userName.value", "userName"))},
		{"RFC7644-3.4.2.2-35", "an unknown attribute answers 404", wrongly(queries(), scim.NotFound("", ""))},

		{"RFC7644-3.4.2.2-39", "a long value fails", refusingFilter(queries(), longFilter, scim.Internal("too long"))},
		{"RFC7644-3.4.2.2-39", "many comparisons fail", refusingFilter(queries(), func(text string) bool { return strings.Count(text, " or ") > 100 }, scim.Internal("too many"))},
		{"RFC7644-3.4.2.2-39", "many parentheses overflow the stack", refusingFilter(queries(), func(text string) bool { return strings.Count(text, "(") > 100 }, scim.Internal("stack overflow"))},
		{"RFC7644-3.4.2.2-39", "many negations overflow the stack", refusingFilter(queries(), func(text string) bool { return strings.Count(text, "not (") > 100 }, scim.Internal("stack overflow"))},
		{"RFC7644-3.4.2.2-39", "unclosed parentheses fail", refusingFilter(queries(), func(text string) bool { return longFilter(text) && !strings.Contains(text, ")") }, scim.Internal("end of input"))},
		{"RFC7644-3.4.2.2-39", "a large filter ends the service", endsService()},

		{"RFC7644-3.4.2.2-40", "values are pasted into SQL", overlooking(queries(), containing("' OR "))},
		{"RFC7644-3.4.2.2-40", "values are pasted into LDAP", overlooking(queries(), containing("*)("))},
		{"RFC7644-3.4.2.2-40", "values are regular expressions", overlooking(queries(), containing(".*"))},
		{"RFC7644-3.4.2.2-40", "a single quote fails", refusingFilter(queries(), containing("'"), scim.Internal("syntax error at or near"))},
		{"RFC7644-3.4.2.2-40", "a broken regular expression fails", refusingFilter(queries(), containing("(?"), scim.Internal("unterminated group"))},
		{"RFC7644-3.4.2.2-40", "an escaped quote ends the value", overlooking(queries(), containing(`\" or `))},
		{"RFC7644-3.4.2.2-40", "a comment ends the value", misread(queries(), func(text string) string {
			if strings.Contains(text, "--") {
				return "userName pr"
			}
			return text
		})},
		{"RFC7644-3.4.2.2-40", "a single quote is dropped", literals(respelled("'", ""))},
		{"RFC7644-3.4.2.2-40", "a name ends at a quote", literals(func(v string) string { name, _, _ := strings.Cut(v, "' OR"); return name })},

		{"RFC7644-3.4.2.2-41", "filters are dropped, and declared as unsupported", undeclared(overlooking(queries(), anyFilter))},
		{"RFC7644-3.4.2.2-41", "filters on groups are dropped, and declared as unsupported", undeclared(overlooking(queries("Groups"), anyFilter))},
		{"RFC7644-3.4.2.2-41", "filters find nobody, and are declared as unsupported", undeclared(compared(queries(), matchNone))},
		{"RFC7644-3.4.2.2-41", "filters fail, and are declared as unsupported", undeclared(refusingFilter(queries(), anyFilter, scim.Internal("filters")))},
	}
}

// wrongly answers with another error where the provider refuses a filter.
func wrongly(chosen when, e *scim.Error) Wrap {
	return asked(chosen, func(_ http.Handler, _ *http.Request, _ string, a *answer) {
		if a.status == http.StatusBadRequest {
			a.refuse(e)
		}
	})
}

// undeclared is a fault of a provider that says it has no filters.
func undeclared(fault Wrap) Wrap {
	declare := answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		if a.body != nil {
			a.body.Object("filter").Set("supported", false)
		}
	})
	return func(next http.Handler) http.Handler { return declare(fault(next)) }
}

// endsService fails for good after a large filter.
func endsService() Wrap {
	return func(next http.Handler) http.Handler {
		var down atomic.Bool
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if text, ok := filterOf(r); ok && queries()(r) && longFilter(text) {
				down.Store(true)
			}
			if down.Load() && len(segments(r)) == 2 {
				a := &answer{header: http.Header{}}
				a.refuse(scim.Internal("out of memory"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
