package judge

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// ListIn is the list in an answer, whatever its status.
func ListIn(answer *wire.Response) (*scim.List, error) {
	object, err := answer.Object()
	if err != nil {
		return nil, err
	}
	return scim.ParseList(object)
}

// IDsIn are the ids of the resources in a list, or the names of those that have none, as text.
func IDsIn(list *scim.Object) string {
	var ids []string
	for _, v := range list.Array("Resources") {
		o, _ := v.(*scim.Object)
		id := o.String("id")
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
	object, err := answer.Object()
	if err != nil || !byCursor || answer.Status != http.StatusOK {
		return ListOf(answer)
	}
	counted := object.Clone()
	if _, counts := object.Get("totalResults"); !counts {
		counted.Set("totalResults", json.Number("0"))
	}
	list, err := scim.ParseList(counted)
	if err != nil {
		return nil, err.Error()
	}
	return list, ""
}

// ListOf is the list that an answer holds, or what is wrong with it.
func ListOf(answer *wire.Response) (*scim.List, string) {
	if answer.Status != http.StatusOK {
		return nil, StatusOf(answer)
	}
	object, err := answer.Object()
	if err != nil {
		return nil, err.Error()
	}
	list, err := scim.ParseList(object)
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
