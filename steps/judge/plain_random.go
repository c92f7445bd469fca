package judge

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What random changes find is most often what the example of another requirement finds as well,
// which tells it better: that it is the same is seen by the shapes of the operations.

// ToldByChange gives what recognises an example of another requirement that has found the same
// as random changes have; nil if the Mismatch is not about those.
func ToldByChange(m *Mismatch) func(want string, exchanges []*wire.Exchange) bool {
	told := randomChange.FindStringSubmatch(m.What)
	if told == nil {
		return nil
	}
	operations, err := scim.ParseObject([]byte(`{"Operations": ` + told[1] + `}`))
	if err != nil {
		return nil
	}
	collection := CollectionOf(told[2])
	shapes := shapesOf(collection, objectsIn(operations.Array("Operations")))
	return func(want string, exchanges []*wire.Exchange) bool {
		if len(shapes) == 0 || aboutStatus.MatchString(want) != aboutStatus.MatchString(m.Want) {
			return false
		}
		var sent []string
		for _, x := range exchanges {
			if collection := changedIn(x); collection != "" {
				body, _ := scim.ParseObject(x.RequestBody) // what is no object has no operations
				sent = append(sent, shapesOf(collection, objectsIn(body.Array("Operations")))...)
			}
		}
		return !slices.ContainsFunc(shapes, func(s string) bool { return !slices.Contains(sent, s) })
	}
}

// changedIn is the collection of which a PATCH of one resource was sent, "" for anything else.
func changedIn(x *wire.Exchange) string {
	u, err := url.Parse(x.URL)
	if err != nil || x.Method != http.MethodPatch {
		return ""
	}
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, collection := range []string{"Users", "Groups"} {
		if len(path) > 1 && path[len(path)-2] == collection {
			return collection
		}
	}
	return ""
}

// shapesOf are the kinds of the operations: the op, the form of the path, what kind of attribute
// it is about, and whether the value is none.
func shapesOf(collection string, operations []*scim.Object) []string {
	var shapes []string
	for _, o := range operations {
		op := strings.ToLower(o.String("op"))
		if op != "add" && op != "remove" && op != "replace" {
			op = "another"
		}
		v, _ := o.Get("value")
		inner, isObject := v.(*scim.Object)
		if path := o.String("path"); path != "" || !isObject {
			shapes = append(shapes, op+" "+kindOfPath(collection, path)+emptiness(v))
			continue
		}
		for name, v := range inner.All() {
			shapes = append(shapes, op+" by value "+kindOfPath(collection, name)+emptiness(v))
		}
	}
	return shapes
}

func emptiness(v any) string {
	if scim.IsUnassigned(v) {
		return " of nothing"
	}
	return ""
}

// kindOfPath is the form of a path, and the kind of its attribute.
func kindOfPath(collection, text string) string {
	path, err := filter.ParsePath(text, typeOf(collection))
	if err != nil {
		return "no path"
	}
	found, known := filter.Resolve(typeOf(collection), filter.Path{URN: path.URN, Attr: path.Attr})
	if !known {
		return "unknown"
	}
	kind := "extension"
	if a := found.Attribute; a != nil {
		kind = string(a.Type)
		if a.MultiValued {
			kind = "list"
		}
	}
	if found.Extension != nil {
		kind += " of an extension"
	}
	if path.Filter != nil {
		kind += "[]"
	}
	if path.Sub != "" {
		kind += ".part"
	}
	return kind
}
