package safety

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A URL that names the wrong one of http and https is a mistake that is easily made, and
// that neither side tells in words that help.

const (
	plainScheme  = "http://"
	secureScheme = "https://"
)

// wrongScheme says that a port does not speak what the URL says, by what came of the first
// request; nil if it seems to. What looks whether there is TLS carries no token.
func wrongScheme(ctx context.Context, client *wire.Client, answer *wire.Response, err error) *PreflightError {
	host := hostOf(client.BaseURL)
	if rest, secured := strings.CutPrefix(client.BaseURL, secureScheme); secured && errors.Is(err, http.ErrSchemeMismatch) {
		return &PreflightError{Stops: true, Err: err, Text: fmt.Sprintf(
			"%s speaks plain HTTP, and the URL says https: the base URL seems to be %s%s, which protects no token on its way; or take the port that speaks TLS",
			host, plainScheme, rest)}
	}
	rest, isPlain := strings.CutPrefix(client.BaseURL, plainScheme)
	if isPlain && maySpeakTLS(answer, err) && speaksTLS(ctx, client, secureScheme+rest) {
		return &PreflightError{Stops: true, Err: err, Text: fmt.Sprintf(
			"%s speaks TLS, and the URL says http: the base URL seems to be %s%s; run again with --target %s%s", host, secureScheme, rest, secureScheme, rest)}
	}
	return nil
}

// maySpeakTLS says whether this is what becomes of a plain request to a port with TLS: many
// servers answer 400, others cut the connection or answer what is no HTTP.
func maySpeakTLS(answer *wire.Response, err error) bool {
	if err == nil {
		return answer.Status == http.StatusBadRequest
	}
	var t *wire.TransportError
	return errors.As(err, &t) && (t.Kind == wire.Dropped || t.Kind == wire.Malformed) && !errors.Is(err, ErrMaxRequests)
}

// speaksTLS says whether there is TLS at a base URL: an answer, or a certificate that is
// not trusted.
func speaksTLS(ctx context.Context, client *wire.Client, base string) bool {
	there := *client
	there.BaseURL, there.Token = base, ""
	_, err := there.Do(ctx, wire.Request{Method: http.MethodGet, Path: []string{usersSegment}, Query: [][2]string{{"count", "1"}}})
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	return err == nil || untrusted
}
