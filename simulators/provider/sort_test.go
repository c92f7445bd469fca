package provider_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestSortingFollowsTheTypeOfTheAttribute(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"b","title":"Zoe","externalId":"b","emails":[{"value":"z@x"},{"value":"a@x","primary":true}]`)
	c.createUser(`"userName":"C","title":"adam","externalId":"B","active":false,"emails":[{"value":"m@x"},{"value":"b@x"}]`)
	c.createUser(`"userName":"a","externalId":"a","name":{"familyName":"É"},"` + scim.EnterpriseURN + `":{"department":"d"}`)
	c.createUser(`"userName":"D","title":"ZOE","name":{"familyName":"e"}`)
	for query, want := range map[string]string{
		"sortBy=userName":                                   "a b C D",
		"sortBy=userName&sortOrder=ascending":               "a b C D",
		"sortBy=USERNAME&sortOrder=Descending":              "D C b a",
		"sortBy=externalId":                                 "C a b D", // case-exact: capitals first, what has no value last
		"sortBy=externalId&sortOrder=descending":            "D b a C",
		"sortBy=title":                                      "C b D a", // equal values in the order of their creation
		"sortBy=title&sortOrder=descending":                 "a b D C",
		"sortBy=active":                                     "C b a D",
		"sortBy=emails":                                     "b C a D", // the primary, else the first
		"sortBy=emails.value":                               "b C a D",
		"sortBy=name.familyName":                            "D a b C",
		"sortBy=id&sortOrder=descending":                    "D a C b",
		"sortBy=meta.lastModified":                          "b C a D",
		"sortBy=" + scim.EnterpriseURN + ":department":      "a b C D",
		"sortBy=title&filter=title+pr&startIndex=2&count=1": "b",
	} {
		t.Run(query, func(t *testing.T) {
			if got := (client{t, c.Provider}).get("/Users?" + query).list("userName"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	for _, query := range []string{"sortBy=colour", "sortBy=name", "sortBy=password", "sortBy=a..b", "sortBy=emails[type+eq+%22x%22]",
		"sortBy=" + scim.EnterpriseURN, "sortBy=userName&sortOrder=upwards"} {
		t.Run(query, func(t *testing.T) {
			client{t, c.Provider}.get("/Users?"+query).fails(http.StatusBadRequest, "invalidValue")
		})
	}
}

func TestSortingTheWholeServerPutsTypesWithoutTheAttributeLast(t *testing.T) {
	c := start(t, provider.Config{})
	c.createGroup(`"displayName":"m"`)
	c.createUser(`"userName":"z","displayName":"a"`)
	c.createUser(`"userName":"y","displayName":"n"`)
	if got := c.get("/?sortBy=userName").list("id"); got != "id-3 id-2 id-1" {
		t.Errorf("got %q", got)
	}
	if got := c.get("/?sortBy=displayName").list("id"); got != "id-2 id-1 id-3" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersAndTimesSortByWhatTheyMean(t *testing.T) {
	c := start(t, provider.Config{Types: []*scim.ResourceType{{
		ID: "Room", Name: "Room", Endpoint: "/Rooms",
		Schema: &scim.Schema{ID: "urn:example:Room", Attributes: []*scim.Attribute{
			{Name: "number", Type: scim.Integer}, {Name: "area", Type: scim.Decimal}, {Name: "built", Type: scim.DateTime},
		}},
	}}})
	_, err := c.Load("Room", []*scim.Object{
		room("10", "2.5", "2020-01-01T00:00:00+02:00"),
		room("9", "1e1", "2019-12-31T23:00:00Z"),
		room("-1", "9.75", "2020-01-01T00:00:00Z"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for by, want := range map[string]string{"number": "id-3 id-2 id-1", "area": "id-1 id-3 id-2", "built": "id-1 id-2 id-3"} {
		if got := c.get("/Rooms?sortBy=" + by).list("id"); got != want {
			t.Errorf("by %s: got %q, want %q", by, got, want)
		}
	}
}

func room(number, area, built string) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{"urn:example:Room"}},
		scim.Member{Name: "number", Value: json.Number(number)},
		scim.Member{Name: "area", Value: json.Number(area)},
		scim.Member{Name: "built", Value: built},
	)
}
