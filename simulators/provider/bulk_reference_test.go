package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestAReferenceIsReplacedByTheIdWhereverItStands(t *testing.T) {
	manager := func(id string) string {
		return `"` + scim.EnterpriseURN + `":{"manager":{"value":"` + id + `"}}`
	}
	alice := post("/Users", "alice", user(`"userName":"alice"`))
	for name, test := range map[string]struct {
		operations         []string
		results            string
		read, path, result string // "ALICE" stands for Alice's id
	}{
		"in a member, after the user":   {[]string{alice, post("/Groups", "g", group(`"displayName":"g",`+member("bulkId:alice")))}, "201 201", "/Groups/id-3", "members.0.value", "ALICE"},
		"in a member, before the user":  {[]string{post("/Groups", "g", group(`"displayName":"g",`+member("bulkId:alice"))), alice}, "201 201", "/Groups/id-3", "members.0.value", "ALICE"},
		"in the manager of a user":      {[]string{post("/Users", "b", user(`"userName":"b",`+manager("bulkId:alice"))), alice}, "201 201", "/Users/id-3", scim.EnterpriseURN + "/manager.value", "ALICE"},
		"in the path of a PUT":          {[]string{alice, `{"method":"PUT","path":"/Users/bulkId:alice","data":` + user(`"userName":"alice2"`) + `}`}, "201 200", "/Users/id-2", "userName", "alice2"},
		"in a path before the creation": {[]string{`{"method":"PUT","path":"/Users/bulkId:alice","data":` + user(`"userName":"alice2"`) + `}`, alice}, "200 201", "/Users/id-2", "userName", "alice2"},
		"in the value of a PATCH":       {[]string{`{"method":"PATCH","path":"/Groups/id-1","data":` + patch(`{"op":"add","path":"members","value":[{"value":"bulkId:alice"}]}`) + `}`, alice}, "200 201", "/Groups/id-1", "members.0.value", "ALICE"},
		"in the filter of a PATCH": {[]string{alice, `{"method":"PATCH","path":"/Groups/id-1","data":` + patch(`{"op":"add","path":"members","value":[{"value":"bulkId:alice"}]}`) + `}`,
			`{"method":"PATCH","path":"/Groups/id-1","data":` + patch(`{"op":"remove","path":"members[value eq \"bulkId:alice\"]"}`) + `}`}, "201 200 200", "/Groups/id-1", "members", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, provider.Config{})
			c.createGroup(`"displayName":"old"`)
			c.inBulk("", test.operations...).answered(test.results)
			want := test.result
			if want != "" {
				want = `"` + strings.Replace(want, "ALICE", "id-2", 1) + `"`
			}
			c.get(test.read).expect(http.StatusOK).has(test.path, want)
		})
	}
}

func TestAnOperationThatRefersToAFailedCreationFails(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"taken"`)
	c.inBulk("",
		post("/Groups", "g", group(`"displayName":"g",`+member("bulkId:u"))),
		post("/Users", "u", user(`"userName":"taken"`)),
		`{"method":"DELETE","path":"/Users/bulkId:u"}`,
		`{"method":"DELETE","path":"/Users/bulkId:nobody"}`,
	).answered("409 409 409 404")
	if c.Len("Group") != 0 || c.Len("User") != 1 {
		t.Errorf("%d groups, %d users", c.Len("Group"), c.Len("User"))
	}
}

func TestOperationsOnOneResourceKeepTheirOrder(t *testing.T) {
	c := start(t, provider.Config{})
	g := c.createGroup(`"displayName":"g"`)
	operation := func(op string) string {
		return `{"method":"PATCH","path":"/Groups/` + g + `","data":` + patch(op) + `}`
	}
	c.inBulk("",
		operation(`{"op":"add","path":"members","value":[{"value":"bulkId:u"}]}`),
		operation(`{"op":"remove","path":"members"}`),
		post("/Users", "u", user(`"userName":"u"`)),
	).answered("200 200 201")
	c.get("/Groups/"+g).has("members", "")
}

func TestResourcesThatReferToOneAnotherAreCreatedTogether(t *testing.T) {
	c := start(t, provider.Config{})
	circle := func(name, next string) string {
		return post("/Groups", name, group(`"displayName":"`+name+`","members":[{"value":"bulkId:`+next+`"},{"value":"bulkId:u"}]`))
	}
	c.inBulk("", circle("a", "b"), circle("b", "c"), circle("c", "a"), circle("self", "self"), post("/Users", "u", user(`"userName":"u"`))).
		answered("201 201 201 201 201").
		has("Operations.0.version", `"W/\"2\""`)
	for _, group := range c.Snapshot("Group") {
		next := map[string]string{"a": "b", "b": "c", "c": "a", "self": "self"}[group.String("displayName")]
		first := group.Array("members")[0].(*scim.Object)
		if got := first.String("display"); got != next || len(group.Array("members")) != 2 {
			t.Errorf("%s has the member %s, want %s", group.String("displayName"), got, next)
		}
	}
}

func TestOfResourcesThatReferToOneAnotherAllAreCreatedOrNone(t *testing.T) {
	for name, test := range map[string]struct {
		operations []string
		want       string
	}{
		"one of them is invalid": {[]string{
			post("/Groups", "a", group(`"displayName":"a",`+member("bulkId:b"))),
			post("/Groups", "b", group(member("bulkId:a"))),
			`{"method":"DELETE","path":"/Groups/bulkId:a"}`}, "409 400 409"},
		"one of them refers to nothing": {[]string{
			post("/Groups", "a", group(`"displayName":"a",`+member("bulkId:b"))),
			post("/Groups", "b", group(`"displayName":"b","members":[{"value":"bulkId:a"},{"value":"bulkId:nobody"}]`))}, "409 400"},
		"one of them refers to a creation that failed": {[]string{
			post("/Groups", "a", group(`"displayName":"a",`+member("bulkId:b"))),
			post("/Groups", "b", group(`"displayName":"b","members":[{"value":"bulkId:a"},{"value":"bulkId:u"}]`)),
			post("/Users", "u", user(`"nickName":"nameless"`))}, "409 409 400"},
		"one of them is of no type": {[]string{
			post("/Rooms", "a", group(member("bulkId:b"))),
			post("/Groups", "b", group(`"displayName":"b",`+member("bulkId:a")))}, "404 409"},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, provider.Config{})
			c.inBulk("", test.operations...).answered(test.want)
			if c.Len("Group")+c.Len("User") != 0 {
				t.Errorf("something was created: %v", c.Snapshot("Group"))
			}
		})
	}
}

// A hostile request in which everything refers to everything costs little.
func TestALongChainOfReferencesIsDoneInTime(t *testing.T) {
	c := start(t, provider.Config{NewID: uuid.NewString})
	const n = 1000
	operations := make([]string, n)
	for i := range operations {
		operations[i] = post("/Groups", fmt.Sprint(i), group(fmt.Sprintf(`"displayName":"g%d",%s`, i, member(fmt.Sprintf("bulkId:%d", (i+1)%n)))))
	}
	c.inBulk("", operations...).answered(strings.TrimSuffix(strings.Repeat("201 ", n), " "))
	c.inBulk("", operations[:n-1]...).answered(strings.TrimSuffix(strings.Repeat("409 ", n-2)+"400", " "))
}

func FuzzBulk(f *testing.F) {
	f.Add(post("/Users", "a", user(`"userName":"a"`)) + "," + post("/Groups", "b", group(`"displayName":"b",`+member("bulkId:a"))))
	f.Add(post("/Groups", "a", group(`"displayName":"a",`+member("bulkId:b"))) + "," + post("/Groups", "b", group(`"displayName":"b",`+member("bulkId:a"))))
	f.Add(`{"method":"PATCH","path":"/Groups/id-1","data":` + patch(`{"op":"remove","path":"members[value eq \"bulkId:a\"]"}`) + `}`)
	f.Add(`{"method":"DELETE","path":"/Groups/bulkId:a","version":"*"}`)
	f.Fuzz(func(t *testing.T, operations string) {
		c := start(t, provider.Config{})
		c.createGroup(`"displayName":"g"`)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/Bulk",
			strings.NewReader(`{"schemas":["`+scim.BulkRequestURN+`"],"Operations":[`+operations+`]}`))
		r.Header.Set("Content-Type", "application/scim+json")
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), `"status":"5`) {
			t.Fatalf("an operation failed within: %s", w.Body)
		}
		c.get("/").expect(http.StatusOK)
	})
}
