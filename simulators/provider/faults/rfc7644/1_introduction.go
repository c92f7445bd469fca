package rfc7644

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// introductionFaults violate features/rfc7644/1_introduction.feature.
func introductionFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-1.2-01", "addresses contain spaces", located(func(l string) string { return l + " (current)" })},
		{"RFC7644-1.2-01", "addresses contain letters beyond ASCII", located(func(l string) string { return strings.Replace(l, "/identity/", "/idéntity/", 1) })},
		{"RFC7644-1.2-01", "addresses contain a percent sign of their own", located(func(l string) string { return strings.Replace(l, "/identity/", "/%identity/", 1) })},
		{"RFC7644-1.2-01", "addresses contain braces", located(func(l string) string { return l + "{?attributes}" })},
		{"RFC7644-1.2-01", "an encoded plus sign becomes a space", queryText(func(raw string) string { return strings.ReplaceAll(raw, "%2B", "+") })},
		{"RFC7644-1.2-01", "an encoded ampersand ends the parameter", queryText(func(raw string) string { return strings.ReplaceAll(raw, "%26", "&") })},
		{"RFC7644-1.2-01", "a query is decoded twice", queryText(func(raw string) string {
			if decoded, err := url.QueryUnescape(raw); err == nil {
				return strings.ReplaceAll(decoded, " ", "+")
			}
			return raw
		})},

		{"RFC7644-1.3-01", "addresses have a query", located(func(l string) string { return l + "?tenant=1" })},
		{"RFC7644-1.3-01", "the base URL has a query", located(func(l string) string { return strings.Replace(l, "/Users/", "/?path=/Users/", 1) })},
		{"RFC7644-1.3-01", "addresses of groups have a query", located(func(l string) string {
			if strings.Contains(l, "/Groups/") {
				return l + "?v=2"
			}
			return l
		})},
	}
}

// located rewrites every address that an answer gives out.
func located(edit func(location string) string) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if l := a.Header.Get("Location"); l != "" {
			a.Header.Set("Location", edit(l))
		}
		for _, o := range a.Resources() {
			if l := o.Object("meta").String("location"); l != "" {
				rewrite.PartOf(o, "meta").Set("location", edit(l))
			}
		}
	})
}

// queryText rewrites the query as it stands in the URL.
func queryText(edit func(raw string) string) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(_ http.Handler, r *http.Request) *rewrite.Answer {
		r.URL.RawQuery = edit(r.URL.RawQuery)
		return nil
	})
}
