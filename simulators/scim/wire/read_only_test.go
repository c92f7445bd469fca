package wire

import "testing"

func TestWhetherARequestChangesNothing(t *testing.T) {
	for _, c := range []struct {
		method, url string
		want        bool
	}{
		{"GET", "/Users", true}, {"HEAD", "/Users/1", true}, {"OPTIONS", "/", true}, {"TRACE", "/", true},
		{"POST", "/Users/.search", true}, {"POST", "https://example.com/scim/.search?x=/y", true},
		{"POST", "/Users", false}, {"POST", "/Users?next=/.search", false}, {"POST", "/Users%2F.search", false}, {"POST", "/Users/x.search", false},
		{"PUT", "/Users/.search", false}, {"PATCH", "/Users/1", false}, {"DELETE", "/Users/1", false}, {"get", "/Users", false}, {"", "", false},
	} {
		if got := ReadOnly(c.method, c.url); got != c.want {
			t.Errorf("%s %s: %v, want %v", c.method, c.url, got, c.want)
		}
	}
}
