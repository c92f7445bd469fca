package adminapi_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"

	"github.com/simulate-duo/simulate-duo/simulators/duo/adminapi"
)

// letter is a request that the test signs by itself, line by line.
type letter struct {
	method, path, query, body, mediaType, date string
	key                                        string
	hash                                       func() hash.Hash
	lines                                      []string
	header                                     map[string]string
}

func (r *rig) letter(method, path, query string) letter {
	date := r.now.UTC().Format(time.RFC1123Z)
	return letter{
		method: method, path: path, query: query, date: date, key: integrationKey, hash: sha1.New,
		lines: []string{date, method, r.host(), path, query},
	}
}

func (r *rig) write(l letter) *http.Request {
	r.t.Helper()
	target := r.URL + l.path
	if l.query != "" {
		target += "?" + l.query
	}
	req, err := http.NewRequestWithContext(r.t.Context(), l.method, target, strings.NewReader(l.body))
	r.must(err)
	mac := hmac.New(l.hash, []byte(secretKey))
	mac.Write([]byte(strings.Join(l.lines, "\n")))
	req.SetBasicAuth(l.key, hex.EncodeToString(mac.Sum(nil)))
	if l.date != "" {
		req.Header.Set("Date", l.date)
	}
	if l.mediaType != "" {
		req.Header.Set("Content-Type", l.mediaType)
	}
	for name, value := range l.header {
		req.Header.Set(name, value)
	}
	return req
}

func sum(text string) string {
	h := sha512.Sum512([]byte(text))
	return hex.EncodeToString(h[:])
}

func TestEverySchemeOfSignaturesIsTaken(t *testing.T) {
	r := newRig(t)
	r.add("jane")
	const users = "/admin/v1/users"
	legacy := r.letter(http.MethodGet, users, "limit=10&username=jane%20doe%2A~")
	withoutPort := legacy
	withoutPort.lines = append([]string{}, legacy.lines...)
	withoutPort.lines[2] = "127.0.0.1"
	long := legacy
	long.hash = sha512.New
	six, seven := long, long
	six.lines = append(append([]string{}, legacy.lines...), sum(""))
	seven.lines = append(append([]string{}, six.lines...), sum(""))
	withHeaders := long
	withHeaders.header = map[string]string{"X-Duo-Header-1": "one", "X-Duo-A": "two"}
	withHeaders.lines = append(append([]string{}, six.lines...), sum("x-duo-a\x00two\x00x-duo-header-1\x00one"))
	post := r.letter(http.MethodPost, users, "")
	post.body, post.mediaType = "username=joe&realname=Joe+Doe", "application/x-www-form-urlencoded"
	post.lines[4] = "realname=Joe%20Doe&username=joe"
	asJSON := r.letter(http.MethodPost, users, "")
	asJSON.hash, asJSON.body, asJSON.mediaType = sha512.New, `{"username":"jim","notes":null}`, "application/json"
	asJSON.lines = append(asJSON.lines, sum(asJSON.body), sum(""))
	other := legacy
	other.date = ""
	other.header = map[string]string{"X-Duo-Date": legacy.date}
	for name, l := range map[string]letter{
		"SHA-1 over five lines": legacy, "the host without its port": withoutPort, "SHA-512 over five lines": long, "SHA-512 over six lines": six,
		"SHA-512 over seven lines": seven, "X-Duo headers": withHeaders, "a form": post, "JSON": asJSON, "X-Duo-Date": other,
	} {
		if status, body := r.send(r.write(l)); status != http.StatusOK {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
}

func TestTheJSONCallsOfDuosClientAreTaken(t *testing.T) {
	r := newRig(t)
	c := r.duoClient()
	resp, body, err := c.JSONSignedCall(http.MethodPost, "/admin/v1/users", duoapi.JSONParams{"username": "jane", "email": "jane@example.com"})
	r.must(err)
	if resp.StatusCode != http.StatusOK || len(r.dir.Users) != 1 {
		t.Errorf("%s", body)
	}
	resp, body, err = c.JSONSignedCall(http.MethodGet, "/admin/v1/users", duoapi.JSONParams{"username": "jane"})
	r.must(err)
	if resp.StatusCode != http.StatusOK || !contains(body, "jane@example.com") {
		t.Errorf("%s", body)
	}
}

func TestWrongCredentialsAreToldApart(t *testing.T) {
	r := newRig(t)
	good := r.letter(http.MethodGet, "/admin/v1/users", "limit=10")
	edit := func(change func(*letter)) *http.Request {
		l := good
		l.lines = append([]string{}, good.lines...)
		change(&l)
		return r.write(l)
	}
	skewed := func(d time.Duration) *http.Request {
		return edit(func(l *letter) {
			l.date = r.now.Add(d).UTC().Format(time.RFC1123Z)
			l.lines[0] = l.date
		})
	}
	without := edit(func(*letter) {})
	without.Header.Del("Authorization")
	bearer := edit(func(*letter) {})
	bearer.Header.Set("Authorization", "Bearer "+secretKey)
	short := edit(func(*letter) {})
	short.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(integrationKey+":abcd")))
	noHex := edit(func(*letter) {})
	noHex.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(integrationKey+":"+secretKey)))
	r.fails(without, 40101, "Authorization: Basic")
	r.fails(bearer, 40101, "Authorization: Basic")
	r.fails(edit(func(l *letter) { l.key = "DIWRONG" }), 40102, "integration key")
	r.fails(short, 40103, "40 hexadecimal digits")
	r.fails(noHex, 40103, "not hexadecimal")
	r.fails(edit(func(l *letter) { l.lines[4] = "limit=11" }), 40103, "secret key")
	r.fails(edit(func(l *letter) { l.lines[1] = http.MethodPost }), 40103, "secret key")
	r.fails(edit(func(l *letter) { l.lines[2] = "api-x.duosecurity.com" }), 40103, r.host())
	r.fails(edit(func(l *letter) { l.date = "" }), 40104, "Date header")
	r.fails(edit(func(l *letter) { l.date = "yesterday" }), 40104, "has to look like")
	r.fails(skewed(-6*time.Minute), 40105, "6m0s away")
	r.fails(skewed(6*time.Minute), 40105, "set the clock")
}

func TestABodyThatIsNotSignedIsRefused(t *testing.T) {
	r := newRig(t)
	l := r.letter(http.MethodPost, "/admin/v1/users", "")
	l.body, l.mediaType = `{"username":"jane"}`, "application/json"
	r.fails(r.write(l), 40103, "")
	if len(r.dir.Users) > 0 {
		t.Error("the user was created")
	}
}

func TestMoreRequestsThanAllowedHaveToWait(t *testing.T) {
	r := newRig(t, func(o *adminapi.Options) { o.PerMinute = 2 })
	get := func() *http.Request { return r.write(r.letter(http.MethodGet, "/admin/v1/groups", "")) }
	for range 2 {
		if status, body := r.send(get()); status != http.StatusOK {
			t.Fatalf("%s", body)
		}
	}
	r.now = r.now.Add(15 * time.Second)
	r.fails(get(), 42901, "45 s")
	r.now = r.now.Add(45 * time.Second)
	if status, body := r.send(get()); status != http.StatusOK {
		t.Errorf("after the wait: %s", body)
	}
}

func TestParametersInQueryAndFormAreSignedTogether(t *testing.T) {
	r := newRig(t)
	l := r.letter(http.MethodPost, "/admin/v1/users", "status=disabled")
	l.body, l.mediaType = url.Values{"username": {"jane"}}.Encode(), "application/x-www-form-urlencoded"
	l.lines[4] = "status=disabled&username=jane"
	if status, body := r.send(r.write(l)); status != http.StatusOK || !contains(body, `"status":"disabled"`) {
		t.Errorf("%s", body)
	}
}
