package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestACreationAnswers201WithTheWholeResource(t *testing.T) {
	c := start(t, provider.Config{})
	a := c.do(http.MethodPost, "/Users", user(`"userName":"Bjensen","externalId":"x-1","name":{"givenName":"Barbara"}`)).expect(http.StatusCreated)
	want := `{"schemas":["` + scim.UserURN + `"],"id":"id-1","userName":"Bjensen","externalId":"x-1",` +
		`"name":{"givenName":"Barbara"},"active":true,` +
		`"meta":{"resourceType":"User","created":"2026-03-18T15:11:55.123Z","lastModified":"2026-03-18T15:11:55.123Z",` +
		`"location":"http://example.com/Users/id-1","version":"W/\"1\""}}`
	if a.raw != want {
		t.Errorf("got  %s\nwant %s", a.raw, want)
	}
	if a.header.Get("Location") != "http://example.com/Users/id-1" || a.header.Get("ETag") != `W/"1"` {
		t.Errorf("headers: %v", a.header)
	}
	if read := c.get("/Users/id-1"); read.raw != want {
		t.Errorf("GET answers something else: %s", read.raw)
	}
}

func TestAddressesAreBuiltFromTheRequestAlone(t *testing.T) {
	c := start(t, provider.Config{BasePath: "/scim"})
	forged := []string{"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "gopher", "Forwarded", "host=evil.example"}
	a := c.do(http.MethodPost, "https://good.example:8443/scim/Users", user(`"userName":"u"`), forged...)
	a.expect(http.StatusCreated).has("meta.location", `"https://good.example:8443/scim/Users/id-1"`)
}

func TestWhatTheClientMayNotWriteIsIgnoredInACreation(t *testing.T) {
	c := start(t, provider.Config{})
	a := c.do(http.MethodPost, "/Users", user(`"id":"mine","userName":"u","groups":[{"value":"g"}],"favouriteColour":"red",`+
		`"meta":{"resourceType":"Robot","created":"1999-01-01T00:00:00Z"},"urn:example:unknown":{"a":1},"title":null,"roles":[]`))
	a.expect(http.StatusCreated).
		has("id", `"id-1"`).
		has("meta.resourceType", `"User"`).
		has("meta.created", `"2026-03-18T15:11:55.123Z"`)
	for _, name := range []string{"groups", "favouriteColour", "urn:example:unknown", "title", "roles"} {
		a.has(name, "")
	}
}

func TestACreationThatBreaksTheSchemaIsRefused(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"Taken"`)
	for name, test := range map[string]struct {
		endpoint, body string
		status         int
		scimType       string
	}{
		"a user without userName":           {"/Users", user(`"displayName":"d"`), 400, "invalidValue"},
		"an empty userName":                 {"/Users", user(`"userName":""`), 400, "invalidValue"},
		"a blank userName":                  {"/Users", user(`"userName":"  "`), 400, "invalidValue"},
		"a userName that is a number":       {"/Users", user(`"userName":1`), 400, "invalidValue"},
		"active as a string":                {"/Users", user(`"userName":"u","active":"True"`), 400, "invalidValue"},
		"name as a string":                  {"/Users", user(`"userName":"u","name":"U"`), 400, "invalidValue"},
		"two primary addresses":             {"/Users", user(`"userName":"u","emails":[{"value":"a","primary":true},{"value":"b","primary":true}]`), 400, "invalidValue"},
		"a country in words":                {"/Users", user(`"userName":"u","addresses":[{"country":"Germany"}]`), 400, "invalidValue"},
		"a group without displayName":       {"/Groups", group(`"members":[]`), 400, "invalidValue"},
		"a user at the endpoint of groups":  {"/Groups", user(`"userName":"u"`), 400, "invalidValue"},
		"a userName that is taken":          {"/Users", user(`"userName":"Taken"`), 409, "uniqueness"},
		"a userName taken in another case":  {"/Users", user(`"userName":"tAKEN"`), 409, "uniqueness"},
		"a userName taken in another width": {"/Users", user(`"userName":"Ｔａｋｅｎ"`), 409, "uniqueness"},
	} {
		t.Run(name, func(t *testing.T) {
			client{t, c.Provider}.do(http.MethodPost, test.endpoint, test.body).fails(test.status, test.scimType)
		})
	}
	if c.Len("User") != 1 || c.Len("Group") != 0 {
		t.Error("a refused creation left something behind")
	}
}

func TestValuesThatNeedNotBeUniqueMayRepeat(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"a","externalId":"same","displayName":"same"`)
	c.createUser(`"userName":"b","externalId":"same","displayName":"same"`)
	c.createGroup(`"displayName":"same"`)
	c.createGroup(`"displayName":"same"`)
}

func TestSchemasNameJustTheExtensionsThatHaveValues(t *testing.T) {
	c := start(t, provider.Config{})
	both := `"schemas":["` + scim.EnterpriseURN + `","` + strings.ToUpper(scim.UserURN) + `"],`
	a := c.do(http.MethodPost, "/Users", `{`+both+`"userName":"a"}`).expect(http.StatusCreated)
	a.has("schemas", `["`+scim.UserURN+`"]`)
	a = c.do(http.MethodPost, "/Users", user(`"userName":"b","`+strings.ToUpper(scim.EnterpriseURN)+`":{"department":"d"}`)).expect(http.StatusCreated)
	a.has("schemas", `["`+scim.UserURN+`","`+scim.EnterpriseURN+`"]`).has(scim.EnterpriseURN+"/department", `"d"`)
}

func TestAPasswordIsAcceptedAndSeenNowhere(t *testing.T) {
	const password = "correct horse"
	c := start(t, provider.Config{})
	answers := []reply{
		c.do(http.MethodPost, "/Users?attributes=password", user(`"userName":"u","password":"`+password+`"`)),
		c.do(http.MethodPut, "/Users/id-1", user(`"userName":"u","password":"`+password+`"`)),
		c.patch("/Users/id-1", `{"op":"replace","path":"password","value":"`+password+`"}`),
		c.get("/Users/id-1?attributes=password,userName"),
		c.get("/Users"),
		c.do(http.MethodPost, "/.search", `{"schemas":["`+scim.SearchRequestURN+`"],"attributes":["password"]}`),
	}
	for i, a := range answers {
		if a.status >= 300 || strings.Contains(a.raw, "password") || strings.Contains(a.raw, password) {
			t.Errorf("answer %d: %d %s", i, a.status, a.raw)
		}
	}
	if s := c.Snapshot("User")[0]; strings.Contains(at(s, "password"), password) {
		t.Error("the password is kept")
	}
	for _, filter := range []string{`password eq "` + password + `"`, `password sw "c"`, `password pr`, `not (password co "x")`} {
		c.get("/Users?filter="+escape(filter)).fails(http.StatusBadRequest, "invalidFilter")
	}
}

func TestValuesAreKeptInTheFormThatTheStandardRecommends(t *testing.T) {
	c := start(t, provider.Config{})
	a := c.do(http.MethodPost, "/Users", user(`"userName":"u","emails":[`+
		`{"value":"Bob@EXAMPLE.Com","type":"work"},{"value":"Bob@example.com","type":"work"},`+
		`{"value":"Bob@example.com","type":"home"},{"value":"no address"}],`+
		`"ims":[{"value":"Bob Jensen"}],"phoneNumbers":[{"type":"work","display":"a"},{"type":"work","display":"b"}],"addresses":[{"country":"DE"},{"country":"us"}]`))
	a.expect(http.StatusCreated).
		has("emails.0.value", `"Bob@example.com"`).
		has("emails.1.type", `"home"`).
		has("emails.2.value", `"no address"`).
		has("emails.3", "").
		has("ims.0.value", `"bobjensen"`).
		has("phoneNumbers.1.display", `"b"`). // without a value they are not known to be the same
		has("addresses.1.country", `"us"`)
}

func TestTextSurvivesByteForByte(t *testing.T) {
	c := start(t, provider.Config{})
	text := "\u00e9 e\u0301 \u4f60\u597d \U0001f600 <&> \u2028 O'Malley \\ \" \n"
	data, err := scim.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	c.createUser(`"userName":"u","externalId":` + string(data))
	if got := c.Snapshot("User")[0].String("externalId"); got != text {
		t.Errorf("got %q", got)
	}
	c.get("/Users/id-1").has("externalId", string(data))
}

func TestAResourceThatIsNotAdmittedIsRefused(t *testing.T) {
	c := start(t, provider.Config{Admit: func(t *scim.ResourceType, count int) *scim.Error {
		if t.Name == "Group" && count == 1 {
			return scim.Forbidden("one group is enough")
		}
		return nil
	}})
	id := c.createGroup(`"displayName":"a"`)
	c.createUser(`"userName":"u"`)
	c.do(http.MethodPost, "/Groups", group(`"displayName":"b"`)).fails(http.StatusForbidden, "")
	c.do(http.MethodDelete, "/Groups/"+id, "").expect(http.StatusNoContent)
	c.createGroup(`"displayName":"b"`)
}

func TestAnIdIsNeverGivenTwice(t *testing.T) {
	c := start(t, provider.Config{NewID: func() string { return "same" }})
	c.createUser(`"userName":"a"`)
	c.do(http.MethodPost, "/Groups", group(`"displayName":"g"`)).fails(http.StatusInternalServerError, "")
}

func TestByDefaultIdsAreRandomAndTimeIsNow(t *testing.T) {
	p, err := provider.New(provider.Config{})
	if err != nil {
		t.Fatal(err)
	}
	c := client{t, p}
	before := time.Now().Add(-time.Second)
	a, b := c.createUser(`"userName":"a"`), c.createUser(`"userName":"b"`)
	if a == b || len(a) != 36 {
		t.Errorf("ids %q and %q", a, b)
	}
	created, err := time.Parse(time.RFC3339, strings.Trim(at(c.get("/Users/"+a).body, "meta.created"), `"`))
	if err != nil || created.Before(before) || created.After(time.Now()) {
		t.Errorf("created %v, %v", created, err)
	}
}
