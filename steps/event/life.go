package event

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// life is what a run has done at the target for the sake of its events, once for all
// examples, and the events that came.
type life struct {
	*actor
	announced []string // eventUris
	tokens    []*token // about what was done, in the order in which they came
	broken    []string // what is wrong with tokens that cannot be read
	problem   error    // why there are no events to look at
	made      []*wire.Exchange
	seen      map[string]bool // tokens, by jti
	own       []string        // those of them that are about what was done, and not yet acknowledged
}

// pollStep is the time between two polls.
const pollStep = 500 * time.Millisecond

// live does everything and waits for the events.
func live(ctx context.Context, own *judge.Session) (*life, error) {
	l := &life{actor: &actor{Session: own}, seen: map[string]bool{}}
	config, err := own.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return nil, err
	}
	offered := config.Object("securityEvents")
	l.async = isAsync(offered.String("asyncRequest"))
	for _, v := range offered.Array("eventUris") {
		if uri, ok := v.(string); ok {
			l.announced = append(l.announced, uri)
		}
	}
	bulk, _ := config.Object("bulk").Get("supported")
	l.bulk = bulk == true
	if l.look(ctx); l.problem != nil { // before anything is done in vain
		return l, nil //nolint:nilerr // there is no error here
	}
	if err := l.everything(ctx); err != nil {
		if judge.IsLost(err) {
			return nil, err
		}
		l.problem = err
		return l, nil
	}
	l.made = own.Wire.Exchanges()
	return l, l.await(ctx)
}

// isAsync says whether a word announces asynchronous requests (section 4).
func isAsync(word string) bool {
	return strings.EqualFold(word, "request") || strings.EqualFold(word, "long")
}

// await polls until everything is told, or the time is over, and once more.
func (l *life) await(ctx context.Context) error {
	end := time.Now().Add(l.Run.Fit.Events.Time())
	for l.problem == nil {
		l.look(ctx)
		if l.isTold() || !time.Now().Before(end) {
			break
		}
		if err := judge.Pause(ctx, pollStep); err != nil {
			return err
		}
	}
	if l.problem == nil {
		l.look(ctx)
	}
	return ctx.Err()
}

// look polls, and keeps what is new and about what was done. Only that is acknowledged: what
// others wait for is left to them.
func (l *life) look(ctx context.Context) {
	all, err := poll(ctx, l.Session, l.own)
	if err != nil {
		l.problem = cannotPoll(l.Session, err)
		return
	}
	l.own = nil
	for _, g := range all {
		if l.seen[g.jti] {
			continue
		}
		l.seen[g.jti] = true
		t, err := read(g.EventToken)
		switch {
		case err != nil:
			l.broken = append(l.broken, g.Where+": "+err.Error())
		case t.isSCIM() && l.isOurs(t):
			l.tokens = append(l.tokens, t)
			l.own = append(l.own, g.jti)
		}
	}
}

// longID is from how many letters on an id stands nowhere by chance.
const longID = 8

// isOurs says whether a token is about what was done: by its subject, its transaction, or
// anything else in it that only this run knows.
func (l *life) isOurs(t *token) bool {
	text := judge.Text(t.claims)
	if strings.Contains(text, l.Mark()) {
		return true
	}
	for _, id := range l.ids {
		if isAbout(t, "/Users/"+id) || len(id) >= longID && strings.Contains(text, id) {
			return true
		}
	}
	return slices.ContainsFunc(l.txns(), func(txn string) bool { return t.txn() == txn || strings.HasPrefix(t.txn(), txn+":") })
}

// isAbout says whether the subject of a token is the resource at this path.
func isAbout(t *token, path string) bool {
	subject := t.subject()
	unescaped, err := url.PathUnescape(subject)
	return subject == path || err == nil && unescaped == path || strings.HasSuffix(subject, "://"+path)
}

// isTold says whether there is an event of everything that was done.
func (l *life) isTold() bool {
	for _, a := range l.acts {
		switch {
		case a.kind != "" && a.done() && l.tells(a.kind) && len(l.of(a)) == 0:
			return false
		case len(a.operations) > 0:
			if a.txn != "" && len(l.resultsOf(a.txn+":")) < len(a.operations) {
				return false
			}
		case a.txn != "" && len(l.resultsOf(a.txn)) == 0:
			return false
		}
	}
	return true
}

// tells says whether the target announces events of a kind. One that announces none may tell
// of everything.
func (l *life) tells(kind string) bool {
	return len(l.announced) == 0 || slices.ContainsFunc(l.announced, func(uri string) bool { return kindOf(uri) == kind })
}

// of are the tokens that tell of an act.
func (l *life) of(a *act) []*token {
	var found []*token
	for _, t := range l.tokens {
		if !isAbout(t, a.uri) {
			continue
		}
		for uri := range t.events() {
			if kindOf(uri) == a.kind {
				found = append(found, t)
			}
		}
	}
	return found
}

// actOf is the act that a token tells of, or whose result; nil if that cannot be told.
func (l *life) actOf(t *token) *act {
	for _, a := range l.acts {
		if a.kind != "" && slices.Contains(l.of(a), t) || a.txn != "" && (t.txn() == a.txn || strings.HasPrefix(t.txn(), a.txn+":")) {
			return a
		}
	}
	return nil
}

// cameOf says what is wrong in the light of the request that it came of.
func cameOf(err error, a *act) error {
	if m, wrong := judge.IsMismatch(err); wrong && a != nil {
		m.About = a.exchange
	}
	return err
}

// one is the token that tells of an act, if just one does. One that was sent again has the
// transaction of the first.
func (l *life) one(a *act) *token {
	if a.kind == "" || !a.done() || a.status == http.StatusAccepted {
		return nil
	}
	found := l.of(a)
	if len(found) == 0 || slices.ContainsFunc(found[1:], func(t *token) bool { return t.txn() == "" || t.txn() != found[0].txn() }) {
		return nil
	}
	return found[0]
}
