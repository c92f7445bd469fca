package login

import (
	"context"
	"crypto/rand"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// calibrate finds out once in a run whether the probe can tell at all: it has to let in a
// new and active person with the password that was set, and to keep out the same person
// with another password. A probe that says the same of everybody says nothing.
func (w *World) calibrate(ctx context.Context) error {
	problem, err := judge.SharedBy(ctx, w.Run, "whether the login probe can tell", func(ctx context.Context, own *judge.Session) (string, error) {
		trial := New(own)
		if err := trial.create(ctx, "calibration", own.UserName("calibration"), true); err != nil {
			return "", err
		}
		who := trial.people["calibration"]
		stranger := &person{userName: who.userName, id: who.id, password: "not-" + rand.Text()}
		return trial.problem(ctx, who, stranger)
	})
	if err == nil && problem != "" {
		err = &judge.Blocked{Reason: problem}
	}
	return err
}

// problem is why the probe cannot tell; "" if it can.
func (w *World) problem(ctx context.Context, who, stranger *person) (string, error) {
	probe := w.Run.Fit.Login
	right, err := w.until(ctx, true, func() (said, error) { return ask(ctx, w.Session, probe, who, takeOf(probe)) })
	if err != nil {
		return "", err
	}
	wrong, err := ask(ctx, w.Session, probe, stranger, "")
	switch {
	case err != nil:
		return "", err
	case right.out:
		return "the login probe lets nobody in: " + right.what + " of a new, active person with the right password gave " + right.how, nil
	case !right.in:
		return couldNotTell(right), nil
	case wrong.in:
		return "the login probe lets everybody in: " + wrong.what + " with a wrong password gave " + wrong.how, nil
	case !wrong.out:
		return couldNotTell(wrong) + " (with a wrong password)", nil
	}
	return "", nil
}

// calibrateSession finds out whether a session is good while its person is, and whether one
// that nobody has is not.
func (w *World) calibrateSession(ctx context.Context, who *person) error {
	probe := w.Run.Fit.Login
	if who.session == "" {
		return &judge.Blocked{Reason: "the login gave no session to try again: login_probe.session.take names no text in its answer, or it set no cookie"}
	}
	good, err := ask(ctx, w.Session, &probe.Session.LoginProbe, who, "")
	if err != nil {
		return err
	}
	bad, err := ask(ctx, w.Session, &probe.Session.LoginProbe, &person{userName: who.userName, id: who.id, session: "not-" + rand.Text()}, "")
	switch {
	case err != nil:
		return err
	case !good.in:
		return &judge.Blocked{Reason: "the session probe does not let in with a fresh session: " + good.what + " gave " + good.how}
	case !bad.out:
		return &judge.Blocked{Reason: "the session probe lets in with a session that nobody has: " + bad.what + " gave " + bad.how}
	}
	return nil
}

func couldNotTell(s said) string {
	return "the login probe could not tell: " + s.what + " gave " + s.how + ", which is neither among in nor among out"
}

// takeOf is what of a login's answer is its session.
func takeOf(p *judge.LoginProbe) string {
	if p.Session == nil {
		return ""
	}
	return p.Session.Take
}
