package steps

import (
	"errors"
	"fmt"
)

// Mismatch says that the target is wrong: what was looked at, what the
// requirement wants and what was found. Every other error of a step says that
// the harness could not tell.
type Mismatch struct {
	What string
	Want string
	Got  string
}

func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s: want %s, got %s", m.What, m.Want, m.Got)
}

// An untested error ends an example that the run's own settings leave nothing to judge in.
type untested struct{ reason string }

func (u *untested) Error() string { return u.reason }

// expect is the one assertion: it counts, and it is a Mismatch unless both are the same.
func (w *world) expect(what string, want, got any) error {
	return w.expectThat(want == got, what, fmt.Sprint(want), fmt.Sprint(got))
}

// expectThat is expect for what is more than a comparison of two values.
func (w *world) expectThat(ok bool, what, want, got string) error {
	w.assertions++
	if ok {
		return nil
	}
	return &Mismatch{What: what, Want: want, Got: got}
}

func isMismatch(err error) (*Mismatch, bool) {
	var m *Mismatch
	return m, errors.As(err, &m)
}
