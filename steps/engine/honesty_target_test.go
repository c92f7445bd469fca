package engine

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// Targets declare what they like; who keeps to it is honest.
func TestAnHonestTargetWithSchemasOfItsOwnRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	for name, kinds := range map[string][]*scim.ResourceType{
		"a few attributes and no groups":                  {fewAttributes()},
		"every characteristic that an attribute can have": {everyCharacteristic(), scim.GroupType()},
	} {
		t.Run(name, func(t *testing.T) {
			expectHonest(t, provider.Config{Types: kinds, NoBulk: true}, nil)
		})
	}
	t.Run("a required attribute and a required extension", func(t *testing.T) {
		demanding := scim.UserType()
		demanding.Schema.Attribute("displayName").Required = true
		demanding.Extensions[0].Required = true
		needs := scim.NewObject(
			scim.Member{Name: "displayName", Value: "Josue Brenes"},
			scim.Member{Name: scim.EnterpriseURN, Value: scim.NewObject(scim.Member{Name: "department", Value: "IT"})},
		)
		expectHonest(t, provider.Config{Types: []*scim.ResourceType{demanding, scim.GroupType()}}, needs)
	})
}

func fewAttributes() *scim.ResourceType {
	few := scim.UserType()
	few.Extensions = nil
	all := few.Schema.Attributes
	few.Schema.Attributes = nil
	for _, a := range all {
		if slices.Contains([]string{"userName", "displayName", "active", "emails"}, a.Name) {
			few.Schema.Attributes = append(few.Schema.Attributes, a)
		}
	}
	return few
}

func everyCharacteristic() *scim.ResourceType {
	user := scim.UserType()
	add := func(name string, kind scim.Type, change func(a *scim.Attribute)) {
		a := &scim.Attribute{Name: name, Type: kind}
		change(a)
		user.Schema.Attributes = append(user.Schema.Attributes, a)
	}
	add("badge", scim.String, func(a *scim.Attribute) {
		a.Mutability, a.CaseExact, a.Uniqueness = scim.Immutable, true, scim.ServerUnique
	})
	add("remark", scim.String, func(a *scim.Attribute) { a.Returned = scim.OnRequest })
	add("loginCount", scim.Integer, func(a *scim.Attribute) { a.Returned = scim.Always })
	add("rate", scim.Decimal, func(*scim.Attribute) {})
	add("hired", scim.DateTime, func(*scim.Attribute) {})
	add("tags", scim.String, func(a *scim.Attribute) { a.MultiValued = true })
	add("pin", scim.String, func(a *scim.Attribute) { a.Mutability, a.Returned = scim.WriteOnly, scim.Never })
	return user
}

// expectHonest judges a target at a URL by everything about discovery and schemas.
func expectHonest(t *testing.T, config provider.Config, needs *scim.Object) {
	t.Helper()
	config.BasePath, config.Authorize = "/scim", provider.BearerAuth("a-token")
	p, err := provider.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	defer server.Close()
	options := guideOptions(t)
	options.Target = judge.Target{Name: "a target", URL: server.URL + "/scim", Token: "a-token"}
	options.JournalDir, options.Fit.User, options.NoSweep = t.TempDir(), needs, true
	options.Only = aboutSchemas(t)
	result, err := Run(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for _, q := range result.Requirements {
		for _, e := range q.Examples {
			switch {
			case e.Verdict == report.Passed:
				passed++
			case e.Verdict != report.Unsupported && e.Verdict != report.Untested:
				t.Errorf("%s %s: %s: %s (want %s, got %s)", q.ID, e.Name, e.Verdict, e.Message, e.Want, e.Got)
			}
		}
	}
	if passed < 100 {
		t.Errorf("only %d examples passed", passed)
	}
	if len(result.LeftBehind) > 0 {
		t.Errorf("left behind: %s", result.LeftBehind)
	}
}

func aboutSchemas(t *testing.T) []string {
	t.Helper()
	all, err := features.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, q := range all {
		for _, section := range []string{"RFC7643-5-", "RFC7643-6-", "RFC7643-7-", "RFC7644-4-", "RFC7644-3.11-"} {
			if strings.HasPrefix(q.ID, section) && q.ID != "RFC7643-7-06" { // which is about a population of its own
				ids = append(ids, q.ID)
			}
		}
	}
	return ids
}
