package provider

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// checkIfMatch answers 412 to a write that is meant for another version of the
// resource (RFC 7644 section 3.14).
func checkIfMatch(h http.Header, version string) error {
	if values := h.Values("If-Match"); len(values) > 0 && !namesVersion(values, version) {
		return scim.PreconditionFailed("the resource has the version %s now; read it again before changing it", version)
	}
	return nil
}

// notModified says whether the client has this version already.
func notModified(h http.Header, version string) bool {
	return namesVersion(h.Values("If-None-Match"), version)
}

// namesVersion says whether a list of entity tags holds the version or is "*".
// Tags compare weakly, since all tags of this provider are weak: SCIM uses them
// in If-Match too, which HTTP alone would not (RFC 9110 section 13.1.1).
func namesVersion(values []string, version string) bool {
	for tag := range strings.SplitSeq(strings.Join(values, ","), ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(version, "W/") {
			return true
		}
	}
	return false
}
