package judge

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Answers whose plainest form is wrong already: see plain_request.go for those that are errors.

// plainAnswer is a flaw that many answers of a target may share.
type plainAnswer struct {
	home string // the requirement that tells it
	is   func(m *Mismatch, r wire.Request) bool
	flaw func(ctx context.Context, own *Session) (string, error) // "" if the target has it not
}

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

// FlawedPlainly finds out whether what a Mismatch is about is wrong in its plainest form as
// well: then it says why, and which requirement is the home of that. It says nothing of that
// requirement itself. Each is looked at once in a run. The error is the network's.
func (j *Session) FlawedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, look := range []func(context.Context, *Mismatch, string) (string, string, error){
		j.hiddenPlainly,
		j.gonePlainly,
		j.sentBackPlainly,
		j.pathRefusedPlainly,
		j.deletedPlainly,
		j.keptPlainly,
		j.idlePlainly,
		j.refusedOtherwise,
		j.stampedPlainly,
		j.answeredPlainly,
		j.listedPlainly,
		j.changedPlainly,
		j.walkedPlainly,
		j.unknownPlainly,
		j.namesakePlainly,
		j.undefinedPlainly,
	} {
		if home, why, err = look(ctx, m, judged); why != "" || err != nil {
			return home, why, err
		}
	}
	requests := j.requestsIn(m)
	if len(requests) == 0 { // of all answers of a run, which are another's
		requests = append(requests, wire.Request{})
	}
	for _, r := range requests {
		for i, p := range slices.Concat(plainErrors, plainSuccesses, plainAnswers, plainReads, plainUsers, plainLists, plainRefusals, plainBulks) {
			if p.home == judged || !p.is(m, r) {
				continue
			}
			flaw, err := SharedBy(ctx, j.Run, "the plain form "+strconv.Itoa(i)+" of "+p.home, p.flaw)
			if flaw != "" || IsLost(err) {
				return p.home, flaw, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// requestsIn are those that a Mismatch is about: of the last answers, and the one that decided,
// such as that of a page or one that got no answer.
func (j *Session) requestsIn(m *Mismatch) []wire.Request {
	var all []wire.Request
	for _, a := range j.AnswersIn(m) {
		all = append(all, a.Request)
	}
	decided := j.Decided(m)
	if m.Want == wantsAnswer { // what came later was sent to find out whether the target lives
		decided = nil
		for _, x := range j.Wire.Exchanges() {
			if x.Status == 0 {
				decided = x
			}
		}
	}
	if decided != nil {
		all = append(all, j.requestOf(decided))
	}
	if len(all) == 0 || comparesSearch.MatchString(m.What) { // of an answer that others look at as well, or of two
		all = append(all, toldIn(m)...)
	}
	return all
}

// told is how a Mismatch tells a request.
var told = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE) (/[^\s?]*)(?:\?(.*))?`)

// comparesSearch recognises what is told of a search beside a list.
var comparesSearch = regexp.MustCompile(`^POST /\S*\.search\b`)

// toldIn is the request that a Mismatch tells, without its body.
func toldIn(m *Mismatch) []wire.Request {
	text := told.FindStringSubmatch(m.What)
	if text == nil {
		return nil
	}
	r := wire.Request{Method: text[1], Path: strings.Split(strings.Trim(text[2], "/"), "/")}
	for part := range strings.SplitSeq(text[3], "&") {
		if name, value, ok := strings.Cut(part, "="); ok {
			r.Query = append(r.Query, [2]string{name, value})
		}
	}
	return []wire.Request{r}
}

// requestOf is the request of an exchange, as it would be sent below the base URL.
func (j *Session) requestOf(x *wire.Exchange) wire.Request {
	u, err := url.Parse(x.URL)
	base, baseErr := url.Parse(j.Conn.URL)
	if err != nil || baseErr != nil {
		return wire.Request{Method: x.Method}
	}
	r := wire.Request{Method: x.Method, Path: strings.Split(strings.Trim(strings.TrimPrefix(u.Path, base.Path), "/"), "/")}
	for name, values := range u.Query() {
		r.Query = append(r.Query, [2]string{name, values[0]})
	}
	if len(x.RequestBody) > 0 {
		r.Body = x.RequestBody
	}
	return r
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

// gonePlainly finds out whether somebody who cannot be read any more is gone after a PATCH in
// its plainest form; see FlawedPlainly.
func (j *Session) gonePlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if !strings.HasPrefix(m.Got, "404") {
		return "", "", nil
	}
	for _, p := range []struct {
		home string
		is   func(wire.Request) bool
		flaw func(ctx context.Context, own *Session) (string, error)
	}{
		{"RFC7644-3.5.2.1-03", isPatch, losesWhoIsChanged},
		{"RFC7643-4.1.1-11", deactivates, losesWhoIsDeactivated},
	} {
		changed := slices.ContainsFunc(j.Wire.Exchanges(), func(x *wire.Exchange) bool { return x.Status/100 == 2 && p.is(j.requestOf(x)) })
		if judged == p.home || !changed {
			continue
		}
		why, err = SharedBy(ctx, j.Run, "a user who is gone by a change, of "+p.home, p.flaw)
		if why != "" || IsLost(err) {
			return p.home, why, OnlyLost(err)
		}
	}
	return "", "", nil
}

// deactivates recognises a request that makes a user inactive, by whatever method.
func deactivates(r wire.Request) bool {
	return isPatch(r) && haveOne("", func(o *scim.Object) bool {
		return makesActive(false)(o) || hasPath("active")(o) && strings.EqualFold(o.String("value"), "false")
	})(objectsIn(operationsIn(r))) || value(bodyOf(r), "active") == false
}

func losesWhoIsDeactivated(ctx context.Context, own *Session) (string, error) {
	r, err := own.plainPatchBy(ctx, "deactivated", MustObject(`{"op": "replace", "path": "active", "value": false}`))
	if err != nil {
		return "", err
	}
	return own.isGoneAfter(ctx, r, "a user is gone after the plainest deactivation")
}

// isGoneAfter sends a change of P, and says what is wrong if P cannot be read then.
func (j *Session) isGoneAfter(ctx context.Context, r wire.Request, wrong string) (string, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := j.Send(ctx, j.Client(), Reading("Users", j.Subjects["P"].ID))
	if err != nil || now.Status != http.StatusNotFound {
		return "", err
	}
	return wrong + ": after " + RequestText(r) + " GET is answered " + StatusOf(now), nil
}

func losesWhoIsChanged(ctx context.Context, own *Session) (string, error) {
	mail := scim.NewObject(scim.Member{Name: "value", Value: own.UserName("mail")}, scim.Member{Name: "type", Value: "work"})
	add := scim.NewObject(scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "emails"}, scim.Member{Name: "value", Value: []any{mail}})
	r, err := own.plainPatchBy(ctx, "mail", add)
	if err != nil {
		return "", err
	}
	return own.isGoneAfter(ctx, r, "a user is gone after the plainest PATCH of the e-mail addresses")
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
