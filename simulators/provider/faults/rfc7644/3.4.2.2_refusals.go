package rfc7644

import (
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// filterRefusalFaults violate features/rfc7644/3.4.2.2_refusals.feature.
func filterRefusalFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.4.2.2-01", "filters are dropped", overlooking(rewrite.Queries(), anyFilter)},
		{"RFC7644-3.4.2.2-01", "filters by nickName are dropped", overlooking(rewrite.Queries(), rewrite.Containing("nickName"))},
		{"RFC7644-3.4.2.2-01", "filters by sub-attributes are dropped", overlooking(rewrite.Queries(), rewrite.Containing("name.middleName"))},
		{"RFC7644-3.4.2.2-01", "filters by lists are dropped", overlooking(rewrite.Queries(), rewrite.Containing("phoneNumbers"))},
		{"RFC7644-3.4.2.2-01", "filters of several comparisons are dropped", overlooking(rewrite.Queries(), rewrite.Containing(" and "))},
		{"RFC7644-3.4.2.2-01", "only the first comparison counts", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			first, _, _ := strings.Cut(text, " and ")
			return first
		})},
		{"RFC7644-3.4.2.2-01", "only three comparisons count", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			parts := strings.Split(text, " and ")
			return strings.Join(parts[:min(3, len(parts))], " and ")
		})},
		{"RFC7644-3.4.2.2-01", "a filter without a match shows every user", ifNone(rewrite.Queries())},
		{"RFC7644-3.4.2.2-01", "one more than matches is shown", rewrite.FilterAnswers(rewrite.Queries("Users"), func(next http.Handler, r *http.Request, _ string, a *rewrite.Answer) {
			if a.OK() {
				a.Body.Set("Resources", append(a.Body.Array("Resources"), rewrite.Ask(next, r, http.MethodGet, "Users?count=100", nil).Body.Array("Resources")...))
			}
		})},

		{"RFC7644-3.4.2.2-45", "filters on groups are dropped", overlooking(rewrite.Queries("Groups"), anyFilter)},
		{"RFC7644-3.4.2.2-45", "filters on groups by member are dropped", overlooking(rewrite.Queries("Groups"), rewrite.Containing("members"))},
		{"RFC7644-3.4.2.2-45", "filters on groups by externalId are dropped", overlooking(rewrite.Queries("Groups"), rewrite.Containing("externalId"))},
		{"RFC7644-3.4.2.2-45", "filters on groups find nothing", rewrite.EditComparisons(rewrite.Queries("Groups"), rewrite.MatchNone)},
		{"RFC7644-3.4.2.2-45", "every group is shown where none matches", ifNone(rewrite.Queries("Groups"))},
		{"RFC7644-3.4.2.2-45", "filters on groups count only the first comparison", rewrite.EditFilter(rewrite.Queries("Groups"), func(text string) string {
			first, _, _ := strings.Cut(text, " and ")
			return first
		})},

		{"RFC7644-3.4.2.2-46", "filters in searches are dropped", overlooking(rewrite.Searches, anyFilter)},
		{"RFC7644-3.4.2.2-46", "filters in searches of groups are dropped", overlooking(searchesOf("Groups"), anyFilter)},
		{"RFC7644-3.4.2.2-46", "filters in searches are dropped beside a count", rewrite.Ahead(rewrite.Searches, func(r *http.Request) {
			if _, has := rewrite.BodyOf(r).Get("count"); has {
				rewrite.OmitFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-46", "filters in searches are dropped beside attributes", rewrite.Ahead(rewrite.Searches, func(r *http.Request) {
			if _, has := rewrite.BodyOf(r).Get("attributes"); has {
				rewrite.OmitFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-46", "wrong filters in searches find no user", rewrite.TakeBadFilters(rewrite.Searches, false)},
		{"RFC7644-3.4.2.2-46", "not in searches is skipped", rewrite.EditConnectives(rewrite.Searches, rewrite.OnNot(func(f filter.Filter) filter.Filter { return f }))},
		{"RFC7644-3.4.2.2-46", "ne in searches does not find resources without a value", rewrite.EditComparisons(rewrite.Searches, func(c filter.Compare) filter.Filter {
			if c.Op == filter.Ne {
				return rewrite.AlsoPresent(c)
			}
			return c
		})},
		{"RFC7644-3.4.2.2-46", "a search without a match shows every user", ifNone(rewrite.Searches)},
		{"RFC7644-3.4.2.2-46", "and in searches means or", rewrite.EditConnectives(rewrite.Searches, rewrite.OnAnd(func(f filter.And) filter.Filter { return filter.Or(f) }))},
		{"RFC7644-3.4.2.2-46", "ew in searches means co", rewrite.EditComparisons(rewrite.Searches, rewrite.OperatorBecomes(filter.Ew, filter.Co))},
		{"RFC7644-3.4.2.2-46", "escapes in searches are dropped", rewrite.EditComparisons(rewrite.Searches, func(c filter.Compare) filter.Filter {
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
		{"RFC7644-3.4.2.2-47", "filters apply to the attributes shown", onShown},
		{"RFC7644-3.4.2.2-47", "filters on groups are dropped beside a count", overlooking(func(r *http.Request) bool {
			return beside("count")(r) && rewrite.Queries("Groups")(r)
		}, anyFilter)},
		{"RFC7644-3.4.2.2-47", "filters on groups are dropped beside excludedAttributes", overlooking(func(r *http.Request) bool {
			return beside("excludedAttributes")(r) && rewrite.Queries("Groups")(r)
		}, anyFilter)},
		{"RFC7644-3.4.2.2-47", "a count of 0 counts every user", rewrite.Ahead(beside("count"), func(r *http.Request) {
			if r.URL.Query().Get("count") == "0" {
				rewrite.OmitFilter(r)
			}
		})},
		{"RFC7644-3.4.2.2-47", "users without a value to sort by are left out", rewrite.Answers(beside("sortBy"), func(r *http.Request, a *rewrite.Answer) {
			kept := []any{}
			for _, o := range a.Resources() {
				by := r.URL.Query().Get("sortBy")
				if _, has := o.Get(by); has || strings.Contains(by, ".") {
					kept = append(kept, o)
				}
			}
			if a.OK() {
				a.Body.Set("Resources", kept)
				a.Body.Set("totalResults", rewrite.Number(len(kept)))
			}
		})},

		{"RFC7644-3.4.2.2-33", "wrong filters find no user", rewrite.TakeBadFilters(rewrite.Queries(), false)},
		{"RFC7644-3.4.2.2-33", "wrong filters find every user", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"RFC7644-3.4.2.2-33", "wrong filters on groups find everything", rewrite.TakeBadFilters(rewrite.Queries("Groups"), true)},
		{"RFC7644-3.4.2.2-33", "wrong filters in searches find every user", rewrite.TakeBadFilters(rewrite.Searches, true)},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused without scimType", wrongly(rewrite.Queries(), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused as invalidSyntax", wrongly(rewrite.Queries(), scim.InvalidSyntax("wrong"))},
		{"RFC7644-3.4.2.2-33", "wrong filters are refused as invalidValue", wrongly(rewrite.Queries(), scim.InvalidValue("wrong"))},
		{"RFC7644-3.4.2.2-33", "wrong filters answer 500", wrongly(rewrite.Queries(), scim.Internal("parse error"))},
		{"RFC7644-3.4.2.2-33", "wrong filters answer 404", wrongly(rewrite.Queries(), scim.NotFound("", ""))},
		{"RFC7644-3.4.2.2-33", "wrong filters on groups answer 500", wrongly(rewrite.Queries("Groups"), scim.Internal("parse error"))},
		{"RFC7644-3.4.2.2-33", "a missing parenthesis is added", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			return text + strings.Repeat(")", max(0, strings.Count(text, "(")-strings.Count(text, ")")))
		})},
		{"RFC7644-3.4.2.2-33", "text after a filter is ignored", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(`" title eq "b"`, `"`))},
		{"RFC7644-3.4.2.2-33", "a dangling and is ignored", rewrite.EditFilter(rewrite.Queries(), func(text string) string { return strings.TrimSuffix(text, " and") })},
		{"RFC7644-3.4.2.2-33", "a superfluous parenthesis is ignored", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			if strings.Count(text, ")") > strings.Count(text, "(") {
				return strings.TrimSuffix(text, ")")
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing quote is added", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			if strings.Count(text, `"`)%2 == 1 {
				return text + `"`
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing value is an empty one", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			if strings.HasSuffix(text, " eq") {
				return text + ` ""`
			}
			return text
		})},
		{"RFC7644-3.4.2.2-33", "a missing bracket is added", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			if strings.Contains(text, "[") && !strings.Contains(text, "]") {
				return text + "]"
			}
			return text
		})},

		{"RFC7644-3.4.2.2-34", "an unknown operator finds no user", rewrite.TakeBadFilters(rewrite.Queries(), false)},
		{"RFC7644-3.4.2.2-34", "an unknown operator finds every user", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"RFC7644-3.4.2.2-34", "an unknown operator means eq", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" sduo ", " eq ", " regex ", " eq ", " eqq ", " eq "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator is known", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" regex ", " co "))},
		{"RFC7644-3.4.2.2-34", "a word that begins as an operator is one", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" eqq ", " eq "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator beside a known one is ignored", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(` and title sduo "x"`, "", ` or title sduo "x"`, ""))},
		{"RFC7644-3.4.2.2-34", "an unknown operator on groups finds nothing", rewrite.TakeBadFilters(rewrite.Queries("Groups"), false)},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused without scimType", wrongly(rewrite.Queries(), &scim.Error{Status: 400})},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused as invalidValue", wrongly(rewrite.Queries(), scim.InvalidValue("wrong"))},
		{"RFC7644-3.4.2.2-34", "an unknown operator answers 501", wrongly(rewrite.Queries(), scim.NotImplemented("the operator"))},
		{"RFC7644-3.4.2.2-34", "an unknown operator answers 500", wrongly(rewrite.Queries(), scim.Internal("switch"))},
		{"RFC7644-3.4.2.2-34", "an unknown logical operator means and", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(" xor ", " and "))},
		{"RFC7644-3.4.2.2-34", "an unknown operator is refused in plain text", rewrite.Answers(rewrite.Queries(), func(_ *http.Request, a *rewrite.Answer) {
			if a.Status == http.StatusBadRequest {
				a.Body, a.Raw = nil, []byte("bad filter")
			}
		})},

		{"RFC7644-3.4.2.2-35", "an unknown attribute finds every user", rewrite.TakeBadFilters(rewrite.Queries(), true)},
		{"RFC7644-3.4.2.2-35", "an unknown attribute on groups finds everything", rewrite.TakeBadFilters(rewrite.Queries("Groups"), true)},
		{"RFC7644-3.4.2.2-35", "an unknown attribute fails", wrongly(rewrite.Queries(), scim.Internal("column does not exist"))},
		{"RFC7644-3.4.2.2-35", "a comparison of an unknown attribute is ignored", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts(` and sduoUnknown eq "x"`, ""))},
		{"RFC7644-3.4.2.2-35", "an unknown attribute is present", overlooking(rewrite.Queries(), rewrite.Containing("sduoUnknown pr"))},
		{"RFC7644-3.4.2.2-35", "an unknown sub-attribute is that of the attribute", rewrite.EditFilter(rewrite.Queries(), rewrite.ReplaceTexts("userName.value", "userName"))},
		{"RFC7644-3.4.2.2-35", "an unknown attribute answers 404", wrongly(rewrite.Queries(), scim.NotFound("", ""))},

		{"RFC7644-3.4.2.2-39", "a long value fails", rewrite.RefuseFilters(rewrite.Queries(), longFilter, scim.Internal("too long"))},
		{"RFC7644-3.4.2.2-39", "many comparisons fail", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool { return strings.Count(text, " or ") > 100 }, scim.Internal("too many"))},
		{"RFC7644-3.4.2.2-39", "many parentheses overflow the stack", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool { return strings.Count(text, "(") > 100 }, scim.Internal("stack overflow"))},
		{"RFC7644-3.4.2.2-39", "many negations overflow the stack", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool { return strings.Count(text, "not (") > 100 }, scim.Internal("stack overflow"))},
		{"RFC7644-3.4.2.2-39", "unclosed parentheses fail", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool { return longFilter(text) && !strings.Contains(text, ")") }, scim.Internal("end of input"))},
		{"RFC7644-3.4.2.2-39", "a large filter ends the service", endsService()},

		{"RFC7644-3.4.2.2-40", "values are pasted into SQL", overlooking(rewrite.Queries(), rewrite.Containing("' OR "))},
		{"RFC7644-3.4.2.2-40", "values are pasted into LDAP", overlooking(rewrite.Queries(), rewrite.Containing("*)("))},
		{"RFC7644-3.4.2.2-40", "values are regular expressions", overlooking(rewrite.Queries(), rewrite.Containing(".*"))},
		{"RFC7644-3.4.2.2-40", "a single quote fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("'"), scim.Internal("syntax error at or near"))},
		{"RFC7644-3.4.2.2-40", "a broken regular expression fails", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("(?"), scim.Internal("unterminated group"))},
		{"RFC7644-3.4.2.2-40", "an escaped quote ends the value", overlooking(rewrite.Queries(), rewrite.Containing(`\" or `))},
		{"RFC7644-3.4.2.2-40", "a comment ends the value", rewrite.EditFilter(rewrite.Queries(), func(text string) string {
			if strings.Contains(text, "--") {
				return "userName pr"
			}
			return text
		})},
		{"RFC7644-3.4.2.2-40", "a single quote is dropped", rewrite.EditLiterals(rewrite.ReplaceTexts("'", ""))},
		{"RFC7644-3.4.2.2-40", "a name ends at a quote", rewrite.EditLiterals(func(v string) string { name, _, _ := strings.Cut(v, "' OR"); return name })},

		{"RFC7644-3.4.2.2-41", "filters are dropped, and declared as unsupported", undeclared(overlooking(rewrite.Queries(), anyFilter))},
		{"RFC7644-3.4.2.2-41", "filters on groups are dropped, and declared as unsupported", undeclared(overlooking(rewrite.Queries("Groups"), anyFilter))},
		{"RFC7644-3.4.2.2-41", "filters find no user, and are declared as unsupported", undeclared(rewrite.EditComparisons(rewrite.Queries(), rewrite.MatchNone))},
		{"RFC7644-3.4.2.2-41", "filters fail, and are declared as unsupported", undeclared(rewrite.RefuseFilters(rewrite.Queries(), anyFilter, scim.Internal("filters")))},

		{"RFC7644-3.4.2.2-48", "booleans have to be texts", rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool {
			return strings.HasSuffix(text, " true") || strings.HasSuffix(text, " false")
		}, scim.InvalidFilter("a text was expected"))},
		{"RFC7644-3.4.2.2-48", "or is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" or "), scim.InvalidFilter("or is not supported"))},
		{"RFC7644-3.4.2.2-48", "not is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("not ("), scim.InvalidFilter("not is not supported"))},
		{"RFC7644-3.4.2.2-48", "parentheses are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("("), scim.InvalidFilter("( is not supported"))},
		{"RFC7644-3.4.2.2-48", "lists are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("emails."), scim.InvalidFilter("multi-valued attributes are not supported"))},
		{"RFC7644-3.4.2.2-48", "ne is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" ne "), scim.InvalidFilter("ne is not supported"))},
		{"RFC7644-3.4.2.2-48", "co is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" co "), scim.InvalidFilter("co is not supported"))},
		{"RFC7644-3.4.2.2-48", "sw is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" sw "), scim.InvalidFilter("sw is not supported"))},
		{"RFC7644-3.4.2.2-48", "ew is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" ew "), scim.InvalidFilter("ew is not supported"))},
		{"RFC7644-3.4.2.2-48", "points in time are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("meta.created"), scim.InvalidFilter("not supported"))},
		{"RFC7644-3.4.2.2-48", "ge is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(" ge "), scim.InvalidFilter("ge is not supported"))},
		{"RFC7644-3.4.2.2-48", "attributes of extensions are refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing(scim.EnterpriseURN+":"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-48", "co on extensions is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("department co"), scim.InvalidFilter("co is not supported"))},
		{"RFC7644-3.4.2.2-48", "id is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("id eq"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-48", "externalId is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("externalId"), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-48", "meta is refused", rewrite.RefuseFilters(rewrite.Queries(), rewrite.Containing("meta."), scim.InvalidFilter("unknown attribute"))},
		{"RFC7644-3.4.2.2-48", "filters on groups are refused", rewrite.RefuseFilters(rewrite.Queries("Groups"), anyFilter, scim.InvalidFilter("not supported"))},
	}
}

// overlooking overlooks filters of a kind.
func overlooking(chosen rewrite.When, of func(text string) bool) rewrite.Wrap {
	return rewrite.Ahead(chosen, func(r *http.Request) {
		if text, ok := rewrite.FilterOf(r); ok && of(text) {
			rewrite.OmitFilter(r)
		}
	})
}

func anyFilter(string) bool { return true }

// beside chooses queries with another parameter.
func beside(names ...string) rewrite.When {
	return func(r *http.Request) bool {
		if !rewrite.Queries()(r) || r.Method != http.MethodGet {
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

func searchesOf(place string) rewrite.When {
	return func(r *http.Request) bool { return rewrite.Searches(r) && rewrite.Queries(place)(r) }
}

// ifNone shows everything where a filter finds nothing.
func ifNone(chosen rewrite.When) rewrite.Wrap {
	return rewrite.FilterAnswers(chosen, func(next http.Handler, r *http.Request, _ string, a *rewrite.Answer) {
		if a.OK() && rewrite.WholeOf(a) == 0 {
			_, endpoint := rewrite.TypeAt(r)
			*a = *rewrite.Ask(next, r, http.MethodGet, endpoint+"?count=200", nil)
		}
	})
}

// pageFirst applies the filter to the page and not the page to the filter.
func pageFirst(size string) rewrite.Wrap {
	return rewrite.FilterAnswers(beside("count"), func(next http.Handler, r *http.Request, text string, a *rewrite.Answer) {
		t, endpoint := rewrite.TypeAt(r)
		f, err := filter.Parse(text, t)
		if err != nil || !a.OK() {
			return
		}
		found := []any{}
		for _, o := range rewrite.Ask(next, r, http.MethodGet, endpoint+"?count="+size, nil).Resources() {
			if filter.Match(f, t, o) {
				found = append(found, o)
			}
		}
		a.List(found)
	})
}

// onShown applies the filter to what the client asked to see.
var onShown = rewrite.FilterAnswers(beside("attributes", "excludedAttributes"), func(_ http.Handler, r *http.Request, text string, a *rewrite.Answer) {
	t, _ := rewrite.TypeAt(r)
	f, err := filter.Parse(text, t)
	if err != nil || !a.OK() {
		return
	}
	a.Keep(func(o *scim.Object) bool { return filter.Match(f, t, o) })
})

func longFilter(text string) bool { return len(text) > 5000 }

// wrongly answers with another error where the provider refuses a filter.
func wrongly(chosen rewrite.When, e *scim.Error) rewrite.Wrap {
	return rewrite.FilterAnswers(chosen, func(_ http.Handler, _ *http.Request, _ string, a *rewrite.Answer) {
		if a.Status == http.StatusBadRequest {
			a.Refuse(e)
		}
	})
}

// undeclared is a fault of a provider that says it has no filters.
func undeclared(fault rewrite.Wrap) rewrite.Wrap {
	declare := rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
		if a.Body != nil {
			rewrite.PartOf(a.Body, "filter").Set("supported", false)
		}
	})
	return rewrite.InTurn(declare, fault)
}

// endsService fails for good after a large filter.
func endsService() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var down atomic.Bool
		return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
			if text, ok := rewrite.FilterOf(r); ok && rewrite.Queries()(r) && longFilter(text) {
				down.Store(true)
			}
			if down.Load() && len(rewrite.Segments(r)) == 2 {
				return rewrite.Refusal(scim.Internal("out of memory"))
			}
			return nil
		})
	})
}
