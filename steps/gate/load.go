package gate

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// behind is how many look-ups may be open at once: four seconds of them. A target that has
// not answered more does not keep up.
const behind = 100

// loadResult is what came of the look-ups.
type loadResult struct {
	rate    int
	lasted  time.Duration
	took    []time.Duration // of those that were answered well, sorted
	refused *refusal        // the first that was not
	late    int             // number of the look-up that was one too many at once; 0 if none was
	sent    int
}

// refusal is a look-up that was not answered by 200.
type refusal struct {
	number int // from 1
	after  time.Duration
	answer string
}

// loadSteps are about the pace that a target keeps.
func (w *World) loadSteps(on judge.Vocabulary) {
	on(`^the client looks for a user who does not exist, (\d+) times per second$`, w.looksOften)
	on(`^none of these look-ups is refused, and their answers do not fall behind$`, w.noneIsRefused)
}

// looksOften sends look-ups at a steady pace, however long the answers take, past what slows
// the run down otherwise. The first goes the usual way, as evidence of what is sent.
func (w *World) looksOften(ctx context.Context, rate int) error {
	load := w.Run.Load
	if load == nil {
		return &judge.Untested{Reason: fmt.Sprintf("left out: --load sends %d look-ups per second for a minute, and nothing else", rate)}
	}
	query := [][2]string{{"filter", `userName eq "` + w.UserName("nobody") + `"`}}
	if err := w.Ask(ctx, http.MethodGet, []string{"Users"}, query, nil); err != nil {
		return err
	}
	client := &wire.Client{BaseURL: w.Conn.URL, Token: w.Conn.Token, HTTP: &http.Client{Transport: load.Transport}}
	p := &paced{load: load, client: client, query: query, rate: rate}
	var err error
	w.load, err = p.run(ctx)
	if err == nil {
		w.Run.Note(w.load.String())
	}
	return err
}

// noneIsRefused judges what looksOften has seen.
func (w *World) noneIsRefused() error {
	l, what := w.load, fmt.Sprintf("%d look-ups per second", w.load.rate)
	if l.refused != nil {
		return w.ExpectThat(false, what, "200 for each", l.refused.String())
	}
	return w.ExpectThat(l.late == 0, what, fmt.Sprintf("answers that keep up, with fewer than %d requests open", behind),
		fmt.Sprintf("%d open at number %d", behind, l.late))
}

func (r *refusal) String() string {
	return fmt.Sprintf("%s for number %d, after %s", r.answer, r.number, r.after.Round(100*time.Millisecond))
}

// String tells p50, p99 and the first refusal.
func (l *loadResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "load: %d look-ups of a user who does not exist, %d per second for %s: ", l.sent, l.rate, l.lasted.Round(time.Second))
	if len(l.took) > 0 {
		fmt.Fprintf(&b, "half were answered in %s (p50), 99 of 100 in %s (p99); ", rounded(l.part(50)), rounded(l.part(99)))
	}
	switch {
	case l.refused != nil:
		b.WriteString("the first refused was number " + fmt.Sprint(l.refused.number) + ", after " + l.refused.after.Round(100*time.Millisecond).String() + ": " + l.refused.answer)
	case l.late > 0:
		fmt.Fprintf(&b, "none refused, but %d were open at number %d", behind, l.late)
	default:
		b.WriteString("none was refused")
	}
	return b.String()
}

func rounded(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(10 * time.Microsecond)
}

// part is the time within which so many per cent were answered.
func (l *loadResult) part(percent int) time.Duration {
	return l.took[(len(l.took)*percent+99)/100-1]
}

// paced sends look-ups at a pace.
type paced struct {
	load   *judge.Load
	client *wire.Client
	query  [][2]string
	rate   int

	open   atomic.Int64
	mu     sync.Mutex
	result loadResult
}

// run ends early at the first refusal, which settles the question, and where answers fall
// behind: a target that cannot keep up is left alone.
func (p *paced) run(ctx context.Context) (*loadResult, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	started := p.load.Now()
	p.result.rate = p.rate
	total := int(p.load.For.Seconds() * float64(p.rate))
	var sending sync.WaitGroup
	for n := 1; n <= total && !p.settled(); n++ {
		if p.open.Load() >= behind {
			p.result.late = n
			stop()
			break
		}
		p.result.sent = n
		p.open.Add(1)
		sending.Go(func() { p.one(ctx, n, started) })
		due := started.Add(time.Duration(n) * time.Second / time.Duration(p.rate))
		if err := p.load.Sleep(ctx, due.Sub(p.load.Now())); err != nil {
			break
		}
	}
	sending.Wait()
	p.result.lasted = p.load.Now().Sub(started)
	slices.Sort(p.result.took)
	if p.result.late > 0 {
		return &p.result, nil
	}
	return &p.result, ctx.Err()
}

// settled says whether one was refused.
func (p *paced) settled() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.result.refused != nil
}

func (p *paced) one(ctx context.Context, n int, started time.Time) {
	defer p.open.Add(-1)
	began := p.load.Now()
	answer, err := p.client.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: p.query})
	ended := p.load.Now()
	if err != nil && ctx.Err() != nil {
		return // ended by this side
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil && answer.Status == http.StatusOK:
		p.result.took = append(p.result.took, ended.Sub(began))
	case p.result.refused == nil || n < p.result.refused.number:
		p.result.refused = &refusal{number: n, after: ended.Sub(started), answer: outcome(answer, err)}
	}
}

func outcome(answer *wire.Response, err error) string {
	if err != nil {
		return "no answer (" + err.Error() + ")"
	}
	return judge.StatusOf(answer)
}
