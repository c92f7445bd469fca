package adminapi

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the legacy scheme signs with it
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxSkew is how far a request's date may be away from the time here. Duo's own
// number is not published: assumed.
const maxSkew = 5 * time.Minute

// authenticate checks HTTP Basic with the integration key and, as the password, a
// signature of the request in hexadecimal.
func (a *API) authenticate(r *http.Request, body []byte, now time.Time) error {
	key, signature, ok := r.BasicAuth()
	if !ok {
		return noCredentials("send Authorization: Basic with the integration key and the signature of the request")
	}
	if !hmac.Equal([]byte(key), []byte(a.opt.IntegrationKey)) {
		return wrongKey("this API has another integration key")
	}
	date, err := dateOf(r, now)
	if err != nil {
		return err
	}
	given, err := hex.DecodeString(signature)
	if err != nil {
		return wrongSignature("the signature is not hexadecimal")
	}
	return a.checkSignature(r, body, date, given)
}

// dateOf is the date that was signed. Clients that cannot set Date send X-Duo-Date.
func dateOf(r *http.Request, now time.Time) (string, error) {
	date := r.Header.Get("X-Duo-Date")
	if date == "" {
		date = r.Header.Get("Date")
	}
	if date == "" {
		return "", noDate("send the Date header that was signed")
	}
	t, err := mail.ParseDate(date)
	if err != nil {
		return "", noDate("the date has to look like " + now.UTC().Format(time.RFC1123Z))
	}
	if skew := t.Sub(now).Abs(); skew > maxSkew {
		return "", wrongDate(skew)
	}
	return date, nil
}

// checkSignature tries the schemes whose signatures have this length. SHA-1 signs
// five lines (date, method, host, path, parameters); so did SHA-512 at first. It
// then got a sixth line, the hash of the body, and a seventh, the hash of the
// X-Duo- headers.
func (a *API) checkSignature(r *http.Request, body []byte, date string, given []byte) error {
	var schemes []scheme
	switch len(given) {
	case sha1.Size:
		schemes = []scheme{{sha1.New, 5}}
	case sha512.Size:
		schemes = []scheme{{sha512.New, 5}, {sha512.New, 6}, {sha512.New, 7}}
	default:
		return wrongSignature("an HMAC has 40 hexadecimal digits with SHA-1, or 128 with SHA-512")
	}
	for _, s := range schemes {
		for _, host := range hosts(r.Host) {
			text, ok := s.canonical(r, body, date, host)
			if ok && hmac.Equal(given, s.sign(a.opt.SecretKey, text)) {
				return nil
			}
		}
	}
	return wrongSignature("sign date, method, host, path and parameters, one a line, with the secret key; the host is " + r.Host)
}

// hosts are the forms of the host that clients sign: duo_api_golang signs what it
// was given, duo_client_python leaves the port out.
func hosts(host string) []string {
	host = strings.ToLower(host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		return []string{host, name}
	}
	return []string{host}
}

// scheme is a hash and how many lines it signs.
type scheme struct {
	hash  func() hash.Hash
	lines int
}

func (s scheme) sign(key, text string) []byte {
	mac := hmac.New(s.hash, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// canonical is the text that is signed. Five lines cannot sign a body that is no
// form, so such a body needs more.
func (s scheme) canonical(r *http.Request, body []byte, date, host string) (text string, ok bool) {
	lines := []string{date, strings.ToUpper(r.Method), host, r.URL.EscapedPath()}
	params := query(r)
	if s.lines == 5 {
		form, err := formOf(r, body)
		if err != nil {
			return "", false
		}
		for name, values := range form {
			params[name] = append(params[name], values...)
		}
		return strings.Join(append(lines, canonicalParams(params)), "\n"), true
	}
	lines = append(lines, canonicalParams(params), hashed(string(body)), hashed(duoHeaders(r.Header)))
	return strings.Join(lines[:s.lines], "\n"), true
}

func query(r *http.Request) url.Values {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil { // parameters reports it
		return url.Values{}
	}
	return params
}

// canonicalParams are the parameters sorted and escaped as in OAuth 1.0 (RFC 5849
// section 3.4.1.3.2).
func canonicalParams(params url.Values) string {
	var pairs []string
	for name, values := range params {
		for _, value := range values {
			pairs = append(pairs, escaped(name)+"="+escaped(value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

func escaped(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// duoHeaders are the names and values of the X-Duo- headers.
func duoHeaders(h http.Header) string {
	var all []string
	for name, values := range h {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-duo-") && len(values) > 0 {
			all = append(all, name+"\x00"+values[0])
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\x00")
}

func hashed(text string) string {
	sum := sha512.Sum512([]byte(text))
	return hex.EncodeToString(sum[:])
}
