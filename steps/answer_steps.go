package steps

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps that judge an answer and what became of a resource.

func (w *world) answerSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^the answer is (\d+(?: or \d+)+)$`, w.theAnswerIsOneOf)
	w.on(sc, `^the answer is (\d+(?: or \d+)*) with scimType (\w+(?: or \w+)*)$`, w.theAnswerIsAnError)
	w.on(sc, `^the answer is a success$`, w.theAnswerIsASuccess)
	w.on(sc, `^the answer is a refusal$`, w.theAnswerIsARefusal)
	w.on(sc, `^the answer is no server error$`, w.theAnswerIsNoServerError)
	w.on(sc, `^the answer has no body$`, w.theAnswerHasNoBody)
	w.on(sc, `^the answer is a SCIM error$`, w.theAnswerIsASCIMError)
	w.on(sc, `^the answer has$`, w.theAnswerHas)
	w.on(sc, `^its "([^"]+)" is "([^"]*)"$`, w.itsIs)
	w.on(sc, `^its "([^"]+)" is (true|false|null|-?\d+(?:\.\d+)?)$`, w.itsIsJSON)
	w.on(sc, `^its "([^"]+)" is not "([^"]*)"$`, w.itsIsNot)
	w.on(sc, `^its "([^"]+)" is (present|absent)$`, w.itsIsPresent)
	w.on(sc, `^its "([^"]+)" is an? (string|boolean|number|integer|array|object|dateTime|absolute URI|entity tag)$`, w.itsIsA)
	w.on(sc, `^its "([^"]+)" equals its "([^"]+)"$`, w.itsEqualsIts)
	w.on(sc, `^its "([^"]+)" (contains|does not contain) "([^"]*)"$`, w.itsContains)
	w.on(sc, `^its "([^"]+)" has (\d+) elements?$`, w.itsHasElements)

	w.on(sc, `^"(\w+)" (?:now )?has$`, w.nowHas)
	w.on(sc, `^"(\w+)" (?:now )?has no "([^"]+)"$`, w.nowHasNo)
	w.on(sc, `^"(\w+)" is as before$`, w.isAsBefore)
	w.on(sc, `^"(\w+)" (still exists|is gone)$`, w.stillExists)
	w.on(sc, `^the members of "(\w+)" are "([^"]*)"$`, w.theMembersAre)
	w.on(sc, `^exactly "([^"]*)" (?:is|are) found$`, w.exactlyAreFound)
	w.on(sc, `^nothing is found$`, func(ctx context.Context) error { return w.exactlyAreFound(ctx, "") })
}

func (w *world) theRequest() string {
	return w.asked.Method + " /" + strings.Join(w.asked.Path, "/")
}

func (w *world) theAnswerIsOneOf(list string) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	allowed := strings.Split(list, " or ")
	return w.expectThat(slices.Contains(allowed, fmt.Sprint(w.last.Status)), "the answer to "+w.theRequest(), list, statusOf(w.last))
}

// theAnswerIsAnError takes "none" for an error without a scimType, which the
// standard permits wherever it does not name one.
func (w *world) theAnswerIsAnError(statuses, types string) error {
	if err := w.theAnswerIsOneOf(statuses); err != nil {
		return err
	}
	var got string
	if fault := w.last.Fault(); fault != nil {
		got = fault.ScimType
	}
	got = quotedOrNone(got)
	return w.expectThat(slices.Contains(strings.Split(types, " or "), got), "scimType of the answer to "+w.theRequest(), types, got)
}

func quotedOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func (w *world) expectStatus(ok func(int) bool, want string) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	return w.expectThat(ok(w.last.Status), "the answer to "+w.theRequest(), want, statusOf(w.last))
}

func (w *world) theAnswerIsASuccess() error {
	return w.expectStatus(func(s int) bool { return s >= 200 && s < 300 }, "a status of success")
}

func (w *world) theAnswerIsARefusal() error {
	return w.expectStatus(func(s int) bool { return s >= 400 && s < 500 }, "a status from 400 to 499")
}

func (w *world) theAnswerIsNoServerError() error {
	return w.expectStatus(func(s int) bool { return s < 500 || s == 501 }, "a status below 500, or 501")
}

func (w *world) theAnswerHasNoBody() error {
	return w.expectThat(len(w.last.Body) == 0, "the body of the answer to "+w.theRequest(), "none", fmt.Sprintf("%d bytes", len(w.last.Body)))
}

func (w *world) theAnswerIsASCIMError() error {
	if err := w.expectStatus(func(s int) bool { return s >= 400 }, "a status of 400 or more"); err != nil {
		return err
	}
	_, err := scim.ParseError(w.last.Status, w.last.Body)
	return w.expectThat(err == nil, "the body of the answer to "+w.theRequest(), "a SCIM error", fmt.Sprint(err))
}

// theAnswerHas compares a part: every member of the document has to be there,
// with this value; what else is there does not matter.
func (w *world) theAnswerHas(doc *godog.DocString) error {
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	got, err := w.answered()
	if err != nil {
		return err
	}
	return w.expectPart("the answer to "+w.theRequest(), want, got)
}

// expectPart demands that got contains want, and names the first difference.
func (w *world) expectPart(what string, want, got any) error {
	w.assertions++
	return difference(what, want, got)
}

func difference(what string, want, got any) error {
	switch want := want.(type) {
	case *scim.Object:
		object, ok := got.(*scim.Object)
		if !ok && got != nil { // nothing is an object without values
			return &Mismatch{What: what, Want: textOf(want), Got: textOf(got)}
		}
		for name, value := range want.All() {
			found, _ := object.Get(name)
			if value == nil && scim.IsUnassigned(found) {
				continue
			}
			if err := difference(what+", "+name, value, found); err != nil {
				return err
			}
		}
		return nil
	case []any:
		return listDifference(what, want, got)
	}
	if !scim.Equal(want, got) {
		return &Mismatch{What: what, Want: textOf(want), Got: textOf(got)}
	}
	return nil
}

// listDifference compares lists in any order: as many elements, and for each
// wanted one another that contains it (multi-valued attributes have no order).
func listDifference(what string, want []any, got any) error {
	list, ok := got.([]any)
	if !ok && len(want) == 0 && scim.IsUnassigned(got) {
		return nil
	}
	if !ok || len(list) != len(want) {
		return &Mismatch{What: what, Want: textOf(want), Got: textOf(got)}
	}
	rest := slices.Clone(list)
	for _, wanted := range want {
		i := slices.IndexFunc(rest, func(v any) bool { return difference(what, wanted, v) == nil })
		if i < 0 {
			return &Mismatch{What: what, Want: textOf(want), Got: textOf(got)}
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return nil
}

func (w *world) itsIs(path, want string) error {
	want, err := w.expand(want)
	if err != nil {
		return err
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expect(path+" in the answer to "+w.theRequest(), want, plain(got))
}

// missed counts a look at a value that is not there as an assertion that failed.
func (w *world) missed(err error) error {
	if _, wrong := isMismatch(err); wrong {
		w.assertions++
	}
	return err
}

func (w *world) itsIsJSON(path, want string) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong && want == "null" {
		got, err = nil, nil
	}
	if err != nil {
		return w.missed(err)
	}
	value, err := scim.Parse([]byte(want))
	if err != nil {
		return err
	}
	return w.expectThat(scim.Equal(value, got), path+" in the answer to "+w.theRequest(), want, textOf(got))
}

func (w *world) itsIsNot(path, not string) error {
	not, err := w.expand(not)
	if err != nil {
		return err
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(plain(got) != not, path+" in the answer to "+w.theRequest(), "anything but "+not, plain(got))
}

func (w *world) itsIsPresent(path, state string) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); err != nil && !wrong {
		return err
	}
	there := err == nil && !scim.IsUnassigned(got)
	return w.expectThat(there == (state == "present"), path+" in the answer to "+w.theRequest(), state, textOf(got))
}

var (
	dateTime = regexp.MustCompile(`^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$`)
	integer  = regexp.MustCompile(`^-?\d+$`)
)

func (w *world) itsIsA(path, kind string) error {
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(isA(got, kind), path+" in the answer to "+w.theRequest(), "a value of type "+kind, textOf(got))
}

func isA(v any, kind string) bool {
	text, isText := v.(string)
	switch kind {
	case "dateTime":
		return isText && dateTime.MatchString(text)
	case "entity tag":
		return isText && entityTag.MatchString(text)
	case "absolute URI":
		return isText && absolute.MatchString(text)
	case "integer":
		return scim.KindOf(v) == "number" && integer.MatchString(plain(v))
	}
	return scim.KindOf(v) == kind
}

func (w *world) itsEqualsIts(path, other string) error {
	want, err := w.valueOf("its", other)
	if err != nil {
		return w.missed(err)
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(scim.Equal(want, got), path+" in the answer to "+w.theRequest(), "the same as "+other+", "+plain(want), plain(got))
}

// itsContains looks for an element of a list, or for a part of a text in any case.
func (w *world) itsContains(path, does, part string) error {
	part, err := w.expand(part)
	if err != nil {
		return err
	}
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong && does == "does not contain" {
		w.assertions++
		return nil
	}
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(contains(got, part) == (does == "contains"), path+" in the answer to "+w.theRequest(), does+" "+part, textOf(got))
}

func contains(v any, part string) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(e any) bool {
			if o, ok := e.(*scim.Object); ok {
				return strings.EqualFold(o.String("value"), part) || strings.EqualFold(o.String("name"), part) || strings.EqualFold(o.String("id"), part)
			}
			return strings.EqualFold(plain(e), part)
		})
	}
	return strings.Contains(strings.ToLower(plain(v)), strings.ToLower(part))
}

func (w *world) itsHasElements(path string, n int) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong {
		got, err = nil, nil
	}
	if err != nil {
		return err
	}
	list, ok := got.([]any)
	return w.expectThat((ok || got == nil) && len(list) == n, "the number of elements of "+path+" in the answer to "+w.theRequest(), fmt.Sprint(n), textOf(got))
}

// nowHas reads the resource again and compares a part, as theAnswerHas does.
func (w *world) nowHas(ctx context.Context, name string, doc *godog.DocString) error {
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, name)
		if err != nil {
			return w.missed(err)
		}
		return w.expectPart(name+" as it is read now", want, now.shown)
	})
}

func (w *world) nowHasNo(ctx context.Context, name, path string) error {
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, name)
		if err != nil {
			return w.missed(err)
		}
		got, _ := at(now.shown, path)
		return w.expectThat(scim.IsUnassigned(got), path+" of "+name+" as it is read now", "no value", textOf(got))
	})
}

// isAsBefore compares with the resource as it was last seen, all of it.
func (w *world) isAsBefore(ctx context.Context, name string) error {
	was, err := w.subject(name)
	if err != nil {
		return err
	}
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, name)
		if err != nil {
			return w.missed(err)
		}
		w.assertions++
		return unchanged(name+" as it is read now", was, now)
	})
}

// sameState compares two representations of one resource: unassigned is the
// same as absent, and the elements of a list have no order.
func sameState(a, b *scim.Object) bool {
	return difference("", withoutUnassigned(a), b) == nil && difference("", withoutUnassigned(b), a) == nil
}

// withoutUnassigned leaves out what has no value, also within objects and lists.
func withoutUnassigned(o *scim.Object) *scim.Object {
	out := scim.NewObject()
	for name, value := range o.All() {
		switch v := value.(type) {
		case *scim.Object:
			value = withoutUnassigned(v)
		case []any:
			list := make([]any, len(v))
			for i := range v {
				list[i] = v[i]
				if inner, ok := v[i].(*scim.Object); ok {
					list[i] = withoutUnassigned(inner)
				}
			}
			value = list
		}
		if !scim.IsUnassigned(value) {
			out.Set(name, value)
		}
	}
	return out
}

func (w *world) stillExists(ctx context.Context, name, state string) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	return w.eventually(ctx, func() error {
		answer, err := w.send(ctx, w.judge(), scim.Request{Method: "GET", Path: []string{s.collection, s.id}})
		if err != nil {
			return err
		}
		want := 200
		if state == "is gone" {
			want = 404
		}
		return w.expectThat(answer.Status == want, "GET /"+s.collection+"/"+s.id, fmt.Sprint(want), statusOf(answer))
	})
}

func (w *world) theMembersAre(ctx context.Context, group, list string) error {
	var want []string
	for _, name := range listed(list) {
		s, err := w.subject(name)
		if err != nil {
			return err
		}
		want = append(want, s.id)
	}
	slices.Sort(want)
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, group)
		if err != nil {
			return w.missed(err)
		}
		return w.expect("the members of "+group, strings.Join(want, ", "), strings.Join(valuesOf(now.shown, "members"), ", "))
	})
}

// exactlyAreFound looks at the resources of this scenario in a list answer;
// what else the target holds does not matter. A list that does not show all it
// counts cannot be judged.
func (w *world) exactlyAreFound(ctx context.Context, list string) error {
	if w.search != nil {
		return w.exactlyTheseMembers(ctx, list)
	}
	object, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	if err := w.expectStatus(func(s int) bool { return s == 200 }, "200"); err != nil {
		return err
	}
	got, err := scim.ParseList(object)
	if err != nil {
		return w.expectThat(false, "the answer to "+w.theRequest(), "a list", err.Error())
	}
	byID := map[string]string{}
	for name, s := range w.subjects {
		byID[s.id] = name
	}
	var found []string
	for _, r := range got.Resources {
		if name := byID[r.String("id")]; name != "" {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	want := listed(list)
	slices.Sort(want)
	return w.expect("resources found by "+w.theRequest()+queryText(w.asked), strings.Join(want, ", "), strings.Join(found, ", "))
}

func queryText(r scim.Request) string {
	var parts []string
	for _, q := range r.Query {
		parts = append(parts, q[0]+"="+q[1])
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}
