package paging

import (
	"fmt"
	"testing"

	"github.com/simulate-duo/simulate-duo/fixtures/oracle"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

// The judge never calls an order wrong that the golden vectors call right.
func TestSortsOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	for _, v := range o.Sorts {
		t.Run(fmt.Sprintf("%s by %s, descending %t", v.Type, v.By, v.Descending), func(t *testing.T) {
			for i, tied := range v.Order {
				for _, later := range v.Order[i+1:] {
					for _, a := range tied {
						for _, b := range later {
							inOrder(t, v, a, keyIn(t, o, v, a), b, keyIn(t, o, v, b))
						}
					}
				}
			}
		})
	}
}

func keyIn(t *testing.T, o *scimtest.Oracle, v oracle.Sort, name string) sortKey {
	t.Helper()
	key, err := sortKeyOf(o.Type(t, v.Type), v.By, shownIn(t, o, v, name))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func shownIn(t *testing.T, o *scimtest.Oracle, v oracle.Sort, name string) *scim.Object {
	t.Helper()
	for _, r := range v.Also {
		if r.Name == name {
			return scimtest.Object(t, r.JSON)
		}
	}
	_, shown := o.Resource(t, name)
	return shown
}

// inOrder checks that a may stand before b.
func inOrder(t *testing.T, v oracle.Sort, a string, x sortKey, b string, y sortKey) {
	t.Helper()
	switch {
	case x.present && y.present:
		if n := x.compare(y); n > 0 && !v.Descending || n < 0 && v.Descending {
			t.Errorf("%s (%s) before %s (%s) is wrong for the judge: %s (%s)", a, x.text, b, y.text, v.Why, v.Section)
		}
	case x.present == v.Descending && x.present != y.present:
		t.Errorf("%s (%t) before %s (%t): %s (%s)", a, x.present, b, y.present, v.Why, v.Section)
	}
}
