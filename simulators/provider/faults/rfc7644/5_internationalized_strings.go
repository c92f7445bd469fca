package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// internationalizedStringsFaults violate features/rfc7644/5_internationalized_strings.feature.
func internationalizedStringsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-5-01", "a name that is letter by letter the same is another one", rewrite.PermitTwinsNamed("POST", rewrite.AnyName)},
		{"RFC7644-5-01", "a name in capital letters beyond ASCII is another one", rewrite.PermitTwinsNamed("POST", nameWith("ZOË"))},
		{"RFC7644-5-01", "a name with combining accents is another one", rewrite.PermitTwinsNamed("POST", nameWith("zoe\u0308"))},
		{"RFC7644-5-01", "a name in full-width letters is another one", rewrite.PermitTwinsNamed("POST", nameWith("ｚ"))},
		{"RFC7644-5-01", "a filter does not fold characters outside ASCII", rewrite.FindNobody(nameWith("ZOË"))},
		{"RFC7644-5-01", "a filter does not compose accents", rewrite.FindNobody(nameWith("zoe\u0308"))},
		{"RFC7644-5-01", "a filter does not find characters outside ASCII", rewrite.FindNobody(nameWith("zoë"))},
		{"RFC7644-5-01", "accents make no difference", accentsMakeNone()},
	}
}

func nameWith(part string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, part) }
}

// accentsMakeNone takes two names for one that differ in their accents.
func accentsMakeNone() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("POST", "/Users"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		name := rewrite.SentName(rewrite.BodyOf(r))
		if rewrite.UserByName(next, r, strings.Replace(name, "zoe-", "zoë-", 1)) != nil {
			return rewrite.Refusal(scim.UniquenessError("another User has this userName"))
		}
		return nil
	})
}
