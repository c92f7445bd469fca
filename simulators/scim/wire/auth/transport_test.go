package auth

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func transportOf(config *tls.Config) http.RoundTripper {
	return &http.Transport{TLSClientConfig: config}
}

func userOf(password string) string {
	return base64.StdEncoding.EncodeToString([]byte("ada:" + password))
}

// TestWhatIsSent holds what goes over the wire for what a check writes for a bearer token.
func TestWhatIsSent(t *testing.T) {
	const secret = "s3cret-passw0rd"
	basic, header := Way{Basic: &Basic{Username: "ada"}}, Way{Header: &Header{Name: "x-api-key"}}
	for _, test := range []struct {
		way        Way
		written    string
		authorized string // "" for none
		key        []string
	}{
		{basic, "Bearer {token}", "Basic " + userOf(secret), nil},
		{basic, "bearer {token}", "basic " + userOf(secret), nil},
		{basic, "BEARER {token}", "BASIC " + userOf(secret), nil},
		{basic, "bEaReR {token}", "bASIC " + userOf(secret), nil},
		{basic, "Bearer wrong-token-of-nobody", "Basic " + userOf("wrong-token-of-nobody"), nil},
		{basic, "Bearer {token cut short}", "Basic " + userOf("s3cret-passw0r"), nil},
		{basic, "Bearer", "Basic", nil},
		{basic, "Bearer ", "Basic ", nil},
		{basic, "Digest {token}", "Digest " + secret, nil},
		{basic, "Basic YWRtaW46YWRtaW4=", "Basic YWRtaW46YWRtaW4=", nil},
		{basic, "{token}", secret, nil},
		{header, "Bearer {token}", "", []string{secret}},
		{header, "Bearer wrong-token-of-nobody", "", []string{"wrong-token-of-nobody"}},
		{header, "Bearer {token beginning}", "", []string{"s3cret-p"}},
		{header, "", "", []string{""}},
		{header, "Basic YWRtaW46YWRtaW4=", "Basic YWRtaW46YWRtaW4=", nil},
	} {
		var seen http.Header
		target := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.Header }))
		c, err := Open(test.way, secret, Trust{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		client := &wire.Client{BaseURL: target.URL, Token: c.Token(), HTTP: &http.Client{Transport: c.Transport(target.URL, transportOf)}}
		ctx, header := wire.WithCredentials(t.Context(), test.written), http.Header{"Authorization": {"Bearer of-the-check"}}
		if _, err := client.Do(ctx, wire.Request{Method: "GET", Path: []string{"Users"}, Header: header}); err != nil {
			t.Fatal(err)
		}
		if got := seen.Get("Authorization"); strings.TrimRight(got, " ") != strings.TrimRight(test.authorized, " ") {
			t.Errorf("%s %q: Authorization %q, want %q", c.Form().Scheme, test.written, got, test.authorized)
		}
		if got := seen["X-Api-Key"]; fmt.Sprint(got) != fmt.Sprint(test.key) {
			t.Errorf("%s %q: key %q, want %q", c.Form().Scheme, test.written, got, test.key)
		}
		for _, h := range []http.Header{nil, {"Authorization": nil}} { // as the client does by itself, and without credentials
			if _, err := client.Do(t.Context(), wire.Request{Method: "GET", Path: []string{"Users"}, Header: h}); err != nil {
				t.Fatal(err)
			}
			shown := seen.Get("Authorization")+seen.Get("X-Api-Key") != ""
			if shown != (h == nil) {
				t.Errorf("%v: %v", h, seen)
			}
		}
		target.Close()
	}
}

// Another host is shown the stand-in, which is good for nothing.
func TestNobodyElseIsShownTheCredentials(t *testing.T) {
	var seen string
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = fmt.Sprint(r.Header) }))
	defer other.Close()
	for _, way := range []Way{{Basic: &Basic{Username: "ada"}}, {Header: &Header{Name: "X-API-Key"}}} {
		c, err := Open(way, "s3cret-passw0rd", Trust{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		client := &wire.Client{BaseURL: other.URL, Token: c.Token(), HTTP: &http.Client{Transport: c.Transport("https://target.example/scim", transportOf)}}
		if _, err := client.Do(t.Context(), wire.Request{Method: "GET"}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(seen, c.Token()) || strings.Contains(seen, "s3cret") || strings.Contains(seen, userOf("s3cret-passw0rd")) {
			t.Errorf("the other host saw %s", seen)
		}
	}
}

// A word that is a password stands in answers for other reasons: taking it out would make a
// server wrong that is right.
func TestAnAnswerLosesOnlyWhatTellsASecret(t *testing.T) {
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, password, _ := r.BasicAuth()
		_, _ = fmt.Fprintf(w, `{"userName":"admin","echo":%q}`, password)
	}))
	defer target.Close()
	for password, shown := range map[string]bool{"admin": true, "s3cret-passw0rd": false} {
		c, err := Open(Way{Basic: &Basic{Username: "ada"}}, password, Trust{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		recorder := wire.NewRecorder(c.Token())
		client := &wire.Client{BaseURL: target.URL, Token: c.Token(), HTTP: &http.Client{Transport: recorder.Transport(c.Transport(target.URL, transportOf))}}
		answer, err := client.Do(t.Context(), wire.Request{Method: "GET"})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(answer.Body), password) != shown || !strings.Contains(string(answer.Body), `"userName":"admin"`) {
			t.Errorf("%s: %s", password, answer.Body)
		}
		kept, err := scim.Marshal(recorder.Exchanges()[0])
		if err != nil {
			t.Fatal(err)
		}
		if text := string(kept); strings.Contains(text, password) || !strings.Contains(text, `"Authorization":"Basic [hidden]"`) || !strings.Contains(text, `"user":"ada"`) {
			t.Errorf("the record: %s", text)
		}
	}
}
