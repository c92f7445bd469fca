package steps

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// The steps of Authentication on the Provisioning tab: Base URL, Token,
// "Connect to application", "Save and enable".

// wrongToken has the form of a token and belongs to nobody.
const wrongToken = "wrong-token-of-nobody"

func (w *world) theApplicationIsConnected(ctx context.Context) error {
	if err := w.connect(ctx); err != nil {
		return err
	}
	return w.mismatchOf("connect to the application", w.duoErr)
}

// connect presses the button and keeps what came of it, for a Then to judge.
func (w *world) connect(ctx context.Context) error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	w.duoErr = p.Connect(ctx)
	return nil
}

func (w *world) connectWithAWrongToken(ctx context.Context) error {
	w.duo = nil
	w.conn.token, w.tokens["right"] = wrongToken, w.conn.token
	return w.connect(ctx)
}

func (w *world) saveAndEnable(ctx context.Context) error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	if w.duoErr = w.save(); w.duoErr == nil {
		_, w.duoErr = p.SaveAndEnable(ctx, w.peopleSeen())
	}
	return nil
}

func (w *world) disable() error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	p.Disable()
	w.caughtUp()
	return nil
}

func (w *world) duoSays(text string) error {
	if w.duo == nil {
		return errors.New("the administrator has not connected")
	}
	return w.expect("connecting to the application", text, said(w.duoErr))
}

// said is what the page shows: the guide's words for success, else the cause.
func said(err error) string {
	if err == nil {
		return duo.Connected
	}
	return err.Error()
}

func (w *world) theConnectionFailsAs(cause string) error {
	var failed *duo.ConnectError
	if !errors.As(w.duoErr, &failed) {
		return w.expect("connecting to the application", "a failure: "+cause, said(w.duoErr))
	}
	return w.expect("the cause of the failed connection", cause, string(failed.Cause))
}

func (w *world) theSettingsAreRefused(because string) error {
	if w.duoErr == nil {
		return w.expect("saving the settings", "refused because of "+because, "accepted")
	}
	return w.expectThat(strings.Contains(w.duoErr.Error(), because), "the refusal of the settings", because, w.duoErr.Error())
}

func (w *world) theOtherHostHasSeenNoRequest() error {
	return w.expect("requests at the other host", int64(0), w.strayed.Load())
}

// aServerWhoseIDsContain replaces the embedded target by one that likes odd identifiers.
func (w *world) aServerWhoseIDsContain(text string) error {
	n := 0
	return w.openEmbedded(secureaccess.Config{NewID: func() string {
		n++
		return fmt.Sprintf("id%s%d", text, n)
	}})
}

// mismatchOf blames the target for what Duo could not do: it was sent what the
// profile says and did not take it.
func (w *world) mismatchOf(what string, err error) error {
	if err == nil {
		return nil
	}
	return &Mismatch{What: what, Want: "success", Got: err.Error()}
}
