package report

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// A change of members that goes wrong is seen in groups of any name and size, under the
// guide and under the standard: it is one cause if the same kind of request loses members,
// or leaves too many.

// memberRelation says what is wrong with members that are told by their ids.
func memberRelation(want, got string) string {
	among, some := strings.CutPrefix(want, "among them ")
	wanted, found := strings.Split(among, ", "), strings.Split(got, ", ")
	lacks := func(all []string) func(string) bool {
		return func(id string) bool { return id != "" && !slices.Contains(all, id) }
	}
	lost, more := slices.ContainsFunc(wanted, lacks(found)), !some && slices.ContainsFunc(found, lacks(wanted))
	switch {
	case lost && more:
		return "others"
	case lost:
		return "lost"
	}
	return "too many"
}

// lastWrite names the last request up to the deciding one that may have changed something:
// by its operations if it is a PATCH, without what differs from one group to the next.
func lastWrite(e Example) string {
	x := writeBefore(e.Exchanges, placeOfDeciding(e)+1)
	if x == nil {
		return ""
	}
	var body struct {
		Operations []struct {
			Op   string `json:"op"`
			Path string `json:"path"`
		} `json:"Operations"`
	}
	if x.Method != http.MethodPatch || json.Unmarshal(x.RequestBody, &body) != nil {
		return x.Method + " " + resourceOf(pathOf(x.URL))
	}
	shape := []string{x.Method, resourceOf(pathOf(x.URL))}
	for _, o := range body.Operations {
		shape = append(shape, strings.ToLower(o.Op), unquoted(strings.ToLower(o.Path)))
	}
	return strings.Join(shape, " ")
}
