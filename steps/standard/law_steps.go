package standard

import (
	"context"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// The steps that hold answers to a law, and those that leave a target the choice
// to refuse.

// theLawHolds judges by the law of that name, see lawsByName.
func (w *World) theLawHolds(ctx context.Context, where, name string) error {
	holds, ok := laws.ByName[name]
	if !ok {
		return fmt.Errorf("there is no law %q", name)
	}
	answers, err := w.answersAt(ctx, where)
	if err != nil {
		return w.Missed(err)
	}
	judged, err := holds(w.lawContext(), answers)
	w.Asserted(judged)
	if judged == 0 && err == nil {
		return &judge.Unsupported{Reason: "nothing that the target shows can be judged by: " + name}
	}
	return err
}

// answersAt are the answers to judge.
func (w *World) answersAt(ctx context.Context, where string) ([]judge.Answer, error) {
	switch where {
	case "every answer of the tour":
		t, err := w.theSurvey(ctx)
		if err != nil {
			return nil, err
		}
		return t.answers, nil
	case "the answer":
		if w.Last == nil {
			return nil, fmt.Errorf("nothing was asked")
		}
		return []judge.Answer{judge.AnswerOf(w.Asked, w.Last)}, nil
	}
	name := strings.Split(where, `"`)[1]
	s, err := w.Subject(name)
	if err != nil {
		return nil, err
	}
	r := wire.Request{Method: "GET", Path: []string{s.Collection, s.ID}}
	answer, err := w.Send(ctx, w.Client(), r)
	if err != nil {
		return nil, err
	}
	if answer.Status != 200 {
		return nil, &judge.Mismatch{What: "GET /" + s.Collection + "/" + s.ID, Want: "200", Got: judge.StatusOf(answer)}
	}
	return []judge.Answer{judge.AnswerOf(r, answer)}, nil
}

// isRefusedOr judges by another sentence what was not refused.
func (w *World) isRefusedOr(ctx context.Context, sentence string) error {
	if refused, err := w.RefusedOrDone(); refused || err != nil {
		return err
	}
	return w.Say(ctx, sentence)
}

// ifCreated judges by another sentence what was created; otherwise that has to have
// been refused.
func (w *World) ifCreated(ctx context.Context, name, sentence string) error {
	if w.Subjects[name] == nil {
		return w.ExpectRefusal()
	}
	return w.Say(ctx, sentence)
}

// lawContext is what laws and checks have to know of this scenario.
func (w *World) lawContext() laws.Context {
	return laws.Context{BaseURL: w.Conn.URL, Token: w.Conn.Token, Passwords: w.Run.Fit.Passwords, Now: w.Run.Now}
}
