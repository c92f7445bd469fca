package variations

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
)

// meVariations are the permitted ways to have the alias.
func meVariations() []Variation {
	return []Variation{
		{"/Me is the user who asks", "RFC 7644 section 3.11", rewrite.ServeMe(func(*rewrite.Answer, string) {})},
		{"/Me redirects to the user who asks", "RFC 7644 section 3.11", rewrite.ServeMe(func(a *rewrite.Answer, location string) {
			*a = rewrite.Answer{Status: http.StatusPermanentRedirect, Header: http.Header{"Location": {location}}}
		})},
	}
}
