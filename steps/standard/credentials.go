package standard

import (
	"regexp"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// sender says who sends a request.
const sender = `the (client|client without credentials|client with a wrong token|client with the Authorization ".*"|` +
	`client with the token in the URL|client with "\w+" as the version in its base URL|second client)`

// sendAs prepares the next request of this sender.
func (w *World) sendAs(who string) error {
	if who == "client" {
		return nil
	}
	if version, ok := strings.CutSuffix(who, `" as the version in its base URL`); ok {
		w.Next.Base = judge.AtVersion(w.Conn.URL, strings.TrimPrefix(version, `client with "`))
		return nil
	}
	if why := unwritable(w.Run.Target.Form(), who); why != "" {
		return &judge.Untested{Reason: why}
	}
	if w.Conn.Token == "" {
		return &judge.Untested{Reason: "the run has no token, so that nothing can be said about credentials"}
	}
	switch who {
	case "second client":
		w.Next.Second = true
	case "client without credentials":
		w.WithoutHeader("Authorization")
	case "client with a wrong token":
		return w.sendAuthorization("Bearer " + judge.WrongToken)
	case "client with the token in the URL":
		w.WithoutHeader("Authorization")
		w.Next.Secret = [2]string{"access_token", w.Conn.Token}
	default:
		value := strings.TrimPrefix(who, `client with the Authorization "`)
		return w.sendAuthorization(strings.TrimSuffix(value, `"`))
	}
	return nil
}

// unwritable is why a form of credentials has nothing that could be written wrongly in this
// way; "" if it has.
func unwritable(f wire.Form, who string) string {
	written, isWritten := strings.CutPrefix(who, `client with the Authorization "`)
	switch {
	case who == "client with the token in the URL" && f.Scheme != wire.SchemeBearer:
		return "the run authenticates otherwise than by a bearer token: there is none that could stand in a URL"
	case isWritten && f.Scheme == wire.SchemeCertificate:
		return "the run authenticates by a client certificate, which no header shows"
	case isWritten && f.Scheme == wire.SchemeHeader && schemeInAnotherCase.MatchString(written):
		return "the run authenticates by an API key, which has no scheme"
	}
	return ""
}

// schemeInAnotherCase matches the right token behind a scheme that is written unusually.
var schemeInAnotherCase = regexp.MustCompile(`^(?:bearer|BEARER|bEaReR) \{token\}"$`)

// sendAuthorization sets the header of the next request. Beside the placeholders of
// every text it knows those of the run's token, see wire.Credentials.
func (w *World) sendAuthorization(written string) error {
	if partOfToken.MatchString(written) && !judge.Telling(w.Conn.Token) {
		return &judge.Untested{Reason: "the token of this run is short or a common word: a part of it may be another's"}
	}
	literals, parts := wire.SplitCredentials(written)
	var value, shown strings.Builder
	for i, literal := range literals {
		literal, err := w.Expand(literal)
		if err != nil {
			return err
		}
		value.WriteString(literal)
		shown.WriteString(literal)
		if i < len(parts) {
			value.WriteString(parts[i].Make(w.Conn.Token))
			shown.WriteString(parts[i].Placeholder)
		}
	}
	w.Wire.AddSecret(strings.TrimSpace(strings.TrimPrefix(value.String(), "Bearer ")))
	w.WithoutHeader("Authorization")
	w.Next.Header["Authorization"] = []string{value.String()}
	w.Next.Credentials = shown.String()
	return nil
}

// partOfToken matches what is written of a part of the token.
var partOfToken = regexp.MustCompile(`\{token (?:cut short|beginning|end)\}`)
