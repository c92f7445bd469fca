package wire

import (
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

func TestCurl(t *testing.T) {
	full := http.Header{"Accept": {"application/scim+json"}, "User-Agent": {"simulate-duo"}}
	for _, c := range []struct {
		name string
		e    Exchange
		want string
	}{
		{
			"a query is one quoted word and GET goes without saying",
			Exchange{Method: "GET", URL: "https://host/Users?filter=userName%20eq%20%22x%22&count=1", RequestHeader: full},
			`curl -i 'https://host/Users?filter=userName%20eq%20%22x%22&count=1' -H 'Accept: application/scim+json' -H 'User-Agent: simulate-duo'`,
		},
		{
			"the token is read from the environment",
			Exchange{Method: "DELETE", URL: "https://host/Users/7", RequestHeader: http.Header{
				"Accept": {"a"}, "User-Agent": {"u"}, "Authorization": {"Bearer [hidden]"},
			}},
			`curl -i -X DELETE https://host/Users/7 -H 'Accept: a' -H "Authorization: Bearer $SCIM_TOKEN" -H 'User-Agent: u'`,
		},
		{
			"headers that curl would add are switched off",
			Exchange{Method: "PUT", URL: "https://host/", RequestBody: []byte("{}")},
			`curl -i -X PUT https://host/ -H Accept: -H User-Agent: -H Content-Type: --data-raw '{}'`,
		},
		{
			"HEAD has an option of its own",
			Exchange{Method: "HEAD", URL: "https://host/", RequestHeader: full},
			`curl -i --head https://host/ -H 'Accept: application/scim+json' -H 'User-Agent: simulate-duo'`,
		},
		{
			"brackets are not patterns and dots are not removed",
			Exchange{Method: "GET", URL: "http://[::1]/a/../b", RequestHeader: full},
			`curl -i --globoff --path-as-is 'http://[::1]/a/../b' -H 'Accept: application/scim+json' -H 'User-Agent: simulate-duo'`,
		},
		{
			"other credentials stay hidden",
			Exchange{Method: "GET", URL: "u", RequestHeader: http.Header{"Accept": {"a"}, "User-Agent": {"u"}, "Authorization": {"Basic dTpw"}, "Cookie": {"s=1"}}},
			`curl -i u -H 'Accept: a' -H 'Authorization: Basic [hidden]' -H 'Cookie: [hidden]' -H 'User-Agent: u'`,
		},
		{
			"bytes that no argument can hold come from printf",
			Exchange{Method: "POST", URL: "u", RequestHeader: http.Header{"Accept": {"a"}, "User-Agent": {"u"}, "Content-Type": {"c"}}, RequestBody: []byte("100% \x00\xff\\'")},
			`printf '100%% \000\377\134'\''' | curl -i -X POST u -H 'Accept: a' -H 'Content-Type: c' -H 'User-Agent: u' --data-binary @-`,
		},
		{
			"a body that was cut is called so",
			Exchange{Method: "POST", URL: "u", RequestHeader: http.Header{"Accept": {"a"}, "User-Agent": {"u"}, "Content-Type": {"c"}}, RequestBody: []byte("{"), RequestTruncated: true},
			`curl -i -X POST u -H 'Accept: a' -H 'Content-Type: c' -H 'User-Agent: u' --data-raw '{' # the body is cut after 1 bytes`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.e.Curl(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestCurlInAShell lets a shell split the command and looks at what arrives.
func TestCurlInAShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no POSIX shell here")
	}
	const body = "{\"displayName\": \"O'Hara $HOME `id` \\n \\\\ \"}\n!"
	for _, c := range []struct{ name, body, option, value string }{
		{"a body of text is an argument", body, "--data-raw", body},
		{"other bytes are on standard input", body + "\x00%s\r\xff", "--data-binary", "@-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := Exchange{
				Method: "POST", URL: "https://host/Users/a'b$(id)?x=1&y=2",
				RequestHeader: http.Header{"Authorization": {"Bearer [hidden]"}, "X-Test": {`it's "$HOME"`}, "X-Empty": {""}},
				RequestBody:   []byte(c.body),
			}
			// Each argument ends with \001, then standard input follows.
			script := "curl() { for a in \"$@\"; do printf '%s\\001' \"$a\"; done; cat; }\n" + e.Curl()
			cmd := exec.CommandContext(t.Context(), sh, "-c", script)
			cmd.Env = []string{"SCIM_TOKEN=s3cret token", "PATH=/usr/bin:/bin"}
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			words := strings.Split(string(out), "\x01")
			want := []string{
				"-i", "-X", "POST", e.URL,
				"-H", "Authorization: Bearer s3cret token", "-H", "X-Empty;", "-H", `X-Test: it's "$HOME"`,
				"-H", "Accept:", "-H", "User-Agent:", "-H", "Content-Type:", c.option, c.value,
			}
			stdin := ""
			if c.value == "@-" {
				stdin = c.body
			}
			want = append(want, stdin)
			if len(words) != len(want) {
				t.Fatalf("got %q\nwant %q", words, want)
			}
			for i := range want {
				if words[i] != want[i] {
					t.Errorf("word %d is %q, want %q", i, words[i], want[i])
				}
			}
		})
	}
}
