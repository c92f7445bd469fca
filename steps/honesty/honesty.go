package honesty

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// theSchemasOfTheTarget are what it is held to; whether it has to publish them is
// the business of other requirements.
func (w *World) theSchemasOfTheTarget(ctx context.Context) error {
	return w.declaredByItself(ctx)
}

func (w *World) theSchemasOrTheStandards(ctx context.Context) error {
	_, err := w.published(ctx)
	return err
}

func (w *World) noneIsUndeclared(ctx context.Context) error {
	if err := w.declaredByItself(ctx); err != nil {
		return err
	}
	return w.ofEveryShown(isDeclared)()
}

// theTargetDeclares looks for a word among an attribute's characteristics:
// immutable, readOnly, none, server, caseExact, required, multiValued and so on.
func (w *World) theTargetDeclares(ctx context.Context, path, kind, word string) error {
	t, err := w.typeOf(ctx, strings.ToUpper(kind[:1])+kind[1:])
	if err == nil && word == string(scim.NotUnique) {
		err = w.declaredByItself(ctx) // what is unique beyond the standard is for the target to say
	}
	if err != nil {
		return err
	}
	name, sub, _ := strings.Cut(path, ".")
	a := t.Schema.Attribute(name)
	if sub != "" {
		a = a.Sub(sub)
	}
	if a == nil || !slices.Contains(characteristicsOf(a), word) {
		return &judge.Unsupported{Reason: "/Schemas does not declare " + path + " of " + kind + " as " + word}
	}
	return nil
}

func characteristicsOf(a *scim.Attribute) []string {
	words := []string{string(a.Type), string(a.Mutability), string(a.Returned), string(a.Uniqueness)}
	for word, is := range map[string]bool{"caseExact": a.CaseExact, "required": a.Required, "multiValued": a.MultiValued} {
		if is {
			words = append(words, word)
		}
	}
	return words
}

// acceptedWritings are what there is to judge. A target that takes nothing of
// what it declares cannot be honest about it, unless it is the method that it does
// not offer.
func (w *World) acceptedWritings() ([]writing, error) {
	var accepted []writing
	var refused []string
	offered := false
	for _, wr := range w.writings {
		if wr.accepted() {
			accepted = append(accepted, wr)
			continue
		}
		offered = offered || !notOffered(wr.answer)
		refused = append(refused, wr.answer.String()+": "+names(wr.samples)+": "+judge.StatusOf(wr.answer.Response))
	}
	switch {
	case len(accepted) > 0 || len(refused) == 0:
		return accepted, nil
	case !offered:
		return nil, &judge.Unsupported{Reason: "the target does not offer this method: " + refused[0]}
	}
	return nil, w.ExpectThat(false, "attributes that /Schemas declares as writable", "some that can be written", strings.Join(refused, "; "))
}

// notOffered says whether a refusal is about the method and not about the content.
func notOffered(s judge.Answer) bool {
	return s.Response.Status == http.StatusNotImplemented || s.Response.Status == http.StatusMethodNotAllowed
}

func (w *World) eachValueIsReadBack(ctx context.Context) error {
	if err := w.declaredByItself(ctx); err != nil {
		return err
	}
	return w.everySample("as it was written", func(wr writing, p sample) bool {
		// A group's externalId is optional (RFC 7643 section 3.1) unless it is declared. A password is
		// not to be shown, whatever is declared of it.
		given := p.attribute.Name == "externalId" && wr.collection == "Groups" || strings.EqualFold(p.attribute.Name, "password")
		return given && scim.IsUnassigned(p.in(wr.after)) || p.kept(p.in(wr.after))
	})
}

// everySample judges the accepted samples and names all that are wrong.
func (w *World) everySample(want string, right func(wr writing, p sample) bool) error {
	accepted, err := w.acceptedWritings()
	if err != nil {
		return err
	}
	var wrong []sample
	var first writing
	for _, wr := range accepted {
		for _, p := range wr.samples {
			if !right(wr, p) {
				if len(wrong) == 0 {
					first = wr
				}
				wrong = append(wrong, p)
			}
		}
	}
	if len(wrong) == 0 {
		return w.ExpectThat(true, "", "", "")
	}
	p := wrong[0]
	return w.ExpectThat(false, names(wrong)+" as read after "+first.answer.String()+" ("+p.path()+" below)",
		want+", "+judge.Text(p.value), judge.Text(p.in(first.after)))
}

func (w *World) eachCaseExactTextIsKept() error {
	return w.everySample("to the letter", func(wr writing, p sample) bool {
		text, isText := p.value.(string)
		shown, _ := p.in(wr.after).(string)
		return !isText || !p.leaf().CaseExact || p.leaf().Type == scim.Binary || !strings.EqualFold(text, shown) || text == shown
	})
}

// noElementHasAnotherType looks for each element by what it says, whatever
// became of its type. An element that a target does not keep is not altered.
func (w *World) noElementHasAnotherType() error {
	return w.everySample("with the same types", func(wr writing, p sample) bool {
		shown, _ := p.in(wr.after).([]any)
		sent, _ := p.value.([]any)
		return !slices.ContainsFunc(sent, func(v any) bool {
			element, _ := v.(*scim.Object)
			untyped := element.Clone()
			untyped.Delete("type")
			same := func(v any) bool { return keptValue(p.attribute, untyped, v) }
			asSent := func(v any) bool { return keptValue(p.attribute, element, v) }
			return slices.ContainsFunc(shown, same) && !slices.ContainsFunc(shown, asSent)
		})
	})
}

// plainTexts are attributes of the core User schema that take any words: a refusal
// cannot be a matter of form.
var plainTexts = []string{"displayName", "name", "nickName", "title"}

func (w *World) noPlainTextWasRefused() error {
	for _, wr := range w.writings {
		p := wr.samples[0]
		if !wr.accepted() && !notOffered(wr.answer) && p.extension == nil && slices.Contains(plainTexts, p.attribute.Name) {
			return w.ExpectThat(false, "the answer to "+wr.answer.String()+" with "+p.path()+" "+judge.Text(p.value), "a success", judge.StatusOf(wr.answer.Response))
		}
	}
	return w.ExpectThat(true, "", "", "")
}

// steadyParts do not change at all. What else is readOnly may follow from the
// change itself, as a time of the last login does.
var steadyParts = []string{"id", "meta.created", "meta.resourceType", "meta.location", "groups"}

// nothingHasChanged is about what a client cannot change: the value sent
// shows nowhere, and what was there before is there still. Whether the request
// is refused or the attribute ignored is another requirement's business.
func (w *World) nothingHasChanged() error {
	for _, wr := range w.writings {
		for _, p := range wr.samples {
			if err := w.isUnchanged(wr, p); err != nil {
				return err
			}
		}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) isUnchanged(wr writing, p sample) error {
	for where, o := range map[string]*scim.Object{"as read after ": wr.after, "in the answer to ": wr.answer.Body} {
		got := p.in(o)
		if p.leaf().Type != scim.Boolean && !scim.IsUnassigned(got) && p.kept(got) {
			return w.ExpectThat(false, p.path()+" "+where+wr.answer.String(), "not the client's "+judge.Text(p.value), judge.Text(got))
		}
	}
	was, now := p.in(wr.before), p.in(wr.after)
	if wr.before == nil || scim.IsUnassigned(was) || judge.SameValue(was, now) {
		return nil
	}
	follows := p.leaf().Mutability == scim.ReadOnly && p.leaf().Type != scim.Boolean && !slices.Contains(steadyParts, p.path())
	if follows && !scim.IsUnassigned(now) {
		return nil
	}
	return w.ExpectThat(false, p.path()+" as read after "+wr.answer.String(), "as before, "+judge.Text(was), judge.Text(now))
}

// noAnswerShowsTheseValues looks for the values themselves, and for the
// attributes, in the answers to the writings and to reads that ask for them.
func (w *World) noAnswerShowsTheseValues(ctx context.Context) error {
	accepted, refused := false, ""
	for _, wr := range w.writings {
		answers := []judge.Answer{wr.answer}
		if wr.accepted() {
			accepted = true
			more, err := w.looksFor(ctx, wr)
			if err != nil {
				return err
			}
			answers = append(answers, more...)
		} else {
			refused = names(wr.samples) + ": " + judge.StatusOf(wr.answer.Response)
		}
		for _, s := range answers {
			for _, p := range wr.samples {
				if err := w.isHidden(s, p); err != nil {
					return err
				}
			}
		}
	}
	if refused != "" && !accepted {
		return &judge.Untested{Reason: "the target refuses the value: " + refused}
	}
	return w.ExpectThat(true, "", "", "")
}

// looksFor are answers that could show what was written.
func (w *World) looksFor(ctx context.Context, wr writing) ([]judge.Answer, error) {
	one, all := []string{wr.collection, scim.IDOf(wr.after)}, []string{wr.collection}
	asked := [2]string{"attributes", strings.ReplaceAll(names(wr.samples), ", ", ",")}
	find := [2]string{"filter", judge.Naming(wr.collection) + " eq " + judge.Text(wr.naming)}
	var answers []judge.Answer
	for _, r := range []wire.Request{
		{Path: one}, {Path: one, Query: [][2]string{asked}},
		{Path: all, Query: [][2]string{find}}, {Path: all, Query: [][2]string{find, asked}},
	} {
		r.Method = http.MethodGet
		s, err := w.Visit(ctx, r)
		if err != nil {
			return nil, err
		}
		answers = append(answers, s)
	}
	return answers, nil
}

func (w *World) isHidden(s judge.Answer, p sample) error {
	if text, ok := p.value.(string); ok && strings.Contains(string(s.Response.Body), text) {
		return w.ExpectThat(false, "the answer to "+s.String(), "nothing of the value of "+p.path(), "the value")
	}
	if s.Body == nil || s.Response.Status/100 != 2 {
		return nil
	}
	for _, v := range append([]any{s.Body}, s.Body.Array("Resources")...) {
		o, _ := v.(*scim.Object)
		if got := p.in(o); !scim.IsUnassigned(got) {
			return w.ExpectThat(false, p.path()+" in the answer to "+s.String(), "no value", judge.Text(got))
		}
	}
	return nil
}
