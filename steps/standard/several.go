package standard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// The steps that send several requests and judge each of their answers.

// theClientSendsEachOf takes a table of methods, paths and bodies, all with the same
// credentials, and keeps all answers; a body is the name of one, see bodies.
func (w *World) theClientSendsEachOf(ctx context.Context, who string, table *messages.PickleTable) error {
	w.several = nil
	for _, row := range table.Rows {
		body := ""
		if len(row.Cells) > 2 {
			body = row.Cells[2].Value
		}
		if err := w.theClientSends(ctx, who, row.Cells[0].Value, row.Cells[1].Value, body); err != nil {
			return err
		}
		w.several = append(w.several, judge.AnswerOf(w.Asked, w.Last))
	}
	return nil
}

func (w *World) theClientMakesTheSurvey(ctx context.Context) error {
	t, err := w.theSurvey(ctx)
	if err != nil {
		return err
	}
	w.several = t.answers
	return nil
}

// each judges every answer to several requests, or the last one if there was but
// one. What it judges by is a list of statuses or the name of a check.
func (w *World) each(what string) error {
	answers, err := w.answers()
	if err != nil {
		return err
	}
	if name, ok := strings.CutPrefix(what, "answer shows nothing of "); ok {
		return w.nothingIsShownOf(strings.Trim(name, `"`), answers)
	}
	if list, ok := strings.CutPrefix(what, "answer is "); ok && list[0] >= '1' && list[0] <= '5' {
		return w.eachIs(answers, strings.Split(list, " or "))
	}
	c, ok := laws.Checks[what]
	if !ok {
		return fmt.Errorf("there is no check %q", what)
	}
	judged := 0
	for _, s := range answers {
		if c.Of != nil && !c.Of(s) {
			continue
		}
		judged++
		got, right := c.Holds(w.lawContext(), s)
		if err := w.ExpectThat(right, "the answer to "+s.String(), c.Want, got); err != nil {
			return err
		}
	}
	return w.ExpectThat(judged > 0 || c.Rare, "the answers", "one to judge whether each "+what, "none")
}

func (w *World) eachIs(answers []judge.Answer, allowed []string) error {
	for _, s := range answers {
		right := slices.Contains(allowed, fmt.Sprint(s.Response.Status))
		if err := w.ExpectThat(right, "the answer to "+s.String(), strings.Join(allowed, " or "), judge.StatusOf(s.Response)); err != nil {
			return err
		}
	}
	return nil
}

// answers are those to several requests, or the last one.
func (w *World) answers() ([]judge.Answer, error) {
	switch {
	case len(w.several) > 0:
		return w.several, nil
	case w.Last != nil:
		return []judge.Answer{judge.AnswerOf(w.Asked, w.Last)}, nil
	}
	return nil, fmt.Errorf("nothing was asked")
}

// nothingIsShownOf looks for the values of the resource that the requests
// did not name themselves, and for the members of a list.
func (w *World) nothingIsShownOf(name string, answers []judge.Answer) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	for _, answer := range answers {
		shown := shownOf(answer, s)
		if err := w.ExpectThat(shown == "", "the answer to "+answer.String(), "nothing of the resource", shown); err != nil {
			return err
		}
	}
	return nil
}

// revealing are the attributes whose values in an answer come from the resource.
var revealing = []string{"userName", "displayName", "externalId"}

func shownOf(at judge.Answer, s *judge.Subject) string {
	if at.Body != nil {
		for _, member := range append([]string{"totalResults", "Resources", "members", "emails", "meta"}, revealing...) {
			if _, there := at.Body.Get(member); there {
				return member
			}
		}
	}
	asked := at.String() + judge.Text(at.Request.Body)
	if raw, ok := at.Request.Body.([]byte); ok {
		asked += string(raw)
	}
	for _, attribute := range revealing {
		value := s.Shown.String(attribute)
		if value != "" && !strings.Contains(asked, value) && strings.Contains(string(at.Response.Body), value) {
			return attribute + " " + value
		}
	}
	if location := at.Response.Header.Get("Location"); at.Response.Status != http.StatusOK && strings.HasSuffix(location, "/"+s.ID) && !strings.Contains(asked, s.ID) {
		return "Location " + location
	}
	return ""
}
