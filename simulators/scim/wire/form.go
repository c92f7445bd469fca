package wire

import (
	"context"
	"net/http"
	"strings"
)

// The ways in which a request shows who sends it.
const (
	SchemeBearer      = ""            // Authorization: Bearer, RFC 6750
	SchemeBasic       = "basic"       // Authorization: Basic, RFC 7617
	SchemeHeader      = "header"      // a header field of any name, as API keys are sent
	SchemeCertificate = "certificate" // the certificate of the connection alone
)

// Form is how a request shows its credentials, and how far its connection was trusted. It
// holds no secret. The zero value is a bearer token on a connection without anything special.
type Form struct {
	Scheme      string `json:"scheme,omitempty"`
	User        string `json:"user,omitempty"`        // of SchemeBasic
	Header      string `json:"header,omitempty"`      // name of the field of SchemeHeader
	Certificate bool   `json:"certificate,omitempty"` // a client certificate was shown
	Insecure    bool   `json:"insecure,omitempty"`    // the server's certificate was not verified
}

// Variable is the environment variable that holds the secret of the form.
func (f Form) Variable() string {
	switch f.Scheme {
	case SchemeBasic:
		return PasswordVariable
	case SchemeHeader:
		return APIKeyVariable
	}
	return TokenVariable
}

// The environment variables in which credentials are given.
const (
	TokenVariable    = "SCIM_TOKEN"
	PasswordVariable = "SCIM_PASSWORD"
	APIKeyVariable   = "SCIM_API_KEY"
)

// CutBearer takes the scheme off what is written for a bearer token; it stays in its case.
// False means that the text is no bearer token, but stands for itself.
func CutBearer(written string) (scheme, credential string, ok bool) {
	scheme, credential, _ = strings.Cut(written, " ")
	return scheme, credential, strings.EqualFold(scheme, "Bearer")
}

// SchemeLike is the name of a scheme in the case of another: "BASIC" for "BEARER".
func SchemeLike(name, like string) string {
	switch like {
	case "":
		return name
	case strings.ToLower(like):
		return strings.ToLower(name)
	case strings.ToUpper(like):
		return strings.ToUpper(name)
	case strings.ToUpper(like[:1]) + strings.ToLower(like[1:]):
		return name
	}
	return inAnotherCase(name) // mixed
}

type sentKey struct{}

// NoteSent tells the recorders above a transport in which form it sends a request whose
// Authorization it has replaced: the header, without secrets, and secrets that an answer may
// show.
func NoteSent(ctx context.Context, header http.Header, form Form, secrets ...string) {
	for d, _ := ctx.Value(sentKey{}).(*draft); d != nil; d = d.above {
		d.exchange.RequestHeader = d.recorder.secrets.HideHeader(header)
		d.exchange.Form = &form
		for _, s := range secrets {
			d.recorder.AddSecret(s)
		}
	}
}

// noted lets NoteSent find the draft of a request.
func (d *draft) noted(ctx context.Context) context.Context {
	d.above, _ = ctx.Value(sentKey{}).(*draft)
	return context.WithValue(ctx, sentKey{}, d)
}
