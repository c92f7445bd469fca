package draft

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// objectsIn are the objects in a list.
func objectsIn(list []any) []*scim.Object {
	var all []*scim.Object
	for _, v := range list {
		if o, ok := v.(*scim.Object); ok {
			all = append(all, o)
		}
	}
	return all
}

// listed are the resources in the last answer, which has to be a list with some.
func (w *World) listed() ([]*scim.Object, error) {
	if w.Last == nil {
		return nil, fmt.Errorf("nothing was asked")
	}
	all, err := judge.ResourcesIn(w.TheRequest(), w.Last)
	return all, w.Missed(err)
}

func (w *World) eachHasTheSame(name, other string) error {
	all, err := w.listed()
	if err != nil {
		return err
	}
	for _, o := range all {
		want := o.String(other)
		if err := w.ExpectThat(want != "" && o.String(name) == want, fmt.Sprintf("%s of the resource with the %s %q", name, other, want),
			other, judge.QuotedOrNone(o.String(name))); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) noEndpointTwice() error {
	all, err := w.listed()
	if err != nil {
		return err
	}
	owner := map[string]string{}
	for _, o := range all {
		endpoint := strings.ToLower(strings.Trim(o.String("endpoint"), "/"))
		if endpoint == "" {
			return w.ExpectThat(false, "the endpoint of the resource type "+o.String("name"), "an endpoint", "none")
		}
		if err := w.ExpectThat(owner[endpoint] == "", "the endpoint of the resource type "+o.String("name"),
			"one of its own", "that of "+owner[endpoint]+", /"+endpoint); err != nil {
			return err
		}
		owner[endpoint] = o.String("name")
	}
	return nil
}

// eachListsItsTypes looks at the schemas of resources. Those of the discovery endpoints describe no
// provisioning: their words are the standard's own.
func (w *World) eachListsItsTypes() error {
	all, err := w.listed()
	if err != nil {
		return err
	}
	w.Asserted(1)
	for _, schema := range all {
		switch schema.String("id") {
		case scim.ServiceProviderConfigURN, scim.ResourceTypeURN, scim.SchemaURN:
			continue
		}
		for _, attribute := range objectsIn(schema.Array("attributes")) {
			if err := w.listsItsTypes(schema.String("id"), attribute); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *World) listsItsTypes(schema string, attribute *scim.Object) error {
	if many, _ := attribute.Get("multiValued"); many != true {
		return nil
	}
	for _, sub := range objectsIn(attribute.Array("subAttributes")) {
		if !strings.EqualFold(sub.String("name"), "type") {
			continue
		}
		value, _ := sub.Get("canonicalValues")
		list, _ := value.([]any)
		if err := w.ExpectThat(len(list) > 0, fmt.Sprintf("canonicalValues of %s.type in the schema %s", attribute.String("name"), schema),
			"the types that are accepted", judge.Text(value)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) noSchemeIs(kind string) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	w.Asserted(1)
	for _, scheme := range objectsIn(answer.Array("authenticationSchemes")) {
		if err := w.ExpectThat(!strings.EqualFold(scheme.String("type"), kind), "the authentication schemes in the answer to "+w.TheRequest(), "none of the type "+kind, scheme.String("name")); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) oneIsAboveZero(one, other string) error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	var got []string
	for _, path := range []string{one, other} {
		value, _ := judge.At(answer, path)
		if n, ok := value.(json.Number); ok {
			if i, err := n.Int64(); err == nil && i > 0 {
				return w.ExpectThat(true, "", "", "")
			}
		}
		got = append(got, path+" "+judge.Text(value))
	}
	return w.ExpectThat(false, "the limit of a page in the answer to "+w.TheRequest(), "a number above 0", strings.Join(got, ", "))
}
