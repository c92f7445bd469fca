package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Parts of attributes, groups and URNs where a target knows the whole, users and short names
// alone: the plainest form of each.

// partChosen recognises a choice of a part of an attribute, in whatever spelling.
var partChosen = regexp.MustCompile(`(?i)(^|[,:])name\.[a-z]+(,|$)`)

// choosesPart recognises an answer that does not show, or leave out, a part that was chosen.
func choosesPart(m *Mismatch, r wire.Request) bool {
	wrong := strings.HasSuffix(m.Want, " in the resource") || strings.HasPrefix(m.Want, "no name.") || m.Got == "no value"
	chosen := []string{ParameterOf(r, "attributes"), ParameterOf(r, "excludedAttributes")}
	for _, name := range append(bodyOf(r).Array("attributes"), bodyOf(r).Array("excludedAttributes")...) {
		chosen = append(chosen, Plain(name))
	}
	return wrong && partChosen.MatchString(strings.Join(chosen, ","))
}

func leavesOutPart(ctx context.Context, own *Session) (string, error) {
	user := Merge(own.Template("Users", "chosen-part"), MustObject(`{"name": {"givenName": "Ann", "familyName": "Other"}}`))
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	whole, err := own.Reread(ctx, "P")
	if err != nil || whole.Shown.Object("name").String("givenName") == "" {
		return "", err
	}
	r := Querying("attributes", "name.givenName", "Users", own.Subjects["P"].ID)
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	shown, err := ResourceIn(answer, own.Subjects["P"].ID)
	if err != nil || shown.Object("name").String("givenName") != "" {
		return "", nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	return "a part that is chosen is not shown in the plainest form: GET /Users/{id}?attributes=name.givenName", nil
}

// searchesGroups recognises a search by POST for groups.
func searchesGroups(_ *Mismatch, r wire.Request) bool { return isSearch(r) && r.Path[0] == "Groups" }

// overlooksGroupFilter searches for one of two groups.
func overlooksGroupFilter(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"a", "b"} {
		group := own.Template("Groups", "searched-"+name)
		group.Set("displayName", own.GroupName("searched-"+name))
		if err := own.Make(ctx, name, "Groups", group); err != nil {
			return "", err
		}
	}
	r := Searching("displayName eq "+Text(own.GroupName("searched-a")), "Groups")
	got, err := own.shownBy(ctx, r)
	if err != nil || !slices.Contains(got, own.Subjects["b"].ID) {
		return "", err
	}
	return "a search for one group finds others: " + RequestText(r), nil
}

// namesNoGroup recognises a group without a name that is taken.
func namesNoGroup(m *Mismatch, r wire.Request) bool {
	writes := r.Method == http.MethodPost && len(r.Path) == 1 || r.Method == http.MethodPut
	return writes && r.Path[0] == "Groups" && wantsRefusal(m) && strings.TrimSpace(bodyOf(r).String("displayName")) == ""
}

func takesNamelessGroup(ctx context.Context, own *Session) (string, error) {
	group := MustObject(`{"schemas": [` + Text(scim.GroupURN) + `], "externalId": ` + Text(own.Mark()) + `}`)
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Groups"}, Body: group})
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return "a group without a name is taken: POST /Groups is answered " + strconv.Itoa(answer.Status), own.Adopt(ctx, "P", "Groups", answer)
}

// findsByURN recognises somebody who is not found by an attribute with the URN of its schema.
func findsByURN(m *Mismatch, r wire.Request) bool {
	asks := filtersByURN(r) || strings.Contains(strings.ToLower(m.What), "urn:ietf:params:scim:schemas:core:2.0:")
	return asks && slices.Contains([]string{"0", "", "none", "nobody of the population"}, m.Got)
}

func findsNobodyByURN(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "by-urn")); err != nil {
		return "", err
	}
	id, name := own.Subjects["P"].ID, "userName eq "+Text(own.UserName("by-urn"))
	plain, err := own.shownBy(ctx, Querying("filter", name, "Users"))
	if err != nil || !slices.Contains(plain, id) {
		return "", err
	}
	r := Querying("filter", scim.UserURN+":"+name, "Users")
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil {
		return "", err
	}
	if list, problem := ListOf(answer); problem != "" || slices.Contains(idsIn(list), id) {
		return "", nil
	}
	return "nobody is found by a name with its schema in the plainest form: " + RequestText(r), nil
}

// patchesByURN recognises the refusal of a path that begins with the URN of the schema of users.
func patchesByURN(m *Mismatch, r wire.Request) bool {
	return isPatch(r) && r.Path[0] == "Users" && refusesPath.MatchString(m.Got) && slices.ContainsFunc(objectsIn(operationsIn(r)), func(o *scim.Object) bool {
		return strings.HasPrefix(strings.ToLower(o.String("path")), strings.ToLower(scim.UserURN)+":")
	})
}

func refusesURNOfPath(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "path-by-urn")); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: ReplaceBody(scim.UserURN+":displayName", "After")}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 4 {
		return "", err
	}
	return "a path with the URN of its schema is refused in the plainest form: PATCH of " + scim.UserURN + ":displayName is answered " + StatusOf(answer), nil
}
