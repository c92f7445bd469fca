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

// Answers whose plainest form is wrong already: see plain_request.go for those that are errors.

var plainAnswers = []plainAnswer{
	{"RFC7644-3.4.2.5-01", showsMoreThan("attributes"), overlooksAttributes},
	{"RFC7644-3.4.2.5-03", showsMoreThan("excludedAttributes"), overlooksExclusions},
	{"RFC7644-3.4.2.5-01", showsLess, leavesOutChosen},
	{"RFC7644-3.9-02", choosesOf(http.MethodPost), overlooksChoiceOf(http.MethodPost)},
	{"RFC7644-3.9-02", choosesOf(http.MethodPut), overlooksChoiceOf(http.MethodPut)},
	{"RFC7644-3.9-02", choosesOf(http.MethodPatch), overlooksChoiceOf(http.MethodPatch)},
	{"RFC7644-3.5.2.3-08", patchesAPart, losesAPart},
	{"RFC7644-3.9-04", lacksSchemas, leavesOutSchemas},
	{"RFC7644-3.10-01", choosesBy(scim.UserURN), overlooksURN(scim.UserURN+":displayName", "displayName")},
	{"RFC7644-3.4.2.5-06", choosesBy(scim.EnterpriseURN), overlooksURN(scim.EnterpriseURN+":department", scim.EnterpriseURN+":department")},
	{"RFC7644-3.4.2.2-33", lacksInvalidFilter, refusesFiltersWithout},
	{"RFC7644-3.4.2.5-05", choosesPart, leavesOutPart},
	{"RFC7644-3.4.3-01", searchesGroups, overlooksGroupFilter},
	{"RFC7643-4.2-01", namesNoGroup, takesNamelessGroup},
	{"RFC7644-3.4.2.2-29", findsByURN, findsNobodyByURN},
	{"RFC7644-3.5.2-16", patchesByURN, refusesURNOfPath},
	{"RFC7643-4.1.1-13", isAbout("password in the answer to"), showsPasswordOfPut},
	{"RFC7644-4-08", writesToDiscovery, takesWritesToDiscovery},
	{"RFC7643-5-13", isAbout("documentationUri in the answer to GET /ServiceProviderConfig"), documentsNowhere},
}

// showsMoreThan recognises an answer that shows what was not asked for by the parameter.
func showsMoreThan(parameter string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		more := strings.HasPrefix(m.Want, "nothing but") || strings.HasPrefix(m.Want, "no ") || m.Want == "absent"
		return more && selects(r, parameter)
	}
}

// showsLess recognises an answer that does not show what was asked for.
func showsLess(m *Mismatch, r wire.Request) bool {
	return selects(r, "attributes") && (strings.HasSuffix(m.Want, " in the resource") || m.Got == "no value")
}

// leavesOutChosen asks for a complex attribute and for a list.
func leavesOutChosen(ctx context.Context, own *Session) (string, error) {
	user := Merge(own.Template("Users", "chosen"), MustObject(`{"name": {"givenName": "Ann", "familyName": "Other"}, "emails": [{"value": `+Text(own.UserName("chosen-mail"))+`, "type": "work"}]}`))
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	whole, err := own.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	for _, name := range []string{"name", "emails"} {
		answer, err := own.Send(ctx, own.Client(), Querying("attributes", name, "Users", own.Subjects["P"].ID))
		if err != nil || answer.Status != http.StatusOK {
			return "", err
		}
		shown, err := ResourceIn(answer, own.Subjects["P"].ID)
		if err == nil && isNothing(value(shown, name)) && !isNothing(value(whole.Shown, name)) {
			return "what is chosen is not shown in the plainest form: GET /Users/{id}?attributes=" + name + " shows no " + name, nil
		}
	}
	return "", nil
}

// isNothing says whether a value is none, or has nothing in it.
func isNothing(v any) bool {
	switch v := v.(type) {
	case *scim.Object:
		return v.Len() == 0
	case []any:
		return len(v) == 0
	}
	return v == nil
}

func selects(r wire.Request, parameter string) bool {
	for _, q := range r.Query {
		if q[0] == parameter {
			return true
		}
	}
	body := bodyOf(r)
	_, inBody := body.Get(parameter)
	return inBody && isSearch(r)
}

func overlooksAttributes(ctx context.Context, own *Session) (string, error) {
	types, err := own.DeclaredTypes(ctx)
	if err != nil {
		return "", err
	}
	always := types["Users"].Schema.Attribute("userName").Returned == scim.Always
	return own.shownOf(ctx, "attributes", func(shown *scim.Object) string {
		switch {
		case shown.Object("name") != nil:
			return "name"
		case shown.String("userName") != "" && !always:
			return "userName"
		}
		return ""
	})
}

func overlooksExclusions(ctx context.Context, own *Session) (string, error) {
	return own.shownOf(ctx, "excludedAttributes", func(shown *scim.Object) string {
		if shown.String("displayName") != "" {
			return "displayName"
		}
		return ""
	})
}

// choosesOf recognises what the answer to a write shows although it was not chosen.
func choosesOf(method string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		refused := strings.HasPrefix(m.Got, "4") || strings.HasPrefix(m.Got, "5")
		chooses := ParameterOf(r, "attributes")+ParameterOf(r, "excludedAttributes") != ""
		return r.Method == method && !isSearch(r) && (refused && chooses || showsMoreThan("attributes")(m, r) || showsMoreThan("excludedAttributes")(m, r))
	}
}

// overlooksChoiceOf makes the plainest write with a choice.
func overlooksChoiceOf(method string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		user := Merge(own.Template("Users", "chosen-of-"+method), MustObject(`{"displayName": "Ann Other", "name": {"givenName": "Ann", "familyName": "Other"}}`))
		r := wire.Request{Method: method, Path: []string{"Users"}, Body: user, Query: [][2]string{{"attributes", "displayName"}}}
		if method != http.MethodPost {
			if err := own.Make(ctx, "P", "Users", user); err != nil {
				return "", err
			}
			r.Path = append(r.Path, own.Subjects["P"].ID)
		}
		if method == http.MethodPatch {
			r.Body = ReplaceBody("displayName", "Ann Changed")
		}
		answer, err := own.Send(ctx, own.Client(), r)
		if err == nil && answer.Status >= 400 {
			return "the choice is refused in the answer to the plainest write: " + RequestText(r) + " is answered " + StatusOf(answer), nil
		}
		if err != nil || answer.Status/100 != 2 {
			return "", err
		}
		shown, err := ObjectIn(answer)
		if method == http.MethodPost && err == nil && scim.IDOf(shown) != "" {
			if err := own.Adopt(ctx, "P", "Users", answer); err != nil {
				return "", err
			}
		}
		if err != nil || shown.Object("name") == nil {
			return "", nil //nolint:nilerr // an answer without a resource is told elsewhere
		}
		return "the choice is overlooked in the answer to the plainest write: " + RequestText(r) + " shows name", nil
	}
}

// shownOf reads a user with a choice by displayName, and says what is shown against it.
func (j *Session) shownOf(ctx context.Context, parameter string, against func(*scim.Object) string) (string, error) {
	user := Merge(j.Template("Users", parameter), MustObject(`{"displayName": "Ann Other", "name": {"givenName": "Ann", "familyName": "Other"}}`))
	if err := j.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	r := Querying(parameter, "displayName", "Users", j.Subjects["P"].ID)
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil {
		return "", err
	}
	shown, err := ResourceIn(answer, j.Subjects["P"].ID)
	if name := against(shown); err == nil && answer.Status == http.StatusOK && name != "" {
		return "the choice is overlooked in its plainest form: GET /Users/{id}?" + parameter + "=displayName shows " + name, nil
	}
	return "", nil
}

// choosesBy recognises a choice by the URN of a schema, in whatever case.
func choosesBy(urn string) func(*Mismatch, wire.Request) bool {
	return func(_ *Mismatch, r wire.Request) bool {
		chosen := strings.ToLower(ParameterOf(r, "attributes") + ParameterOf(r, "excludedAttributes"))
		return strings.Contains(chosen, strings.ToLower(urn)+":")
	}
}

// overlooksURN asks for one attribute by the URN of its schema; at is where a resource has it.
func overlooksURN(name, at string) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		user := Merge(own.Template("Users", "by-urn-"+name[len(name)-4:]), MustObject(`{"displayName": "Ann Other", "`+scim.EnterpriseURN+`": {"department": "Tours"}}`))
		user.Set("schemas", []any{scim.UserURN, scim.EnterpriseURN})
		if err := own.Make(ctx, "P", "Users", user); err != nil {
			return "", err
		}
		answer, err := own.Send(ctx, own.Client(), Querying("attributes", name, "Users", own.Subjects["P"].ID))
		if err != nil || answer.Status != http.StatusOK {
			return "", err
		}
		whole, err := own.Reread(ctx, "P")
		if err != nil {
			return "", err
		}
		shown, err := ResourceIn(answer, own.Subjects["P"].ID)
		if value, _ := Lookup(whole.Shown, at); err != nil || value == nil {
			return "", nil //nolint:nilerr // what cannot be read is told elsewhere
		}
		if value, _ := Lookup(shown, at); value != nil {
			return "", nil
		}
		return "a choice by URN is overlooked in its plainest form: GET /Users/{id}?attributes=" + name + " does not show it", nil
	}
}

// showsPasswordOfPut replaces a user by one with a password.
func showsPasswordOfPut(ctx context.Context, own *Session) (string, error) {
	user := own.Template("Users", "plain-secret")
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	user.Set("password", own.Run.Fit.Password(0))
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPut, Path: []string{"Users", own.Subjects["P"].ID}, Body: user})
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	shown, err := ObjectIn(answer)
	if _, has := shown.Get("password"); err != nil || !has {
		return "", nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	return "the answer to the plainest PUT with a password shows it", nil
}

// writesToDiscovery recognises a write to a discovery endpoint that is answered by a success.
func writesToDiscovery(m *Mismatch, r wire.Request) bool {
	return len(r.Path) == 1 && slices.Contains(discoveryEndpoints, r.Path[0]) && r.Method != http.MethodGet && strings.HasPrefix(m.Got, "2")
}

func takesWritesToDiscovery(ctx context.Context, own *Session) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"ServiceProviderConfig"}, Body: scim.NewObject()}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	return "a write to a discovery endpoint is taken: " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

func documentsNowhere(ctx context.Context, own *Session) (string, error) {
	answer, err := own.Discovery(ctx, "ServiceProviderConfig")
	if err != nil {
		return "", OnlyLost(err)
	}
	config, err := ObjectIn(answer)
	v, has := config.Get("documentationUri")
	if err != nil || !has || IsA(v, "absolute URI") {
		return "", nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	return "documentationUri in /ServiceProviderConfig is no address: " + Text(v), nil
}

// aPart is the path of a part of a complex attribute.
var aPart = regexp.MustCompile(`^[A-Za-z]+\.[A-Za-z]+$`)

// patchesAPart recognises a state that a PATCH of a part has not led to.
func patchesAPart(m *Mismatch, r wire.Request) bool {
	return isPatch(r) && strings.Contains(m.What, "as it is read now, name") && slices.ContainsFunc(operationsIn(r), func(v any) bool {
		o, _ := v.(*scim.Object)
		return aPart.MatchString(o.String("path"))
	})
}

func losesAPart(ctx context.Context, own *Session) (string, error) {
	user := Merge(own.Template("Users", "plain-part"), MustObject(`{"name": {"givenName": "Ann", "familyName": "Alder"}}`))
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPatch, Path: []string{"Users", own.Subjects["P"].ID}, Body: ReplaceBody("name.familyName", "Birch")}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil || now.Shown.Object("name").String("familyName") != "Alder" {
		return "", err
	}
	return "a part of a name is not changed by the plainest PATCH: " + RequestText(r) + " is answered " + StatusOf(answer) + ", and the name stays", nil
}

// lacksSchemas recognises an answer to a choice that leaves out what is always shown.
func lacksSchemas(m *Mismatch, r wire.Request) bool {
	return m.Want == "schemas in the resource" && (selects(r, "attributes") || selects(r, "excludedAttributes"))
}

func leavesOutSchemas(ctx context.Context, own *Session) (string, error) {
	return own.shownOf(ctx, "attributes", func(shown *scim.Object) string {
		if _, there := shown.Get("schemas"); shown.Len() > 0 && !there {
			return "no schemas"
		}
		return ""
	})
}

// lacksInvalidFilter recognises the refusal of a filter that lacks the scimType.
func lacksInvalidFilter(m *Mismatch, r wire.Request) bool {
	return m.Want == scim.ScimTypeInvalidFilter && ParameterOf(r, "filter") != ""
}

func refusesFiltersWithout(ctx context.Context, own *Session) (string, error) {
	for _, r := range []wire.Request{Querying("filter", "userName eq", "Users"), Querying("filter", "displayName eq", "Groups")} {
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil {
			return "", err
		}
		fault := answer.Fault()
		if answer.Status == http.StatusBadRequest && (fault == nil || fault.ScimType != scim.ScimTypeInvalidFilter) {
			return "the target refuses every filter without scimType invalidFilter: " + RequestText(r) + " is answered " + StatusOf(answer), nil
		}
	}
	return "", nil
}
