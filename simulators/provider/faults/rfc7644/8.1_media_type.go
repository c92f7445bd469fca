package rfc7644

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// mediaTypeFaults violate features/rfc7644/8.1_media_type.feature.
func mediaTypeFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-8.1-01", "answers are application/json", rewrite.SetContentType(rewrite.Anywhere, "application/json")},
		{"RFC7644-8.1-01", "answers are text/json", rewrite.SetContentType(rewrite.Anywhere, "text/json")},
		{"RFC7644-8.1-01", "answers have no media type", rewrite.SetContentType(rewrite.Anywhere, "application/octet-stream")},
		{"RFC7644-8.1-01", "lists are application/json", rewrite.SetContentType(rewrite.At("GET", "/*"), "application/json")},
		{"RFC7644-8.1-01", "a single user is application/json", rewrite.SetContentType(rewrite.At("GET", "/Users/*"), "application/json")},
		{"RFC7644-8.1-01", "a single group is application/json", rewrite.SetContentType(rewrite.At("GET", "/Groups/*"), "application/json")},
		{"RFC7644-8.1-01", "creations are application/json", rewrite.SetContentType(rewrite.At("POST", "/Users"), "application/json")},
		{"RFC7644-8.1-01", "searches are application/json", rewrite.SetContentType(rewrite.At("POST", "/Users/.search"), "application/json")},
		{"RFC7644-8.1-01", "replacements are application/json", rewrite.SetContentType(rewrite.At("PUT", ""), "application/json")},
		{"RFC7644-8.1-01", "changes are application/json", rewrite.SetContentType(rewrite.At("PATCH", ""), "application/json")},
		{"RFC7644-8.1-01", "the configuration is application/json", rewrite.SetContentType(rewrite.At("GET", "/ServiceProviderConfig"), "application/json")},
		{"RFC7644-8.1-01", "the schemas are application/json", rewrite.SetContentType(rewrite.At("GET", "/Schemas"), "application/json")},
		{"RFC7644-8.1-01", "the resource types are application/json", rewrite.SetContentType(rewrite.At("GET", "/ResourceTypes"), "application/json")},
		{"RFC7644-8.1-01", "errors are application/json", withStatus(func(s int) bool { return s >= 400 }, "application/json")},
		{"RFC7644-8.1-01", "errors are application/problem+json", withStatus(func(s int) bool { return s >= 400 }, "application/problem+json")},
		{"RFC7644-8.1-01", "unknown ids are application/json", withStatus(func(s int) bool { return s == 404 }, "application/json")},
		{"RFC7644-8.1-01", "duplicates are application/json", withStatus(func(s int) bool { return s == 409 }, "application/json")},
		{"RFC7644-8.1-01", "401 is application/json", withStatus(func(s int) bool { return s == 401 }, "application/json")},
		{"RFC7644-8.1-01", "the media type is misspelt", rewrite.SetContentType(rewrite.Anywhere, "application/json+scim")},
	}
}

func withStatus(chosen func(status int) bool, contentType string) rewrite.Wrap {
	return rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
		if chosen(a.Status) && a.Body != nil {
			a.Header.Set("Content-Type", contentType)
		}
	})
}
