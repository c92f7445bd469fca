package wire

import (
	"context"
	"regexp"
	"strings"
)

type credentialsKey struct{}

// WithCredentials tells the recorder how the Authorization header of a request is made of the
// token, where it is not simply that: "Bearer {token}x". The text itself has to hold no secret.
// Its placeholders are those of Credential.
func WithCredentials(ctx context.Context, written string) context.Context {
	return context.WithValue(ctx, credentialsKey{}, written)
}

// CredentialsIn is what WithCredentials has told, if anything.
func CredentialsIn(ctx context.Context) (written string, told bool) {
	written, told = ctx.Value(credentialsKey{}).(string)
	return written, told
}

// FillCredentials makes what is written of the token. A part that only another client has
// stays as it is written.
func FillCredentials(written, token string) string {
	literals, parts := SplitCredentials(written)
	var b strings.Builder
	for i, literal := range literals {
		b.WriteString(literal)
		if i < len(parts) && parts[i].Make != nil {
			b.WriteString(parts[i].Make(token))
		} else if i < len(parts) {
			b.WriteString(parts[i].Placeholder)
		}
	}
	return b.String()
}

// Credential is a part of an Authorization header that is made of a token, with the word of
// a POSIX shell that makes it.
type Credential struct {
	Placeholder string
	Shell       string
	Make        func(token string) string
}

// Credentials are all that a recorded header may be made of.
var Credentials = []Credential{
	{"{token}", `"$SCIM_TOKEN"`, func(t string) string { return t }},
	{"{second token}", `"$SCIM_SECOND_TOKEN"`, nil}, // of another client: the run is given it
	{"{token cut short}", `"${SCIM_TOKEN%?}"`, func(t string) string { return t[:len(t)-1] }},
	{"{token beginning}", `"$(printf %s "$SCIM_TOKEN" | cut -c 1-$(((${#SCIM_TOKEN} + 1) / 2)))"`, func(t string) string { return t[:(len(t)+1)/2] }},
	{"{token end}", `"$(printf %s "$SCIM_TOKEN" | cut -c $((${#SCIM_TOKEN} / 2 + 1))-)"`, func(t string) string { return t[len(t)/2:] }},
	{"{token in another case}", `"$(printf %s "$SCIM_TOKEN" | tr a-zA-Z A-Za-z)"`, inAnotherCase},
}

var placeholder = regexp.MustCompile(`\{(?:second )?token(?: [a-z ]+)?\}`)

// SplitCredentials takes the placeholders out of the text: each literal is followed by one,
// but for the last.
func SplitCredentials(written string) (literals []string, parts []Credential) {
	from := 0
	for _, at := range placeholder.FindAllStringIndex(written, -1) {
		for _, c := range Credentials {
			if c.Placeholder == written[at[0]:at[1]] {
				literals, parts = append(literals, written[from:at[0]]), append(parts, c)
				from = at[1]
			}
		}
	}
	return append(literals, written[from:]), parts
}

// inAnotherCase turns every letter around; a token without letters gets one.
func inAnotherCase(token string) string {
	turned := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, token)
	if turned == token {
		return token + "x"
	}
	return turned
}
