package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The kinds of request that many requirements need, each with its plainest form. Half-finished
// servers lack one of them as a whole.

func isPatch(r wire.Request) bool { return r.Method == http.MethodPatch && len(r.Path) == 2 }

// changesNothing recognises a PATCH of what is no resource.
func changesNothing(r wire.Request) bool {
	return r.Method == http.MethodPatch && (len(r.Path) != 2 || r.Path[0] != "Users" && r.Path[0] != "Groups")
}

func isSearch(r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) == 2 && r.Path[1] == ".search"
}

func isBulk(r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) == 1 && r.Path[0] == "Bulk"
}

func filtersByURN(r wire.Request) bool {
	return strings.Contains(strings.ToLower(ParameterOf(r, "filter")), "urn:ietf:params:scim:schemas:core:2.0:")
}

func isCreation(collection string) func(wire.Request) bool {
	return func(r wire.Request) bool {
		return r.Method == http.MethodPost && len(r.Path) == 1 && r.Path[0] == collection
	}
}

func changes(method, collection string) func(wire.Request) bool {
	return func(r wire.Request) bool {
		return r.Method == method && len(r.Path) == 2 && r.Path[0] == collection
	}
}

// atOne recognises a request to one resource.
func atOne(collection string) func(wire.Request) bool {
	return func(r wire.Request) bool { return len(r.Path) == 2 && r.Path[0] == collection }
}

// createsWithMembers recognises the creation of a group that is not empty.
func createsWithMembers(r wire.Request) bool {
	return isCreation("Groups")(r) && len(bodyOf(r).Array("members")) > 0
}

func plainMembers(ctx context.Context, own *Session) (wire.Request, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-first-member")); err != nil {
		return wire.Request{}, err
	}
	group := own.Template("Groups", "plain-members")
	group.Set("members", MemberList([]string{own.Subjects["P"].ID}))
	return wire.Request{Method: http.MethodPost, Path: []string{"Groups"}, Body: group}, nil
}

func plainPatch(collection string) func(context.Context, *Session) (wire.Request, error) {
	return onOne(collection, func(own *Session, r wire.Request, _ *scim.Object) wire.Request {
		r.Method, r.Body = http.MethodPatch, ReplaceBody("displayName", own.GroupName("after"))
		return r
	})
}

func plainPut(collection string) func(context.Context, *Session) (wire.Request, error) {
	return onOne(collection, func(own *Session, r wire.Request, made *scim.Object) wire.Request {
		r.Method, r.Body = http.MethodPut, Merge(made, scim.NewObject(scim.Member{Name: "displayName", Value: own.GroupName("after")}))
		return r
	})
}

// refusesDeletion asks for none where the clean-up has been refused all: what it would make for that
// would stay, too.
func refusesDeletion(collection string) func(context.Context, *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		if how := own.Run.Guard.Keeps(collection); how != "" {
			return "the plainest request of this kind is not served: " + how, nil
		}
		return refusalOf(plainDeletion(collection))(ctx, own)
	}
}

func plainDeletion(collection string) func(context.Context, *Session) (wire.Request, error) {
	return onOne(collection, func(_ *Session, r wire.Request, _ *scim.Object) wire.Request {
		r.Method = http.MethodDelete
		return r
	})
}

func plainRead(collection string) func(context.Context, *Session) (wire.Request, error) {
	return onOne(collection, func(_ *Session, r wire.Request, _ *scim.Object) wire.Request {
		r.Method = http.MethodGet
		return r
	})
}

// onOne makes a resource, and a request to it.
func onOne(collection string, ask func(own *Session, r wire.Request, made *scim.Object) wire.Request) func(context.Context, *Session) (wire.Request, error) {
	return func(ctx context.Context, own *Session) (wire.Request, error) {
		made := Merge(own.Template(collection, "plain-one"), scim.NewObject(scim.Member{Name: "displayName", Value: own.GroupName("before")}))
		if err := own.Make(ctx, "P", collection, made); err != nil {
			return wire.Request{}, err
		}
		return ask(own, wire.Request{Path: []string{collection, own.Subjects["P"].ID}}, made), nil
	}
}

func lists(collection string) func(wire.Request) bool {
	return func(r wire.Request) bool {
		return r.Method == http.MethodGet && len(r.Path) == 1 && r.Path[0] == collection
	}
}

// plainList is a list of all, if those of one name are not listed either: a target may decline
// to list everybody.
func plainList(collection string) func(context.Context, *Session) (wire.Request, error) {
	return func(ctx context.Context, own *Session) (wire.Request, error) {
		r, _ := plainLookUp(collection)(ctx, own)
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil || answer.Status < 400 {
			return wire.Request{}, err
		}
		return Reading(collection), nil
	}
}

// looksUp recognises a list of those who have one name.
func looksUp(collection string) func(wire.Request) bool {
	return func(r wire.Request) bool {
		return lists(collection)(r) && ParameterOf(r, "filter") != ""
	}
}

func plainLookUp(collection string) func(context.Context, *Session) (wire.Request, error) {
	return func(context.Context, *Session) (wire.Request, error) {
		return Querying("filter", plainText(collection), collection), nil
	}
}

// removesMembers recognises a PATCH that takes all members from a group by the path alone.
func removesMembers(r wire.Request) bool {
	return isPatch(r) && r.Path[0] == "Groups" && slices.ContainsFunc(operationsIn(r), func(v any) bool {
		o, _ := v.(*scim.Object)
		return strings.EqualFold(o.String("op"), "remove") && strings.EqualFold(o.String("path"), "members")
	})
}

// namesExtension recognises a PATCH with attributes of an extension under its URN, without a path.
func namesExtension(r wire.Request) bool {
	return isPatch(r) && slices.ContainsFunc(objectsIn(operationsIn(r)), func(o *scim.Object) bool {
		return hasNoPath(o) && o.Object("value").Object(scim.EnterpriseURN) != nil
	})
}

func plainExtension(ctx context.Context, own *Session) (wire.Request, error) {
	department := MustObject(`{"` + scim.EnterpriseURN + `": {"department": "Tours"}}`)
	return own.plainPatchBy(ctx, "extension", scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "value", Value: department}))
}

// addsExternalID recognises a PATCH that adds an externalId by its path.
func addsExternalID(r wire.Request) bool {
	return isPatch(r) && haveOne("add", hasPath("externalId"))(objectsIn(operationsIn(r)))
}

func plainAddition(ctx context.Context, own *Session) (wire.Request, error) {
	return own.plainPatchBy(ctx, "addition", scim.NewObject(
		scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "externalId"}, scim.Member{Name: "value", Value: own.Mark()},
	))
}

// plainPatchBy is a PATCH of a user by one operation.
func (j *Session) plainPatchBy(ctx context.Context, name string, operation *scim.Object) (wire.Request, error) {
	if err := j.Make(ctx, "P", "Users", j.Template("Users", "plain-"+name)); err != nil {
		return wire.Request{}, err
	}
	return wire.Request{Method: http.MethodPatch, Path: []string{"Users", j.Subjects["P"].ID}, Body: PatchOp([]any{operation})}, nil
}

func operationsIn(r wire.Request) []any {
	return bodyOf(r).Array("Operations")
}

// bodyOf is the object that a request sends, also as text; nil if it sends none.
func bodyOf(r wire.Request) *scim.Object {
	body, _ := r.Body.(*scim.Object)
	if text, ok := r.Body.([]byte); ok {
		body, _ = scim.ParseObject(text) // what is no object says nothing
	}
	return body
}

func plainRemoval(ctx context.Context, own *Session) (wire.Request, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-member")); err != nil {
		return wire.Request{}, err
	}
	group := own.Template("Groups", "plain-removal")
	group.Set("members", MemberList([]string{own.Subjects["P"].ID}))
	if err := own.Make(ctx, "G", "Groups", group); err != nil {
		return wire.Request{}, err
	}
	removal := scim.NewObject(scim.Member{Name: "op", Value: "remove"}, scim.Member{Name: "path", Value: "members"})
	return wire.Request{Method: http.MethodPatch, Path: []string{"Groups", own.Subjects["G"].ID}, Body: PatchOp([]any{removal})}, nil
}

func plainSearch(context.Context, *Session) (wire.Request, error) {
	return wire.Request{Method: http.MethodPost, Path: []string{"Users", ".search"}, Body: SearchRequest([][2]string{{"count", "1"}})}, nil
}

// searchesForAll recognises a search that leaves the size of the page to the target.
func searchesForAll(r wire.Request) bool {
	_, counts := bodyOf(r).Get("count")
	return r.Method == http.MethodPost && len(r.Path) > 0 && r.Path[len(r.Path)-1] == ".search" && !counts
}

func plainSearchForAll(context.Context, *Session) (wire.Request, error) {
	return wire.Request{Method: http.MethodPost, Path: []string{"Users", ".search"}, Body: SearchRequest([][2]string{{"filter", plainText("Users")}})}, nil
}

// choosesAPart recognises a choice of a part of an attribute.
func choosesAPart(r wire.Request) bool {
	chosen := ParameterOf(r, "attributes") + "," + ParameterOf(r, "excludedAttributes")
	return slices.ContainsFunc(strings.Split(chosen, ","), func(name string) bool {
		_, name, _ = CutURN(strings.TrimSpace(name))
		return strings.Contains(name, ".")
	})
}

func plainChoice(ctx context.Context, own *Session) (wire.Request, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-part-chosen")); err != nil {
		return wire.Request{}, err
	}
	return Querying("attributes", "name.givenName", "Users", own.Subjects["P"].ID), nil
}

func filterByURN(ctx context.Context, own *Session) (wire.Request, error) {
	err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-urn"))
	if err != nil {
		return wire.Request{}, err
	}
	return Querying("filter", scim.UserURN+":userName eq "+Text(own.UserName("plain-urn")), "Users"), nil
}

// sendsTimes recognises a write with times in meta, which a target ignores.
func sendsTimes(r wire.Request) bool {
	writes := r.Method == http.MethodPost && len(r.Path) == 1 || r.Method == http.MethodPut
	return writes && bodyOf(r).Object("meta").String("created") != ""
}

func plainTimes(_ context.Context, own *Session) (wire.Request, error) {
	user := Merge(own.Template("Users", "with-times"), MustObject(`{"meta": {"created": "2001-01-01T00:00:00Z"}}`))
	return wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: user}, nil
}
