package safety

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// ErrBraked is the error of a request with a wrong token that was not sent, because the
// target answers such requests ever later.
var ErrBraked = fmt.Errorf("%w: the target answers wrong tokens ever later, as a brake against guessing them; the rest of them is left out", errNotSent)

const (
	// A wrong token whose answer takes brakeTime, and brakeFactor times as long as the
	// first one's, shows a brake.
	brakeTime   = 3 * time.Second
	brakeFactor = 4
)

// Brake lets requests with wrong tokens out one at a time, and none any more once the
// target delays their answers. It stands below what waits for the pace of the run.
type Brake struct {
	Next   http.RoundTripper
	Tokens []string // the right ones, the run's own first; "" where it has none
	Now    func() time.Time

	turn   sync.Mutex
	first  time.Duration // that the answer to the first wrong token took
	braked bool
}

// RoundTrip sends the request, or returns ErrBraked.
func (b *Brake) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.IsRight(r) {
		return b.Next.RoundTrip(r)
	}
	b.turn.Lock()
	defer b.turn.Unlock()
	if b.braked {
		closeBody(r)
		return nil, ErrBraked
	}
	began := b.Now()
	answer, err := b.Next.RoundTrip(r)
	b.took(b.Now().Sub(began))
	return answer, err
}

func (b *Brake) took(d time.Duration) {
	if b.first == 0 {
		b.first = max(d, 1)
	}
	b.braked = b.braked || d >= brakeTime && d >= brakeFactor*b.first
}

// IsRight says whether nothing is guessed: a right token is sent in whatever form, or none
// where the run has none.
func (b *Brake) IsRight(r *http.Request) bool {
	scheme, token, _ := strings.Cut(strings.Join(r.Header.Values("Authorization"), ""), " ")
	if token == "" && b.Tokens[0] == "" {
		return true
	}
	for _, right := range b.Tokens {
		if right != "" && strings.EqualFold(scheme, "Bearer") && token == right {
			return true
		}
	}
	return false
}

// IsBraked says whether a request was held back by the Brake.
func IsBraked(err error) bool { return errors.Is(err, ErrBraked) }
