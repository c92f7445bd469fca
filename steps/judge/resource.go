package judge

import (
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Naming is the attribute that every resource of a collection has to have.
func Naming(collection string) string {
	if collection == "Groups" {
		return "displayName"
	}
	return "userName"
}

// EndpointOf is the last segment of a resource type's endpoint, which may be a whole URL or begin
// with the service root: that is read all the same, and one requirement tells it.
func EndpointOf(resourceType *scim.Object) string {
	endpoint := strings.Trim(resourceType.String("endpoint"), "/")
	if u, err := url.Parse(endpoint); err == nil {
		endpoint = u.Path
	}
	return endpoint[strings.LastIndex(endpoint, "/")+1:]
}
