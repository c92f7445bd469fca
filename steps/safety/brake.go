package safety

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The errors of a request with a wrong token that was not sent, or whose answer says
// nothing, because the target defends itself against guessing.
var (
	ErrBraked = fmt.Errorf("%w: the target answers wrong tokens ever later, as a brake against guessing them; the rest of them is left out", errNotSent)
	ErrLocked = fmt.Errorf("%w: after some wrong tokens the target refuses the right one as well for a while, as a brake against guessing; the rest of them is left out", errNotSent)
)

// ErrLate is the error of a request with the right token in a form that is not the usual one, of
// a target that answers wrong tokens ever later: it had no answer in time either.
var ErrLate = errors.New("none in time: the target answers wrong tokens ever later, and takes this form of the right one for one of them")

const (
	// A wrong token whose answer takes brakeTime, and brakeFactor times as long as the
	// first one's, shows a brake.
	brakeTime   = 3 * time.Second
	brakeFactor = 4

	lockLook = 5 * time.Second // between looks whether a lock-out is over

	// LockTime is how long a run waits for the end of a lock-out before it ends itself.
	LockTime = 3 * time.Minute
)

// Brake lets requests with wrong tokens out one at a time, and none any more once the
// target delays their answers, or refuses the right token for them. While it does that,
// requests with the right token wait. It stands below what waits for the pace of the run.
type Brake struct {
	Next   http.RoundTripper
	Tokens []string // the right ones, the run's own first; "" where it has none
	Now    func() time.Time
	Busy   func()                                     // is told when a lock-out does not end in time; nil for nobody
	Sleep  func(context.Context, time.Duration) error // nil means to sleep really

	turn  sync.Mutex    // of requests with a wrong token
	first time.Duration // that the answer to the first wrong token took
	usual int           // the status of that answer

	mu      sync.Mutex
	held    error         // why no wrong token is sent any more; nil as long as they are
	guessed bool          // a wrong token was sent
	served  *http.Request // a read with the right token that the target has answered well

	waiting sync.Mutex // of requests that a lock-out holds
	endless bool       // it was waited for in vain: it is not waited for again
}

// RoundTrip sends the request. The error is ErrBraked or ErrLocked if it has a wrong token and
// the target defends itself against them.
func (b *Brake) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.IsRight(r) {
		return b.sendRight(r)
	}
	b.turn.Lock()
	defer b.turn.Unlock()
	if err := b.Held(); err != nil {
		closeBody(r)
		return nil, err
	}
	began := b.Now()
	answer, err := b.Next.RoundTrip(r)
	b.took(b.Now().Sub(began))
	if err != nil {
		return answer, err
	}
	if b.usual == 0 {
		b.usual = answer.StatusCode
	}
	if answer.StatusCode != b.usual && b.isLocked(r.Context(), answer) {
		discard(answer)
		return nil, ErrLocked
	}
	return answer, err
}

// Held is why no wrong token is sent any more, or nil.
func (b *Brake) Held() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held
}

func (b *Brake) took(d time.Duration) {
	if b.first == 0 {
		b.first = max(d, 1)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.guessed = true
	if b.held == nil && d >= brakeTime && d >= brakeFactor*b.first {
		b.held = ErrBraked
	}
}

// sendRight sends a request with the right token, once more if it met a lock-out.
func (b *Brake) sendRight(r *http.Request) (*http.Response, error) {
	answer, err := b.Next.RoundTrip(r)
	if err != nil && errors.Is(err, context.DeadlineExceeded) && !b.isUsual(r) && errors.Is(b.Held(), ErrBraked) {
		return nil, ErrLate
	}
	if err != nil {
		return answer, err
	}
	if r.Method == http.MethodGet && answer.StatusCode == http.StatusOK {
		b.remember(r)
	}
	if !b.isLocked(r.Context(), answer) {
		return answer, nil
	}
	again, ok := wire.Repeat(r)
	if !ok || !b.waitForUnlock(r.Context()) {
		return answer, nil
	}
	discard(answer)
	return b.Next.RoundTrip(again)
}

// remember keeps the first read that was answered well, to look with.
func (b *Brake) remember(r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.served == nil {
		b.served = r.Clone(context.WithoutCancel(r.Context()))
	}
}

// isLocked says whether an answer is that of a lock-out: a wrong token was sent, and the
// target refuses what it has served before.
func (b *Brake) isLocked(ctx context.Context, answer *http.Response) bool {
	b.mu.Lock()
	may := b.guessed && b.served != nil && refusesClient(answer)
	b.mu.Unlock()
	if !may || b.isServed(ctx) {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = ErrLocked
	return true
}

// refusesClient says whether the answer may be about who asks, and not about what.
func refusesClient(answer *http.Response) bool {
	switch answer.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusLocked, http.StatusTooManyRequests:
		return true
	}
	return false
}

// isServed looks whether the target answers the right token.
func (b *Brake) isServed(ctx context.Context) bool {
	answer, err := b.Next.RoundTrip(b.served.Clone(ctx))
	if err != nil {
		return true // another matter
	}
	defer discard(answer)
	return !refusesClient(answer)
}

// waitForUnlock waits until the target serves the right token again; false if it does not
// in time, or did not once. What still has to be sent then, such as by the clean-up, is
// answered as the target answers it.
func (b *Brake) waitForUnlock(ctx context.Context) bool {
	sleep := b.Sleep
	if sleep == nil {
		sleep = Pause
	}
	b.waiting.Lock()
	defer b.waiting.Unlock()
	for waited := time.Duration(0); waited < LockTime; waited += lockLook {
		if b.isServed(ctx) {
			return true
		}
		if b.endless {
			return false
		}
		if sleep(ctx, lockLook) != nil {
			return false
		}
	}
	b.endless = true
	if b.Busy != nil {
		b.Busy()
	}
	return false
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

// isUsual says whether a request has a right token in the form in which the run sends it.
func (b *Brake) isUsual(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// BrakeOn is the reason why a request with a wrong token was held back, ErrBraked or
// ErrLocked, or nil.
func BrakeOn(err error) error {
	for _, why := range []error{ErrBraked, ErrLocked} {
		if errors.Is(err, why) {
			return why
		}
	}
	return nil
}
