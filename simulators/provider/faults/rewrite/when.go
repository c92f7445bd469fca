package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Creations are POSTs that create; of "Users", "Groups" or "*" for both.
func Creations(of string) When { return At("POST", "/"+of) }

// ByCursor are queries that are paged by cursors; begun and continued are those
// for the first page and for the pages after it.
func ByCursor(places ...string) When { return Queries(places...).And(Has("cursor")) }

func Begun(places ...string) When { return Queries(places...).And(Equals("cursor", "")) }

func Continued(places ...string) When { return ByCursor(places...).And(Not(Equals("cursor", ""))) }

func PlaceOf(r *http.Request) string { return strings.Join(Segments(r), "/") }

var (
	ListsUsers    = At("GET", "/Users")
	ListsGroups   = At("GET", "/Groups")
	CreatesUsers  = At("POST", "/Users")
	CreatesGroups = At("POST", "/Groups")
	PatchesUsers  = At("PATCH", "/Users/*")
	PatchesGroups = At("PATCH", "/Groups/*")
)

// Queries are the requests that may carry a filter, at any of these endpoints
// ("" for the service root); without any, at all of them.
//
//go:noinline
func Queries(places ...string) When {
	return func(r *http.Request) bool {
		at := Segments(r)
		if r.Method == http.MethodPost && (len(at) == 0 || at[len(at)-1] != ".search") {
			return false
		}
		if r.Method == http.MethodPost {
			at = at[:len(at)-1]
		}
		if r.Method != http.MethodPost && r.Method != http.MethodGet || len(at) > 1 {
			return false
		}
		endpoint := ""
		if len(at) == 1 && isEndpoint(at[0]) {
			endpoint = at[0]
		}
		ours := endpoint == "" || endpoint == "Users" || endpoint == "Groups"
		return ours && (len(places) == 0 || slices.Contains(places, endpoint))
	}
}

// isEndpoint says whether a segment is an endpoint; the root is not.
func isEndpoint(segment string) bool { return slices.Contains(Endpoints, segment) }

func Searches(r *http.Request) bool { return r.Method == http.MethodPost && Queries()(r) }

func EscapedSegments(r *http.Request) []string {
	s := Segments(r)
	for i := range s {
		s[i] = url.PathEscape(s[i])
	}
	return s
}

// And narrows a choice by the parameters.
//
//go:noinline
func (chosen When) And(tests ...ParameterTest) When {
	return func(r *http.Request) bool {
		if !chosen(r) {
			return false
		}
		p := ParametersOf(r)
		return !slices.ContainsFunc(tests, func(t ParameterTest) bool { return !t(p) })
	}
}

// ByGet and byPost tell queries in the URL from searches.
func ByGet(places ...string) When {
	return func(r *http.Request) bool { return r.Method == http.MethodGet && Queries(places...)(r) }
}

func ByPost(places ...string) When {
	return func(r *http.Request) bool { return r.Method == http.MethodPost && Queries(places...)(r) }
}

// ReadOne is the reading of one resource.
func ReadOne(places ...string) When {
	return func(r *http.Request) bool {
		at := Segments(r)
		return r.Method == http.MethodGet && len(at) == 2 && slices.Contains(places, at[0])
	}
}

// QueriesAnd widens a choice by the lists in the URL.
func QueriesAnd(one When) When {
	return func(r *http.Request) bool { return one(r) || ByGet()(r) }
}

// PatchTo chooses a PATCH with an operation on this path; it answers a success.
func PatchTo(path string) When {
	return func(r *http.Request) bool {
		if !At("PATCH", "/Users/*")(r) {
			return false
		}
		for _, op := range ObjectsIn(BodyOf(r).Array("Operations")) {
			if strings.EqualFold(op.String("path"), path) {
				return true
			}
		}
		return false
	}
}

// AnyOf chooses what one of the others does.
func AnyOf(chosen ...When) When {
	return func(r *http.Request) bool {
		return slices.ContainsFunc(chosen, func(w When) bool { return w(r) })
	}
}

var (
	Anywhere     = At("", "")
	OfUsers      = AnyOf(At("", "/Users"), At("", "/Users/*"), At("", "/Users/.search"))
	OfGroups     = AnyOf(At("", "/Groups"), At("", "/Groups/*"), At("", "/Groups/.search"))
	InUserLists  = AnyOf(At("GET", "/Users"), At("POST", "/Users/.search"))
	InGroupLists = AnyOf(At("GET", "/Groups"), At("POST", "/Groups/.search"))
	AUser        = AnyOf(At("POST", "/Users"), At("", "/Users/*"))
	AGroup       = AnyOf(At("POST", "/Groups"), At("", "/Groups/*"))
)

// When chooses requests.
type When func(r *http.Request) bool

// At chooses by method ("" for any, or several: "PUT,PATCH") and by place below
// the service root: "/Users", "/Users/*" (any id), "/*" (any collection), "/*/*"
// (any resource), "/Users/.search", "/Bulk"; "" is anywhere.
//
//go:noinline
func At(methods, place string) When {
	return func(r *http.Request) bool {
		return OneOf(r.Method, methods) && (place == "" || fits(Segments(r), strings.Split(place[1:], "/")))
	}
}

func OneOf(method, methods string) bool {
	return methods == "" || strings.Contains(","+methods+",", ","+method+",")
}

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

// Endpoints are the first segments below a service root, wherever that is.
var Endpoints = []string{"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me", ".search"}

// Segments is the path below the service root, unescaped; what is no known
// endpoint is the last segment alone.
func Segments(r *http.Request) []string {
	all := strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")
	for i, s := range all {
		if slices.Contains(Endpoints, s) {
			return unescape(all[i:])
		}
	}
	return unescape(all[len(all)-1:])
}

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

// DiscoveryResource chooses what lists the resources of an endpoint or shows one.
func DiscoveryResource(endpoint string) When {
	return func(r *http.Request) bool {
		return At("GET", "/"+endpoint)(r) || At("GET", "/"+endpoint+"/*")(r)
	}
}

func IsDiscovery(r *http.Request) bool {
	switch Segments(r)[0] {
	case "Schemas", "ResourceTypes", "ServiceProviderConfig":
		return true
	}
	return false
}

// Resource is where users and groups come out.
func Resource(r *http.Request) bool {
	s := Segments(r)
	return s[0] == "Users" || s[0] == "Groups" || s[0] == ".search"
}
