package judge

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A target may demand attributes that its /Schemas does not call required. One requirement
// tells that it does not say so; all others are judged with what it demands.

// usualUser is what nearly every client sends of a user.
const usualUser = `{"name": {"givenName": "Ann", "familyName": "Other", "formatted": "Ann Other"}, "displayName": "Ann Other",
	"nickName": "Ann", "title": "Analyst", "active": true, "externalId": "` + nameSign + `",
	"emails": [{"value": "` + nameSign + `", "type": "work", "primary": true}],
	"phoneNumbers": [{"value": "tel:+1-201-555-0123", "type": "work"}]}`

// DemandedUnsaid are the attributes without which the target refuses a user, although its
// schemas do not call them required. They are found by leaving out one at a time of a user
// that it takes. Nil where it takes the smallest user, or none at all.
func (j *Session) DemandedUnsaid(ctx context.Context) (*scim.Object, error) {
	taken, err := j.takes(ctx, scim.NewObject())
	if taken || err != nil {
		return nil, err
	}
	needed := MustObject(usualUser)
	if taken, err = j.takes(ctx, needed); !taken || err != nil {
		return nil, err
	}
	for _, smaller := range [][]string{nil, {"name"}, {"emails"}, {"phoneNumbers"}} {
		if needed, err = j.without(ctx, needed, smaller...); err != nil {
			return nil, err
		}
	}
	return needed, nil
}

// without leaves out each member of the object at the path that the target does not need.
func (j *Session) without(ctx context.Context, from *scim.Object, path ...string) (*scim.Object, error) {
	for _, member := range membersAt(from, path) {
		if member == "value" {
			continue // an element without one is hardly an element
		}
		fewer := from.Clone()
		at := objectAt(fewer, path)
		if at.Delete(member); at.Len() == 0 && len(path) > 0 {
			continue // an attribute without parts is none
		}
		taken, err := j.takes(ctx, fewer)
		if err != nil {
			return nil, err
		}
		if taken {
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

// takes says whether the target creates a user of the template with these attributes. The
// error says that it refuses for another reason than the attributes.
func (j *Session) takes(ctx context.Context, with *scim.Object) (bool, error) {
	j.tried++
	which := fmt.Sprintf("needs-%d", j.tried)
	named, _ := withName(with, j.UserName(which)).(*scim.Object)
	body := Merge(j.Template("Users", which), named)
	answer, err := j.Send(ctx, j.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
	if err != nil {
		return false, err
	}
	if answer.Status/100 != 2 && !slices.Contains(refusalsOfNeeds, answer.Status) {
		return false, &Mismatch{What: "POST /Users", Want: "201", Got: StatusOf(answer)}
	}
	return answer.Status/100 == 2, nil
}
