package wire

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckBaseURL(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"a path", "https://api.sse.cisco.com/identity/v2/scim", "https://api.sse.cisco.com/identity/v2/scim"},
		{"slashes at the end", "https://host/scim//", "https://host/scim"},
		{"no path", "http://host/", "http://host"},
		{"white space around it", " https://host/scim\n", "https://host/scim"},
		{"a port and an IPv6 address", "http://[::1]:8080/scim", "http://[::1]:8080/scim"},
		{"an encoded slash at the end is part of the path", "https://host/a%2F/", "https://host/a%2F"},
		{"the scheme in capitals", "HTTPS://host", "https://host"},
	} {
		t.Run("good: "+c.name, func(t *testing.T) {
			u, err := CheckBaseURL(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			if got := u.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	for _, c := range []struct{ name, raw, want string }{
		{"empty", " ", "empty: it looks like https://"},
		{"no scheme", "host/scim", "has to begin with https://"},
		{"host and port alone", "host:8080", "has to begin with https://"},
		{"another scheme", "ldap://host", "has to begin with https://"},
		{"no slashes", "https:host", "has to begin with https://"},
		{"no host", "https:///scim", "has no host"},
		{"a scheme alone", "https://", "has no host"},
		{"port 0", "https://host:0", "not within 1 to 65535"},
		{"a port too high", "https://host:65536", "not within 1 to 65535"},
		{"a port that is no number", "https://host:http", "cannot be read"},
		{"a query", "https://host/scim?tenant=1", "has a query"},
		{"an empty query", "https://host/scim?", "has a query"},
		{"a fragment", "https://host/scim#/users", "has a fragment"},
		{"an empty fragment", "https://host/scim#", "has a fragment"},
		{"a user and a password", "https://me:hunter2@host/scim", "remove it, the token is given apart"},
		{"a password in what cannot be read", "https://me:hunter2@ho st/scim", "cannot be read"},
		{"a password in a broken port", "https://me:hunter2@host:x/", "cannot be read"},
		{"a broken escape", "https://host/%zz", "cannot be read"},
		{"control characters", "https://host/\x1b[2J", "cannot be read"},
	} {
		t.Run("bad: "+c.name, func(t *testing.T) {
			u, err := CheckBaseURL(c.raw)
			if err == nil {
				t.Fatalf("accepted as %s", u)
			}
			var transport *TransportError
			if !errors.As(err, &transport) || transport.Kind != BadURL {
				t.Errorf("%T is no TransportError of kind BadURL", err)
			}
			if text := err.Error(); !strings.Contains(text, c.want) || strings.Contains(text, "hunter2") || strings.ContainsRune(text, '\x1b') {
				t.Errorf("the error is %q, want %q", text, c.want)
			}
		})
	}
}

func FuzzCheckBaseURL(f *testing.F) {
	f.Add("https://host/scim", "a/b")
	f.Add("http://[::1]:80//", "..")
	f.Fuzz(func(t *testing.T, raw, id string) {
		u, err := CheckBaseURL(raw)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r\x1b") {
				t.Errorf("%q is more than a line of text", err.Error())
			}
			return
		}
		if target := resourceURL(u, []string{"Users", id}, [][2]string{{"a", id}}); !strings.HasPrefix(target, u.Scheme+"://"+u.Host) {
			t.Errorf("%q and %q lead to %q", raw, id, target)
		}
	})
}
