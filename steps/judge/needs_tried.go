package judge

import (
	"context"
	"fmt"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A target may demand attributes that its /Schemas does not call required, or die of a resource
// without them. One requirement tells that; all others are judged with what it demands.

// usualUser is what nearly every client sends of a user.
const usualUser = `{"name": {"givenName": "Ann", "familyName": "Other", "formatted": "Ann Other"}, "displayName": "Ann Other",
	"nickName": "Ann", "title": "Analyst", "active": true, "externalId": "` + nameSign + `",
	"emails": [{"value": "` + nameSign + `", "type": "work", "primary": true}],
	"phoneNumbers": [{"value": "tel:+1-201-555-0123", "type": "work"}]}`

// usualGroup is what nearly every client sends of a group.
const usualGroup = `{"externalId": "` + nameSign + `", "members": []}`

// DemandedUnsaid are the attributes without which the target refuses a user or a group, or dies
// of it, although its schemas do not call them required. They are found by leaving out one at a
// time of a resource that it takes. Nil where it takes the smallest one, or none at all.
func (j *Session) DemandedUnsaid(ctx context.Context, collection string) (*scim.Object, error) {
	var needed *scim.Object
	_, err := SharedBy(ctx, j.Run, plainCreation(collection), func(ctx context.Context, _ *Session) (refusal string, err error) {
		needed, refusal, err = j.demandedUnsaid(ctx, collection)
		return refusal, err
	})
	return needed, err
}

// plainCreation is the plainest creation of a user or group, as it is remembered.
func plainCreation(collection string) string { return "the plainest creation in " + collection }

// refusesCreation says how the target refuses, in its plainest form, to create what it was found to
// demand; "" if it does not.
func refusesCreation(collection string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		return SharedBy(ctx, own.Run, plainCreation(collection), func(ctx context.Context, own *Session) (string, error) {
			return own.refuses(ctx, collection, scim.NewObject())
		})
	}
}

// demandedUnsaid says also how the target refuses what nearly every client sends.
func (j *Session) demandedUnsaid(ctx context.Context, collection string) (needed *scim.Object, refusal string, err error) {
	for range 2 { // it may have had a bad moment
		if refusal, err = j.refuses(ctx, collection, scim.NewObject()); refusal == "" || err != nil {
			return nil, "", err
		}
	}
	usual, parts := usualUser, [][]string{nil, {"name"}, {"emails"}, {"phoneNumbers"}}
	if collection == "Groups" {
		usual, parts = usualGroup, [][]string{nil}
	}
	needed = MustObject(usual)
	if refusal, err = j.refuses(ctx, collection, needed); refusal != "" || err != nil {
		return nil, refusal, err
	}
	for _, smaller := range parts {
		if needed, err = j.without(ctx, collection, needed, smaller...); err != nil {
			return nil, "", err
		}
	}
	return needed, "", nil
}

// without leaves out each member of the object at the path that the target does not need.
func (j *Session) without(ctx context.Context, collection string, from *scim.Object, path ...string) (*scim.Object, error) {
	for _, member := range membersAt(from, path) {
		if member == "value" {
			continue // an element without one is hardly an element
		}
		fewer := from.Clone()
		at := objectAt(fewer, path)
		if at.Delete(member); at.Len() == 0 && len(path) > 0 {
			continue // an attribute without parts is none
		}
		refusal, err := j.refuses(ctx, collection, fewer)
		if err != nil {
			return nil, err
		}
		if refusal == "" {
			from = fewer
		}
	}
	return from, nil
}

// objectAt is the object itself, or that of a complex attribute: of a list its first element.
func objectAt(o *scim.Object, path []string) *scim.Object {
	if len(path) == 0 {
		return o
	}
	if list := o.Array(path[0]); len(list) > 0 {
		first, _ := list[0].(*scim.Object)
		return first
	}
	return o.Object(path[0])
}

func membersAt(o *scim.Object, path []string) []string {
	var names []string
	for name := range objectAt(o, path).All() {
		names = append(names, name)
	}
	return names
}

// refuses is how the target refuses to create a resource of the template with these attributes;
// "" if it does not.
func (j *Session) refuses(ctx context.Context, collection string, with *scim.Object) (string, error) {
	j.tried++
	which := fmt.Sprintf("needs-%d", j.tried)
	named, _ := withName(with, j.Template(collection, which).String(Naming(collection))).(*scim.Object)
	r := wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: Merge(j.Template(collection, which), named)}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || Took(answer) {
		return "", err
	}
	return notServedText(r, answer), nil
}

// Took says whether a creation has succeeded: a success that shows a text in place of the resource
// tells what went wrong.
func Took(creation *wire.Response) bool {
	_, err := ObjectIn(creation)
	return creation.Status/100 == 2 && (err == nil || len(creation.Body) == 0)
}
