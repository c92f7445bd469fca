package judge

import (
	"errors"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Mismatch says that the target is wrong: what was looked at, what the
// requirement wants and what was found. Every other error of a step says that
// the harness could not tell.
type Mismatch struct {
	What  string
	Want  string
	Got   string
	Lost  error          // the *scim.TransportError, if an answer came and was not whole
	Open  bool           // the standard does not settle it: a warning, whatever the level of the requirement
	About *wire.Exchange // what it was found in, if that is not what the session looked at last
}

// Error is one line: what, the wanted, the found.
func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s: want %s, got %s", m.What, m.Want, m.Got)
}

// Unwrap returns how the answer was lost, if it was.
func (m *Mismatch) Unwrap() error { return m.Lost }

// Untested ends an example that the run's own settings leave nothing to judge in.
type Untested struct{ Reason string }

// Error is the reason.
func (u *Untested) Error() string { return u.Reason }

// Unsupported ends an example that turns out to need what the target does not offer.
type Unsupported struct{ Reason string }

// Error is the reason.
func (u *Unsupported) Error() string { return u.Reason }

// Blocked ends an example that needs what the target got wrong already, and what another
// requirement judges: its own question cannot be asked.
type Blocked struct{ Reason string }

func (b *Blocked) Error() string { return b.Reason }

// IsUnsupported tells that the target lacks something optional.
func IsUnsupported(err error) bool {
	var u *Unsupported
	return errors.As(err, &u)
}

// ErrEnded ends an example that has passed: the target has refused a request that it
// may refuse, so that there is nothing more to look at.
var ErrEnded = errors.New("the target refuses the request, as it may: the example ends here")

// Asserted counts assertions: an example without any proves nothing.
func (j *Session) Asserted(n int) { j.Assertions += n }

// Expect is the one assertion: it counts, and it is a Mismatch unless both are the same.
func (j *Session) Expect(what string, want, got any) error {
	return j.ExpectThat(want == got, what, fmt.Sprint(want), fmt.Sprint(got))
}

// ExpectThat is expect for what is more than a comparison of two values.
func (j *Session) ExpectThat(ok bool, what, want, got string) error {
	j.Asserted(1)
	if ok {
		return nil
	}
	return &Mismatch{What: what, Want: want, Got: got}
}

// Missed counts a look at a value that is not there as an assertion that failed.
func (j *Session) Missed(err error) error {
	if _, wrong := IsMismatch(err); wrong {
		j.Asserted(1)
	}
	return err
}

// IsMismatch is the Mismatch in an error, if there is one.
func IsMismatch(err error) (*Mismatch, bool) {
	var m *Mismatch
	return m, errors.As(err, &m)
}

// Unsettled is an error of which a Mismatch is no more than a warning: the standard does not
// settle what it is about.
func Unsettled(err error) error {
	if m, wrong := IsMismatch(err); wrong {
		m.Open = true
	}
	return err
}

// IsRefusal says whether the target gave a whole answer, and not the wanted one.
func IsRefusal(err error) bool {
	if _, blocked := errors.AsType[*Blocked](err); blocked {
		return true
	}
	m, wrong := IsMismatch(err)
	return wrong && m.Lost == nil
}
