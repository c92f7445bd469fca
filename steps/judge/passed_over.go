package judge

import (
	"context"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// What a target neither declares nor keeps: it may refuse it, or pass it over.

// RefusedUnknown finds out whether a PATCH is refused that names an attribute which the target
// neither declares nor keeps: then it says so. The error is the network's.
func (j *Session) RefusedUnknown(ctx context.Context, m *Mismatch) (string, error) {
	collection, operations := j.changeIn(m)
	if collection != "Users" && collection != "Groups" || !refusesPath.MatchString(m.Got) {
		return "", nil
	}
	for _, path := range pathsIn(collection, operations) {
		lost, err := j.losesOf(ctx, collection, path)
		if err != nil {
			return "", OnlyLost(err)
		}
		if lost == "" || strings.HasPrefix(lost, otherwise) {
			continue
		}
		if declared, err := j.declares(ctx, collection, path); !declared || err != nil {
			return lost + ", its /Schemas declares none, and a PATCH of it is refused", OnlyLost(err)
		}
	}
	return "", nil
}

// pathsIn are the attributes that operations name, by their paths or without, with no part of them.
func pathsIn(collection string, operations []*scim.Object) []filter.Path {
	var all []filter.Path
	add := func(text string) {
		if p, err := filter.ParsePath(text, typeOf(collection)); err == nil {
			all = append(all, filter.Path{URN: p.URN, Attr: p.Attr})
		}
	}
	for _, o := range operations {
		add(o.String("path"))
		v, _ := o.Get("value")
		if inner, _ := v.(*scim.Object); hasNoPath(o) && inner != nil {
			for name := range inner.All() {
				add(name)
			}
		}
	}
	return all
}

// PassedOver finds out whether something of a wrong type was taken, or a conflict came of that,
// because the target passes over the attribute whatever it is: then it says so. The error is the
// network's.
func (j *Session) PassedOver(ctx context.Context, m *Mismatch) (string, error) {
	wanted := strings.HasPrefix(m.Want, "400") && strings.HasPrefix(m.Got, "2") || strings.HasPrefix(m.Want, "201") && strings.HasPrefix(m.Got, "409")
	if !wanted {
		return "", nil
	}
	why := ""
	for _, x := range j.Wire.Exchanges() {
		path := j.requestOf(x).Path
		if len(path) == 0 || x.Method != http.MethodPost && x.Method != http.MethodPut || x.Status/100 != 2 || path[0] != "Users" && path[0] != "Groups" {
			continue
		}
		collection := path[0]
		body, err := scim.ParseObject(x.RequestBody)
		if err != nil {
			continue
		}
		for _, path := range wronglyTyped(collection, body) {
			lost, err := j.losesOf(ctx, collection, path)
			if lost == "" || strings.HasPrefix(lost, otherwise) || err != nil {
				return "", OnlyLost(err)
			}
			if declared, err := j.declares(ctx, collection, path); declared || err != nil {
				return "", err
			}
			why = lost + ", and passes over whatever it is"
		}
	}
	return why, nil
}

// wronglyTyped are the attributes of a body that have another JSON type than the standard's, and
// the parts of the elements of its lists.
func wronglyTyped(collection string, body *scim.Object) []filter.Path {
	var paths []filter.Path
	for _, a := range typeOf(collection).Schema.Attributes {
		v, there := body.Get(a.Name)
		if !there || v == nil {
			continue
		}
		if !isOfType(a, a.MultiValued, v) {
			paths = append(paths, filter.Path{Attr: a.Name})
			continue
		}
		for _, element := range objectsIn(body.Array(a.Name)) {
			for _, sub := range a.SubAttributes {
				if v, there := element.Get(sub.Name); there && v != nil && !isOfType(sub, sub.MultiValued, v) {
					paths = append(paths, filter.Path{Attr: a.Name, Sub: sub.Name})
				}
			}
		}
	}
	return paths
}

// isOfType says whether a value has the JSON type of an attribute: a list, an object, a boolean
// or a text.
func isOfType(a *scim.Attribute, list bool, v any) bool {
	var is bool
	switch {
	case list:
		_, is = v.([]any)
	case a.Type == scim.Complex:
		_, is = v.(*scim.Object)
	case a.Type == scim.Boolean:
		_, is = v.(bool)
	default:
		_, is = v.(string)
	}
	return is
}
