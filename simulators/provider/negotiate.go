package provider

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// mediaType is the type of every answer (RFC 7644 sections 3.8 and 8.1).
const mediaType = "application/scim+json"

// checkAccept answers 406 to a client that takes neither SCIM's own media type
// nor plain JSON. Both get the same bytes under SCIM's type.
func checkAccept(h http.Header) error {
	values := h.Values("Accept")
	if len(values) == 0 {
		return nil
	}
	accept := strings.Join(values, ",")
	if acceptable(accept, mediaType) || acceptable(accept, "application/json") {
		return nil
	}
	return scim.NotAcceptable("answers are %s; the request accepts only %q", mediaType, accept)
}

// acceptable says whether an Accept header lets the media type through: the
// most specific range that fits decides, and a weight of 0 excludes
// (RFC 9110 section 12.5.1).
func acceptable(accept, mediaType string) bool {
	ranges := []string{mediaType, "application/*", "*/*"} // most specific first
	best, ok := len(ranges), strings.TrimSpace(accept) == ""
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		for i := range best {
			if name == ranges[i] {
				weight, err := strconv.ParseFloat(parameters["q"], 64)
				best, ok = i, err != nil || weight > 0
				break
			}
		}
	}
	return ok
}

// checkContentType answers 415 to a body that is not declared as SCIM or JSON
// in UTF-8 (RFC 7644 section 3.8).
func checkContentType(h http.Header) error {
	given := h.Get("Content-Type")
	name, parameters, err := mime.ParseMediaType(given)
	charset := parameters["charset"]
	if err == nil && (name == mediaType || name == "application/json") && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		return nil
	}
	return scim.UnsupportedMediaType("the Content-Type is %q; send %s or application/json, in UTF-8", given, mediaType)
}
