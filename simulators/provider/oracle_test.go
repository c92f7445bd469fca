package provider_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/fixtures/oracle"
	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

// The golden vectors, asked over HTTP. Each resource has its name for an id.

// oracleServer is a provider that holds the resources of the vectors and more.
func oracleServer(t *testing.T, o *scimtest.Oracle, more ...oracle.Resource) client {
	t.Helper()
	all := slices.Concat(o.Resources, more)
	next := 0
	c := start(t, provider.Config{Types: o.Types, Now: scimtest.OracleTime, NewID: func() string { return all[next].Name }})
	for i, r := range all {
		next = i
		c.do(http.MethodPost, o.Type(t, r.Type).Endpoint, r.JSON).expect(http.StatusCreated)
	}
	return c
}

func address(t *testing.T, o *scimtest.Oracle, name string) (collection, resource string) {
	t.Helper()
	typ, _ := o.Resource(t, name)
	return typ.Endpoint, typ.Endpoint + "/" + name
}

// with is the same client in another test.
func (c client) with(t *testing.T) client {
	c.t = t
	return c
}

// isRefused says whether an answer is an error, which has to be a 400 with one of
// the scimTypes.
func (a reply) isRefused(t *testing.T, scimTypes ...string) bool {
	t.Helper()
	if a.status < 400 {
		return false
	}
	if a.status != http.StatusBadRequest || !slices.Contains(scimTypes, a.body.String("scimType")) {
		t.Errorf("got %d %s, want 400 with one of %q", a.status, a.raw, scimTypes)
	}
	return true
}

func ids(list *scim.Object) []string {
	var all []string
	for _, v := range list.Array("Resources") {
		o, _ := v.(*scim.Object)
		all = append(all, o.String("id"))
	}
	return all
}

func TestFiltersOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	c := oracleServer(t, o)
	for _, v := range o.Filters {
		t.Run(v.On+" "+v.Filter, func(t *testing.T) {
			collection, _ := address(t, o, v.On)
			answer := c.with(t).do(http.MethodGet, collection+"?filter="+url.QueryEscape(v.Filter), "")
			got := oracle.Other
			switch {
			case answer.isRefused(t, "invalidFilter"):
				got = oracle.Refused
			case slices.Contains(ids(answer.body), v.On):
				got = oracle.Match
			}
			if got != v.Is && (v.Is != oracle.Never || got == oracle.Match) {
				t.Errorf("it is %q, want %q: %s (%s)", got, v.Is, v.Why, v.Section)
			}
		})
	}
}

func TestPatchesOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	for _, v := range o.Patches {
		t.Run(v.On+" "+v.Body, func(t *testing.T) {
			c := oracleServer(t, o)
			_, resource := address(t, o, v.On)
			before := c.do(http.MethodGet, resource, "").expect(http.StatusOK).body
			answer := c.do(http.MethodPatch, resource, v.Body)
			after := c.do(http.MethodGet, resource, "").expect(http.StatusOK).body
			want := before
			switch refused := answer.isRefused(t, v.ScimTypes()...); {
			case !refused && v.After == "":
				t.Fatalf("it succeeds, want %s: %s (%s)", v.Refused, v.Why, v.Section)
			case !refused:
				want = scimtest.After(t, before, v.After)
				if !scim.Equal(answer.body, after) {
					t.Errorf("the answer shows  %s\na read shows      %s", answer.raw, scimtest.JSON(t, after))
				}
			}
			if got, want := scimtest.Comparable(t, after), scimtest.Comparable(t, want); got != want {
				t.Errorf("%s (%s)\ngot  %s\nwant %s", v.Why, v.Section, got, want)
			}
		})
	}
}

func TestPathsOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	c := oracleServer(t, o)
	for _, v := range o.Paths {
		t.Run(v.Path, func(t *testing.T) {
			path, _ := scim.Marshal(v.Path)
			answer := c.with(t).do(http.MethodPatch, "/Users/mini", patch(fmt.Sprintf(`{"op":"remove","path":%s}`, path)))
			names := answer.status < 400 || answer.body.String("scimType") == "mutability"
			if names != (v.Parts != nil && v.Known()) {
				t.Errorf("got %d %s: %s (%s)", answer.status, answer.raw, v.Why, v.Section)
			}
			if v.Parts == nil {
				answer.isRefused(t, strings.Fields(v.Refused)...)
			}
		})
	}
}

func TestSortsOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	for _, v := range o.Sorts {
		t.Run(fmt.Sprintf("%s by %s, descending %t", v.Type, v.By, v.Descending), func(t *testing.T) {
			for i := range v.Also {
				v.Also[i].Type = v.Type
			}
			c := oracleServer(t, o, v.Also...)
			query := url.Values{"sortBy": {v.By}}
			if v.Descending {
				query.Set("sortOrder", "descending")
			}
			answer := c.do(http.MethodGet, o.Type(t, v.Type).Endpoint+"?"+query.Encode(), "").expect(http.StatusOK)
			got := ids(answer.body)
			for _, tied := range v.Order {
				at := slices.IndexFunc(got, func(id string) bool { return slices.Contains(slices.Concat(v.Order...), id) })
				for range tied {
					if !slices.Contains(tied, got[at]) {
						t.Fatalf("got %v, want %v: %s (%s)", ids(answer.body), v.Order, v.Why, v.Section)
					}
					got = slices.Delete(got, at, at+1)
					at = slices.IndexFunc(got, func(id string) bool { return slices.Contains(slices.Concat(v.Order...), id) })
				}
			}
		})
	}
}

func TestProjectionsOfTheOracle(t *testing.T) {
	o := scimtest.LoadOracle(t)
	c := oracleServer(t, o)
	for _, v := range o.Projections {
		t.Run(v.On+" "+v.Attributes+v.Excluded, func(t *testing.T) {
			c := c.with(t)
			_, resource := address(t, o, v.On)
			all := leaves("", c.do(http.MethodGet, resource, "").expect(http.StatusOK).body)
			query := url.Values{"attributes": {v.Attributes}}
			if v.Attributes == "" {
				query = url.Values{"excludedAttributes": {v.Excluded}}
			}
			got := leaves("", c.do(http.MethodGet, resource+"?"+query.Encode(), "").expect(http.StatusOK).body)
			want := slices.DeleteFunc(slices.Clone(all), func(leaf string) bool {
				if v.Attributes != "" {
					return !isWithin(leaf, v.Shows)
				}
				return isWithin(leaf, v.Hides)
			})
			if !slices.Equal(got, want) {
				t.Errorf("%s (%s)\ngot  %q\nwant %q", v.Why, v.Section, got, want)
			}
		})
	}
}

// leaves lists the paths of all simple values, once and in order. The prefix ends
// with its separator.
func leaves(prefix string, v any) []string {
	var all []string
	switch v := v.(type) {
	case *scim.Object:
		for name, part := range v.All() {
			separator := "."
			if strings.HasPrefix(name, "urn:") {
				separator = ":"
			}
			all = append(all, leaves(prefix+name+separator, part)...)
		}
	case []any:
		for _, part := range v {
			all = append(all, leaves(prefix, part)...)
		}
	default:
		all = []string{prefix[:len(prefix)-1]}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isWithin says whether a path is one of the names or a part of it.
func isWithin(leaf string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		rest, ok := strings.CutPrefix(leaf, name)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == ':')
	})
}
