package auth

import (
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const authorization = "Authorization"

// transport puts the credentials in the place of the stand-in.
type transport struct {
	*Credentials
	origin      string            // of the target; nobody else is shown anything
	shown, bare http.RoundTripper // with the client certificate, and without it where that is the credential
}

// RoundTrip sends the request with the credentials, if it has the stand-in. A request without
// it, or with another token, is sent as that: nothing is added to it, and what is wrong in it
// stays wrong. A 401 to a token that was served before is answered by a new token, once.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.origin == "" || wire.Origin(r.URL) != t.origin {
		return t.bare.RoundTrip(r)
	}
	answer, secret, err := t.send(r)
	if err != nil || !t.isRight(r) {
		return answer, err
	}
	another, failed := t.source.answered(r.Context(), secret, answer.StatusCode == http.StatusUnauthorized)
	if failed != nil {
		_ = answer.Body.Close()
		return nil, failed
	}
	if !another {
		return answer, nil
	}
	again, ok := wire.Repeat(r)
	if !ok {
		return answer, nil
	}
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10)
	_ = answer.Body.Close()
	answer, secret, err = t.send(again)
	if err == nil {
		_, err = t.source.answered(again.Context(), secret, answer.StatusCode == http.StatusUnauthorized)
	}
	return answer, err
}

// isRight says whether the request shows the stand-in as it should be shown.
func (t *transport) isRight(r *http.Request) bool {
	scheme, token, ok := wire.CutBearer(r.Header.Get(authorization))
	return ok && scheme != "" && token == t.standIn
}

// send makes one round trip, and returns the secret that it showed.
func (t *transport) send(r *http.Request) (*http.Response, string, error) {
	secret, err := t.source.current(r.Context())
	if err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, "", err
	}
	if t.Way.OAuth != nil {
		t.keep(secret)
	}
	dressed, form := r, t.form
	if t.translates() {
		dressed, form = t.dress(r, secret)
	}
	wire.NoteSent(r.Context(), t.withoutSecret(dressed.Header, form), form, t.weakSecrets()...)
	next := t.shown
	if t.form.Scheme == wire.SchemeCertificate && !form.Certificate {
		next = t.bare
	}
	answer, err := next.RoundTrip(dressed)
	if err != nil {
		if next != t.shown && r.Context().Err() == nil && !isDial(err) {
			err = &NoCertificateError{err}
		}
		return nil, secret, t.hidden(err)
	}
	t.hideIn(answer)
	answer.Request = r
	return answer, secret, nil
}

// translates says whether requests go out with something else than the token that they have.
func (t *transport) translates() bool {
	return t.form.Scheme != wire.SchemeBearer || t.Way.OAuth != nil
}

// dress is the request as the target is to see it.
func (t *transport) dress(r *http.Request, secret string) (*http.Request, wire.Form) {
	form := t.form
	dressed := r.Clone(r.Context())
	if form.Scheme == wire.SchemeCertificate { // a request without the stand-in goes without the certificate
		form.Certificate = t.isRight(r)
		if form.Certificate {
			dressed.Header.Del(authorization)
		}
		return dressed, form
	}
	dressed.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, url.QueryEscape(t.standIn), url.QueryEscape(secret))
	if _, there := r.Header[authorization]; !there {
		return dressed, form
	}
	name, value := t.field(newWritten(r, t.standIn), secret)
	dressed.Header.Del(authorization)
	dressed.Header[http.CanonicalHeaderKey(name)] = []string{value}
	return dressed, form
}

// written is the Authorization of a request, as it is written for a bearer token.
type written struct {
	text   string
	second bool                             // it is another client's, and complete
	fill   func(text, secret string) string // puts the secret into a part of it
}

func newWritten(r *http.Request, standIn string) written {
	sent := written{text: strings.Join(r.Header.Values(authorization), ", ")}
	sent.fill = func(text, secret string) string { return strings.ReplaceAll(text, standIn, secret) }
	hint, is := wire.CredentialsIn(r.Context())
	switch {
	case strings.Contains(hint, "{second token}"):
		sent.second = true
	case is:
		return written{text: hint, fill: wire.FillCredentials}
	}
	return sent
}

// field is the header field of this way for what is written.
func (t *transport) field(w written, secret string) (name, value string) {
	scheme, credential, isBearer := wire.CutBearer(w.text)
	inner := w.fill(credential, secret)
	switch {
	case t.form.Scheme == wire.SchemeHeader && (isBearer || w.text == ""):
		return t.form.Header, inner
	case t.form.Scheme != wire.SchemeBasic || !isBearer:
		return authorization, w.fill(w.text, secret)
	case inner == "": // the scheme alone
		return authorization, wire.SchemeLike("Basic", scheme) + strings.TrimPrefix(w.text, scheme)
	case w.second: // a user and a password
		return authorization, wire.SchemeLike("Basic", scheme) + " " + base64.StdEncoding.EncodeToString([]byte(inner))
	}
	return authorization, wire.SchemeLike("Basic", scheme) + " " + basicValue(t.form.User, inner)
}

func basicValue(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

// withoutSecret is the header for the record.
func (t *transport) withoutSecret(h http.Header, form wire.Form) http.Header {
	h = h.Clone()
	if form.Scheme == wire.SchemeHeader {
		if name := http.CanonicalHeaderKey(form.Header); h[name] != nil {
			h[name] = []string{wire.Hidden}
		}
	}
	return h
}

// hideIn puts the stand-in where the answer shows a secret.
func (t *transport) hideIn(answer *http.Response) {
	for _, values := range answer.Header {
		for i, v := range values {
			values[i] = t.hide(v)
		}
	}
	if answer.Body != nil && answer.Body != http.NoBody {
		answer.Body = &cleanBody{ReadCloser: answer.Body, hide: t.hide}
	}
}

// hidden is the error without secrets.
func (t *transport) hidden(err error) error {
	text := err.Error()
	if clean := t.hide(text); clean != text {
		return &cleanError{clean, err}
	}
	return err
}

// NoCertificateError says that the target ended a connection on which no client certificate
// was shown, on purpose.
type NoCertificateError struct{ err error }

func (e *NoCertificateError) Error() string { return "without a client certificate: " + e.err.Error() }

// Unwrap returns the cause.
func (e *NoCertificateError) Unwrap() error { return e.err }

func isDial(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

type cleanError struct {
	text string
	err  error
}

func (e *cleanError) Error() string { return e.text }
func (e *cleanError) Unwrap() error { return e.err }

// maxClean is how many bytes of an answer are looked through; a client of ours reads no more.
const maxClean = 32<<20 + 1

// cleanBody reads an answer to its end before it gives out the first byte, so that no secret
// is cut in two.
type cleanBody struct {
	io.ReadCloser
	hide  func(string) string
	clean *strings.Reader // nil before the first read
	err   error           // after it
}

// Read reads the answer without secrets.
func (b *cleanBody) Read(p []byte) (int, error) {
	if b.clean == nil {
		data, err := io.ReadAll(io.LimitReader(b.ReadCloser, maxClean))
		b.clean, b.err = strings.NewReader(b.hide(string(data))), err
		if err == nil && len(data) == maxClean {
			b.err = errors.New("the answer is longer than 32 MiB")
		}
	}
	n, err := b.clean.Read(p)
	if errors.Is(err, io.EOF) && b.err != nil {
		err = b.err
	}
	return n, err
}
