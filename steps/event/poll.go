package event

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// mostPolled is how many events are asked for at a time.
const mostPolled = 1000

// address is where the events are polled.
func address(j *judge.Session) string {
	poll := j.Run.Fit.Events.Poll
	if strings.HasPrefix(poll, "/") {
		return judge.Origin(j.Conn.URL) + poll
	}
	return poll
}

// tokenFor is the bearer token that an address is shown: the one that the user named for it,
// and the target's own only at the target's own host.
func tokenFor(j *judge.Session, at string) string {
	s := j.Run.Fit.Events
	if s.Token != "" {
		return s.Token
	}
	if isAt(j, at) {
		return j.Conn.Token
	}
	return ""
}

// given is a token by the name that the answer to a poll gives it.
type given struct {
	jti string
	judge.EventToken
}

// polled is the answer to a poll.
type polled struct {
	status int
	body   []byte
}

// send polls once, waits where it is asked to wait, and follows no redirect. What comes is not
// recorded: most of it may be about others than this run has made.
func send(ctx context.Context, j *judge.Session, method, at, token string, body *scim.Object) (polled, error) {
	var text []byte
	if body != nil {
		text = []byte(judge.Text(body))
	}
	r, err := http.NewRequestWithContext(ctx, method, at, bytes.NewReader(text))
	if err != nil {
		return polled{}, errors.New("it is no address: " + at)
	}
	r.Header.Set("Accept", "application/json, application/secevent+jwt")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	client := &http.Client{
		Transport:     &safety.Patience{Next: j.Run.Network, Most: j.Run.Patience},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(r)
	if err != nil {
		return polled{}, reason(err)
	}
	defer func() { _ = answer.Body.Close() }()
	got, err := io.ReadAll(io.LimitReader(answer.Body, judge.MaxAnswer+1))
	switch {
	case err != nil:
		return polled{}, fmt.Errorf("half an answer: %w", reason(err))
	case len(got) > judge.MaxAnswer:
		return polled{}, fmt.Errorf("its answer is longer than %d MiB", judge.MaxAnswer>>20)
	}
	return polled{answer.StatusCode, got}, nil
}

// reason is why there is no answer, without the address.
func reason(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("no answer in time")
	}
	return err
}

// poll asks for what waits, and acknowledges what was read (RFC 8936 section 2.2).
func poll(ctx context.Context, j *judge.Session, acknowledged []string) ([]given, error) {
	body := scim.NewObject(
		scim.Member{Name: "maxEvents", Value: number(mostPolled)}, scim.Member{Name: "returnImmediately", Value: true},
	)
	if len(acknowledged) > 0 {
		ids := make([]any, len(acknowledged))
		for i, id := range acknowledged {
			ids[i] = id
		}
		body.Set("ack", ids)
	}
	at := address(j)
	answer, err := send(ctx, j, http.MethodPost, at, tokenFor(j, at), body)
	if err != nil {
		return nil, err
	}
	if answer.status != http.StatusOK {
		return nil, fmt.Errorf("it answers %d %s%s", answer.status, http.StatusText(answer.status), hint(answer.status, tokenFor(j, at)))
	}
	object, err := scim.ParseObject(answer.body)
	if err != nil {
		return nil, errors.New("its answer is no JSON object")
	}
	sets, there := object.Get("sets")
	if !there {
		return nil, errors.New(`its answer has no member "sets"`)
	}
	var all []given
	for jti, v := range objectOf(sets).All() {
		text, isText := v.(string)
		if !isText {
			text = judge.Text(v)
		}
		all = append(all, given{jti, judge.EventToken{Where: "the token " + judge.QuotedOrNone(jti), Text: text}})
	}
	return all, nil
}

// hint says what a refusal is likely to mean.
func hint(status int, token string) string {
	if status != http.StatusUnauthorized && status != http.StatusForbidden {
		return ""
	}
	if token == "" {
		return ": it was shown no token; give one by --events-token-file"
	}
	return ": look at the token, --events-token-file"
}

// cannotPoll blocks what needs events.
func cannotPoll(j *judge.Session, err error) error {
	return &judge.Blocked{Reason: "the events at " + shown(address(j)) + " could not be read: " + err.Error()}
}

// shown is an address without its query, which may hold a secret.
func shown(at string) string {
	at, _, _ = strings.Cut(at, "?")
	return at
}

// isAt says whether an address is at the target's own host, where its token may be shown.
func isAt(j *judge.Session, at string) bool {
	a, err := url.Parse(at)
	b, problem := url.Parse(j.Conn.URL)
	return err == nil && problem == nil && wire.Origin(a) == wire.Origin(b)
}
