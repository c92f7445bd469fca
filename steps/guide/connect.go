package guide

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of Authentication on the Provisioning tab: Base URL, Token,
// "Connect to application", "Save and enable".

func (w *World) theApplicationIsConnected(ctx context.Context) error {
	if err := w.connect(ctx); err != nil {
		return err
	}
	return w.mismatchOf("connect to the application", w.duoErr)
}

// connect presses the button and keeps what came of it, for a Then to judge.
func (w *World) connect(ctx context.Context) error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	w.duoErr = p.Connect(ctx)
	return nil
}

func (w *World) connectWithAWrongToken(ctx context.Context) error {
	w.Duo = nil
	w.Conn.Token, w.tokens["right"] = judge.WrongToken, w.Conn.Token
	return w.connect(ctx)
}

func (w *World) saveAndEnable(ctx context.Context) error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	if w.duoErr = w.save(); w.duoErr == nil {
		_, w.duoErr = p.SaveAndEnable(ctx, w.directory)
	}
	return nil
}

func (w *World) disable() error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	w.caughtUp()
	return p.Disable()
}

func (w *World) duoSays(text string) error {
	if w.Duo == nil {
		return errors.New("the administrator has not connected")
	}
	return w.Expect("connecting to the application", text, said(w.duoErr))
}

// said is what the page shows: the guide's words for success, else the cause.
func said(err error) string {
	if err == nil {
		return duo.Connected
	}
	return err.Error()
}

func (w *World) theConnectionFailsAs(cause string) error {
	var failed *duo.ConnectError
	if !errors.As(w.duoErr, &failed) {
		return w.Expect("connecting to the application", "a failure: "+cause, said(w.duoErr))
	}
	return w.Expect("the cause of the failed connection", cause, string(failed.Cause))
}

func (w *World) theSettingsAreRefused(because string) error {
	if w.duoErr == nil {
		return w.Expect("saving the settings", "refused because of "+because, "accepted")
	}
	return w.ExpectThat(strings.Contains(w.duoErr.Error(), because), "the refusal of the settings", because, w.duoErr.Error())
}

func (w *World) theOtherHostHasSeenNoRequest() error {
	return w.Expect("requests at the other host", int64(0), w.strayed.Load())
}

// aServerWhoseIDsContain replaces the embedded target by one that likes odd identifiers.
func (w *World) aServerWhoseIDsContain(text string) error {
	n := 0
	return w.openEmbedded(secureaccess.Config{NewID: func() string {
		n++
		return fmt.Sprintf("id%s%d", text, n)
	}})
}

// mismatchOf blames the target for what Duo could not do: it was sent what the
// profile says and did not take it. What this program has held back blocks the example.
func (w *World) mismatchOf(what string, err error) error {
	if err == nil {
		return nil
	}
	for _, x := range w.DuoWire.Exchanges() {
		if judge.HeldBack(x) {
			return &judge.Blocked{Reason: what + ": " + x.Err}
		}
	}
	return &judge.Mismatch{What: what, Want: "success", Got: err.Error()}
}
