package login

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// maxAnswer is how many bytes of an answer are read.
const maxAnswer = 1 << 20

// askHTTP sends the request of a probe, with nothing of the SCIM client in it, and follows
// no redirect: many logins answer one, and where it leads tells in or out.
func askHTTP(ctx context.Context, j *judge.Session, p *judge.LoginProbe, who *person, take string) (said, error) {
	for _, secret := range secretsOf(p, who) {
		j.Wire.AddSecret(secret)
	}
	r, err := request(ctx, j, p, who)
	if err != nil {
		return said{}, err
	}
	client := &http.Client{
		Transport:     j.Wire.Transport(&safety.Patience{Next: j.Run.Network, Most: j.Run.Patience}),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(r)
	what := p.Method + " " + p.URL
	if err != nil {
		return said{what: what, how: "no answer: " + reason(err)}, nil
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return said{what: what, how: "half an answer: " + reason(err)}, nil
	}
	s := told(p, answer.StatusCode)
	s.what, s.how = what, strings.TrimSpace(fmt.Sprint(answer.StatusCode, " ", http.StatusText(answer.StatusCode)))
	s.session = sessionIn(answer, body, take)
	j.Wire.AddSecret(s.session)
	return s, nil
}

// reason is why there is no answer, without the address, which may hold a password.
func reason(err error) string {
	if u, ok := err.(*url.Error); ok { //nolint:errorlint // it is what http.Client returns
		return u.Err.Error()
	}
	return err.Error()
}

func request(ctx context.Context, j *judge.Session, p *judge.LoginProbe, who *person) (*http.Request, error) {
	address := who.fill(p.URL, url.QueryEscape)
	if strings.HasPrefix(address, "/") {
		address = judge.Origin(j.Conn.URL) + address
	}
	r, err := http.NewRequestWithContext(ctx, p.Method, address, nil)
	if err != nil {
		return nil, &judge.Blocked{Reason: "the login probe has no usable address: " + p.URL}
	}
	for name, value := range p.Headers {
		r.Header.Set(name, who.fill(value, plain))
	}
	if p.Body == "" {
		return r, nil
	}
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	text := who.fill(p.Body, escapeFor(r.Header.Get("Content-Type")))
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	return r, nil
}

// sessionIn is what the answer to a login gives: a member of its JSON, or its cookies as the
// header Cookie has them.
func sessionIn(answer *http.Response, body []byte, take string) string {
	if take == "" {
		var pairs []string
		for _, c := range answer.Cookies() {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
		return strings.Join(pairs, "; ")
	}
	object, err := scim.ParseObject(body)
	if err != nil {
		return ""
	}
	value, _ := judge.At(object, take)
	text, _ := value.(string)
	return text
}
