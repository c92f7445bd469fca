package faults

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

var provisioningFaults = []Fault{
	{Requirement: "CLIENT-CONNECT-01", Name: "the connection is tested by creating a user", Transport: transport(testedByCreating)},
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
	{Requirement: "CLIENT-CREATE-04", Name: "a user is created once for each group", Transport: transport(createdTwice)},
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
	{Requirement: "CLIENT-GROUP-04", Name: "changes of groups are not sent", Transport: swallowed(http.MethodPatch, "Groups")},
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

func testedByCreating(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	if on(r, http.MethodGet, "Users") {
		send(next, like(r, http.MethodPost, r.URL.Path, userNamed("connection-test@example.com")))
	}
	return next.RoundTrip(r)
}

func createdTwice(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	if on(r, http.MethodPost, "Users") {
		send(next, like(r, http.MethodPost, r.URL.Path, bodyOf(r)))
	}
	return next.RoundTrip(r)
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
