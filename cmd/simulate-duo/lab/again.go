package lab

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// causeAgain explains a request that was sent again by hand.
const causeAgain = "sent again by hand"

// SendAgain sends a request of the wire once more, with the token of the application's
// connection if it had one, and returns the number of the new exchange. The error says
// that the request is not kept, or not whole, or that it does not go to the other side.
func (l *Lab) SendAgain(ctx context.Context, seq int) (int, error) {
	e, ok := l.wire.one(seq)
	switch {
	case !ok:
		return 0, notFound("there is no such request, or it is not kept any more")
	case e.RequestTruncated:
		return 0, errors.New("the lab has kept only a part of the request's body")
	case strings.Contains(string(e.RequestBody), hiddenSecret):
		return 0, errors.New("the request's body held a secret, which is not kept")
	}
	request, err := http.NewRequestWithContext(ctx, e.Method, e.URL, bytes.NewReader(e.RequestBody))
	if err != nil {
		return 0, err
	}
	request.Header = e.RequestHeader.Clone()
	if err := l.authorizeAgain(request, e.Exchange); err != nil {
		return 0, err
	}
	sent := 0
	client := l.httpFor(causeAgain, func(seq int) { sent = seq })
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if answer, err := client.Do(request); err == nil { // what went wrong stands in the exchange
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	return sent, nil
}

// authorizeAgain puts the token in, which no exchange holds, and refuses to show it to
// another host.
func (l *Lab) authorizeAgain(request *http.Request, e *wire.Exchange) error {
	a := l.application()
	if a == nil {
		return errNoApplication
	}
	if base := a.link.BaseURL; base == "" || !strings.HasPrefix(request.URL.String(), base+"/") {
		return errors.New("the request went to another endpoint than the application's Base URL")
	}
	shown := request.Header.Get("Authorization") != ""
	if e.Form != nil { // what stands for the credentials is a token again
		shown = shown || e.Form.Certificate || e.Form.Header != "" && request.Header.Get(e.Form.Header) != ""
		request.Header.Del(e.Form.Header)
	}
	if shown {
		request.Header.Set("Authorization", "Bearer "+a.link.token)
	}
	return nil
}
