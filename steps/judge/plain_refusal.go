package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Operations that have to be refused, and that a target takes in their plainest form: what
// uses them to be refused, such as a check that nothing of a request is done then, is blocked.

var plainRefusals = []plainAnswer{
	{opsHome, takesPatch("Users"), takesEveryPatch("Users")},
	{opsHome, takesPatch("Groups"), takesEveryPatch("Groups")},
	{"RFC7644-3.5.2-07", takesOperation("", func(path string) bool { return strings.Contains(path, "nosuchattribute") }), takes("replace", "sduoNoSuchAttribute")},
	{"RFC7644-3.5.2-05", takesOfGroup(removesWithoutPath), takesInGroup(`{"op": "remove"}`)},
	{"RFC7644-3.5.2-08", takesOfGroup(hasPath("id")), takesInGroup(`{"op": "replace", "path": "id", "value": "sduo-another"}`)},
	{"RFC7644-3.3-10", takesWrongKind, createsOfWrongKind},
	{"RFC7644-3.5.2-10", patchesWrongKind, changesToWrongKind},
	{longHome, createsLong, breaksAtLong},
	{wholeHome, changesName, refusesName},
	{"RFC7644-3.5.1-18", replacesByList, takesListByPut},
	{"RFC7644-3.5.2.3-06", takesOperation("replace", func(path string) bool { return strings.Contains(path, "[") }), takes("replace", `emails[type eq "sduo"].value`)},
	{"RFC7644-3.5.2-08", takesOperation("", func(path string) bool { return path == "id" }), takes("replace", "id")},
	{"RFC7644-3.5.2.2-06", takesOperation("remove", func(path string) bool { return path == "username" || path == "displayname" }), takes("remove", "userName")},
}

// opsHome is the requirement that tells that PATCH refuses nothing.
const opsHome = "RFC7644-3.5.2-03"

// takesPatch recognises a PATCH that is answered by a success in place of an error of the request.
func takesPatch(collection string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		told := randomChange.FindStringSubmatch(m.What)
		of := isPatch(r) && r.Path[0] == collection || told != nil && CollectionOf(told[2]) == collection
		refused := strings.HasPrefix(m.Want, "400") || strings.HasPrefix(m.Want, "a status from 400")
		return of && refused && strings.HasPrefix(m.Got, "2")
	}
}

// takesEveryPatch says so only if all of these are taken: an op that there is not, a path to
// nothing, and a removal of nothing.
func takesEveryPatch(collection string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", collection, own.Template(collection, "refused-nothing")); err != nil {
			return "", err
		}
		all := MustObject(`{"all": [{"op": "sduo-no-such-op", "path": "externalId", "value": "x"}, {"op": "replace", "path": "sduoNoSuchAttribute", "value": "x"}, {"op": "remove"}]}`).Array("all")
		for _, operation := range all {
			r := wire.Request{Method: http.MethodPatch, Path: []string{collection, own.Subjects["P"].ID}, Body: PatchOp([]any{operation})}
			answer, err := own.Send(ctx, own.Client(), r)
			if err != nil || answer.Status/100 != 2 {
				return "", err
			}
		}
		return "PATCH takes whatever it is sent: an op that there is not, a path to an attribute that there is not, and a removal without a path are each answered by a success", nil
	}
}

// takesOperation recognises a success in place of a refusal, of a request with an operation on
// such a path.
func takesOperation(op string, on func(path string) bool) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		refused := strings.Contains(m.Want, "400") && !strings.Contains(m.Want, "200")
		return refused && strings.HasPrefix(m.Got, "2") && isPatch(r) && slices.ContainsFunc(objectsIn(operationsIn(r)), func(o *scim.Object) bool {
			return (op == "" || strings.EqualFold(o.String("op"), op)) && on(strings.ToLower(o.String("path")))
		})
	}
}

// takes sends such an operation alone.
func takes(op, path string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		mail := scim.NewObject(scim.Member{Name: "value", Value: own.UserName("mail")}, scim.Member{Name: "type", Value: "work"})
		user := own.Template("Users", "refused-"+strings.ToLower(op)+"-"+path[:2])
		user.Set("emails", []any{mail})
		if err := own.Make(ctx, "P", "Users", user); err != nil {
			return "", err
		}
		operation := scim.NewObject(scim.Member{Name: "op", Value: op}, scim.Member{Name: "path", Value: path})
		if op != "remove" {
			operation.Set("value", own.UserName("other"))
		}
		r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: PatchOp([]any{operation})}
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || answer.Status/100 != 2 {
			return "", err
		}
		return "what has to be refused is taken in its plainest form: " + RequestText(r) + " is answered " + StatusOf(answer), nil
	}
}

// takesOfGroup recognises such an operation on a group that is taken.
func takesOfGroup(is func(*scim.Object) bool) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		return wantsRefusal(m) && isPatch(r) && r.Path[0] == "Groups" && slices.ContainsFunc(objectsIn(operationsIn(r)), is)
	}
}

func removesWithoutPath(o *scim.Object) bool {
	return strings.EqualFold(o.String("op"), "remove") && hasNoPath(o)
}

// takesInGroup sends the operation alone.
func takesInGroup(operation string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if err := own.Make(ctx, "P", "Groups", own.Template("Groups", "takes-all")); err != nil {
			return "", err
		}
		r := wire.Request{Method: http.MethodPatch, Path: []string{"Groups", own.Subjects["P"].ID}, Body: PatchOp([]any{MustObject(operation)})}
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || answer.Status/100 != 2 {
			return "", err
		}
		return "what has to be refused of a group is taken in its plainest form: PATCH with " + operation + " is answered " + StatusOf(answer), nil
	}
}
