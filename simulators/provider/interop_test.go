package provider_test

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

const newUser = `"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada"`

func TestTheInteroperabilityProfileRefusesWhatIsNotDefined(t *testing.T) {
	c := start(t, provider.Config{Interop: true})
	for name, body := range map[string]string{
		"an attribute":                 `{` + newUser + `,"shoeSize":42}`,
		"a part of an attribute":       `{` + newUser + `,"name":{"nick":"A"}}`,
		"a part of an element":         `{` + newUser + `,"emails":[{"value":"a@example.com","verified":true}]}`,
		"an extension":                 `{` + newUser + `,"urn:example:X":{"a":1}}`,
		"a schema":                     `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:example:X"],"userName":"ada"}`,
		"an attribute of an extension": `{` + newUser + `,"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"shoeSize":42}}`,
		"a password":                   `{` + newUser + `,"password":"1mz050nq"}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := c.do(http.MethodPost, "/Users", body)
			if r.status != http.StatusBadRequest || r.body.String("scimType") != "invalidSyntax" {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
	if r := c.do(http.MethodGet, "/Users", ""); r.body == nil || len(r.body.Array("Resources")) != 0 {
		t.Errorf("something was stored: %s", r.raw)
	}
}

func TestTheInteroperabilityProfileWantsPathsThatAreDefined(t *testing.T) {
	c := start(t, provider.Config{Interop: true})
	c.do(http.MethodPost, "/Users", `{`+newUser+`,"displayName":"Ada"}`)
	for name, operation := range map[string]string{
		"no path":                    `{"op":"replace","value":{"displayName":"B"}}`,
		"an attribute":               `{"op":"replace","path":"shoeSize","value":42}`,
		"a part of an attribute":     `{"op":"replace","path":"name.nick","value":"B"}`,
		"a part within the value":    `{"op":"replace","path":"name","value":{"nick":"B"}}`,
		"a part within an element":   `{"op":"add","path":"emails","value":[{"verified":true}]}`,
		"an extension":               `{"op":"add","path":"urn:example:X:a","value":"B"}`,
		"an attribute behind others": `{"op":"replace","path":"displayName","value":"B"},{"op":"add","path":"shoeSize","value":42}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := c.do(http.MethodPatch, "/Users/id-1", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`+operation+`]}`)
			if r.status != http.StatusBadRequest || r.body.String("scimType") != "invalidSyntax" {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
	if r := c.do(http.MethodGet, "/Users/id-1", ""); r.body.String("displayName") != "Ada" {
		t.Errorf("the user was changed: %s", r.raw)
	}
}

func TestAReplacedComplexAttributeKeepsNothingUnderTheInteroperabilityProfile(t *testing.T) {
	for _, interop := range []bool{false, true} {
		c := start(t, provider.Config{Interop: interop})
		c.do(http.MethodPost, "/Users", `{`+newUser+`,"name":{"givenName":"Ada","familyName":"Byron"}}`)
		r := c.do(http.MethodPatch, "/Users/id-1", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
			"Operations":[{"op":"replace","path":"name","value":{"familyName":"King"}}]}`)
		kept := r.body.Object("name").String("givenName") == "Ada"
		if kept == interop || r.body.Object("name").String("familyName") != "King" {
			t.Errorf("interop %v: %s", interop, r.raw)
		}
	}
}

func TestAProviderClaimsTheProfileOnlyIfItKeepsIt(t *testing.T) {
	for _, interop := range []bool{false, true} {
		r := start(t, provider.Config{Interop: interop}).do(http.MethodGet, "/ServiceProviderConfig", "")
		if claim, _ := r.body.Get("interopProfileConformant"); (claim == true) != interop {
			t.Errorf("interop %v: %s", interop, r.raw)
		}
	}
}
