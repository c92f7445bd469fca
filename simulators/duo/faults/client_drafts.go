package faults

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// draftFaults are what drafts that profile the standard forbid clients.
var draftFaults = []Fault{
	{Requirement: "CLIENT-INTEROP01-01", Name: "e-mail addresses have a type of their own", Transport: objects("POST", "Users", func(o *scim.Object) {
		o.Set("emails", []any{scim.NewObject(scim.Member{Name: "value", Value: "ada@example.com"}, scim.Member{Name: "type", Value: "corporate"})})
	})},
	{Requirement: "CLIENT-INTEROP01-02", Name: "ids are written as they are", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		return next.RoundTrip(unescaped(r))
	})},
	{Requirement: "CLIENT-INTEROP01-03", Name: "nobody is looked for", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet && r.URL.Query().Has("filter") {
			return emptyList(r), nil
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-INTEROP01-04", Name: "a comma stands at the end of objects", Transport: raw(func(body []byte) []byte {
		return append(bytes.TrimSuffix(body, []byte("}")), ",}"...)
	})},
	{Requirement: "CLIENT-INTEROP01-05", Name: "bodies are declared as JSON", Transport: header("Content-Type", "application/json")},
	{Requirement: "CLIENT-INTEROP01-06", Name: "the client does not say its name", Transport: onMethod("", func(r *http.Request) { r.Header.Set("User-Agent", "") })},
	{Requirement: "CLIENT-INTEROP01-07", Name: "users are looked for by the beginning of the name", Transport: onFilters(func(filter string) string { return strings.ReplaceAll(filter, " eq ", " sw ") })},
	{Requirement: "CLIENT-INTEROP01-07", Name: "one of two names is looked for", Transport: onFilters(func(filter string) string { return filter + " or " + filter })},
	{Requirement: "CLIENT-INTEROP01-08", Name: "a change is made of whom a filter finds", Transport: onMethod(http.MethodPatch, func(r *http.Request) {
		r.URL.RawQuery = "filter=" + url.QueryEscape(`userName eq "ada@example.com"`)
	})},
	{Requirement: "CLIENT-INTEROP01-09", Name: "users are replaced", Transport: onMethod(http.MethodPatch, func(r *http.Request) { r.Method = http.MethodPut })},
	{Requirement: "CLIENT-INTEROP01-10", Name: "changes are replacements", Transport: onMethod(http.MethodPatch, func(r *http.Request) { r.Method = http.MethodPut })},
	{Requirement: "CLIENT-INTEROP01-11", Name: "operations have no path", Transport: eachOperation(pathIntoValue)},
	{Requirement: "CLIENT-INTEROP01-12", Name: "an operation changes two attributes", Transport: eachOperation(func(op *scim.Object) {
		pathIntoValue(op)
		op.Object("value").Set("nickName", "Ada")
	})},
	{Requirement: "CLIENT-INTEROP01-14", Name: "a name is a text", Transport: eachOperation(changing("name", "Ada King"))},
	{Requirement: "CLIENT-INTEROP01-15", Name: "one e-mail address is no list", Transport: eachOperation(changing("emails", scim.NewObject(
		scim.Member{Name: "value", Value: "ada@example.com"}, scim.Member{Name: "type", Value: "work"})))},
	{Requirement: "CLIENT-INTEROP01-16", Name: "a whole e-mail address is changed by a filter", Transport: eachOperation(changing(`emails[type eq "work"]`, scim.NewObject(
		scim.Member{Name: "value", Value: "ada@example.com"})))},
	{Requirement: "CLIENT-INTEROP01-17", Name: "changes have a precondition", Transport: onMethod(http.MethodPatch, func(r *http.Request) { r.Header.Set("If-Match", `W/"1"`) })},
	{Requirement: "CLIENT-INTEROP01-18", Name: "the token comes as a password", Transport: onMethod("", func(r *http.Request) { r.SetBasicAuth("client", tokenOf(r)) })},
	{Requirement: "CLIENT-IPSIE00-01", Name: "requests go without a token", Transport: onMethod("", func(r *http.Request) { r.Header.Del("Authorization") })},
	{Requirement: "CLIENT-IPSIE00-02", Name: "new users get a password", Transport: objects("POST", "Users", func(o *scim.Object) { o.Set("password", "1mz050nq-Aa9!kq") })},
	{Requirement: "CLIENT-IPSIE00-02", Name: "a change sets a password", Transport: eachOperation(changing("password", "1mz050nq-Aa9!kq"))},
	{Requirement: "CLIENT-IPSIE00-03", Name: "groups are listed with their members", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		q := r.URL.Query()
		q.Del("excludedAttributes")
		r.URL.RawQuery = q.Encode()
	})},
}

// onFilters edits the filters of reads.
func onFilters(edit func(filter string) string) func(http.RoundTripper) http.RoundTripper {
	return onMethod(http.MethodGet, func(r *http.Request) {
		q := r.URL.Query()
		if filter := q.Get("filter"); filter != "" {
			q.Set("filter", edit(filter))
			r.URL.RawQuery = q.Encode()
		}
	})
}

// pathIntoValue makes an operation one without a path.
func pathIntoValue(op *scim.Object) {
	path, value := op.String("path"), op.Clone()
	v, _ := value.Get("value")
	op.Delete("path")
	op.Set("value", scim.NewObject(scim.Member{Name: path, Value: v}))
}

// changing makes each operation one that replaces this.
func changing(path string, value any) func(op *scim.Object) {
	return func(op *scim.Object) {
		op.Set("op", "replace")
		op.Set("path", path)
		op.Set("value", value)
	}
}
