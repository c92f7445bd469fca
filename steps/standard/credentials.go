package standard

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// A credential makes the value of the Authorization header from the run's token.
type credential func(token string) string

// forms are the credentials that a client may show, by what the features call
// them. Only those of the first block are good.
var forms = map[string]credential{
	"the scheme in lower case":   func(t string) string { return "bearer " + t },
	"the scheme in upper case":   func(t string) string { return "BEARER " + t },
	"the scheme in mixed case":   func(t string) string { return "bEaReR " + t },
	"a wrong token":              fixed("Bearer " + judge.WrongToken),
	"the token cut short":        func(t string) string { return "Bearer " + t[:len(t)-1] },
	"the beginning of the token": func(t string) string { return "Bearer " + t[:(len(t)+1)/2] },
	"the end of the token":       func(t string) string { return "Bearer " + t[len(t)/2:] },
	"one character too many":     func(t string) string { return "Bearer " + t + "x" },
	"one character before it":    func(t string) string { return "Bearer x" + t },
	"the token in another case":  func(t string) string { return "Bearer " + inAnotherCase(t) },
	"the token backwards":        func(t string) string { return "Bearer " + backwards(t) },
	"an unsigned JWT":            fixed("Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZG1pbiJ9."),
	"the token null":             fixed("Bearer null"),
	"the token undefined":        fixed("Bearer undefined"),
	"the token *":                fixed("Bearer *"),
	"the token true":             fixed("Bearer true"),
	"an injection":               fixed("Bearer ' OR '1'='1"),
	"a name and a password":      fixed("Basic " + base64.StdEncoding.EncodeToString([]byte("admin:admin"))),
	"the token as a password": func(t string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte("admin:"+t))
	},
	"the scheme Basic and the token":     func(t string) string { return "Basic " + t },
	"the scheme Digest and the token":    func(t string) string { return "Digest " + t },
	"an unknown scheme and the token":    func(t string) string { return "Sduo " + t },
	"a scheme that begins with Bearer":   func(t string) string { return "BearerX " + t },
	"an empty header":                    fixed(""),
	"the scheme without a token":         fixed("Bearer"),
	"the scheme and a space":             fixed("Bearer "),
	"the token without a scheme":         func(t string) string { return t },
	"the scheme and the token in one":    func(t string) string { return "Bearer" + t },
	"a colon behind the scheme":          func(t string) string { return "Bearer: " + t },
	"the scheme twice":                   func(t string) string { return "Bearer Bearer " + t },
	"a space within the token":           func(t string) string { return "Bearer " + t[:len(t)/2] + " " + t[len(t)/2:] },
	"the token in quotes":                func(t string) string { return `Bearer "` + t + `"` },
	"another word behind the token":      func(t string) string { return "Bearer " + t + " extra" },
	"a wrong token before the right one": func(t string) string { return "Bearer " + judge.WrongToken + ", Bearer " + t },
	"a token of 4000 characters":         fixed("Bearer " + strings.Repeat("x", 4000)),
}

func fixed(value string) credential { return func(string) string { return value } }

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

// credentials returns what prepares a request of a client with these credentials.
func (w *World) credentials(who string) (prepare func(), err error) {
	if who == "" {
		return func() {}, nil
	}
	if version, ok := strings.CutPrefix(who, "the base URL of version "); ok {
		return func() { w.Next.Base = judge.AtVersion(w.Conn.URL, version) }, nil
	}
	if w.Conn.Token == "" {
		return nil, &judge.Untested{Reason: "the run has no token, so that nothing can be said about credentials"}
	}
	switch who {
	case "no credentials":
		return func() { w.WithoutHeader("Authorization") }, nil
	case "the token in the URL":
		return func() {
			w.WithoutHeader("Authorization")
			w.Next.Secret = [2]string{"access_token", w.Conn.Token}
		}, nil
	case "the second client's token":
		return func() { w.Next.Second = true }, nil
	}
	form, ok := forms[who]
	if !ok {
		return nil, fmt.Errorf("there are no credentials called %q", who)
	}
	value := form(w.Conn.Token)
	w.Wire.AddSecret(strings.TrimSpace(strings.TrimPrefix(value, "Bearer ")))
	return func() {
		w.WithoutHeader("Authorization")
		w.Next.Header["Authorization"] = []string{value}
	}, nil
}
