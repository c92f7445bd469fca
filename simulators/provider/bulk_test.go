package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// inBulk sends operations, with members of the request before them.
func (c client) inBulk(members string, operations ...string) reply {
	c.t.Helper()
	return c.do(http.MethodPost, "/Bulk", `{"schemas":["`+scim.BulkRequestURN+`"],`+members+`"Operations":[`+strings.Join(operations, ",")+`]}`)
}

func post(endpoint, bulkID, data string) string {
	return fmt.Sprintf(`{"method":"POST","path":%q,"bulkId":%q,"data":%s}`, endpoint, bulkID, data)
}

// results are the statuses of the results, in their order.
func (a reply) results() string {
	a.t.Helper()
	a.expect(http.StatusOK).has("schemas", `["`+scim.BulkResponseURN+`"]`)
	var statuses []string
	for _, v := range a.body.Array("Operations") {
		statuses = append(statuses, v.(*scim.Object).String("status"))
	}
	return strings.Join(statuses, " ")
}

func (a reply) answered(want string) reply {
	a.t.Helper()
	if got := a.results(); got != want {
		a.t.Fatalf("results %s, want %s: %s", got, want, a.raw)
	}
	return a
}

func TestBulkPerformsEveryKindOfOperation(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim"})
	send := func(operations ...string) reply {
		return c.do(http.MethodPost, "/scim/Bulk", `{"schemas":["`+scim.BulkRequestURN+`"],"Operations":[`+strings.Join(operations, ",")+`]}`)
	}
	send(post("/Users", "a", user(`"userName":"a"`)), post("Users/", "b", user(`"userName":"b"`)), post("/Users", "c", user(`"userName":"c"`))).
		answered("201 201 201").
		has("Operations.0", `{"location":"http://example.com/scim/Users/id-1","method":"POST","bulkId":"a","version":"W/\"1\"","status":"201"}`)
	send(
		`{"method":"PUT","path":"/Users/id-1","version":"W/\"1\"","data":`+user(`"userName":"a2"`)+`}`,
		`{"method":"PATCH","path":"/Users/id-2","bulkId":"mine","data":`+patch(`{"op":"add","path":"title","value":"t"}`)+`}`,
		`{"method":"DELETE","path":"/Users/id-3"}`,
	).answered("200 200 204").
		has("Operations.0", `{"location":"http://example.com/scim/Users/id-1","method":"PUT","version":"W/\"2\"","status":"200"}`).
		has("Operations.1.bulkId", `"mine"`).
		has("Operations.2", `{"location":"http://example.com/scim/Users/id-3","method":"DELETE","status":"204"}`)
	if got := c.get("/scim/Users").list("userName"); got != "a2 b" {
		t.Errorf("users: %s", got)
	}
}

func TestBulkGoesOnAfterAFailureUnlessToldOtherwise(t *testing.T) {
	ok := func(name string) string { return post("/Users", name, user(`"userName":"`+name+`"`)) }
	wrong := `{"method":"DELETE","path":"/Users/none"}`
	for name, test := range map[string]struct{ failOnErrors, want string }{
		"without a limit":       {``, "201 404 201 404 201"},
		"null is no limit":      {`"failOnErrors":null,`, "201 404 201 404 201"},
		"one error":             {`"failOnErrors":1,`, "201 404"},
		"two errors":            {`"failOnErrors":2,`, "201 404 201 404"},
		"more errors than made": {`"failOnErrors":3,`, "201 404 201 404 201"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, provider.Config{})
			c.inBulk(test.failOnErrors, ok("a"), wrong, ok("b"), wrong, ok("c")).answered(test.want).
				has("Operations.1.location", `"http://example.com/Users/none"`).
				has("Operations.1.response.status", `"404"`)
			if got, want := c.Len("User"), strings.Count(test.want, "201"); got != want {
				t.Errorf("%d users, want %d", got, want)
			}
		})
	}
}

func TestWhatIsWrongWithAnOperationIsItsOwnResult(t *testing.T) {
	data := `,"data":` + user(`"userName":"x"`)
	for name, test := range map[string]struct{ operation, status, scimType string }{
		"no method":              {`{"path":"/Users","bulkId":"x"` + data + `}`, "400", "invalidValue"},
		"another method":         {`{"method":"GET","path":"/Users/id-1"}`, "400", "invalidValue"},
		"a method in lower case": {`{"method":"delete","path":"/Users/id-1"}`, "400", "invalidValue"},
		"no path":                {`{"method":"POST","bulkId":"x"` + data + `}`, "400", "invalidValue"},
		"a path with a query":    {`{"method":"POST","path":"/Users?x=y","bulkId":"x"` + data + `}`, "400", "invalidValue"},
		"a path with no escape":  {`{"method":"DELETE","path":"/Users/%zz"}`, "400", "invalidValue"},
		"POST on a resource":     {`{"method":"POST","path":"/Users/id-1","bulkId":"x"` + data + `}`, "400", "invalidValue"},
		"PUT on an endpoint":     {`{"method":"PUT","path":"/Users"` + data + `}`, "400", "invalidValue"},
		"POST without a bulkId":  {`{"method":"POST","path":"/Users"` + data + `}`, "400", "invalidValue"},
		"POST without data":      {`{"method":"POST","path":"/Users","bulkId":"x"}`, "400", "invalidValue"},
		"PATCH without data":     {`{"method":"PATCH","path":"/Users/id-1"}`, "400", "invalidValue"},
		"no such endpoint":       {post("/Rooms", "x", `{}`), "404", ""},
		"bulk in bulk":           {post("/Bulk", "x", `{}`), "404", ""},
		"a search":               {post("/Users/.search", "x", `{}`), "400", "invalidValue"},
		"no such resource":       {`{"method":"DELETE","path":"/Users/none"}`, "404", ""},
		"an unknown reference":   {post("/Groups", "x", group(`"displayName":"g",`+member("bulkId:y"))), "400", "invalidValue"},
		"a name that is taken":   {post("/Users", "x", user(`"userName":"u"`)), "409", "uniqueness"},
		"an invalid resource":    {post("/Users", "x", `{}`), "400", "invalidSyntax"},
		"a version before":       {`{"method":"DELETE","path":"/Users/id-1","version":"W/\"0\""}`, "412", ""},
		"a version of number":    {`{"method":"DELETE","path":"/Users/id-1","version":1}`, "400", "invalidValue"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, provider.Config{})
			id := c.createUser(`"userName":"u"`)
			a := c.inBulk("", test.operation, post("/Users", "next", user(`"userName":"next"`))).answered(test.status + " 201")
			a.has("Operations.0.response.status", `"`+test.status+`"`).has("Operations.0.response.schemas", `["`+scim.ErrorURN+`"]`)
			if test.scimType != "" {
				a.has("Operations.0.response.scimType", `"`+test.scimType+`"`)
			}
			c.get("/Users/"+id).has("userName", `"u"`).has("meta.version", `"W/\"1\""`)
		})
	}
}

func TestABulkIdServesOnlyOnce(t *testing.T) {
	c := start(t, provider.Config{})
	c.inBulk("", post("/Users", "x", user(`"userName":"a"`)), post("/Users", "x", user(`"userName":"b"`)),
		post("/Groups", "g", group(`"displayName":"g",`+member("bulkId:x")))).answered("201 400 201")
	c.get("/Groups/id-2").has("members.0.value", `"id-1"`)
}

func TestARequestThatIsNoBulkRequestAnswers400(t *testing.T) {
	c := start(t, provider.Config{})
	for name, body := range map[string]string{
		"no schemas":            `{"Operations":[` + post("/Users", "x", user(`"userName":"a"`)) + `]}`,
		"the schema of a list":  `{"schemas":["` + scim.ListResponseURN + `"],"Operations":[{}]}`,
		"no operations":         `{"schemas":["` + scim.BulkRequestURN + `"]}`,
		"an empty list":         `{"schemas":["` + scim.BulkRequestURN + `"],"Operations":[]}`,
		"an operation as text":  `{"schemas":["` + scim.BulkRequestURN + `"],"Operations":["DELETE"]}`,
		"failOnErrors as text":  `{"schemas":["` + scim.BulkRequestURN + `"],"failOnErrors":"1","Operations":[{}]}`,
		"failOnErrors of zero":  `{"schemas":["` + scim.BulkRequestURN + `"],"failOnErrors":0,"Operations":[{}]}`,
		"failOnErrors with a .": `{"schemas":["` + scim.BulkRequestURN + `"],"failOnErrors":1.5,"Operations":[{}]}`,
		"no JSON":               `[`,
	} {
		if a := c.do(http.MethodPost, "/Bulk", body); a.status != http.StatusBadRequest || c.Len("User") != 0 {
			t.Errorf("%s: status %d: %s", name, a.status, a.raw)
		}
	}
	c.get("/Bulk").fails(http.StatusMethodNotAllowed, "")
	c.do(http.MethodPost, "/Bulk/x", `{}`).fails(http.StatusNotFound, "")
}

func TestTheLimitsOfBulkAreHeldAndNamed(t *testing.T) {
	c := start(t, provider.Config{MaxOperations: 2, MaxPayload: 400})
	c.get("/ServiceProviderConfig").has("bulk", `{"supported":true,"maxOperations":2,"maxPayloadSize":400}`)
	drop := `{"method":"DELETE","path":"/Users/none"}`
	c.inBulk("", drop, drop).answered("404 404")
	c.inBulk("", drop, drop, drop).expect(http.StatusRequestEntityTooLarge).
		has("detail", `"the bulk request has more operations than maxOperations (2)"`)
	c.inBulk(strings.Repeat(" ", 400), drop).expect(http.StatusRequestEntityTooLarge).
		has("detail", `"the bulk request is larger than maxPayloadSize (400)"`)
}
