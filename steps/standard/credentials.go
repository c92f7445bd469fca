package standard

import (
	"regexp"
	"strings"
	"unicode"

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

// sendAuthorization sets the header of the next request. Beside the placeholders of
// every text it knows those of the run's token.
func (w *World) sendAuthorization(written string) error {
	t := w.Conn.Token
	if partOfToken.MatchString(written) && !judge.Telling(t) {
		return &judge.Untested{Reason: "the token of this run is short or a common word: a part of it may be another's"}
	}
	value, err := w.Expand(strings.NewReplacer(
		"{token}", t,
		"{token cut short}", t[:len(t)-1],
		"{token beginning}", t[:(len(t)+1)/2],
		"{token end}", t[len(t)/2:],
		"{token backwards}", backwards(t),
		"{token in another case}", inAnotherCase(t),
	).Replace(written))
	if err != nil {
		return err
	}
	w.Wire.AddSecret(strings.TrimSpace(strings.TrimPrefix(value, "Bearer ")))
	w.WithoutHeader("Authorization")
	w.Next.Header["Authorization"] = []string{value}
	return nil
}

// partOfToken matches what is written of a part of the token.
var partOfToken = regexp.MustCompile(`\{token (?:cut short|beginning|end)\}`)

// inAnotherCase turns one letter around, the last; a token without letters gets one.
func inAnotherCase(token string) string {
	runes := []rune(token)
	for i := len(runes) - 1; i >= 0; i-- {
		switch r := runes[i]; {
		case unicode.IsLower(r):
			runes[i] = unicode.ToUpper(r)
			return string(runes)
		case unicode.IsUpper(r):
			runes[i] = unicode.ToLower(r)
			return string(runes)
		}
	}
	return token + "x"
}

func backwards(token string) string {
	runes := []rune(token)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	if string(runes) == token {
		return token + "x"
	}
	return string(runes)
}
