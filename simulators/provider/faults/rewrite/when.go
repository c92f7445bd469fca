package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// When chooses requests.
type When func(r *http.Request) bool

// At chooses requests by method and place. methods is one method or several
// ("PUT,PATCH"), or "" for all. place is a path below the service root: "/Users",
// "/Users/*" (any id), "/*" (any collection), "/*/*" (any resource),
// "/Users/.search", "/Bulk", or "" for all.
//
//go:noinline
func At(methods, place string) When {
	return func(r *http.Request) bool {
		return IsOneOf(r.Method, methods) && (place == "" || fits(Segments(r), strings.Split(place[1:], "/")))
	}
}

// IsOneOf says whether a method is in a list such as "PUT,PATCH"; "" lists all
// methods.
func IsOneOf(method, methods string) bool {
	return methods == "" || strings.Contains(","+methods+",", ","+method+",")
}

// fits compares the segments of a path with those of a pattern.
func fits(segments, pattern []string) bool {
	if len(segments) != len(pattern) {
		return false
	}
	for i, p := range pattern {
		if p != segments[i] && (p != "*" || strings.HasPrefix(segments[i], ".")) {
			return false
		}
	}
	return true
}

// AnyOf chooses what at least one of the others chooses.
func AnyOf(chosen ...When) When {
	return func(r *http.Request) bool {
		return slices.ContainsFunc(chosen, func(w When) bool { return w(r) })
	}
}

var (
	// Anywhere chooses every request.
	Anywhere = At("", "")
	// OfUsers chooses the requests to users, their list and their search.
	OfUsers = AnyOf(At("", "/Users"), At("", "/Users/*"), At("", "/Users/.search"))
	// OfGroups chooses the requests to groups, their list and their search.
	OfGroups = AnyOf(At("", "/Groups"), At("", "/Groups/*"), At("", "/Groups/.search"))
	// InUserLists chooses the requests that list users.
	InUserLists = AnyOf(At("GET", "/Users"), At("POST", "/Users/.search"))
	// InGroupLists chooses the requests that list groups.
	InGroupLists = AnyOf(At("GET", "/Groups"), At("POST", "/Groups/.search"))
	// AUser chooses the requests to one user, and the creation of users.
	AUser = AnyOf(At("POST", "/Users"), At("", "/Users/*"))
	// AGroup chooses the requests to one group, and the creation of groups.
	AGroup = AnyOf(At("POST", "/Groups"), At("", "/Groups/*"))
	// ListsUsers chooses the list of users.
	ListsUsers = At("GET", "/Users")
	// ListsGroups chooses the list of groups.
	ListsGroups = At("GET", "/Groups")
	// CreatesUsers chooses the creation of users.
	CreatesUsers = At("POST", "/Users")
	// CreatesGroups chooses the creation of groups.
	CreatesGroups = At("POST", "/Groups")
	// ReplacesUsers chooses the replacement of users.
	ReplacesUsers = At("PUT", "/Users/*")
	// ReplacesGroups chooses the replacement of groups.
	ReplacesGroups = At("PUT", "/Groups/*")
	// DeletesUsers chooses the deletion of users.
	DeletesUsers = At("DELETE", "/Users/*")
	// DeletesGroups chooses the deletion of groups.
	DeletesGroups = At("DELETE", "/Groups/*")
	// PatchesUsers chooses changes to users by PATCH.
	PatchesUsers = At("PATCH", "/Users/*")
	// PatchesGroups chooses changes to groups by PATCH.
	PatchesGroups = At("PATCH", "/Groups/*")
)

// Creations chooses the creation of "Users", of "Groups", or of both ("*").
func Creations(of string) When { return At("POST", "/"+of) }

// PatchTo chooses the PATCH requests to users that have an operation with this
// path.
func PatchTo(path string) When {
	return func(r *http.Request) bool {
		if !At("PATCH", "/Users/*")(r) {
			return false
		}
		for _, op := range Operations(BodyOf(r)) {
			if strings.EqualFold(op.String("path"), path) {
				return true
			}
		}
		return false
	}
}

// Resource chooses the requests whose answers show users and groups.
func Resource(r *http.Request) bool {
	s := Segments(r)
	return s[0] == "Users" || s[0] == "Groups" || s[0] == ".search"
}

// DiscoveryResource chooses reads of a discovery endpoint, such as "Schemas", and
// of the resources below it.
func DiscoveryResource(endpoint string) When {
	return func(r *http.Request) bool {
		return At("GET", "/"+endpoint)(r) || At("GET", "/"+endpoint+"/*")(r)
	}
}

// IsDiscovery chooses the requests to discovery endpoints.
func IsDiscovery(r *http.Request) bool {
	switch Segments(r)[0] {
	case "Schemas", "ResourceTypes", "ServiceProviderConfig":
		return true
	}
	return false
}

// Endpoints are the first segments below a service root.
var Endpoints = []string{"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me", "Events", ".search"}

// Segments are the parts of the path below the service root, unescaped. A path
// without a known endpoint is reduced to its last segment.
func Segments(r *http.Request) []string {
	all := strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")
	for i, s := range all {
		if slices.Contains(Endpoints, s) {
			return unescape(all[i:])
		}
	}
	return unescape(all[len(all)-1:])
}

// unescape decodes each segment that can be decoded.
func unescape(segments []string) []string {
	for i, s := range segments {
		if u, err := url.PathUnescape(s); err == nil {
			segments[i] = u
		}
	}
	return segments
}

// Root is the path of the service root.
func Root(r *http.Request) string {
	below := Segments(r)
	all := strings.Split(strings.TrimRight(r.URL.EscapedPath(), "/"), "/")
	return strings.Join(all[:max(len(all)-len(below), 0)], "/")
}

// PlaceOf is the path below the service root, such as "Users/1", escaped as in a
// URL.
func PlaceOf(r *http.Request) string {
	s := Segments(r)
	for i := range s {
		s[i] = url.PathEscape(s[i])
	}
	return strings.Join(s, "/")
}

// WithHeader narrows a choice to requests with a header that contains a text.
func WithHeader(chosen When, header, part string) When {
	return func(r *http.Request) bool {
		return chosen(r) && r.Header.Get(header) != "" && strings.Contains(r.Header.Get(header), part)
	}
}

// WithoutHeader narrows a choice to requests that have no such header, or an empty one.
func WithoutHeader(chosen When, header string) When {
	return func(r *http.Request) bool { return chosen(r) && r.Header.Get(header) == "" }
}
