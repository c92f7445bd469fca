package patch_test

import (
	"fmt"
	"log"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

func ExampleApply() {
	request, err := scim.ParseObject([]byte(`{
		"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
		"Operations": [
			{"op": "replace", "path": "name.familyName", "value": "King"},
			{"op": "remove", "path": "emails[type eq \"home\"]"}
		]
	}`))
	if err != nil {
		log.Fatal(err)
	}
	operations, err := patch.Parse(request)
	if err != nil {
		log.Fatal(err)
	}
	before, err := scim.ParseObject([]byte(`{
		"userName": "ada",
		"name": {"givenName": "Ada", "familyName": "Byron"},
		"emails": [{"type": "home", "value": "ada@home.example"}, {"type": "work", "value": "ada@example.com"}]
	}`))
	if err != nil {
		log.Fatal(err)
	}
	after, changed, err := patch.Apply(scim.UserType(), before, operations)
	if err != nil {
		log.Fatal(err)
	}
	text, err := scim.Marshal(after)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(changed, string(text))
	fmt.Println("before:", before.Object("name").String("familyName"))
	// Output:
	// true {"userName":"ada","name":{"givenName":"Ada","familyName":"King"},"emails":[{"type":"work","value":"ada@example.com"}]}
	// before: Byron
}
