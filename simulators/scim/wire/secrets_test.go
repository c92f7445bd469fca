package wire

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestHideFindsWhatAnEllipsisLeftOfASecret(t *testing.T) {
	var s Secrets
	s.Add("abcdefgh/ijkl")
	for in, want := range map[string]string{
		"got abcd…":             "got [hidden]…",
		`got "abcdefgh%2…" end`: `got "[hidden]…" end`,
		"got abc…":              "got abc…", // too little to protect
		"got abcdx…":            "got abcdx…",
		"got abcdefgh":          "got abcdefgh",
	} {
		if got := s.Hide(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestHideFindsEveryForm(t *testing.T) {
	const secret = `tok/en+"q\é 😀%41&<=`
	jsonForm, err := scim.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string]string{
		"as it is":                       secret,
		"as a query value":               url.QueryEscape(secret),
		"as a path segment":              url.PathEscape(secret),
		"by RFC 3986":                    escape(secret, ""),
		"percent-encoded in lower case":  strings.ToLower(escape(secret, "")),
		"every byte percent-encoded":     percent(secret),
		"in JSON":                        strings.Trim(string(jsonForm), `"`),
		"in JSON with ASCII alone":       `tok\/en+\"q\\\u00e9 \uD83D\ude00%41\u0026\u003c=`,
		"in a mixture":                   `tok%2Fen+\"q%5c\u00E9%20😀%2541&<%3d`,
		"with a text around it":          "…" + secret + "…",
		"twice in a row":                 secret + secret,
		"behind the beginning of itself": "tok" + secret,
	} {
		t.Run(name, func(t *testing.T) {
			var s Secrets
			s.Add(" " + secret + "\n")
			got := s.Hide("before " + form + " after")
			rest := strings.ReplaceAll(got, hidden, "")
			for _, known := range []string{"before ", " after", "…", "tok"} {
				rest = strings.ReplaceAll(rest, known, "")
			}
			if rest != "" || !strings.Contains(got, hidden) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestHideFindsBase64(t *testing.T) {
	const secret = "s3cr3t-t0k3n>?~"
	var s Secrets
	s.Add(secret)
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 4 {
			for behind := range 4 {
				text := encoding.EncodeToString([]byte(strings.Repeat("u", before) + secret + strings.Repeat("v", behind)))
				got := s.Hide(text)
				// What is left is decided by the neighbours as much as by the secret.
				if rest := strings.ReplaceAll(got, hidden, ""); !strings.Contains(got, hidden) || len(rest) > 14 {
					t.Errorf("%d bytes before and %d behind: %s became %s", before, behind, text, got)
				}
				if escaped := url.QueryEscape(text); !strings.Contains(s.Hide(escaped), hidden) {
					t.Errorf("not found in %s", escaped)
				}
			}
		}
	}
}

func TestHideLeavesOtherTextsAlone(t *testing.T) {
	var s Secrets
	for _, secret := range []string{"", " ", "abc", "s3cr3t-t0k3n"} {
		s.Add(secret)
	}
	for _, text := range []string{"", "abc", "s3cr3t-t0k3", "S3CR3T-T0K3N", "%", `\`, "%73", `\u0073`, "s3cr3t-t0k3\xff"} {
		if got := s.Hide(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestHideOfTwoSecretsTakesTheLonger(t *testing.T) {
	var s Secrets
	s.Add("token")
	s.Add("token-of-the-root")
	if got := s.Hide("token-of-the-root token"); got != "[hidden] [hidden]" {
		t.Errorf("got %q", got)
	}
}

func TestHideHeader(t *testing.T) {
	var s Secrets
	s.Add("s3cr3t-t0k3n")
	for _, c := range []struct{ name, value, want string }{
		{"Authorization", "Bearer s3cr3t-t0k3n", "Bearer [hidden]"},
		{"Authorization", "bearer of another token", "bearer [hidden]"},
		{"Authorization", "Basic dXNlcjpwYXNz", "Basic [hidden]"},
		{"Authorization", "unknown-token", "[hidden]"},
		{"Authorization", "unknown token", "[hidden]"},
		{"Proxy-Authorization", "Basic dXNlcjpwYXNz", "Basic [hidden]"},
		{"Cookie", "session=1", "[hidden]"},
		{"Set-Cookie", "session=1; HttpOnly", "[hidden]"},
		{"set-cookie", "session=1", "[hidden]"},
		{"Location", "https://host/?t=s3cr3t-t0k3n", "https://host/?t=[hidden]"},
		{"Www-Authenticate", `Bearer realm="SCIM"`, `Bearer realm="SCIM"`},
	} {
		t.Run(c.name+" "+c.value, func(t *testing.T) {
			h := http.Header{c.name: {c.value}}
			if got := s.HideHeader(h)[c.name][0]; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if h[c.name][0] != c.value {
				t.Error("the header itself was changed")
			}
		})
	}
}

func TestHideBodyThatWasCut(t *testing.T) {
	const secret = "s3cr3t/t0k3n"
	var s Secrets
	s.Add(secret)
	for _, form := range []string{secret, escape(secret, ""), `s3cr3t\/t0k3n`, `\u00733cr3t\u002ft0k3n`} {
		for n := range len(form) {
			got := string(s.HideBody([]byte("text "+form[:n]), true))
			if strings.Contains(got, "3cr3") {
				t.Errorf("%q became %q", form[:n], got)
			}
		}
	}
	if got := string(s.HideBody([]byte("text s3cr3t"), false)); got != "text s3cr3t" {
		t.Errorf("a body that is complete became %q", got)
	}
}

func FuzzHide(f *testing.F) {
	f.Add("s3cr3t-t0k3n", "a%20b", `\u00`)
	f.Add("%25%25%2525", "%", "25")
	f.Add(`\\\\"""`, `\`, `"`)
	f.Fuzz(func(t *testing.T, secret, before, behind string) {
		secret = strings.TrimSpace(secret)
		if len(secret) < minSecret || len(secret) > 64 || strings.ContainsAny(secret, hidden) {
			t.Skip("no secret, or one that is in the replacement")
		}
		var s Secrets
		s.Add(secret)
		for _, form := range []string{secret, escape(secret, ""), percent(secret), url.QueryEscape(secret)} {
			if got := s.Hide(before + form + behind); strings.Contains(got, secret) {
				t.Errorf("%q still holds %q", got, secret)
			}
			s.HideBody([]byte(before+form[:len(form)-1]), true)
		}
	})
}
