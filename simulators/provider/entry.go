package provider

import (
	"net/url"
	"strconv"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// entry is one resource in the store. Its fields change only under the write
// lock. The object in resource never changes; a modification puts another one
// in its place, so that what was read from it stays valid without the lock.
type entry struct {
	kind *kind
	id   string
	seq  uint64 // position in the order of creation

	// resource is what the client chose, in canonical form: everything but id,
	// meta and what is derived from other resources.
	resource *scim.Object

	created  time.Time
	modified time.Time
	revision int // counts the modifications, beginning with 1

	referrers map[edge]struct{} // who refers to this resource
	roster    *roster           // of a large group, once it was needed
}

// edge is a reference seen from its target.
type edge struct {
	from *entry
	by   *reference
}

// location is the resource's address below the base URI.
func (e *entry) location(base string) string {
	return base + e.kind.Endpoint + "/" + url.PathEscape(e.id)
}

// version is the entity tag. It is weak (RFC 7643 section 3.1): it stands for
// what clients wrote and not for what the provider derives from other
// resources, such as the groups of a user or the display names of members.
func (e *entry) version() string { return `W/"` + strconv.Itoa(e.revision) + `"` }

// displayName is how a reference to the resource names it to people.
func (e *entry) displayName() string {
	if name := e.resource.String("displayName"); name != "" {
		return name
	}
	return e.resource.String("userName")
}

// timestamp writes RFC 3339 in UTC with milliseconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }

func (e *entry) meta(base string) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "resourceType", Value: e.kind.Name},
		scim.Member{Name: "created", Value: timestamp(e.created)},
		scim.Member{Name: "lastModified", Value: timestamp(e.modified)},
		scim.Member{Name: "location", Value: e.location(base)},
		scim.Member{Name: "version", Value: e.version()},
	)
}
