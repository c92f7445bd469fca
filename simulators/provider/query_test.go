package provider_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func escape(s string) string { return url.QueryEscape(s) }

// house has four users, id-1 to id-4, and two groups, id-5 and id-6.
func house(t *testing.T) client {
	t.Helper()
	c := start(t, provider.Config{})
	c.createUser(`"userName":"anna","externalId":"X1","displayName":"Shared","title":"t","emails":[{"value":"a@x.example","type":"work"}]`)
	c.createUser(`"userName":"Bert","externalId":"x1","active":false,"emails":[{"value":"b@x.example","type":"home"},{"value":"b@y.example","type":"work"}]`)
	c.createUser(`"userName":"q\"uote\\","externalId":"X1","` + scim.EnterpriseURN + `":{"department":"D+1 & more=x"}`)
	c.createUser(`"userName":"\u00c4nne","name":{"familyName":"O'Malley"}`)
	c.createGroup(`"displayName":"Shared",` + member("id-1", "id-2"))
	c.createGroup(`"displayName":"Other"`)
	return c
}

func TestAFilterSelectsJustWhatMatches(t *testing.T) {
	c := house(t)
	for _, test := range []struct{ path, filter, want string }{
		{"/Users", `userName eq "ANNA"`, "id-1"},
		{"/Users", `USERNAME Eq "anna"`, "id-1"},
		{"/Users", `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "anna"`, "id-1"},
		{"/Users", `userName eq "q\"uote\\"`, "id-3"},
		{"/Users", `userName eq "a\u0308NNE"`, "id-4"},
		{"/Users", `userName eq "ann"`, ""},
		{"/Users", `userName eq ""`, ""},
		{"/Users", `userName eq "' OR '1'='1"`, ""},
		{"/Users", `externalId eq "X1"`, "id-1 id-3"},
		{"/Users", `externalId eq "x1"`, "id-2"},
		{"/Users", `id eq "id-3"`, "id-3"},
		{"/Users", `id eq "ID-3"`, ""},
		{"/Users", `id eq "id-5"`, ""},
		{"/Groups", `displayName eq "shared"`, "id-5"},
		{"/Groups", `members.value eq "id-2"`, "id-5"},
		{"/Users", `externalId eq "X1" and title pr`, "id-1"},
		{"/Users", `title pr and externalId eq "X1"`, "id-1"},
		{"/Users", `userName eq "anna" and externalId eq "x1"`, ""},
		{"/Users", `userName eq "bert" or userName eq "anna"`, "id-1 id-2"},
		{"/Users", `userName eq "bert" or externalId eq "x1"`, "id-2"},
		{"/Users", `userName eq "bert" or title pr`, "id-1 id-2"},
		{"/Users", `not (userName eq "bert")`, "id-1 id-3 id-4"},
		{"/Users", `userName ne "bert"`, "id-1 id-3 id-4"},
		{"/Users", `externalId eq null`, "id-4"},
		{"/Users", `externalId ne "X1"`, "id-2 id-4"},
		{"/Users", `active eq false`, "id-2"},
		{"/Users", `active eq true and userName co "n"`, "id-1 id-4"},
		{"/Users", `emails[type eq "work" and value ew "y.example"]`, "id-2"},
		{"/Users", `emails[type eq "home" and value ew "y.example"]`, ""},
		{"/Users", `emails co "x.example"`, "id-1 id-2"},
		{"/Users", `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "D+1 & more=x"`, "id-3"},
		{"/Users", `schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"`, "id-3"},
		{"/Users", `meta.created lt "2026-03-18T17:11:55.200+02:00" and name.familyName co "O'"`, "id-4"},
		{"/Users", `meta.resourceType eq "User" and meta.location ew "/Users/id-2"`, "id-2"},
		{"/Users", `groups.value eq "id-5"`, "id-1 id-2"},
		{"/", `meta.resourceType eq "Group"`, "id-5 id-6"},
		{"/", `displayName eq "shared"`, "id-1 id-5"},
		{"/", `userName eq "anna"`, "id-1"},
		{"/", `userName eq "anna" or displayName eq "other"`, "id-1 id-6"},
		{"/", `userName pr and active eq false`, "id-2"},
		{"/", `not (userName pr)`, "id-5 id-6"},
		{"/", `members pr or title pr`, "id-1 id-5"},
		{"/", `id eq "id-6"`, "id-6"},
	} {
		t.Run(test.path+" "+test.filter, func(t *testing.T) {
			c := client{t, c.Provider}
			if got := c.get(test.path + "?filter=" + escape(test.filter)).list("id"); got != test.want {
				t.Errorf("in the URL it finds %q, want %q", got, test.want)
			}
			body, err := scim.Marshal(scim.NewObject(
				scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}},
				scim.Member{Name: "filter", Value: test.filter}))
			if err != nil {
				t.Fatal(err)
			}
			path := strings.TrimSuffix(test.path, "/") + "/.search"
			if got := c.do(http.MethodPost, path, string(body)).list("id"); got != test.want {
				t.Errorf("as a search it finds %q, want %q", got, test.want)
			}
		})
	}
}

func TestAFilterThatMakesNoSenseIsRefusedAndNotDropped(t *testing.T) {
	c := house(t)
	for path, filters := range map[string][]string{
		"/Users": {
			``, ` `, `userName`, `userName eq`, `userName eq anna`, `userName like "a"`, `userName eq "a`, `(userName pr`,
			`active gt true`, `x509Certificates gt "a"`, `colour eq "red"`, `name eq "x"`, `userName eq "a" and`, `members pr`,
			`password eq "x"`, `userName eq 1`, strings.Repeat("(", 10000), strings.Repeat(`not (`, 1000) + `title pr` + strings.Repeat(")", 1000),
		},
		"/": {`colour eq "red"`, `userName eq "a" or colour pr`, `active gt true`, `password sw "x" or members pr`, `userName`},
	} {
		for _, filter := range filters {
			t.Run(path+" "+fmt.Sprintf("%.40s", filter), func(t *testing.T) {
				client{t, c.Provider}.get(path+"?filter="+escape(filter)).fails(http.StatusBadRequest, "invalidFilter")
			})
		}
	}
	t.Run("an escape that cannot be read", func(t *testing.T) {
		client{t, c.Provider}.get("/Users?filter=%zz").fails(http.StatusBadRequest, "invalidSyntax")
	})
	t.Run("a bare semicolon", func(t *testing.T) {
		client{t, c.Provider}.get(`/Users?filter=userName+eq+";"`).fails(http.StatusBadRequest, "invalidSyntax")
	})
	t.Run("two filters", func(t *testing.T) {
		client{t, c.Provider}.get("/Users?filter=title+pr&filter=userName+pr").fails(http.StatusBadRequest, "invalidValue")
	})
}

func TestPagingShowsTheWindowAskedFor(t *testing.T) {
	c := start(t, provider.Config{DefaultCount: 3, MaxResults: 5})
	for i := range 7 {
		c.createUser(fmt.Sprintf(`"userName":"u%d"`, i+1))
	}
	for query, want := range map[string]struct {
		names      string
		startIndex string
	}{
		"":                                {"u1 u2 u3", "1"},
		"startIndex=3&count=2":            {"u3 u4", "3"},
		"startIndex=6":                    {"u6 u7", "6"},
		"startIndex=8":                    {"", "8"},
		"startIndex=0&count=1":            {"u1", "1"},
		"startIndex=-5&count=1":           {"u1", "1"},
		"startIndex=99999999999999999999": {"", "9223372036854775807"},
		"count=0":                         {"", "1"},
		"count=-1":                        {"", "1"},
		"count=1000":                      {"u1 u2 u3 u4 u5", "1"},
		"count=99999999999999999999":      {"u1 u2 u3 u4 u5", "1"},
		"count=-99999999999999999999":     {"", "1"},
		"startIndex=2&count=2&unknown=1":  {"u2 u3", "2"},
		"startIndex=99999999999999999999&sortBy=userName": {"", "9223372036854775807"},
	} {
		for _, filter := range []string{"", "&filter=userName+pr"} {
			t.Run(query+filter, func(t *testing.T) {
				a := client{t, c.Provider}.get("/Users?" + query + filter)
				if got := a.list("userName"); got != want.names {
					t.Errorf("got %q, want %q", got, want.names)
				}
				a.has("totalResults", "7").has("startIndex", want.startIndex)
			})
		}
	}
	for _, query := range []string{"count=x", "startIndex=1.5", "count=", "startIndex=%20", "count=1&count=2"} {
		t.Run(query, func(t *testing.T) {
			client{t, c.Provider}.get("/Users?"+query).fails(http.StatusBadRequest, "invalidValue")
		})
	}
}

func TestWalkingThePagesMeetsEveryResourceOnce(t *testing.T) {
	c := start(t, provider.Config{})
	for i := range 25 {
		id := c.createUser(fmt.Sprintf(`"userName":"u%d","title":"same"`, i))
		if i%5 == 0 {
			c.do(http.MethodDelete, "/Users/"+id, "").expect(http.StatusNoContent)
		}
	}
	for _, query := range []string{"", "&sortBy=title", "&sortBy=title&sortOrder=descending", "&filter=title+pr"} {
		seen := map[string]bool{}
		for i := 1; i <= 20; i += 3 {
			for id := range strings.FieldsSeq(c.get(fmt.Sprintf("/Users?startIndex=%d&count=3%s", i, query)).list("id")) {
				if seen[id] {
					t.Errorf("%q shows %s twice", query, id)
				}
				seen[id] = true
			}
		}
		if len(seen) != 20 {
			t.Errorf("%q shows %d of 20", query, len(seen))
		}
	}
}

func TestNothingFoundIsAnEmptyList(t *testing.T) {
	c := start(t, provider.Config{})
	want := `{"schemas":["` + scim.ListResponseURN + `"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`
	if a := c.get("/Users").expect(http.StatusOK); a.raw != want {
		t.Errorf("got %s", a.raw)
	}
}

func TestTheWholeServerIsListedOnlyInMeasure(t *testing.T) {
	c := start(t, provider.Config{MaxResults: 5})
	for i := range 3 {
		c.createUser(fmt.Sprintf(`"userName":"u%d"`, i))
		c.createGroup(`"displayName":"g"`)
	}
	c.get("/").fails(http.StatusBadRequest, "tooMany")
	c.do(http.MethodPost, "/.search", `{"schemas":["`+scim.SearchRequestURN+`"]}`).fails(http.StatusBadRequest, "tooMany")
	if got := c.get("/?count=4&startIndex=2").has("totalResults", "6").list("meta.resourceType"); got != "Group User Group User" {
		t.Errorf("got %q", got)
	}
	c.get("/?filter=id+pr").has("totalResults", "6").expect(http.StatusOK)
	c.do(http.MethodDelete, "/Users/id-1", "").expect(http.StatusNoContent)
	if got := c.get("/").list("id"); got != "id-2 id-3 id-4 id-5 id-6" {
		t.Errorf("got %q", got)
	}
}

func TestASearchTakesAllParametersInTheBody(t *testing.T) {
	c := house(t)
	search := func(members string) reply {
		return c.do(http.MethodPost, "/Users/.search?filter=ignored", `{"schemas":["`+strings.ToUpper(scim.SearchRequestURN)+`"]`+members+`}`)
	}
	a := search(`,"filter":"userName pr","sortBy":"userName","sortOrder":"descending","startIndex":2,"count":2,"attributes":["userName","emails.value"]`)
	if got := a.has("totalResults", "4").has("Resources.1.emails.0", `{"value":"b@x.example"}`).list("userName"); got != `q\"uote\\ Bert` {
		t.Errorf("got %q", got)
	}
	search(`,"excludedAttributes":["emails"],"count":1,"filter":null`).has("Resources.0.emails", "").has("Resources.0.title", `"t"`)

	for members, scimType := range map[string]string{
		`,"filter":"userName"`:     "invalidFilter",
		`,"filter":true`:           "invalidValue",
		`,"filter":7`:              "invalidValue",
		`,"count":"10"`:            "invalidValue",
		`,"count":1.5`:             "invalidValue",
		`,"startIndex":[1]`:        "invalidValue",
		`,"attributes":"userName"`: "invalidValue",
		`,"attributes":[1]`:        "invalidValue",
		`,"sortBy":{}`:             "invalidValue",
		`,"attributes":["a"],"excludedAttributes":["b"]`: "invalidValue",
	} {
		search(members).fails(http.StatusBadRequest, scimType)
	}
	c.do(http.MethodPost, "/Users/.search", `{"filter":"userName pr"}`).fails(http.StatusBadRequest, "invalidSyntax")
	c.do(http.MethodPost, "/Users/.search", `[]`).fails(http.StatusBadRequest, "invalidSyntax")
	c.do(http.MethodPost, "/Users/.search", `{}`, "Content-Type", "text/plain").fails(http.StatusUnsupportedMediaType, "")
	c.get("/Users").expect(http.StatusOK)
}

func TestAnEmptyStringIsAValueThatCanBeFound(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"a","externalId":""`)
	c.createUser(`"userName":"b"`)
	if got := c.get("/Users?filter=" + escape(`externalId eq ""`)).list("userName"); got != "a" {
		t.Errorf("got %q", got)
	}
}
