package standard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge an answer and what became of a resource.

// answerSteps are the sentences about the last answer as a whole.
func (w *World) answerSteps(on judge.Vocabulary) {
	on(`^the answer is (\d{3}(?: or \d{3})*)$`, w.ExpectOneOf)
	on(`^the answer is (\d{3}(?: or \d{3})*) with scimType (\w+(?: or \w+)*)$`, w.ExpectError)
	on(`^the answer is (\d{3}), with scimType (\w+) if any$`, w.isAnErrorWithAny)
	on(`^the answer is 200, or (\d{3}) with scimType (\w+(?: or \w+)*)$`, w.is200OrAnError)
	on(`^the answer is 200 with a list$`, w.ExpectList)
	on(`^the answer is a list, or 400 with scimType tooMany$`, w.ExpectListOrTooMany)
	on(`^the answer counts at least (\d+) resources, or is 400 with scimType tooMany$`, w.theAnswerCountsAtLeast)
	on(`^the answer is a list or a refusal$`, w.isAListOrARefusal)
	on(`^the answer is a success$`, w.ExpectSuccess)
	on(`^the answer is a refusal$`, w.ExpectRefusal)
	on(`^the answer should be a refusal$`, w.shouldBeARefusal)
	on(`^the answer should be (\d{3})$`, w.shouldBe)
	on(`^the answer is no server error$`, w.ExpectNoServerError)
	on(`^the answer is a SCIM error$`, w.ExpectSCIMError)
	on(`^the answer is empty$`, w.isEmpty)
	on(`^the answer itself has a body$`, w.hasABody)
	on(`^the answer is a success, or a refusal that ends the example$`, w.isASuccessOrEnds)
	on(`^the answer is 201, or 400 and the example ends$`, w.is201OrEnds)
	on(`^the answer(, if it has a body,)? has$`, w.theAnswerHas)
	on(`^the (answer|headers of the answer) (tells? where|shows? all of|shows?|lists?|agrees? with) "(\w+)"(?: is| as it is read now)?$`, w.theAnswerAgrees)
	on(`^the answer carries (the tag|no other tag than the one) that a read of "(\w+)" shows$`, w.theAnswerCarriesTheTag)
	on(`^the answer is 200 or 204 if "patch\.supported" is true in /ServiceProviderConfig, and 403, 404, 405 or 501 otherwise$`, w.fitsTheDeclarationOfPatch)
}

// shouldBeARefusal is for what the standard does not settle.
func (w *World) shouldBeARefusal() error { return judge.Unsettled(w.ExpectRefusal()) }

func (w *World) shouldBe(status string) error { return judge.Unsettled(w.ExpectOneOf(status)) }

func (w *World) isAnErrorWithAny(status, scimType string) error {
	return w.ExpectError(status, scimType+" or none")
}

func (w *World) is200OrAnError(status, types string) error {
	if w.Last != nil && w.Last.Status == http.StatusOK {
		return w.ExpectOneOf("200")
	}
	return w.ExpectError(status, types)
}

func (w *World) isAListOrARefusal() error {
	if w.Last != nil && w.Last.Status/100 == 4 {
		return w.ExpectRefusal()
	}
	return w.ExpectList()
}

func (w *World) isEmpty() error {
	return w.ExpectThat(len(w.Last.Body) == 0, "the body of the answer to "+w.TheRequest(), "none", fmt.Sprintf("%d bytes", len(w.Last.Body)))
}

// hasABody is for clients that do not read the resource elsewhere, as the judge does.
func (w *World) hasABody() error {
	return w.ExpectThat(len(w.Last.Body) > 0, "the body of the answer to "+w.TheRequest(), "the resource", "none")
}

// isASuccessOrEnds ends the example where the target refuses what it may refuse.
func (w *World) isASuccessOrEnds() error {
	refused, err := w.RefusedOrDone()
	if refused && err == nil {
		return judge.ErrEnded
	}
	return err
}

func (w *World) is201OrEnds() error {
	if err := w.ExpectOneOf("201 or 400"); err != nil {
		return err
	}
	if w.Last.Status == http.StatusBadRequest {
		return judge.ErrEnded
	}
	return nil
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
	if w.Last.Status >= 400 && !isOfError(want) { // the status comes first
		return w.ExpectSuccess()
	}
	return w.ExpectPart("the answer to "+w.TheRequest(), want, got)
}

// isOfError says whether a part is one of an error message.
func isOfError(part *scim.Object) bool {
	return slices.ContainsFunc([]string{"scimType", "status", "detail"}, func(name string) bool {
		_, has := part.Get(name)
		return has
	})
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

// isAsBefore compares with the resource as it was last seen: all of it, or all but the
// attributes that the sentence names and those that the target itself writes (meta).
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

// theAnswerCountsAtLeast looks at a list that others may stand in, too.
func (w *World) theAnswerCountsAtLeast(least int) error {
	if err := w.ExpectListOrTooMany(); err != nil || judge.IsTooMany(w.Last) {
		return err
	}
	list, _ := judge.ListOf(w.Last)
	return w.ExpectThat(list.TotalResults >= least, "totalResults in the answer to "+w.TheRequest(), "at least "+strconv.Itoa(least), strconv.Itoa(list.TotalResults))
}

func (w *World) stillExists(ctx context.Context, name, state string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	if how, ok := strings.CutPrefix(state, "is found nowhere by "); ok {
		return w.isFoundNowhere(ctx, s, how)
	}
	return w.Eventually(ctx, func() error {
		answer, err := w.Send(ctx, w.Client(), wire.Request{Method: "GET", Path: []string{s.Collection, s.ID}})
		if err != nil {
			return err
		}
		want, right := "200", answer.Status == http.StatusOK
		if state == "is gone" {
			want = "404"
			if right, err = w.IsGone(ctx, s.Collection, answer); err != nil {
				return err
			}
		}
		return w.ExpectThat(right, "GET /"+s.Collection+"/"+s.ID, want, judge.StatusOf(answer))
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
