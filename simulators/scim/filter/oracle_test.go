package filter_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/fixtures/oracle"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestFiltersOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	for _, v := range o.Filters {
		t.Run(v.On+" "+v.Filter, func(t *testing.T) {
			typ, resource := o.Resource(t, v.On)
			got, err := verdict(v.Filter, typ, resource)
			if err != nil {
				scimtest.WantRefusal(t, err, "invalidFilter", "")
			}
			if got != v.Is && (v.Is != oracle.Never || got == oracle.Match) {
				t.Errorf("it is %q (%v), want %q: %s (%s)", got, err, v.Is, v.Why, v.Section)
			}
		})
	}
}

func verdict(text string, typ *scim.ResourceType, resource *scim.Object) (oracle.Verdict, error) {
	f, err := filter.Parse(text, typ)
	if err == nil {
		err = filter.Check(f, typ)
	}
	switch {
	case err != nil:
		return oracle.Refused, err
	case filter.Match(f, typ, resource):
		return oracle.Match, nil
	}
	return oracle.Other, nil
}

func TestPathsOfTheOracle(t *testing.T) {
	user := scim.UserType()
	for _, v := range scimtest.LoadOracle(t).Paths {
		t.Run(v.Path, func(t *testing.T) {
			path, err := filter.ParsePath(v.Path, user)
			if v.Parts == nil {
				wantOneOf(t, err, strings.Fields(v.Refused))
				return
			}
			if err != nil {
				t.Fatalf("%v: %s (%s)", err, v.Why, v.Section)
			}
			got := oracle.Parts{URN: path.URN, Attribute: path.Attr, Sub: path.Sub, Filter: path.Filter != nil}
			if got != *v.Parts {
				t.Errorf("got  %+v\nwant %+v", got, *v.Parts)
			}
			if _, known := filter.Resolve(user, path); known != v.Known() {
				t.Errorf("it names something in the schemas: %t, want %t: %s (%s)", known, v.Known(), v.Why, v.Section)
			}
		})
	}
}

func wantOneOf(t *testing.T, err error, scimTypes []string) {
	t.Helper()
	var e *scim.Error
	if !errors.As(err, &e) || !slices.Contains(scimTypes, e.ScimType) {
		t.Errorf("got %v, want one of %q", err, scimTypes)
	}
}
