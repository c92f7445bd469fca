package lint

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Kind is what a file holds, as --as takes it.
type Kind string

// kinds is every kind: the URN by which it is recognised, its schema as a request and as an
// answer, and what its form is about, for a request and for an answer.
var kinds = []struct {
	kind                Kind
	urn                 string
	request, answer     schemas.Name
	idRequest, idAnswer string
	yaml                bool
}{
	{kind: "user", urn: scim.UserURN, request: schemas.User, answer: schemas.UserResource, idRequest: "CLIENT-BODY-04", idAnswer: "RFC7643-2.3-01"},
	{kind: "group", urn: scim.GroupURN, request: schemas.Group, answer: schemas.GroupResource, idRequest: "CLIENT-BODY-04", idAnswer: "RFC7643-2.3-01"},
	{kind: "patch", urn: scim.PatchOpURN, request: schemas.PatchOp, idRequest: "CLIENT-PATCH-02"},
	{kind: "search", urn: scim.SearchRequestURN, request: schemas.SearchRequest, idRequest: "CLIENT-PAGE-03"},
	{kind: "bulk-request", urn: scim.BulkRequestURN, idRequest: "RFC7644-3.7-04"},
	{kind: "bulk-response", urn: scim.BulkResponseURN, idAnswer: "RFC7644-3.7-01"},
	{kind: "list", urn: scim.ListResponseURN, answer: schemas.ListResponse, idAnswer: "RFC7644-3.4.2-02"},
	{kind: "error", urn: scim.ErrorURN, answer: schemas.Error, idAnswer: "RFC7644-3.12-03"},
	{kind: "config", urn: scim.ServiceProviderConfigURN, answer: schemas.ServiceProviderConfig, idAnswer: "RFC7643-5-01"},
	{kind: "resource-type", urn: scim.ResourceTypeURN, answer: schemas.ResourceType, idAnswer: "RFC7643-6-01"},
	{kind: "schema", urn: scim.SchemaURN, answer: schemas.Schema, idAnswer: "RFC7643-7-02"},
	{kind: "target", request: schemas.Target, yaml: true},
	{kind: "application", request: schemas.Application, yaml: true},
	{kind: "directory", request: schemas.Directory, yaml: true},
	{kind: "duo-profile", request: schemas.DuoProfile, yaml: true},
}

// Kinds are the names of all kinds.
func Kinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k.kind))
	}
	return names
}

func (k Kind) row() int {
	for i, row := range kinds {
		if row.kind == k {
			return i
		}
	}
	return -1
}

func (k Kind) isYAML() bool { return k.row() >= 0 && kinds[k.row()].yaml }

func (k Kind) schema(request bool) schemas.Name {
	row := kinds[k.row()]
	if request {
		return row.request
	}
	return row.answer
}

// id is the requirement on the form.
func (k Kind) id(request bool) string {
	row := kinds[k.row()]
	if request {
		return row.idRequest
	}
	return row.idAnswer
}

// sentOneWay says whether only clients, or only servers, send the kind.
func (k Kind) sentOneWay() (request, ok bool) {
	row := kinds[k.row()]
	return row.idRequest != "", row.idRequest == "" || row.idAnswer == ""
}

// kindOf recognises an object by its schemas.
func kindOf(o *scim.Object) (Kind, bool) {
	for _, row := range kinds {
		named := row.urn != "" && slices.ContainsFunc(o.Array("schemas"), func(v any) bool {
			urn, _ := v.(string)
			return strings.EqualFold(urn, row.urn)
		})
		if named {
			return row.kind, true
		}
	}
	return "", false
}
