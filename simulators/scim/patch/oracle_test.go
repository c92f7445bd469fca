package patch_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestPatchesOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	for _, v := range o.Patches {
		t.Run(v.On+" "+v.Body, func(t *testing.T) {
			typ, before := o.Resource(t, v.On)
			got, changed, err := applied(typ, before, scimtest.Object(t, v.Body))
			if err != nil {
				var e *scim.Error
				if !errors.As(err, &e) || !slices.Contains(v.ScimTypes(), e.ScimType) {
					t.Errorf("got %v, want %s%s: %s (%s)", err, v.After, v.Refused, v.Why, v.Section)
				}
				return
			}
			if v.After == "" {
				t.Fatalf("it succeeds, want %s: %s (%s)", v.Refused, v.Why, v.Section)
			}
			want := scimtest.After(t, before, v.After)
			if got, want := scimtest.Comparable(t, got), scimtest.Comparable(t, want); got != want {
				t.Errorf("%s (%s)\ngot  %s\nwant %s", v.Why, v.Section, got, want)
			}
			if v.After == "{}" && changed && scimtest.Comparable(t, got) != scimtest.Comparable(t, before) {
				t.Error("it says that the resource changed")
			}
		})
	}
}

func applied(typ *scim.ResourceType, before, body *scim.Object) (*scim.Object, bool, error) {
	ops, err := patch.Parse(body)
	if err != nil {
		return nil, false, err
	}
	return patch.Apply(typ, before, ops)
}
