package steps

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/cucumber/godog"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The steps that judge an answer and what became of a resource.

func (w *world) theRequest() string {
	return w.asked.Method + " /" + strings.Join(w.asked.Path, "/")
}

// answerKinds are what an answer can be, other than a status.
var answerKinds = map[string]func(*world) error{
	"200 with a list": (*world).theAnswerIsAList,
	"200, or 400 with scimType expiredCursor or invalidCursor": func(w *world) error {
		if w.last != nil && w.last.Status == http.StatusOK {
			return w.theAnswerIsOneOf("200")
		}
		return w.theAnswerIsAnError("400", "expiredCursor or invalidCursor")
	},
	"a list, or 400 with scimType tooMany": (*world).theAnswerIsAListOrTooMany,
	"a success":                            (*world).theAnswerIsASuccess,
	"a refusal":                            (*world).theAnswerIsARefusal,
	"no server error":                      (*world).theAnswerIsNoServerError,
	"a SCIM error":                         (*world).theAnswerIsASCIMError,
	"empty": func(w *world) error {
		return w.expectThat(len(w.last.Body) == 0, "the body of the answer to "+w.theRequest(), "none", fmt.Sprintf("%d bytes", len(w.last.Body)))
	},
}

// errorText is such as "400 or 404", "400 with scimType invalidPath or none", or
// "400, with scimType invalidFilter if any".
var errorText = regexp.MustCompile(`^(\d{3}(?: or \d{3})*)(?:,? with scimType (\w+(?: or \w+)*?)( if any)?)?$`)

// theAnswerIs judges by one of answerKinds, or by statuses and types of errors.
func (w *world) theAnswerIs(what string) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	if is, ok := answerKinds[what]; ok {
		return is(w)
	}
	parts := errorText.FindStringSubmatch(what)
	switch {
	case parts == nil:
		return fmt.Errorf("an answer cannot be %q", what)
	case parts[2] == "":
		return w.theAnswerIsOneOf(parts[1])
	case parts[3] != "":
		return w.theAnswerIsAnError(parts[1], parts[2]+" or none")
	}
	return w.theAnswerIsAnError(parts[1], parts[2])
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

func (w *world) theAnswerIsASCIMError() error {
	if err := w.expectStatus(func(s int) bool { return s >= 400 }, "a status of 400 or more"); err != nil {
		return err
	}
	_, err := scim.ParseError(w.last.Status, w.last.Body)
	return w.expectThat(err == nil, "the body of the answer to "+w.theRequest(), "a SCIM error", fmt.Sprint(err))
}

// theAnswerHas compares a part: every member of the document has to be there,
// with this value; what else is there does not matter.
func (w *world) theAnswerHas(ifAny string, doc *godog.DocString) error {
	if ifAny != "" && w.last != nil && len(w.last.Body) == 0 {
		return w.theAnswerIsASuccess()
	}
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

// missed counts a look at a value that is not there as an assertion that failed.
func (w *world) missed(err error) error {
	if _, wrong := isMismatch(err); wrong {
		w.assertions++
	}
	return err
}

// nowHas reads the resource again and compares a part, as theAnswerHas does.
func (w *world) nowHas(ctx context.Context, name, orRefused string, doc *godog.DocString) error {
	if orRefused != "" {
		if refused, err := w.refusedOrDone(); refused || err != nil {
			return err
		}
	}
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	return w.reread(ctx, name, func(now *subject) error {
		return w.expectPart(name+" as it is read now", want, now.shown)
	})
}

func (w *world) nowHasNo(ctx context.Context, name, path string) error {
	return w.reread(ctx, name, func(now *subject) error {
		got, _ := at(now.shown, path)
		return w.expectThat(scim.IsUnassigned(got), path+" of "+name+" as it is read now", "no value", textOf(got))
	})
}

// isAsBefore compares with the resource as it was last seen: all of it, or all but
// the attributes of a list and what the target itself writes.
func (w *world) isAsBefore(ctx context.Context, name, list string) error {
	was, err := w.subject(name)
	if err != nil {
		return err
	}
	var except []string
	if list != "" {
		except = append(listed(list), "meta", "schemas")
	}
	return w.reread(ctx, name, func(now *subject) error {
		before, after := *was, *now
		before.shown, after.shown = was.shown.Clone(), now.shown.Clone()
		for _, attribute := range except {
			before.shown.Delete(attribute)
			after.shown.Delete(attribute)
		}
		w.assertions++
		return unchanged(name+" as it is read now", &before, &after)
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
	if how, ok := strings.CutPrefix(state, "is found nowhere by "); ok {
		return w.isFoundNowhere(ctx, s, how)
	}
	want := "200"
	if state == "is gone" {
		want = "404"
	}
	return w.eventually(ctx, func() error {
		answer, err := w.send(ctx, w.judge(), wire.Request{Method: "GET", Path: []string{s.collection, s.id}})
		if err != nil {
			return err
		}
		return w.expectThat(fmt.Sprint(answer.Status) == want, "GET /"+s.collection+"/"+s.id, want, statusOf(answer))
	})
}

// theMembersAre leaves out, where that is said, what a target keeps of a deleted
// member: it need not tidy up.
func (w *world) theMembersAre(ctx context.Context, group, thatExist, list string) error {
	var want []string
	for _, name := range listed(list) {
		s, err := w.subject(name)
		if err != nil {
			return err
		}
		want = append(want, s.id)
	}
	slices.Sort(want)
	return w.reread(ctx, group, func(now *subject) error {
		got := valuesOf(now.shown, "members")
		if thatExist != "" {
			var err error
			if got, err = w.thoseThatExist(ctx, got); err != nil {
				return err
			}
		}
		return w.expect("the members of "+group+thatExist, strings.Join(want, ", "), strings.Join(got, ", "))
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

func queryText(r wire.Request) string {
	var parts []string
	for _, q := range r.Query {
		parts = append(parts, q[0]+"="+q[1])
	}
	if len(parts) == 0 {
		return ""
	}
	return "?" + strings.Join(parts, "&")
}
