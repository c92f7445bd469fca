package faults

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// names are the words of attributes or excludedAttributes.
func names(p url.Values, parameter string) []string {
	var words []string
	for word := range strings.SplitSeq(p.Get(parameter), ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// renamed changes each name in a parameter; a name that becomes "" is left out.
func renamed(parameter string, change func(name string) string) parameterEdit {
	return func(p url.Values) {
		if !p.Has(parameter) {
			return
		}
		var kept []string
		for _, name := range names(p, parameter) {
			if name = change(name); name != "" {
				kept = append(kept, name)
			}
		}
		p.Set(parameter, strings.Join(kept, ","))
	}
}

// ignoring leaves out the names that fit, and with the last of them the parameter.
func ignoring(parameter string, fits func(name string) bool) parameterEdit {
	return func(p url.Values) {
		renamed(parameter, func(name string) string {
			if fits(name) {
				return ""
			}
			return name
		})(p)
		if p.Get(parameter) == "" {
			p.Del(parameter)
		}
	}
}

// misunderstanding takes the names that fit for one that nothing has.
func misunderstanding(parameter string, fits func(name string) bool) parameterEdit {
	return renamed(parameter, func(name string) string {
		if fits(name) {
			return "sduoNothing"
		}
		return name
	})
}

func dotted(name string) bool { _, sub := splitSub(name); return sub != "" }

// splitSub cuts the sub-attribute off, whatever dots the URN has.
func splitSub(name string) (attribute, sub string) {
	urn, last, qualified := cutURN(name)
	attribute, sub, _ = strings.Cut(last, ".")
	if qualified {
		attribute = urn + ":" + attribute
	}
	return attribute, sub
}

func parent(name string) string { attribute, _ := splitSub(name); return attribute }

func inExtension(name string) bool {
	return strings.Contains(strings.ToLower(name), ":extension:")
}

func wholeExtension(name string) bool {
	return inExtension(name) && strings.HasSuffix(strings.ToLower(name), ":2.0:user")
}

func inCore(name string) bool { return strings.Contains(strings.ToLower(name), ":core:") }

func unknownName(name string) bool { return strings.Contains(strings.ToLower(name), "sduo") }

// oddCase is a name that is not written as its schema has it.
func oddCase(name string) bool {
	return strings.ToUpper(name) == name || strings.HasPrefix(name, "NAME") || strings.HasPrefix(name, "URN") ||
		strings.Contains(name, "USER") || strings.HasPrefix(name, "DisplayName") || name == "username" || strings.Contains(name, "CORE")
}

// lost takes members from every resource shown.
//
//go:noinline
func lost(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, name := range names {
			o.Delete(name)
		}
	}
}

// onlyShows leaves nothing but these members.
//
//go:noinline
func onlyShows(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		kept := scim.NewObject()
		for _, name := range names {
			if v, ok := o.Get(name); ok {
				kept.Set(name, v)
			}
		}
		*o = *kept
	}
}

// firstOnlyHonoured lets the choice of attributes apply to the first resource of a
// list only.
//
//go:noinline
func firstOnlyHonoured(chosen when, parameter string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := parametersOf(r)
			if !chosen(r) || !p.Has(parameter) {
				next.ServeHTTP(w, r)
				return
			}
			full := serve(next, copied(r, omit(parameter)))
			a := serve(next, r)
			if rest := full.body.Array("Resources"); a.ok() && len(rest) > 1 {
				all := append([]any{a.body.Array("Resources")[0]}, rest[1:]...)
				a.body.Set("Resources", all)
			}
			a.send(w)
		})
	}
}

// copied is the request with other parameters, beside which r stays as it is.
func copied(r *http.Request, change parameterEdit) *http.Request {
	own := r.Clone(r.Context())
	u := *r.URL
	own.URL = &u
	if body := bodyOf(r); body != nil {
		setBody(own, body)
	}
	p := parametersOf(own)
	change(p)
	setParameters(own, p)
	return own
}
