package wire

import "testing"

func TestTheIDIsTheLastThingInAnAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://scim.example.com/v2/Users/42":         "42",
		"Users/42":                                     "42",
		"https://example.com/Users/scim/Users/42":      "42",
		"https://scim.example.com/v2/Users/a%2Fb?x=/y": "a/b",
		"https://scim.example.com/v2/Groups/42":        "",
		"https://scim.example.com/v2/Users":            "",
		"https://scim.example.com/v2/Users/%zz":        "",
		"":                                             "",
	} {
		if id, ok := IDIn(address, "Users"); id != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", address, id, ok, want)
		}
	}
}
