package safety

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
)

// PreflightError says that a target is not as a SCIM target should be, before
// anything was created there.
type PreflightError struct {
	// Stops says that no verdict about the target could be had: it cannot be
	// reached, is no SCIM service, or does not accept the token. Otherwise the run may
	// go on and find out what is wrong.
	Stops bool
	Text  string // one line: what is the matter, and what to do
	Err   error  // the cause, or nil
}

func (e *PreflightError) Error() string { return e.Text }

// Unwrap returns the cause, such as a *wire.TransportError.
func (e *PreflightError) Unwrap() error { return e.Err }

// Preflight asks for one user, which is the least that a provisioner needs, and
// returns nil or a *PreflightError. Where that is not answered as a SCIM service does,
// it looks whether the base URL is wrong, with at most maxPreflight requests in all.
func Preflight(ctx context.Context, client *wire.Client) error {
	return PreflightBy(ctx, client, auth.Way{})
}

// PreflightBy is Preflight of a target that is authenticated to in this way.
func PreflightBy(ctx context.Context, client *wire.Client, way auth.Way) error {
	p := preflight(ctx, client, way)
	if p == nil {
		return nil
	}
	var secrets wire.Secrets
	secrets.Add(client.Token)
	p.Text = secrets.Hide(p.Text) // an answer may have echoed the token
	return p
}

func preflight(ctx context.Context, client *wire.Client, way auth.Way) *PreflightError {
	answer, err := usersBy(ctx, client, [2]string{"startIndex", "1"}, [2]string{"count", "1"})
	if p := wrongScheme(ctx, client, answer, err); p != nil {
		return p
	}
	if err != nil {
		return unanswered(ctx, client, err)
	}
	why := notAList(answer)
	switch status := statusToldBy(answer); {
	case status == http.StatusForbidden && answersFilter(ctx, client):
		return warning("GET /Users %s, and with a filter 200: it seems that the target lists nobody without one", why)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return denied(client, way, status)
	}
	switch {
	case why == "":
		return nil
	case answer.Status >= 500:
		return warning("GET /Users %s", why)
	}
	return locate(ctx, client, why)
}

func usersBy(ctx context.Context, client *wire.Client, query ...[2]string) (*wire.Response, error) {
	return client.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{usersSegment}, Query: query})
}

// answersFilter says whether a token that may not list may look for somebody by name.
func answersFilter(ctx context.Context, client *wire.Client) bool {
	answer, err := usersBy(ctx, client, [2]string{"filter", `userName eq "simulate-duo-nobody"`})
	return err == nil && notAList(answer) == ""
}

// notAList says what came instead of a list, or "".
func notAList(answer *wire.Response) string {
	if answer.Status != http.StatusOK {
		return fmt.Sprintf("was answered %d, not 200", answer.Status)
	}
	o, err := answer.FirstObject()
	if err == nil {
		_, err = scim.ParseList(o)
	}
	if err == nil {
		return ""
	}
	return "was answered 200, but " + strings.ReplaceAll(err.Error(), "\n", "; ")
}

// unanswered stops the run, except for a connection that a server accepted and then dropped,
// or spoke nonsense on, while it answers something else: that is a finding.
func unanswered(ctx context.Context, client *wire.Client, err error) *PreflightError {
	if advice := certificateAdvice(client.BaseURL, err); advice != "" {
		return &PreflightError{Stops: true, Text: "tls failed: " + advice, Err: err}
	}
	var t *wire.TransportError
	if !errors.As(err, &t) || t.Kind != wire.Dropped && t.Kind != wire.Malformed || errors.Is(err, ErrMaxRequests) {
		return &PreflightError{Stops: true, Text: err.Error(), Err: err}
	}
	other := wire.Request{Method: http.MethodGet, Path: []string{"ServiceProviderConfig"}}
	if _, otherErr := client.Do(wire.OnNewConnection(ctx), other); otherErr != nil {
		return &PreflightError{Stops: true, Text: err.Error() + "; GET /ServiceProviderConfig on a new connection got no answer either", Err: err}
	}
	return &PreflightError{Text: err.Error(), Err: err}
}

// statusToldBy is the status of the answer; some servers refuse a token with 200
// and tell the status in the body only.
func statusToldBy(answer *wire.Response) int {
	if answer.Status != http.StatusOK {
		return answer.Status
	}
	o, err := answer.FirstObject()
	if err != nil {
		return answer.Status
	}
	told, _ := o.Get("status")
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
		if fmt.Sprint(told) == fmt.Sprint(status) {
			return status
		}
	}
	return answer.Status
}

// refusedWay says what to look at, where it is not the token that was given.
func refusedWay(way auth.Way, status int) string {
	s := way.Secret()
	switch {
	case way.OAuth != nil:
		return fmt.Sprintf("the target refuses the access token of %s (%d); check scope, audience and resource, and what the client is allowed at the target", way.Words(), status)
	case s.Variable == "":
		return fmt.Sprintf("the target refuses the client certificate (%d); check whether the target knows its issuer and its subject", status)
	}
	return fmt.Sprintf("the target refuses the %s of %s (%d); give the right one in %s or with %s", s.Name, way.Words(), status, s.Variable, s.Flag)
}

func denied(client *wire.Client, way auth.Way, status int) *PreflightError {
	if f := way.Form(); way.OAuth != nil || f.Scheme != wire.SchemeBearer {
		return &PreflightError{Stops: true, Text: refusedWay(way, status)}
	}
	text := fmt.Sprintf("the target refuses the token (%d); generate one where the target's provisioning is set up, "+
		"and give it in %s or with --token-file", status, TokenVariable)
	if client.Token == "" {
		text = fmt.Sprintf("the target wants a token (%d); give it in %s or with --token-file", status, TokenVariable)
	}
	return &PreflightError{Stops: true, Text: text}
}

func warning(format string, args ...any) *PreflightError {
	return &PreflightError{Text: fmt.Sprintf(format, args...)}
}
