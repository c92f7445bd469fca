package judge

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// look is an answer that a step looks at although it may not be the newest.
type look struct {
	at    *wire.Exchange
	since int // the newest exchange then; after another one it is the newest that counts
}

// lookAtAnswer says that the step judges the last answer: what was read since then, to
// know the resource or what the target declares, decides nothing.
func (j *Session) lookAtAnswer() {
	if j.asked != nil {
		j.looked = look{j.asked, j.Wire.Last()}
	}
}

// LookAt says that the step judges one of several answers.
func (j *Session) LookAt(a Answer) {
	if a.Exchange != nil {
		j.looked = look{a.Exchange, j.Wire.Last()}
	}
}

// Decided is the exchange that the session looks at now: the one that a Mismatch is about,
// the one of the last answer if a step judges that, otherwise the newest. It is nil if
// nothing was sent. What is evidence from elsewhere becomes evidence of this session.
func (j *Session) Decided(err error) *wire.Exchange {
	decided := j.lastExchange()
	if j.looked.at != nil && j.looked.since == j.Wire.Last() {
		decided = j.looked.at
	}
	if m, wrong := IsMismatch(err); wrong && m.About != nil {
		decided = m.About
	}
	if decided != nil {
		j.borrowEvidence(decided)
	}
	return decided
}

// lastExchange is the newest of this session, or nil.
func (j *Session) lastExchange() *wire.Exchange {
	if newest := j.Wire.Since(j.Wire.Last() - 1); len(newest) > 0 {
		return newest[len(newest)-1]
	}
	return nil
}

// borrowEvidence keeps an exchange of another session with those of this one.
func (j *Session) borrowEvidence(x *wire.Exchange) {
	if !slices.Contains(j.Wire.Exchanges(), x) && !slices.Contains(j.Borrowed, x) {
		j.Borrowed = append(j.Borrowed, x)
	}
}
