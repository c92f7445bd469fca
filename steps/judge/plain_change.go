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

// Changes by PATCH that lead to a wrong state in their plainest form: one requirement tells
// it, its home, and all others whose operations have the same in them are blocked by it.

// plainChange is such a change: of a user by what an operation does to a list, or of a group
// by what it does to its members.
type plainChange struct {
	home       string
	collection string
	needs      func(operations []*scim.Object) bool // whether operations have the same in them
	has        string                               // what the resource has before, as JSON; see plainText
	operations string                               // the plainest operations, as JSON
	keeps      string                               // the values that have to stand there then, in any order; of {has} if the attribute is single
	attribute  string                               // where they stand; "list.part" is that part of its elements, and "list.primary" the primary one
}

var plainChanges = []plainChange{
	{
		"RFC7644-3.5.2.3-08", "Groups", haveOne("replace", renames), `{}`,
		`[{"op": "replace", "path": "displayName", "value": "{first}"}]`, "{first}", "displayName",
	},
	{
		"RFC7644-3.5.2.2-02", "Groups", haveOne("remove", namesAll("members")), `{"members": [{"value": "{P}"}]}`,
		`[{"op": "remove", "path": "members"}]`, "", "members",
	},
	{
		"RFC7644-3.5.2-13", "Users", areSeveral, `{"displayName": "Before"}`,
		`[{"op": "replace", "path": "displayName", "value": "First"}, {"op": "replace", "path": "displayName", "value": "Second"}]`, "Second", "displayName",
	},
	{
		"RFC7644-3.5.2-13", "Groups", areSeveral, `{}`,
		`[{"op": "replace", "path": "displayName", "value": "{first}"}, {"op": "replace", "path": "displayName", "value": "{second}"}]`, "{second}", "displayName",
	},
	{
		"RFC7643-4.1.1-11", "Users", haveOne("", makesActive(false)), `{"active": true}`, `[{"op": "replace", "path": "active", "value": false}]`, "false", "active",
	},
	{
		"RFC7643-4.1.1-12", "Users", haveOne("", makesActive(true)), `{"active": false}`, `[{"op": "replace", "path": "active", "value": true}]`, "true", "active",
	},
	{
		"RFC7643-4.3-01", "Users", haveOne("", namesExtensionAnywhere), `{"` + scim.EnterpriseURN + `": {"department": "{work}"}}`,
		`[{"op": "replace", "path": "` + scim.EnterpriseURN + `:department", "value": "{other}"}]`, "{other}", scim.EnterpriseURN + ":department",
	},
	{
		"RFC7644-3.5.2.2-01", "Users", haveOne("remove", hasAnyPath), `{"externalId": "{first}"}`, `[{"op": "remove", "path": "externalId"}]`, "", "externalId",
	},
	{
		"RFC7644-3.5.2.1-04", "Users", haveOne("add", hasAnyPath), `{"displayName": "Before"}`,
		`[{"op": "add", "path": "displayName", "value": "After"}]`, "After", "displayName",
	},
	{
		"RFC7644-3.5.2.3-08", "Users", haveOne("replace", hasPath("externalId")), `{"externalId": "{first}"}`,
		`[{"op": "replace", "path": "externalId", "value": "{second}"}]`, "{second}", "externalId",
	},
	{
		"RFC7644-3.5.2.3-08", "Users", haveOne("replace", hasAnyPath), `{"displayName": "Before"}`,
		`[{"op": "replace", "path": "displayName", "value": "After"}]`, "After", "displayName",
	},
	{
		"RFC7644-3.5.2.2-03", "Users", haveOne("", picksValues), `{"emails": [{"value": "{work}", "type": "work"}, {"value": "{home}", "type": "home"}]}`,
		`[{"op": "remove", "path": "emails[value eq \"{home}\"]"}]`, "{work}", "emails",
	},
	{
		"RFC7644-3.5.2.3-05", "Users", haveOne("replace", picksValues), `{"emails": [{"value": "{work}", "type": "work"}, {"value": "{home}", "type": "home"}]}`,
		`[{"op": "replace", "path": "emails[type eq \"home\"].value", "value": "{other}"}]`, "{other} {work}", "emails",
	},
	{
		"RFC7644-3.5.2.3-05", "Users", haveOne("replace", picksElements), `{"emails": [{"value": "{work}", "type": "work"}, {"value": "{home}", "type": "home"}]}`,
		`[{"op": "replace", "path": "emails[type eq \"home\"]", "value": {"value": "{other}", "type": "home"}}]`, "{other} {work}", "emails",
	},
	{
		"RFC7644-3.5.2.3-05", "Users", haveOne("replace", picksForSeveralWords), `{"addresses": [{"type": "work", "streetAddress": "1 Old Road", "locality": "Dublin"}]}`,
		`[{"op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "2 New Road"}]`, "2 New Road", "addresses.streetAddress",
	},
	{
		"RFC7644-3.5.2-21", "Users", haveOne("", hasTwoConditions), `{"emails": [{"value": "{work}", "type": "work"}, {"value": "{home}", "type": "home"}]}`,
		`[{"op": "remove", "path": "emails[type eq \"home\" and value eq \"{home}\"]"}]`, "{work}", "emails",
	},
	{
		"RFC7644-3.5.2.3-01", "Users", haveOne("replace", hasNoPath), `{"displayName": "Before"}`,
		`[{"op": "replace", "value": {"displayName": "After"}}]`, "After", "displayName",
	},
	{
		"RFC7644-3.5.2.1-03", "Users", haveOne("add", hasListOf("emails", "phoneNumbers", "addresses")), `{"emails": [{"value": "{work}", "type": "work"}]}`,
		`[{"op": "add", "path": "emails", "value": [{"value": "{home}", "type": "home"}]}]`, "{home} {work}", "emails",
	},
	{
		"RFC7644-3.5.2.1-03", "Users", haveOne("add", hasListOf("emails")), `{"emails": [{"value": "{work}", "type": "work", "primary": true}]}`,
		`[{"op": "add", "path": "emails", "value": [{"value": "{home}", "type": "home"}]}]`, "{work}", "emails.primary",
	},
	{
		"RFC7644-3.5.2.1-02", "Users", haveOne("add", hasNoPath), `{"emails": [{"value": "{work}", "type": "work"}]}`,
		`[{"op": "add", "value": {"emails": [{"value": "{home}", "type": "home"}]}}]`, "{home} {work}", "emails",
	},
	{
		"RFC7644-3.5.2.3-04", "Users", haveOne("replace", hasListOf("emails", "phoneNumbers", "addresses")), `{"emails": [{"value": "{work}", "type": "work"}, {"value": "{home}", "type": "home"}]}`,
		`[{"op": "replace", "path": "emails", "value": [{"value": "{other}", "type": "other"}]}]`, "{other}", "emails",
	},
	{
		"RFC7644-3.5.2.1-03", "Groups", haveOne("add", hasListOf("members")), `{"members": [{"value": "{P}"}]}`,
		`[{"op": "add", "path": "members", "value": [{"value": "{Q}"}]}]`, "{P} {Q}", "members",
	},
	{
		"RFC7644-3.5.2.3-04", "Groups", haveOne("replace", hasListOf("members")), `{"members": [{"value": "{P}"}]}`,
		`[{"op": "replace", "path": "members", "value": [{"value": "{Q}"}]}]`, "{Q}", "members",
	},
	{
		"RFC7644-3.5.2.2-03", "Groups", haveOne("", picksValues), `{"members": [{"value": "{P}"}, {"value": "{Q}"}]}`,
		`[{"op": "remove", "path": "members[value eq \"{P}\"]"}]`, "{Q}", "members",
	},
	{
		"RFC7644-3.5.2.2-03", "Groups", removeTwice, `{"members": [{"value": "{P}"}, {"value": "{Q}"}]}`,
		`[{"op": "remove", "path": "members[value eq \"{P}\"]"}, {"op": "remove", "path": "members[value eq \"{Q}\"]"}]`, "", "members",
	},
	{
		"RFC7644-3.5.2.3-01", "Groups", haveOne("replace", hasNoPath), `{"members": [{"value": "{P}"}, {"value": "{Q}"}]}`,
		`[{"op": "replace", "value": {"displayName": "{first}"}}]`, "{P} {Q}", "members",
	},
	{
		"RFC7644-3.5.2-23", "Groups", haveOne("replace", hasPath("externalId")), `{"members": [{"value": "{P}"}, {"value": "{Q}"}]}`,
		`[{"op": "replace", "path": "externalId", "value": "{first}"}]`, "{P} {Q}", "members",
	},
	{
		"RFC7644-3.5.2-13", "Users", areSeveral, `{"emails": [{"value": "{work}", "type": "work"}]}`,
		`[{"op": "remove", "path": "emails"}, {"op": "add", "path": "emails", "value": [{"value": "{home}", "type": "home"}]}]`, "{home}", "emails",
	},
	{
		"RFC7644-3.5.2-13", "Groups", areSeveral, `{"members": [{"value": "{P}"}]}`,
		`[{"op": "remove", "path": "members"}, {"op": "add", "path": "members", "value": [{"value": "{Q}"}]}]`, "{Q}", "members",
	},
	{
		"RFC7644-3.5.2.1-07", "Groups", haveOne("add", hasListOf("members")), `{"members": [{"value": "{P}"}]}`,
		`[{"op": "add", "path": "members", "value": [{"value": "{P}"}]}]`, "{P}", "members",
	},
	{
		"RFC7644-3.5.2.1-07", "Users", haveOne("add", hasListOf("emails")), `{"emails": [{"value": "{work}", "type": "work"}]}`,
		`[{"op": "add", "path": "emails", "value": [{"value": "{work}", "type": "work"}]}]`, "{work}", "emails",
	},
	{
		"RFC7644-3.5.2.2-04", "Users", haveOne("remove", picksValues), `{"emails": [{"value": "{work}", "type": "work"}]}`,
		`[{"op": "remove", "path": "emails[value eq \"{work}\"]"}]`, "{name}", "userName",
	},
}

// twoConditions are joined in a path.
var twoConditions = regexp.MustCompile(`(?i)\[.* (and|or) .*\]`)

// changedPlainly finds out whether a change that a Mismatch is about is wrong in its plainest
// form as well; see FlawedPlainly.
func (j *Session) changedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, p := range plainChanges {
		if p.home == judged || !slices.ContainsFunc(j.changesBefore(m), func(c change) bool { return c.collection == p.collection && p.needs(c.operations) }) {
			continue
		}
		flaw, err := p.shared(ctx, j)
		if flaw != "" || IsLost(err) {
			return p.home, flaw, OnlyLost(err)
		}
	}
	return "", "", nil
}

// shared is the flaw, looked for once in a run.
func (p plainChange) shared(ctx context.Context, j *Session) (string, error) {
	return SharedBy(ctx, j.Run, "the plain change "+p.operations+" of "+p.collection+" by "+p.attribute+" of "+p.has, p.flaw)
}

// idlePlainly finds out whether every change is answered by a success and leads nowhere, or every
// removal: each of several that have nothing in common; see FlawedPlainly.
func (j *Session) idlePlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, c := range j.changesBefore(m) {
		if c.collection == "" {
			continue
		}
		if judged != idleHome {
			if why, err := j.idle(ctx, c.collection); why != "" || err != nil {
				return idleHome, why, err
			}
		}
		home := removalHomes[c.collection]
		if home == judged || !haveOne("remove", func(*scim.Object) bool { return true })(c.operations) {
			continue
		}
		idle, err := j.allFail(ctx, c.collection, removalForms[c.collection])
		if idle || err != nil {
			return home, "a removal is answered by a success and removes nothing, in each of its plainest forms", err
		}
	}
	return "", "", nil
}

// idleHome is the requirement that tells that PATCH does nothing.
const idleHome = "RFC7644-3.5.2.3-08"

// IdleToDuo finds out the same of what Duo sent.
func (j *Session) IdleToDuo(ctx context.Context, sent []*wire.Exchange) (why string, err error) {
	for _, x := range sent {
		if r := j.requestOf(x); isPatch(r) && x.Status/100 == 2 {
			if why, err := j.idle(ctx, r.Path[0]); why != "" || err != nil {
				return why, err
			}
		}
	}
	return "", nil
}

// idleForms are the homes of the plain changes of which a PATCH that does nothing does none.
// The removal shows that the attribute was there.
var idleForms = map[string][]string{
	"Users":  {"RFC7644-3.5.2.1-04", "RFC7644-3.5.2.2-01", idleHome, "RFC7644-3.5.2.3-01"},
	"Groups": {"RFC7644-3.5.2.1-03", "RFC7644-3.5.2.2-02", idleHome},
}

// removalForms are those of removals alone, and removalHomes the requirements that tell that all fail.
var (
	removalForms = map[string][]string{"Users": {"RFC7644-3.5.2.2-01", "RFC7644-3.5.2.2-03"}, "Groups": {"RFC7644-3.5.2.2-02", "RFC7644-3.5.2.2-03"}}
	removalHomes = map[string]string{"Users": "RFC7644-3.5.2.2-01", "Groups": "RFC7644-3.5.2.2-02"}
)

func (j *Session) idle(ctx context.Context, collection string) (string, error) {
	if idle, err := j.allFail(ctx, collection, idleForms[collection]); !idle || err != nil {
		return "", err
	}
	return "PATCH changes nothing: add, remove and replace are answered by a success in their plainest forms, and all stays as it was", nil
}

// allFail says whether each of the plain changes of these homes goes wrong.
func (j *Session) allFail(ctx context.Context, collection string, homes []string) (bool, error) {
	for _, p := range plainChanges {
		if p.collection != collection || !slices.Contains(homes, p.home) {
			continue
		}
		if flaw, err := p.shared(ctx, j); flaw == "" || err != nil {
			return false, OnlyLost(err)
		}
	}
	return true, nil
}

// change is what a PATCH asks for.
type change struct {
	collection string
	operations []*scim.Object
}

// changesBefore are the changes that may have led to what a Mismatch is about: the one that it
// tells, if it tells one, and otherwise all that the example has asked for, since what one of
// them leaves behind shows after another.
func (j *Session) changesBefore(m *Mismatch) []change {
	collection, operations := j.changeIn(m)
	all := []change{{collection, operations}}
	if randomChange.MatchString(m.What) {
		return all
	}
	for _, x := range j.Wire.Exchanges() {
		if r := j.requestOf(x); isPatch(r) {
			all = append(all, change{r.Path[0], objectsIn(operationsIn(r))})
		}
	}
	return all
}

// randomChange is how a Mismatch on random operations tells them.
var randomChange = regexp.MustCompile(`^PATCH (\[.*\]) to a (user|group) with `)

// changeIn is the change that a Mismatch is about, none if it is about something else.
func (j *Session) changeIn(m *Mismatch) (collection string, operations []*scim.Object) {
	if told := randomChange.FindStringSubmatch(m.What); told != nil {
		o, err := scim.ParseObject([]byte(`{"Operations": ` + told[1] + `}`))
		if err != nil {
			return "", nil
		}
		return CollectionOf(told[2]), objectsIn(o.Array("Operations"))
	}
	for _, r := range append(j.requestsIn(m), j.Asked) {
		if isPatch(r) {
			return r.Path[0], objectsIn(operationsIn(r))
		}
	}
	return "", nil
}

func objectsIn(list []any) []*scim.Object {
	var all []*scim.Object
	for _, v := range list {
		if o, ok := v.(*scim.Object); ok {
			all = append(all, o)
		}
	}
	return all
}

// flaw makes the change, and says what is wrong with what it leads to. A refusal is nothing
// wrong here: other looks are about those. To die of it is.
func (p plainChange) flaw(ctx context.Context, own *Session) (string, error) {
	fill, err := own.plainValues(ctx, p)
	if err != nil {
		return "", err
	}
	had := MustObject(fill.Replace(p.has))
	if err := own.Make(ctx, "X", p.collection, WithSchemas(Merge(own.Template(p.collection, "plain"), had))); err != nil {
		return "", err
	}
	operations := MustObject(`{"all": ` + fill.Replace(p.operations) + `}`).Array("all")
	r := wire.Request{Method: http.MethodPatch, Path: []string{p.collection, own.Subjects["X"].ID}, Body: PatchOp(operations)}
	answer, err := own.Send(ctx, own.Client(), r)
	if unanswered := own.Confirm(ctx, RequestText(r), err); unanswered != nil {
		return "the plainest change of this kind gets no answer: " + RequestText(r), nil //nolint:nilerr // that is the finding
	}
	if err == nil && answer.Status == http.StatusInternalServerError {
		return "the plainest change of this kind is an error of the server: " + RequestText(r) + " is answered " + StatusOf(answer), nil
	}
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	err = own.RereadUntil(ctx, "X", func(now *Subject) error {
		if p.shown(now.Shown, fill) == fill.Replace(p.keeps) {
			return nil
		}
		v, _ := Lookup(now.Shown, p.attribute)
		return &Mismatch{What: "after " + RequestText(r) + " " + p.attribute, Got: Text(v)}
	})
	if m, wrong := IsMismatch(err); wrong {
		return "the plainest change of this kind goes wrong: " + m.What + " is " + m.Got, nil
	}
	return "", err
}

// shown are the values of the attribute in their order: of a list those that the change is
// about, since a target may add others.
func (p plainChange) shown(o *scim.Object, fill *strings.Replacer) string {
	if list, part, of := strings.Cut(p.attribute, "."); of && !strings.HasPrefix(list, "urn:") {
		var texts []string
		for _, element := range objectsIn(o.Array(list)) {
			if v, _ := element.Get(part); v == true {
				texts = append(texts, scim.ValueOf(element))
			} else if text, isText := v.(string); isText {
				texts = append(texts, text)
			}
		}
		return strings.Join(texts, " ")
	}
	if text := o.String(p.attribute); text != "" {
		return text
	}
	if v, is := value(o, p.attribute).(bool); is {
		return strconv.FormatBool(v)
	}
	ours := strings.Fields(fill.Replace("{work} {home} {other} {P} {Q}"))
	values := slices.DeleteFunc(ValuesOf(o, p.attribute), func(v string) bool { return !slices.Contains(ours, v) })
	slices.Sort(values)
	return strings.Join(values, " ")
}

// plainValues are what the placeholders of a change stand for. P and Q are users, and P is
// the one whose id comes first.
func (j *Session) plainValues(ctx context.Context, p plainChange) (*strings.Replacer, error) {
	with := []string{
		"{work}", j.UserName("c"), "{home}", j.UserName("a"), "{other}", j.UserName("b"), "{first}", j.GroupName("first"), "{second}", j.GroupName("second"),
		"{name}", j.Template("Users", "plain").String("userName"),
	}
	if p.collection == "Groups" {
		for _, name := range []string{"p", "q"} {
			if err := j.Make(ctx, name, "Users", j.Template("Users", "plain-"+name)); err != nil {
				return nil, err
			}
		}
		ids := []string{j.Subjects["p"].ID, j.Subjects["q"].ID}
		slices.Sort(ids)
		with = append(with, "{P}", ids[0], "{Q}", ids[1])
	}
	return strings.NewReplacer(with...), nil
}
