package provider

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// draft is a resource as a client wants it, ready to be stored.
type draft struct {
	resource *scim.Object
	hidden   bool // a value was written that is not kept, see hidden
}

// accept turns the client's resource into a draft, or says what is wrong with it.
// Attributes that the client may not write are dropped without an error (RFC 7644
// sections 3.3 and 3.5.1), and so are attributes that no schema declares.
func (k *kind) accept(sent *scim.Object) (draft, error) {
	resource := scim.Normalize(k.ResourceType, sent)
	if err := scim.Check(k.ResourceType, resource); err != nil {
		return draft{}, err
	}
	d := draft{resource: resource}
	d.hidden = k.dropHidden(resource)
	for _, r := range k.references {
		if err := k.bareReferences(r, &d); err != nil {
			return draft{}, err
		}
	}
	if err := k.checkCountries(d.resource); err != nil {
		return draft{}, err
	}
	k.canonicalize(d.resource)
	k.setSchemas(d.resource)
	return d, nil
}

// acceptWhole is accept for a whole resource, as POST and PUT send it. If the
// resource does not mention "active", the default is true. Null means no value,
// and no default (RFC 7644 section 3.5.1).
func (k *kind) acceptWhole(sent *scim.Object) (draft, error) {
	if err := k.checkDefined(sent); err != nil {
		return draft{}, err
	}
	d, err := k.accept(sent)
	if err != nil || k.activity == nil {
		return d, err
	}
	if _, told := sent.Get(k.activity.Name); !told {
		d.resource.Set(k.activity.Name, true)
	}
	return d, nil
}

// dropHidden removes the values that are not kept and says whether there were any.
func (k *kind) dropHidden(resource *scim.Object) bool {
	dropped := false
	for urn, a := range attributesOf(k.ResourceType) {
		if !hidden(a) {
			continue
		}
		holder := resource
		if urn != "" {
			holder = resource.Object(urn)
		}
		if holder.Len() > 0 && holder.Delete(a.Name) {
			dropped = true
		}
	}
	return dropped
}

// bareReferences reduces references to what is stored of them. A single reference
// that lost its id, as by a PATCH that removes manager.value, is unassigned.
func (k *kind) bareReferences(r *reference, d *draft) error {
	elements := r.elements(d.resource)
	if len(elements) == 0 {
		return nil
	}
	kept := make([]*scim.Object, 0, len(elements))
	for _, element := range elements {
		switch {
		case element.String("value") != "":
			kept = append(kept, r.bare(element))
		case r.attribute.MultiValued:
			return scim.InvalidValue("%s: an element has no value; give the id of a resource as its value", r.attribute.Name)
		}
	}
	d.resource = r.with(d.resource, kept)
	return nil
}

// setSchemas lists the base schema and the extensions that the resource has
// values of, and no other (RFC 7643 section 3).
func (k *kind) setSchemas(resource *scim.Object) {
	schemas := []any{k.Schema.ID}
	for _, x := range k.Extensions {
		if resource.Object(x.Schema.ID).Len() > 0 {
			schemas = append(schemas, x.Schema.ID)
		} else {
			resource.Delete(x.Schema.ID)
		}
	}
	resource.Set("schemas", schemas)
}

// checkCountries holds RFC 7643 section 4.1.2: a country is written as two
// letters. Whether ISO 3166-1 assigns them is not checked, as that changes.
func (k *kind) checkCountries(resource *scim.Object) error {
	for _, v := range resource.Array("addresses") {
		address, _ := v.(*scim.Object)
		country := address.String("country")
		if country != "" && !isCountryCode(country) {
			return scim.InvalidValue("addresses.country %q: use the two-letter code of ISO 3166-1, such as DE", country)
		}
	}
	return nil
}

func isCountryCode(s string) bool {
	return len(s) == 2 && strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
