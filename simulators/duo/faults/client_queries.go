package faults

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// query edits the parameters of look-ups.
func query(edit func(q url.Values)) func(http.RoundTripper) http.RoundTripper {
	return onMethod(http.MethodGet, func(r *http.Request) {
		q := r.URL.Query()
		edit(q)
		r.URL.RawQuery = q.Encode()
	})
}

// filters edits the filters of look-ups.
func filters(edit func(filter string) string) func(http.RoundTripper) http.RoundTripper {
	return query(func(q url.Values) {
		if f := q.Get("filter"); f != "" {
			q.Set("filter", edit(f))
		}
	})
}

var listing = duo.Profile{UserLookup: duo.UserLookupList}

var queryFaults = []Fault{
	{Requirement: "CLIENT-FILTER-01", Name: "texts in filters have no quotes", Transport: filters(func(f string) string { return strings.ReplaceAll(f, `"`, "") })},
	{Requirement: "CLIENT-FILTER-01", Name: "filters are written with a sign of equality", Transport: filters(func(f string) string { return strings.Replace(f, " eq ", "=", 1) })},
	{Requirement: "CLIENT-FILTER-02", Name: "filters ask for an attribute that there is not", Transport: filters(func(f string) string { return strings.Replace(f, "userName", "login", 1) })},
	{Requirement: "CLIENT-FILTER-03", Name: "a plus sign in a filter is not escaped", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "%2B", "+")
	})},
	{Requirement: "CLIENT-FILTER-03", Name: "an ampersand in a filter is not escaped", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "%26", "&")
	})},
	{Requirement: "CLIENT-PAGE-01", Name: "the first page is taken for the whole list", Profile: listing, Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err != nil || !on(r, http.MethodGet, "Users") {
			return resp, err
		}
		return edited(resp, func(body *scim.Object) {
			body.Set("totalResults", json.Number(strconv.Itoa(len(body.Array("Resources")))))
		}), nil
	})},
	{Requirement: "CLIENT-PAGE-02", Name: "the next page begins behind what was asked for", Profile: listing, Transport: query(func(q url.Values) {
		if q.Get("startIndex") == "11" {
			q.Set("startIndex", "101")
		}
	})},
	{Requirement: "CLIENT-PAGE-03", Name: "count is a word", Transport: query(func(q url.Values) {
		if q.Get("count") != "" {
			q.Set("count", "all")
		}
	})},
	{Requirement: "CLIENT-PAGE-04", Name: "a cursor is made up", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if on(r, http.MethodGet, "Users") {
			own := like(r, http.MethodGet, r.URL.Path, nil)
			own.URL.RawQuery = "cursor=page-2&count=5"
			send(next, own)
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-QUERY-01", Name: "attributes are both chosen and excluded", Transport: query(func(q url.Values) {
		q.Set("attributes", "userName")
		q.Set("excludedAttributes", "emails")
	})},
}

var changeFaults = []Fault{
	{Requirement: "CLIENT-PATCH-01", Name: "PATCH has no schemas", Transport: objects("PATCH", "", func(o *scim.Object) { o.Delete("schemas") })},
	{Requirement: "CLIENT-PATCH-02", Name: "PATCH has no operations", Transport: objects("PATCH", "", func(o *scim.Object) { o.Set("Operations", []any{}) })},
	{Requirement: "CLIENT-PATCH-02", Name: "operations are called set", Transport: eachOperation(func(op *scim.Object) { op.Set("op", "set") })},
	{Requirement: "CLIENT-PATCH-03", Name: "paths are JSON pointers", Transport: eachOperation(func(op *scim.Object) { op.Set("path", "/"+op.String("path")) })},
	{Requirement: "CLIENT-PATCH-03", Name: "a path names an attribute that there is not", Transport: eachOperation(func(op *scim.Object) {
		if op.String("path") == "active" {
			op.Set("path", "enabled")
		}
	})},
	{Requirement: "CLIENT-PATCH-04", Name: "what is added has no value", Transport: eachOperation(func(op *scim.Object) {
		if op.String("op") != "remove" {
			op.Delete("value")
		}
	})},
	{Requirement: "CLIENT-PATCH-04", Name: "what is removed has no path", Transport: eachOperation(func(op *scim.Object) {
		if op.String("op") == "remove" {
			op.Delete("path")
		}
	})},
	{Requirement: "CLIENT-PATCH-05", Name: "active is a text", Transport: eachOperation(func(op *scim.Object) {
		if v, _ := op.Get("value"); op.String("path") == "active" {
			op.Set("value", map[any]any{true: "True", false: "False"}[v])
		}
	})},
	{Requirement: "CLIENT-PATCH-06", Name: "the id is written, too", Transport: objects("PATCH", "", func(o *scim.Object) {
		o.Set("Operations", append(slices.Clone(o.Array("Operations")), scim.NewObject(
			scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "id"}, scim.Member{Name: "value", Value: "4711"},
		)))
	})},
	{Requirement: "CLIENT-VERSION-01", Name: "a version is made up", Transport: onMethod(http.MethodPatch, func(r *http.Request) { r.Header.Set("If-Match", `W/"made-up"`) })},
	{Requirement: "CLIENT-VERSION-02", Name: "what was read is written back without its version", Profile: duo.Profile{UserUpdate: duo.Put}, Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			own := like(r, http.MethodGet, r.URL.Path, nil)
			own.URL.RawPath = r.URL.RawPath
			send(next, own)
		}
		return next.RoundTrip(r)
	})},
}
