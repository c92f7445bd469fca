package standard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that send several requests and judge each of their answers.

// theClientSendsEachOf takes a table of methods, paths and bodies, all from the same
// sender, and keeps all answers; see bodyCalled for the bodies.
func (w *World) theClientSendsEachOf(ctx context.Context, who string, table *messages.PickleTable) error {
	var answers []judge.Answer
	for _, row := range table.Rows {
		body := ""
		if len(row.Cells) > 2 {
			body = row.Cells[2].Value
		}
		if err := w.theClientSends(ctx, who, row.Cells[0].Value, row.Cells[1].Value, body); err != nil {
			return err
		}
		answers = append(answers, w.LastAnswer())
	}
	w.Several = answers
	return nil
}

// theClientSendsTimes sends the same request again and again.
func (w *World) theClientSendsTimes(ctx context.Context, target string, n int) error {
	var answers []judge.Answer
	for range n {
		if err := w.SendTo(ctx, http.MethodGet, target, nil, nil); err != nil {
			return err
		}
		answers = append(answers, w.LastAnswer())
	}
	w.Several = answers
	return nil
}

// eachAnswerIs takes a list of statuses.
func (w *World) eachAnswerIs(list string) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	allowed := strings.Split(list, " or ")
	for _, a := range answers {
		w.LookAt(a)
		right := slices.Contains(allowed, fmt.Sprint(a.Response.Status))
		if err := w.ExpectThat(right, "the answer to "+a.String(), strings.Join(allowed, " or "), judge.StatusOf(a.Response)); err != nil {
			return err
		}
	}
	return nil
}

// nothingIsShownOf looks for the values of the resource that the requests
// did not name themselves, and for the members of a list.
func (w *World) nothingIsShownOf(name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	for _, a := range answers {
		w.LookAt(a)
		shown := shownOf(a, s)
		if err := w.ExpectThat(shown == "", "the answer to "+a.String(), "nothing of the resource", shown); err != nil {
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
