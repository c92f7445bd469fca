package standard

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge an answer and what became of a resource.

// answerKinds are what an answer can be, other than a status.
var answerKinds = map[string]func(*World) error{
	"200 with a list": (*World).ExpectList,
	"200, or 400 with scimType expiredCursor or invalidCursor": func(w *World) error {
		if w.Last != nil && w.Last.Status == http.StatusOK {
			return w.ExpectOneOf("200")
		}
		return w.ExpectError("400", "expiredCursor or invalidCursor")
	},
	"a list, or 400 with scimType tooMany": (*World).ExpectListOrTooMany,
	"a success":                            (*World).ExpectSuccess,
	"a refusal":                            (*World).ExpectRefusal,
	"no server error":                      (*World).ExpectNoServerError,
	"a SCIM error":                         (*World).ExpectSCIMError,
	"empty": func(w *World) error {
		return w.ExpectThat(len(w.Last.Body) == 0, "the body of the answer to "+w.TheRequest(), "none", fmt.Sprintf("%d bytes", len(w.Last.Body)))
	},
}

// errorText is such as "400 or 404", "400 with scimType invalidPath or none", or
// "400, with scimType invalidFilter if any".
var errorText = regexp.MustCompile(`^(\d{3}(?: or \d{3})*)(?:,? with scimType (\w+(?: or \w+)*?)( if any)?)?$`)

// theAnswerIs judges by one of answerKinds, or by statuses and types of errors.
func (w *World) theAnswerIs(what string) error {
	if w.Last == nil {
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
		return w.ExpectOneOf(parts[1])
	case parts[3] != "":
		return w.ExpectError(parts[1], parts[2]+" or none")
	}
	return w.ExpectError(parts[1], parts[2])
}

// theAnswerHas compares a part: every member of the document has to be there,
// with this value; what else is there does not matter.
func (w *World) theAnswerHas(ifAny string, doc *messages.PickleDocString) error {
	if ifAny != "" && w.Last != nil && len(w.Last.Body) == 0 {
		return w.ExpectSuccess()
	}
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	got, err := w.Answered()
	if err != nil {
		return err
	}
	return w.ExpectPart("the answer to "+w.TheRequest(), want, got)
}

// nowHas reads the resource again and compares a part, as theAnswerHas does.
func (w *World) nowHas(ctx context.Context, name, orRefused string, doc *messages.PickleDocString) error {
	if orRefused != "" {
		if refused, err := w.RefusedOrDone(); refused || err != nil {
			return err
		}
	}
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		return w.ExpectPart(name+" as it is read now", want, now.Shown)
	})
}

func (w *World) nowHasNo(ctx context.Context, name, path string) error {
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		got, _ := judge.At(now.Shown, path)
		return w.ExpectThat(scim.IsUnassigned(got), path+" of "+name+" as it is read now", "no value", judge.Text(got))
	})
}

// isAsBefore compares with the resource as it was last seen: all of it, or all but
// the attributes of a list and what the target itself writes.
func (w *World) isAsBefore(ctx context.Context, name, list string) error {
	was, err := w.Subject(name)
	if err != nil {
		return err
	}
	var except []string
	if list != "" {
		except = append(judge.Listed(list), "meta", "schemas")
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		before, after := *was, *now
		before.Shown, after.Shown = was.Shown.Clone(), now.Shown.Clone()
		for _, attribute := range except {
			before.Shown.Delete(attribute)
			after.Shown.Delete(attribute)
		}
		w.Asserted(1)
		return judge.Unchanged(name+" as it is read now", &before, &after)
	})
}

func (w *World) stillExists(ctx context.Context, name, state string) error {
	s, err := w.Subject(name)
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
	return w.Eventually(ctx, func() error {
		answer, err := w.Send(ctx, w.Client(), wire.Request{Method: "GET", Path: []string{s.Collection, s.ID}})
		if err != nil {
			return err
		}
		return w.ExpectThat(fmt.Sprint(answer.Status) == want, "GET /"+s.Collection+"/"+s.ID, want, judge.StatusOf(answer))
	})
}

// theMembersAre leaves out, where that is said, what a target keeps of a deleted
// member: it need not tidy up.
func (w *World) theMembersAre(ctx context.Context, group, thatExist, list string) error {
	var want []string
	for _, name := range judge.Listed(list) {
		s, err := w.Subject(name)
		if err != nil {
			return err
		}
		want = append(want, s.ID)
	}
	slices.Sort(want)
	return w.RereadUntil(ctx, group, func(now *judge.Subject) error {
		got := judge.ValuesOf(now.Shown, "members")
		if thatExist != "" {
			var err error
			if got, err = w.thoseThatExist(ctx, got); err != nil {
				return err
			}
		}
		return w.Expect("the members of "+group+thatExist, strings.Join(want, ", "), strings.Join(got, ", "))
	})
}
