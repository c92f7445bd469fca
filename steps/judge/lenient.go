package judge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// How the judge reads answers: leniently. A deviation of form is a finding of the
// requirement that it belongs to; all others go on with what a lenient reader reads.

// ValueIn is the JSON value in an answer, read leniently, and what a strict reader
// says of it; "" if nothing. The error says that there is no value: the document is
// no JSON, or does not come to its end.
func ValueIn(answer *wire.Response) (v any, flaw string, err error) {
	object, strict := answer.Object()
	if strict == nil {
		return object, "", nil
	}
	if answer.Truncated {
		return nil, "", strict
	}
	v, flaws, err := scim.ParseLeniently(answer.Body)
	if err != nil || slices.ContainsFunc(flaws, func(f scim.Flaw) bool { return f.Cut }) {
		return nil, "", strict
	}
	if len(flaws) > 0 {
		flaw = flaws[0].String()
	}
	if once, err := scim.ParseFirst(answer.Body); err == nil { // what is sent back later names nothing twice
		v = once
	}
	return v, flaw, nil
}

// ObjectIn is the JSON object in an answer, read leniently.
func ObjectIn(answer *wire.Response) (*scim.Object, error) {
	v, _, err := ValueIn(answer)
	if o, ok := v.(*scim.Object); ok {
		return o, nil
	}
	if err == nil {
		err = fmt.Errorf("a JSON object was expected, got a JSON %s", scim.KindOf(v))
	}
	return nil, err
}

// ListIn is the list in an answer, read leniently; see scim.ReadList.
func ListIn(answer *wire.Response) (*scim.List, error) {
	v, _, err := ValueIn(answer)
	if err != nil {
		return nil, err
	}
	if list, ok := scim.ReadList(v); ok {
		return list, nil
	}
	o, isObject := v.(*scim.Object)
	if !isObject {
		return nil, fmt.Errorf("a list was expected, got a JSON %s", scim.KindOf(v))
	}
	_, err = scim.ParseList(o)
	if err == nil { // what ReadList refuses has no list, whatever it says
		err = fmt.Errorf("a list was expected, got %s", Text(o))
	}
	return nil, err
}

// ResourceIn is the resource with this id in an answer, read leniently. A list that
// holds that one alone shows it, too.
func ResourceIn(answer *wire.Response, id string) (*scim.Object, error) {
	object, err := ObjectIn(answer)
	if err != nil {
		return nil, err
	}
	if inner := onlyElement(object); inner != nil && scim.IDOf(inner) == id {
		return inner, nil
	}
	return object, nil
}

// onlyElement is the resource of a list of one; nil for everything else.
func onlyElement(o *scim.Object) *scim.Object {
	elements := o.Array("Resources")
	if scim.IDOf(o) != "" || len(elements) != 1 {
		return nil
	}
	inner, _ := elements[0].(*scim.Object)
	return inner
}

// isReadOfOne says whether a request asks for one resource by its id.
func isReadOfOne(r wire.Request) bool {
	return r.Method == http.MethodGet && len(r.Path) == 2 && slices.Contains([]string{"Users", "Groups"}, r.Path[0])
}

// SameID compares an id with a reference to it: a number, which an id must not be
// (RFC 7643 section 3.1), with its text.
func SameID(v any, id string) bool {
	if n, ok := v.(json.Number); ok {
		v = n.String()
	}
	return v == id
}

// emptySegment says which part of a path has no text.
func emptySegment(path []string) (string, bool) {
	i := slices.Index(path, "")
	if i < 0 {
		return "", false
	}
	return "/" + strings.Join(path[:i], "/"), true
}
