package standard

import (
	"regexp"

	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// The steps that judge every answer to one or several requests.

// lawSteps are the sentences of the laws and of the checks.
func (w *World) lawSteps(on judge.Vocabulary) {
	for _, s := range laws.Sentences() {
		on("^"+regexp.QuoteMeta(s.Text)+"$", func() error { return w.judgeBy(s.Text, s.Law) })
	}
	for _, c := range laws.Checks {
		on("^"+regexp.QuoteMeta(c.Text)+"$", func() error { return w.checkEach(c) })
	}
	on(`^no number in a list that this run has seen disagrees with its resources$`, w.ListsAgree)
	on(`^no group should have a member twice$`, w.noGroupShouldHaveAMemberTwice)
	on(`^no "id" begins with "([^"]+)"$`, w.noIDBeginsWith)
	on(`^no value in "meta" contains "([^"]+)" or begins with "([^"]+)"$`, w.noMetaHas)
}

func (w *World) noGroupShouldHaveAMemberTwice() error {
	return judge.Unsettled(w.judgeBy("members", laws.MembersStandOnce))
}

func (w *World) noIDBeginsWith(wanted string) error {
	return w.judgeBy("ids", laws.NoIDBegins(wanted))
}

func (w *World) noMetaHas(part, beginning string) error {
	return w.judgeBy("meta", laws.NoMetaHas(part, beginning))
}

// judgeBy holds the answers to a law. Where they show nothing that it is about, a single
// answer that is no success is wrong, and anything else tells nothing about the target.
func (w *World) judgeBy(sentence string, law laws.Law) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	judged, err := law(w.lawContext(), answers)
	w.Asserted(judged)
	if judged > 0 || err != nil {
		return err
	}
	if len(answers) == 1 && answers[0].Response.Status/100 != 2 {
		return w.ExpectThat(false, "the answer to "+answers[0].String(), "a success", judge.StatusOf(answers[0].Response))
	}
	return &judge.Unsupported{Reason: "nothing that the target shows can be judged by: " + sentence}
}

// checkEach judges the answers that a check is about.
func (w *World) checkEach(c laws.Check) error {
	answers, err := w.Answers()
	if err != nil {
		return err
	}
	if len(w.lost) > 0 && c.Text == laws.NoServerError {
		return w.Missed(w.lost[0])
	}
	judged := 0
	for _, a := range answers {
		if c.Of != nil && !c.Of(a) {
			continue
		}
		judged++
		w.LookAt(a)
		got, right := c.Holds(w.lawContext(), a)
		if err := w.ExpectThat(right, "the answer to "+a.String(), c.Want, got); err != nil {
			return err
		}
	}
	if judged == 0 && c.OfAddresses() {
		return &judge.Unsupported{Reason: "nothing that the target shows can be judged by: " + c.Text}
	}
	return w.ExpectThat(judged > 0 || c.Rare, "the answers", "one to judge whether "+c.Text, "none")
}

// lawContext is what laws and checks have to know of this scenario.
func (w *World) lawContext() laws.Context {
	return laws.Context{BaseURL: w.Conn.URL, Token: w.Conn.Token, Form: w.Run.Target.Form(), Passwords: w.Run.Fit.Passwords, Now: w.Run.Now}
}
