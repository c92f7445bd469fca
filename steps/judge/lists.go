package judge

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// IDsIn are the ids of the resources in a list, or the names of those that have none, as text.
func IDsIn(list *scim.Object) string {
	var ids []string
	for _, v := range list.Array("Resources") {
		o, _ := v.(*scim.Object)
		id := scim.IDOf(o)
		if id == "" {
			id = o.String("name")
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, ", ")
}

// PageIn is the list in an answer. Under cursor paging it may do without
// totalResults (RFC 9865 section 2).
func PageIn(answer *wire.Response, byCursor bool) (*scim.List, string) {
	list, problem := ListOf(answer)
	if object, err := ObjectIn(answer); byCursor && problem == "" && err == nil {
		if _, counts := object.Get("totalResults"); !counts {
			list.TotalResults = 0
		}
	}
	return list, problem
}

// ListOf is the list that an answer holds, or what is wrong with it.
func ListOf(answer *wire.Response) (*scim.List, string) {
	if answer.Status != http.StatusOK {
		return nil, StatusOf(answer)
	}
	list, err := ListIn(answer)
	if err != nil {
		return nil, err.Error()
	}
	return list, ""
}

// IsTooMany says whether the target declines to answer with so much, as it may a
// query of everything that it has.
func IsTooMany(a *wire.Response) bool {
	fault := a.Fault()
	return a.Status == http.StatusBadRequest && fault != nil && fault.ScimType == scim.ScimTypeTooMany
}

// DeclinesRoot says whether the answer to a query of the service root is one of a target
// that has no such queries, or too much below its root (RFC 7644 section 3.4.2.1). It need
// not offer them.
func DeclinesRoot(a *wire.Response) bool {
	return IsAbsent(a) || IsTooMany(a) || a.Status == http.StatusForbidden
}

// IsAbsent says whether the answer is one of a target that does not have what was asked for.
func IsAbsent(a *wire.Response) bool {
	return slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, a.Status)
}
