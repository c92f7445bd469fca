package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Values of a wrong type that are taken, texts that are too long, and what is complex and
// refused as a whole: each has a home that tells it in its plainest form.

// kindsOf are the JSON kinds of the attributes by whose types requests are wrong on purpose.
var kindsOf = map[string]string{
	"username": "string", "displayname": "string", "title": "string", "externalid": "string", "nickname": "string",
	"active": "boolean", "name": "object", "name.familyname": "string", "emails": "array", "members": "array",
}

// wrongKind says whether a value has not the type that its attribute has in the standard.
func wrongKind(name string, v any) bool {
	kind, known := kindsOf[strings.ToLower(name)]
	if !known || v == nil {
		return false
	}
	if list, isList := v.([]any); isList && kind == "array" {
		return slices.ContainsFunc(list, func(e any) bool { return scim.KindOf(e) != "object" })
	}
	one := kind == "array" && scim.KindOf(v) == "object"
	return scim.KindOf(v) != kind && !one
}

func hasWrongKind(o *scim.Object) bool {
	for name, v := range o.All() {
		if wrongKind(name, v) {
			return true
		}
	}
	return false
}

// takesWrongKind recognises a success in place of a refusal of a resource with such a value.
func takesWrongKind(m *Mismatch, r wire.Request) bool {
	writes := r.Method == http.MethodPost && len(r.Path) == 1 || r.Method == http.MethodPut
	return writes && wantsRefusal(m) && hasWrongKind(bodyOf(r))
}

func wantsRefusal(m *Mismatch) bool {
	refused := strings.Contains(m.Want, "400") && !strings.Contains(m.Want, "20")
	return refused && strings.HasPrefix(m.Got, "2")
}

// createsOfWrongKind asks for a user whose display name is an object, and one whose is a list.
func createsOfWrongKind(ctx context.Context, own *Session) (string, error) {
	for _, v := range []string{`{"value": "x"}`, `["x", "y"]`} {
		user := Merge(own.Template("Users", "of-wrong-kind"), MustObject(`{"displayName": `+v+`}`))
		r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: user}
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || answer.Status/100 != 2 {
			return "", err
		}
		if err := own.Adopt(ctx, "P", "Users", answer); err != nil {
			return "", err
		}
		if _, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", own.Subjects["P"].ID}}); err != nil {
			return "", err
		}
	}
	return "a wrong JSON type is taken in its plainest form: POST /Users with an object or a list as displayName is answered by a success", nil
}

// patchesWrongKind recognises a success in place of a refusal of a PATCH with such a value.
func patchesWrongKind(m *Mismatch, r wire.Request) bool {
	return isPatch(r) && r.Path[0] == "Users" && wantsRefusal(m) && slices.ContainsFunc(objectsIn(operationsIn(r)), func(o *scim.Object) bool {
		v, _ := o.Get("value")
		inner, _ := v.(*scim.Object)
		return wrongKind(o.String("path"), v) || hasNoPath(o) && hasWrongKind(inner)
	})
}

// changesToWrongKind makes a boolean of a word.
func changesToWrongKind(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "to-wrong-kind")); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: ReplaceBody("active", "maybe")}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return "a wrong JSON type is taken in its plainest form: PATCH of active by \"maybe\" is answered " + StatusOf(answer), nil
}

// longHome is the requirement that tells how a text is answered that is longer than a column.
const longHome = "RFC7643-2.3.1-03"

const longText = 250 // letters, from which on a text may be too long for a column

// createsLong recognises a creation with a long text that is an error of the server.
func createsLong(m *Mismatch, r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) == 1 && strings.HasPrefix(m.Got, "500") && isLong(bodyOf(r))
}

func isLong(v any) bool {
	switch v := v.(type) {
	case string:
		return len(v) >= longText
	case []any:
		return slices.ContainsFunc(v, isLong)
	case *scim.Object:
		for _, inner := range v.All() {
			if isLong(inner) {
				return true
			}
		}
	}
	return false
}

func breaksAtLong(ctx context.Context, own *Session) (string, error) {
	user := own.Template("Users", "long")
	user.Set("displayName", strings.Repeat("x", 260))
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: user})
	if err != nil || answer.Status != http.StatusInternalServerError {
		return "", err
	}
	return "a long text is an error of the server in its plainest form: POST /Users with a displayName of 260 letters is answered " + StatusOf(answer), nil
}

// wholeHome is the requirement that tells that a complex attribute cannot be changed as a whole.
const wholeHome = "RFC7644-3.5.2.1-05"

// nameTold is how one of many changes is told.
var nameTold = regexp.MustCompile(`^the answer to PATCH /Users/\S+ with name \{`)

// changesName recognises the refusal of an operation on the name of a user as a whole.
func changesName(m *Mismatch, r wire.Request) bool {
	if !strings.HasPrefix(m.Got, "400") && !strings.HasPrefix(m.Got, "500") {
		return false
	}
	if nameTold.MatchString(m.What) {
		return true
	}
	operations := objectsIn(operationsIn(r))
	if told := randomChange.FindStringSubmatch(m.What); told != nil && told[2] == "user" {
		if o, err := scim.ParseObject([]byte(`{"all": ` + told[1] + `}`)); err == nil {
			operations = objectsIn(o.Array("all"))
		}
	} else if !isPatch(r) || r.Path[0] != "Users" {
		return false
	}
	return slices.ContainsFunc(operations, func(o *scim.Object) bool {
		v, _ := o.Get("value")
		inner, _ := v.(*scim.Object)
		return namesAll("name")(o) || hasNoPath(o) && inner.Object("name") != nil
	})
}

func refusesName(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "name-as-a-whole")); err != nil {
		return "", err
	}
	operation := MustObject(`{"op": "add", "path": "name", "value": {"givenName": "Ann", "familyName": "Other"}}`)
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: PatchOp([]any{operation})}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusBadRequest && answer.Status != http.StatusInternalServerError {
		return "", err
	}
	return "a complex attribute cannot be changed as a whole in the plainest form: " + RequestText(r) + " by an object for name is answered " + StatusOf(answer), nil
}
