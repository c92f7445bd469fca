package judge

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The plain form comes first. Where a target does not serve the plainest request of a kind,
// one requirement tells it, its home; all others of the kind are blocked by it.

// plainRequest is the plainest request of a kind.
type plainRequest struct {
	home string // the requirement that tells that it is not served
	is   func(wire.Request) bool
	ask  func(ctx context.Context, own *Session) (wire.Request, error)
}

var plainRequests = []plainRequest{
	{"RFC7644-3.5.2.3-08", isPatch, plainPatch},
	{"RFC7644-3.5.2.2-02", removesMembers, plainRemoval},
	{"RFC7644-3.5.2.3-01", namesExtension, plainExtension},
	{"RFC7644-3.5.2.1-04", addsExternalID, plainAddition},
	{"RFC7644-3.4.3-01", isSearch, plainSearch},
	{"RFC7644-3.4.3-01", searchesForAll, plainSearchForAll},
	{"RFC7644-3.4.2.5-05", choosesAPart, plainChoice},
	{"RFC7644-3.7-01", isBulk, plainBulk},
	{"RFC7644-3.4.2.2-29", filtersByURN, filterByURN},
}

func isPatch(r wire.Request) bool { return r.Method == http.MethodPatch && len(r.Path) == 2 }

func isSearch(r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) == 2 && r.Path[1] == ".search"
}

func isBulk(r wire.Request) bool {
	return r.Method == http.MethodPost && len(r.Path) == 1 && r.Path[0] == "Bulk"
}

func filtersByURN(r wire.Request) bool {
	return strings.Contains(strings.ToLower(ParameterOf(r, "filter")), "urn:ietf:params:scim:schemas:core:2.0:")
}

// NotServedPlainly finds out whether the answer that a Mismatch is about is the error that the
// plainest request of its kind gets as well: then it says why, and which requirement is the
// home of that. It says nothing of that requirement itself. Each is asked for once in a run.
// The error is the network's.
func (j *Session) NotServedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, refused := range j.refusedRequests(m) {
		for i, p := range plainRequests {
			if !p.is(refused) || p.home == judged {
				continue
			}
			refusal, err := SharedBy(ctx, j.Run, "the plain request "+strconv.Itoa(i)+" of "+p.home, p.refusal)
			if refusal != "" || IsLost(err) {
				return p.home, refusal, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// refusal is how the target refuses the plainest request; "" if it does not.
func (p plainRequest) refusal(ctx context.Context, own *Session) (string, error) {
	r, err := p.ask(ctx, own)
	if err != nil {
		return "", err
	}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status < 400 {
		return "", err
	}
	return "the plainest request of this kind is not served: " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

// AnswersIn are those of the last answers, one or several, that a Mismatch is about.
func (j *Session) AnswersIn(m *Mismatch) []Answer {
	switch {
	case len(j.Several) > 0:
		return slices.DeleteFunc(slices.Clone(j.Several), func(a Answer) bool { return !strings.Contains(m.What, a.String()) })
	case j.Last != nil:
		return []Answer{{Request: j.Asked, Response: j.Last}}
	}
	return nil
}

// refusedRequests are those whose answers are errors, and a random change that is refused.
func (j *Session) refusedRequests(m *Mismatch) []wire.Request {
	var all []wire.Request
	for _, a := range j.refusedAnswers(m) {
		all = append(all, a.Request)
	}
	if randomChange.MatchString(m.What) && m.Got >= "4" && m.Got < "6" {
		collection, operations := j.changeIn(m)
		list := make([]any, len(operations))
		for i := range operations {
			list[i] = operations[i]
		}
		all = append(all, wire.Request{Method: http.MethodPatch, Path: []string{collection, ""}, Body: PatchOp(list)})
	}
	return all
}

// refusedAnswers are those that are errors.
func (j *Session) refusedAnswers(m *Mismatch) []Answer {
	return slices.DeleteFunc(j.AnswersIn(m), func(a Answer) bool {
		return a.Response.Status < 400 || !strings.Contains(m.Got, strconv.Itoa(a.Response.Status))
	})
}

func plainPatch(ctx context.Context, own *Session) (wire.Request, error) {
	user := Merge(own.Template("Users", "plain-patch"), scim.NewObject(scim.Member{Name: "displayName", Value: "Before"}))
	err := own.Make(ctx, "P", "Users", user)
	if err != nil {
		return wire.Request{}, err
	}
	return wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: ReplaceBody("displayName", "After")}, nil
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

func plainBulk(_ context.Context, own *Session) (wire.Request, error) {
	creation := scim.NewObject(
		scim.Member{Name: "method", Value: http.MethodPost}, scim.Member{Name: "path", Value: "/Users"},
		scim.Member{Name: "bulkId", Value: "plain"}, scim.Member{Name: "data", Value: own.Template("Users", "plain-bulk")},
	)
	return wire.Request{Method: http.MethodPost, Path: []string{"Bulk"}, Body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}}, scim.Member{Name: "Operations", Value: []any{creation}},
	)}, nil
}

func filterByURN(ctx context.Context, own *Session) (wire.Request, error) {
	err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-urn"))
	if err != nil {
		return wire.Request{}, err
	}
	return Querying("filter", scim.UserURN+":userName eq "+Text(own.UserName("plain-urn")), "Users"), nil
}
