package login

import (
	"context"
	"crypto/rand"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// create makes a person with a password at the target.
func (w *World) create(ctx context.Context, name, userName string, active bool) error {
	body := w.Template("Users", name)
	who := &person{userName: userName, password: w.passwordFor(body)}
	body.Set("userName", userName)
	body.Set("password", who.password)
	body.Set("active", active)
	w.Wire.AddSecret(who.password)
	if err := w.Make(ctx, name, "Users", body); err != nil {
		return err
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	who.id = s.ID
	if shown := s.Shown.String("userName"); shown != "" {
		who.userName = shown
	}
	w.people[name] = who
	return nil
}

// passwordFor is one that the target's policy accepts, as far as the user has told it, and
// otherwise one that nobody knows: for a moment somebody real gets in with it.
func (w *World) passwordFor(body *scim.Object) string {
	if set := body.String("password"); set != "" && len(w.people) == 0 {
		return set
	}
	if !slices.Equal(w.Run.Fit.Passwords, judge.SamplePasswords) {
		return w.Run.Fit.Password(len(w.people))
	}
	return "sD1-" + rand.Text()
}

func (w *World) aPerson(ctx context.Context, name, inactive string) error {
	if err := w.calibrate(ctx); err != nil {
		return err
	}
	return w.create(ctx, name, w.UserName(name), inactive == "")
}

func (w *World) aPersonWhoCanLogIn(ctx context.Context, name string) error {
	if err := w.aPerson(ctx, name, ""); err != nil {
		return err
	}
	s, err := w.tried(ctx, name, true)
	if err != nil {
		return err
	}
	if !s.in {
		return &judge.Mismatch{What: s.what + " of a new, active person", Want: "to be let in", Got: s.how}
	}
	w.people[name].session = s.session
	return nil
}

func (w *World) aPersonWhoIsLoggedIn(ctx context.Context, name string) error {
	if w.Run.Fit.Login.Session == nil {
		return &judge.Unsupported{Reason: "what becomes of a session cannot be told: the login_probe of the target file has no session"}
	}
	if err := w.aPersonWhoCanLogIn(ctx, name); err != nil {
		return err
	}
	return w.calibrateSession(ctx, w.people[name])
}

func (w *World) aPersonWithTheNameOf(ctx context.Context, name, other string) error {
	return w.create(ctx, name, w.people[other].userName, true)
}

// wasSetActive changes active and wants to see that it has: what a target does not store is
// for other requirements to tell.
func (w *World) wasSetActive(ctx context.Context, name, what, method string) error {
	active := what == "activated"
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	request := wire.Request{Method: method, Path: []string{"Users", s.ID}, Body: patchActive(active)}
	if method == http.MethodPut {
		body := judge.Merge(w.Template("Users", name), scim.NewObject(scim.Member{Name: "active", Value: active}))
		body.Set("userName", w.people[name].userName)
		body.Set("password", w.people[name].password)
		request.Body = body
	}
	answer, err := w.Send(ctx, w.Client(), request)
	if err != nil {
		return err
	}
	if answer.Status/100 != 2 {
		return &judge.Mismatch{What: method + " of active", Want: "a success", Got: judge.StatusOf(answer)}
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		if is, _ := now.Shown.Get("active"); is != active {
			return &judge.Mismatch{What: "active after a " + method, Want: judge.Text(active), Got: judge.Text(is)}
		}
		return nil
	})
}

func patchActive(active bool) *scim.Object {
	operation := scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "active"}, scim.Member{Name: "value", Value: active})
	return scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.PatchOpURN}}, scim.Member{Name: "Operations", Value: []any{operation}})
}

func (w *World) wasDeleted(ctx context.Context, name string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodDelete, Path: []string{"Users", s.ID}})
	if err != nil {
		return err
	}
	if answer.Status/100 != 2 {
		return &judge.Mismatch{What: "DELETE of the person", Want: "204", Got: judge.StatusOf(answer)}
	}
	return nil
}

// tried lets somebody log in, until the answer is the wanted one or the time is over that
// the target may take to settle.
func (w *World) tried(ctx context.Context, name string, want bool) (said, error) {
	probe := w.Run.Fit.Login
	return w.until(ctx, want, func() (said, error) { return ask(ctx, w.Session, probe, w.people[name], takeOf(probe)) })
}

func (w *World) until(ctx context.Context, want bool, look func() (said, error)) (last said, err error) {
	err = w.Eventually(ctx, func() error {
		var err error
		if last, err = look(); err != nil {
			return err
		}
		if want && !last.in || !want && !last.out {
			return &judge.Mismatch{What: last.what, Got: last.how}
		}
		return nil
	})
	if _, wrong := judge.IsMismatch(err); wrong {
		err = nil // the caller says what is wrong with it
	}
	return last, err
}

// logsIn only says who: what comes of it is looked at until it is as it should be.
func (w *World) logsIn(name string) error {
	if w.people[name] == nil {
		return &judge.Blocked{Reason: "there is nobody to log in"}
	}
	return nil
}

func (w *World) usesTheSession(name string) error { return w.logsIn(name) }

func (w *World) isLetIn(ctx context.Context, name, not string) error {
	want := not == ""
	s, err := w.tried(ctx, name, want)
	if err != nil {
		return err
	}
	return w.judged(s, want)
}

func (w *World) theSessionIsRefused(ctx context.Context, name string) error {
	probe := w.Run.Fit.Login.Session
	s, err := w.until(ctx, false, func() (said, error) { return ask(ctx, w.Session, &probe.LoginProbe, w.people[name], "") })
	if err != nil {
		return err
	}
	return w.judged(s, false)
}

// judged holds what a probe says against what has to be.
func (w *World) judged(s said, want bool) error {
	if !s.in && !s.out {
		return &judge.Blocked{Reason: couldNotTell(s)}
	}
	words := map[bool]string{true: "let in", false: "locked out"}
	return w.ExpectThat(s.in == want, s.what, words[want], words[s.in]+": "+s.how)
}
