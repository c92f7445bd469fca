package safety

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// maxPreflight is how many requests it may take to see that a base URL is wrong.
const maxPreflight = 10

// endpoints are the names that RFC 7644 section 3.2 gives to what stands below a base
// URL. Users often give the URL of one of them.
var endpoints = []string{"Users", "Groups", "Me", "Bulk", "Schemas", "ResourceTypes", "ServiceProviderConfig", ".search"}

// usualPaths are where many services have their SCIM base.
var usualPaths = []string{"/scim/v2", "/v2", "/scim"}

// locate decides what it means that GET /Users is not answered with a list: a service
// that is wrong, which the run is to find out, or a URL that is wrong. Why is what
// became of GET /Users.
func locate(ctx context.Context, client *wire.Client, why string) *PreflightError {
	for _, other := range otherBases(client.BaseURL) {
		if found := probeBase(ctx, client, other); found != "" {
			return &PreflightError{Stops: true, Text: fmt.Sprintf(
				"the base URL seems to be %s: GET %s/Users %s, while GET %s/Users %s; run again with --target %s",
				other, other, found, client.BaseURL, why, other)}
		}
	}
	for _, name := range []string{"ServiceProviderConfig", groupsSegment, "Schemas"} {
		if speaksSCIM(ctx, client, name) {
			return warning("GET /Users %s", why)
		}
	}
	return &PreflightError{Stops: true, Text: fmt.Sprintf(
		"nothing at %s answers like a SCIM service: GET /Users %s; the base URL is that to which a client appends /Users", client.BaseURL, why)}
}

// otherBases are URLs that a user may have meant.
func otherBases(base string) []string {
	base = strings.TrimRight(base, "/")
	end := strings.LastIndexByte(base, '/')
	last := base[end+1:]
	if slices.ContainsFunc(endpoints, func(name string) bool { return strings.EqualFold(name, last) }) {
		return []string{base[:end]}
	}
	var all []string
	for _, path := range usualPaths {
		if !strings.HasSuffix(base, path) {
			all = append(all, base+path)
		}
	}
	if !strings.HasSuffix(base[:end], "/") && !strings.HasSuffix(base[:end], ":") { // something is left of the path
		all = append(all, base[:end])
	}
	return all
}

// probeBase says how GET /Users is answered at another base URL if a SCIM service
// seems to be there, and "" otherwise.
func probeBase(ctx context.Context, client *wire.Client, base string) string {
	there := *client
	there.BaseURL = base
	answer, err := there.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{usersSegment}, Query: [][2]string{{"count", "1"}}})
	if err != nil {
		return ""
	}
	shown, _, err := scim.ParseLeniently(answer.Body)
	o, _ := shown.(*scim.Object)
	switch {
	case err != nil:
		return ""
	case answer.Status == http.StatusOK && o.Len() > 0 && notAList(answer) == "":
		return "is answered with a list"
	case answer.Status == http.StatusUnauthorized && slices.Contains(o.Array("schemas"), any(scim.ErrorURN)):
		return "is answered 401 with a SCIM error"
	}
	return ""
}

// speaksSCIM says whether the endpoint is answered with something of SCIM: an object
// with schemas, or a list.
func speaksSCIM(ctx context.Context, client *wire.Client, name string) bool {
	answer, err := client.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{name}})
	if err != nil || answer.Status != http.StatusOK {
		return false
	}
	shown, _, err := scim.ParseLeniently(answer.Body)
	if err != nil {
		return false
	}
	_, isList := elementsOf(shown)
	o, _ := shown.(*scim.Object)
	return isList || len(o.Array("schemas")) > 0
}
