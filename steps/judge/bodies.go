package judge

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// PatchOp is the body of a PATCH with these operations (RFC 7644 section 3.5.2).
func PatchOp(operations any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// MemberList are members of a group by their ids.
func MemberList(ids []string) []any {
	members := make([]any, len(ids))
	for i, id := range ids {
		members[i] = scim.NewObject(scim.Member{Name: "value", Value: id})
	}
	return members
}

// ReplaceOperation is an operation that replaces the value at a path.
func ReplaceOperation(path string, value any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "op", Value: "replace"},
		scim.Member{Name: "path", Value: path},
		scim.Member{Name: "value", Value: value},
	)
}

// AddMembers is the body of a PATCH that adds members to a group.
func AddMembers(members []any) *scim.Object {
	return PatchOp([]any{scim.NewObject(
		scim.Member{Name: "op", Value: "add"},
		scim.Member{Name: "path", Value: "members"},
		scim.Member{Name: "value", Value: members},
	)})
}

// MembersOf are the ids of members in the order of a list.
func MembersOf(o *scim.Object) []string {
	ids := ValuesOf(o, "members")
	slices.Sort(ids)
	return ids
}

// SearchRequest is the body that says what the query would.
func SearchRequest(query [][2]string) *scim.Object {
	body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}})
	for _, q := range query {
		var value any = q[1]
		switch q[0] {
		case "startIndex", "count":
			value, _ = scim.Parse([]byte(q[1]))
		case "attributes", "excludedAttributes":
			names := []any{}
			for name := range strings.SplitSeq(q[1], ",") {
				names = append(names, name)
			}
			value = names
		}
		body.Set(q[0], value)
	}
	return body
}

// MustObject reads an object that stands in this program.
func MustObject(text string) *scim.Object {
	o, err := scim.ParseObject([]byte(text))
	if err != nil {
		panic(err)
	}
	return o
}

// Reading is a GET of a path.
func Reading(path ...string) wire.Request { return wire.Request{Method: http.MethodGet, Path: path} }

// Querying is a GET of a path with one parameter.
func Querying(name, value string, path ...string) wire.Request {
	return wire.Request{Method: http.MethodGet, Path: path, Query: [][2]string{{name, value}}}
}

// Searching is a search by POST below a path (RFC 7644 section 3.4.3).
func Searching(filter string, path ...string) wire.Request {
	body := scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
		scim.Member{Name: "filter", Value: filter},
	)
	return wire.Request{Method: http.MethodPost, Path: append(path, ".search"), Body: body}
}

// ReplaceBody is the body of a PATCH that replaces a text attribute.
func ReplaceBody(attribute, value string) *scim.Object {
	return PatchOp([]any{scim.NewObject(
		scim.Member{Name: "op", Value: "replace"},
		scim.Member{Name: "path", Value: attribute},
		scim.Member{Name: "value", Value: value},
	)})
}
