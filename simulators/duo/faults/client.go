package faults

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// OfClients returns what any SCIM client can do wrong, in the order of its features. Each is
// a Duo that does so: the endpoint that receives it has to notice.
func OfClients() []Fault {
	return slices.Concat(requestFaults, bodyFaults, queryFaults, changeFaults, provisioningFaults)
}

var requestFaults = []Fault{
	{Requirement: "CLIENT-MEDIA-01", Name: "bodies are declared as text", Transport: header("Content-Type", "text/plain")},
	{Requirement: "CLIENT-MEDIA-01", Name: "bodies are declared as Latin-1", Transport: header("Content-Type", "application/scim+json; charset=iso-8859-1")},
	{Requirement: "CLIENT-MEDIA-02", Name: "a comma stands before the end of bodies", Transport: raw(func(body []byte) []byte {
		return append(bytes.TrimSuffix(body, []byte("}")), ",}"...)
	})},
	{Requirement: "CLIENT-MEDIA-02", Name: "bodies are forms", Transport: raw(func([]byte) []byte { return []byte("userName=ada&active=true") })},
	{Requirement: "CLIENT-MEDIA-03", Name: "only XML is accepted", Transport: header("Accept", "application/xml")},
	{Requirement: "CLIENT-MEDIA-03", Name: "SCIM has the weight zero", Transport: header("Accept", "application/scim+json;q=0, text/html")},
	{Requirement: "CLIENT-MEDIA-04", Name: "reads have a body", Transport: onMethod(http.MethodGet, func(r *http.Request) { setBody(r, []byte("{}")) })},
	{Requirement: "CLIENT-URL-01", Name: "quotes stand in addresses as they are", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "%22", `"`)
	})},
	{Requirement: "CLIENT-URL-01", Name: "spaces stand in addresses as they are", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.RawQuery = strings.NewReplacer("+", " ", "%20", " ").Replace(r.URL.RawQuery)
	})},
	{Requirement: "CLIENT-URL-02", Name: "ids are not percent-encoded", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		return next.RoundTrip(unescaped(r))
	})},
	{Requirement: "CLIENT-URL-03", Name: "requests go beside the base URL", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		send(next, like(r, http.MethodGet, "/Users", nil))
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-URL-03", Name: "there are two slashes before the endpoint", Transport: onMethod(http.MethodGet, func(r *http.Request) {
		r.URL.Path, r.URL.RawPath = strings.Replace(r.URL.Path, "/Users", "//Users", 1), ""
	})},
	{Requirement: "CLIENT-TOKEN-01", Name: "the token is not sent", Transport: onMethod("", func(r *http.Request) { r.Header.Del("Authorization") })},
	{Requirement: "CLIENT-TOKEN-01", Name: "the token is sent without its scheme", Transport: onMethod("", func(r *http.Request) {
		r.Header.Set("Authorization", tokenOf(r))
	})},
	{Requirement: "CLIENT-TOKEN-02", Name: "the token is in the address", Transport: onMethod("", func(r *http.Request) {
		inAddress(r)
		r.Header.Del("Authorization")
	})},
	{Requirement: "CLIENT-TOKEN-03", Name: "the token is in the header and in the address", Transport: onMethod("", inAddress)},
	{Requirement: "CLIENT-TOKEN-04", Name: "redirects are followed to any host", Transport: transport(followAnywhere)},
	{Requirement: "CLIENT-TLS-01", Name: "plain HTTP is spoken to an https address", Transport: onMethod("", func(r *http.Request) { r.URL.Scheme = "http" })},
	{Requirement: "CLIENT-TLS-01", Name: "TLS 1.1 is spoken", Transport: func(http.RoundTripper) http.RoundTripper {
		return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS11, MaxVersion: tls.VersionTLS11}} //nolint:gosec // that is the fault
	}},
	{Requirement: "CLIENT-TLS-02", Name: "certificates are not verified", Transport: func(http.RoundTripper) http.RoundTripper {
		return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // that is the fault
	}},
}

func followAnywhere(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	resp, err := next.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusTemporaryRedirect {
		return resp, err
	}
	target, err := url.Parse(resp.Header.Get("Location"))
	if err != nil {
		return resp, err
	}
	_ = resp.Body.Close()
	again := r.Clone(r.Context())
	again.URL, again.Host = target, target.Host
	return next.RoundTrip(again)
}

// onMethod edits the requests of a method, "" for all.
func onMethod(method string, edit func(r *http.Request)) func(http.RoundTripper) http.RoundTripper {
	return transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if method == "" || r.Method == method {
			own := r.Clone(r.Context())
			edit(own)
			r = own
		}
		return next.RoundTrip(r)
	})
}

// header sets a header of requests that have it.
func header(name, value string) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if r.Header.Get(name) != "" {
			r.Header.Set(name, value)
		}
	})
}

// raw edits the bytes of bodies.
func raw(edit func(body []byte) []byte) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			return
		}
		body, _ := io.ReadAll(r.Body)
		setBody(r, edit(body))
	})
}

func setBody(r *http.Request, body []byte) {
	r.Body, r.ContentLength, r.GetBody = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
}

func tokenOf(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func inAddress(r *http.Request) {
	q := r.URL.Query()
	q.Set("access_token", tokenOf(r))
	r.URL.RawQuery = q.Encode()
}

// objects edits the bodies of these methods to this collection, "" for all.
func objects(methods, collection string, edit func(body *scim.Object)) func(http.RoundTripper) http.RoundTripper {
	return onMethod("", func(r *http.Request) {
		if !strings.Contains(methods, r.Method) || collection != "" && !within(r, r.Method, collection) {
			return
		}
		if body := bodyOf(r); body != nil {
			edit(body)
			out, _ := body.MarshalJSON()
			setBody(r, out)
		}
	})
}

// eachOperation edits the operations of every PATCH.
func eachOperation(edit func(op *scim.Object)) func(http.RoundTripper) http.RoundTripper {
	return objects(http.MethodPatch, "", func(body *scim.Object) {
		for _, v := range body.Array("Operations") {
			if op, ok := v.(*scim.Object); ok {
				edit(op)
			}
		}
	})
}

var bodyFaults = []Fault{
	{Requirement: "CLIENT-BODY-01", Name: "resources have no schemas", Transport: objects("POST,PUT", "", func(o *scim.Object) { o.Delete("schemas") })},
	{Requirement: "CLIENT-BODY-01", Name: "groups name the schema of users", Transport: objects("POST,PUT", "Groups", func(o *scim.Object) { o.Set("schemas", []any{scim.UserURN}) })},
	{Requirement: "CLIENT-BODY-02", Name: "groups name a schema that they do not have", Transport: objects("POST,PUT", "Groups", func(o *scim.Object) {
		o.Set("schemas", append(slices.Clone(o.Array("schemas")), "urn:example:unheard:2.0:Group"))
	})},
	{Requirement: "CLIENT-BODY-03", Name: "attributes of the extension are sent at the top", Transport: objects("POST,PUT", "Users", func(o *scim.Object) {
		for name, value := range o.Clone().All() {
			if extension, ok := value.(*scim.Object); ok && strings.HasPrefix(name, "urn:") {
				o.Delete(name)
				for inner, v := range extension.All() {
					o.Set(inner, v)
				}
			}
		}
	})},
	{Requirement: "CLIENT-BODY-03", Name: "an extension is sent and not named", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("schemas", []any{scim.UserURN}) })},
	{Requirement: "CLIENT-BODY-04", Name: "active is a text", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("active", "true") })},
	{Requirement: "CLIENT-BODY-04", Name: "emails is one address", Transport: objects("POST,PUT", "Users", func(o *scim.Object) { o.Set("emails", o.String("userName")) })},
	{Requirement: "CLIENT-BODY-05", Name: "users have no userName", Transport: objects("POST", "Users", func(o *scim.Object) { o.Delete("userName") })},
	{Requirement: "CLIENT-BODY-06", Name: "creations say an id", Transport: objects("POST", "", func(o *scim.Object) { o.Set("id", "4711") })},
	{Requirement: "CLIENT-BODY-07", Name: "members are named by what they are called", Transport: eachOperation(func(op *scim.Object) {
		if op.String("path") == "members" {
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: "ada@example.com"})})
		}
	})},
	{Requirement: "CLIENT-BODY-07", Name: "members are texts", Transport: eachOperation(func(op *scim.Object) {
		if op.String("path") == "members" && len(op.Array("value")) > 0 {
			op.Set("value", []any{op.Array("value")[0].(*scim.Object).String("value")})
		}
	})},
}

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

var provisioningFaults = []Fault{
	{Requirement: "CLIENT-CONNECT-01", Name: "the connection is tested by creating a user", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if on(r, http.MethodGet, "Users") {
			send(next, like(r, http.MethodPost, r.URL.Path, userNamed("connection-test@example.com")))
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-CREATE-01", Name: "users are created without a look", Transport: transport(withoutALook)},
	{Requirement: "CLIENT-CREATE-02", Name: "a conflict leads to the same creation again", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		again := slices.Repeat([]*scim.Object{bodyOf(r)}, 3)
		resp, err := next.RoundTrip(r)
		for _, body := range again {
			if err == nil && resp.StatusCode == http.StatusConflict && on(r, http.MethodPost, "Users") {
				send(next, like(r, r.Method, r.URL.Path, body))
			}
		}
		return resp, err
	})},
	{Requirement: "CLIENT-CREATE-03", Name: "a creation without an answer is sent again", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		body := bodyOf(r)
		resp, err := next.RoundTrip(r)
		if err != nil && on(r, http.MethodPost, "Users") {
			return next.RoundTrip(like(r, r.Method, r.URL.Path, body))
		}
		return resp, err
	})},
	{Requirement: "CLIENT-CREATE-04", Name: "a user is created once for each group", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if on(r, http.MethodPost, "Users") {
			send(next, like(r, http.MethodPost, r.URL.Path, bodyOf(r)))
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-RETRY-01", Name: "a request is sent again at once", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		body := bodyOf(r)
		resp, err := next.RoundTrip(r)
		if err != nil || resp.Header.Get("Retry-After") == "" {
			return resp, err
		}
		_ = resp.Body.Close()
		return next.RoundTrip(like(r, r.Method, r.URL.Path, body))
	})},
	{Requirement: "CLIENT-CHANGE-01", Name: "changes of users are not sent", Transport: swallowed(http.MethodPatch, "Users")},
	{Requirement: "CLIENT-DEPROV-01", Name: "a cycle ends with the first failure", Transport: func(next http.RoundTripper) http.RoundTripper {
		var failed atomic.Bool
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if failed.Load() && r.Method != http.MethodGet {
				return answer(r, http.StatusInternalServerError, scim.Internal("given up").Object()), nil
			}
			resp, err := next.RoundTrip(r)
			if err == nil && resp.StatusCode == http.StatusInternalServerError {
				failed.Store(true)
			}
			return resp, err
		})
	}},
	{Requirement: "CLIENT-DEPROV-02", Name: "a deprovisioning that failed is forgotten", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err == nil && within(r, http.MethodPatch, "Users") && resp.StatusCode == http.StatusInternalServerError {
			return answer(r, http.StatusOK, userNamed("forgotten")), nil
		}
		return resp, err
	})},
	{Requirement: "CLIENT-DEPROV-03", Name: "deactivations are not sent", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if setsActive(r, false) {
			return answer(r, http.StatusOK, userNamed("as it was")), nil
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-DEPROV-03", Name: "everybody is deactivated", Transport: func(next http.RoundTripper) http.RoundTripper {
		var places []string
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if setsActive(r, false) {
				body := bodyOf(r)
				for _, place := range places {
					send(next, like(r, r.Method, place, body))
				}
			}
			resp, err := next.RoundTrip(r)
			if err == nil && on(r, http.MethodPost, "Users") {
				resp = edited(resp, func(body *scim.Object) { places = append(places, r.URL.Path+"/"+body.String("id")) })
			}
			return resp, err
		})
	}},
	{Requirement: "CLIENT-DEPROV-04", Name: "who returns is created again", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if !setsActive(r, true) {
			return next.RoundTrip(r)
		}
		send(next, like(r, http.MethodDelete, r.URL.Path, nil))
		return next.RoundTrip(like(r, http.MethodPost, r.URL.Path[:strings.LastIndex(r.URL.Path, "/")], userNamed("ada@example.com")))
	})},
	{Requirement: "CLIENT-COST-01", Name: "something is sent with each cycle", Sync: creating("again@example.com")},
	{Requirement: "CLIENT-COST-02", Name: "every change is sent twice", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if within(r, http.MethodPatch, "Users") {
			send(next, like(r, r.Method, r.URL.Path, bodyOf(r)))
		}
		return next.RoundTrip(r)
	})},
	{Requirement: "CLIENT-GROUP-01", Name: "each member joins by a request of its own", Transport: transport(oneByOne)},
	{Requirement: "CLIENT-GROUP-02", Name: "a renamed group is deleted and created again", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		op := firstOperation(r)
		if !within(r, http.MethodPatch, "Groups") || op.String("path") != "displayName" {
			return next.RoundTrip(r)
		}
		send(next, like(r, http.MethodDelete, r.URL.Path, nil))
		return next.RoundTrip(like(r, http.MethodPost, r.URL.Path[:strings.LastIndex(r.URL.Path, "/")], scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.GroupURN}}, scim.Member{Name: "displayName", Value: op.String("value")},
		)))
	})},
	{Requirement: "CLIENT-GROUP-03", Name: "all members are removed with the one who leaves", Transport: eachOperation(func(op *scim.Object) {
		if strings.HasPrefix(op.String("path"), "members[") {
			op.Set("path", "members")
		}
	})},
	{Requirement: "CLIENT-ANSWER-01", Name: "what is answered 204 is sent again", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		body := bodyOf(r)
		resp, err := next.RoundTrip(r)
		if err == nil && r.Method == http.MethodPatch && resp.StatusCode == http.StatusNoContent {
			return next.RoundTrip(like(r, r.Method, r.URL.Path, body))
		}
		return resp, err
	})},
	{Requirement: "CLIENT-ANSWER-02", Name: "an answer with a charset is not read", Transport: transport(func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err == nil && on(r, http.MethodGet, "Users") && strings.Contains(resp.Header.Get("Content-Type"), "charset") {
			_ = resp.Body.Close()
			return emptyList(r), nil
		}
		return resp, err
	})},
}

func withoutALook(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	if on(r, http.MethodGet, "Users") && r.URL.Query().Has("filter") {
		return emptyList(r), nil
	}
	return next.RoundTrip(r)
}

// firstOperation is that of a PATCH, or an empty one.
func firstOperation(r *http.Request) *scim.Object {
	if r.Method == http.MethodPatch {
		for _, v := range bodyOf(r).Array("Operations") {
			if op, ok := v.(*scim.Object); ok {
				return op
			}
		}
	}
	return scim.NewObject()
}

// setsActive says whether the request enables or disables a user.
func setsActive(r *http.Request, active bool) bool {
	op := firstOperation(r)
	v, _ := op.Get("value")
	return within(r, http.MethodPatch, "Users") && op.String("path") == "active" && v == active
}

// oneByOne sends a PATCH for each member that one adds.
func oneByOne(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	op := firstOperation(r)
	members := op.Array("value")
	if op.String("path") != "members" || op.String("op") != "add" || len(members) < 2 {
		return next.RoundTrip(r)
	}
	of := func(m any) *http.Request {
		return like(r, r.Method, r.URL.Path, scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
			scim.Member{Name: "Operations", Value: []any{scim.NewObject(
				scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "members"}, scim.Member{Name: "value", Value: []any{m}},
			)}},
		))
	}
	for _, m := range members[1:] {
		send(next, of(m))
	}
	return next.RoundTrip(of(members[0]))
}
