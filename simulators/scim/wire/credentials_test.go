package wire

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
)

// What the shell makes of the credentials is what was sent.
func TestTheShellMakesTheSameCredentials(t *testing.T) {
	const token = "aBc-1234-xyZ"
	for written, want := range map[string]string{
		"Bearer {token}x":                      "Bearer aBc-1234-xyZx",
		"Bearer {token cut short}":             "Bearer aBc-1234-xy",
		"Bearer {token beginning} {token end}": "Bearer aBc-12 34-xyZ",
		"Bearer {token in another case}":       "Bearer AbC-1234-XYz",
		"Basic {token}":                        "Basic aBc-1234-xyZ",
		"Bearer ' OR '1'='1":                   "Bearer ' OR '1'='1",
		"{token}":                              token,
		"Bearer a {brace} that means nothing":  "Bearer a {brace} that means nothing",
		"Bearer {token unheard of}":            "Bearer {token unheard of}",
	} {
		t.Run(written, func(t *testing.T) {
			c := exec.CommandContext(t.Context(), "sh", "-c", "printf %s "+Form{}.shellField("Authorization", written))
			c.Env = append(c.Environ(), "SCIM_TOKEN="+token)
			if got, err := c.Output(); err != nil || string(got) != "Authorization: "+want {
				t.Errorf("got %q, %v; want %q", got, err, want)
			}
			literals, parts := SplitCredentials(written)
			var b strings.Builder
			for i, literal := range literals {
				b.WriteString(literal)
				if i < len(parts) {
					b.WriteString(parts[i].Make(token))
				}
			}
			if b.String() != want {
				t.Errorf("made %q, want %q", b.String(), want)
			}
		})
	}
}

func TestARecordedWrongTokenIsRepeatedAsThatKindOfToken(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	recorder := NewRecorder("aBc-1234-xyZ")
	r, err := http.NewRequestWithContext(WithCredentials(t.Context(), "Bearer {token cut short}"), http.MethodGet, server.URL+"/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer aBc-1234-xy")
	answer, err := recorder.Transport(nil).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	x := only(t, recorder)
	data, err := x.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var read Exchange
	if err := read.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	for _, e := range []*Exchange{x, &read} {
		if curl := e.Curl(); !strings.Contains(curl, `-H 'Authorization: Bearer '"${SCIM_TOKEN%?}"`) || strings.Contains(curl, "aBc") {
			t.Error(curl)
		}
	}
	if strings.Contains(string(data), "1234") {
		t.Errorf("the token shows: %s", data)
	}
}

func TestATokenInAnAddressIsTakenFromTheEnvironment(t *testing.T) {
	e := &Exchange{Method: http.MethodGet, URL: "http://example.com/Users/1?access_token=[hidden]"}
	if curl := e.Curl(); !strings.Contains(curl, `'http://example.com/Users/1?access_token='"$SCIM_TOKEN"`) {
		t.Error(curl)
	}
}
