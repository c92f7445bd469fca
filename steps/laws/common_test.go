package laws

import (
	"net/url"
	"testing"
)

func TestWhetherAClientGetsToAnAddressIsToldWithoutGoingThere(t *testing.T) {
	for _, c := range []struct {
		base, location string
		may            bool
	}{
		{"https://scim.example.com/v2", "https://scim.example.com/v2/Users/1", true},
		{"https://scim.example.com/v2", "https://SCIM.example.com/v2/Users/1", true},
		{"https://scim.example.com/v2", "https://tenant-7.example.com/Users/1", true},
		{"https://scim.example.com/v2", "http://scim.example.com/v2/Users/1", false},
		{"https://scim.example.com/v2", "https://scim.example.com:8443/v2/Users/1", false},
		{"https://scim.example.com/v2", "http://localhost:8080/Users/1", false},
		{"https://scim.example.com/v2", "http://10.0.0.7/Users/1", false},
		{"https://scim.example.com/v2", "http://[fd00::7]/Users/1", false},
		{"https://scim.example.com/v2", "http://169.254.169.254/Users/1", false},
		{"https://scim.example.com/v2", "http://scim-backend:8080/Users/1", false},
		{"https://scim.example.com/v2", "https://scim.internal/Users/1", false},
		{"http://127.0.0.1:49153/scim", "http://127.0.0.1:49153/scim/Users/1", true},
		{"http://127.0.0.1:49153/scim", "http://127.0.0.1:8080/scim/Users/1", false},
		{"http://127.0.0.1:49153/scim", "http://localhost:8080/scim/Users/1", false},
	} {
		u, err := url.Parse(c.location)
		if err != nil {
			t.Fatal(err)
		}
		if got := mayReach(c.base, u); got != c.may {
			t.Errorf("from %s to %s: %v", c.base, c.location, got)
		}
	}
}
