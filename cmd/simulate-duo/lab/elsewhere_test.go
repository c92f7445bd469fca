package lab

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func TestWhatOthersWouldSend(t *testing.T) {
	const patch = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	for _, c := range []struct{ name, method, path, body, act, want string }{
		{"connect", "GET", "/Users?count=1", "", "test the connection", "non-existent-user"},
		{"find a user", "GET", "/Users?filter=userName+eq+%22ada%22", "", "look up a user", `GET /Users?filter=userName eq "ada"&startIndex=1&count=100`},
		{"create a user", "POST", "/Users", `{"userName":"ada"}`, "create a user", `"userName": "ada"`},
		{"deactivate", "PATCH", "/Users/7", patch + `{"op":"replace","path":"active","value":false}]}`, "deactivate a user", `"value": "False"`},
		{"deactivate without a path", "PATCH", "/Users/7", patch + `{"op":"replace","value":{"active":false}}]}`, "deactivate a user", "PATCH /Users/7"},
		{"deactivate by PUT", "PUT", "/Users/7", `{"userName":"ada","active":false}`, "deactivate a user", "PATCH /Users/7"},
		{"change", "PATCH", "/Users/7", patch + `{"op":"replace","path":"title","value":"Chief"}]}`, "change an attribute of a user", `"path": "title"`},
		{"clear", "PATCH", "/Users/7", patch + `{"op":"remove","path":"title"}]}`, "clear an attribute of a user", `"op": "Remove"`},
		{"join", "PATCH", "/Groups/9", patch + `{"op":"add","path":"members","value":[{"value":"u1"}]}]}`, "add a member to a group", `"value": "u1"`},
		{"leave", "PATCH", "/Groups/9", patch + `{"op":"remove","path":"members[value eq \"u1\"]"}]}`, "remove a member from a group", `"path": "members[value eq \"u1\"]"`},
		{"rename", "PATCH", "/Groups/9", patch + `{"op":"replace","path":"displayName","value":"Crew"}]}`, "rename a group", `"value": "Crew"`},
		{"delete", "DELETE", "/Users/7", "", "delete a user", "DELETE /Users/7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := elsewhere(Exchange{Exchange: &wire.Exchange{Method: c.method, RequestBody: []byte(c.body)}, Path: c.path})
			if len(pages) != 1 || pages[0].Act != c.act {
				t.Fatalf("%+v", pages)
			}
			var sent strings.Builder
			for _, s := range pages[0].Sayings {
				sent.WriteString(s.Sent)
				if s.Evidence == "" || (s.Sent == "") == (s.None == "") {
					t.Errorf("%+v", s)
				}
			}
			if !strings.Contains(sent.String(), c.want) {
				t.Errorf("no %s in\n%s", c.want, &sent)
			}
		})
	}
	if pages := elsewhere(Exchange{Exchange: &wire.Exchange{Method: "GET"}, Path: "/Schemas"}); pages != nil {
		t.Errorf("%+v", pages)
	}
}

func TestTheWireShowsWhatOthersWouldSend(t *testing.T) {
	_, v, _ := followed(t, Options{})
	v.want(v.get("/wire/4"), "What would Entra ID, Okta and others send here?", "To create a user", "authentik", "confirmed: goauthentik/authentik", "Auth0")
}
