package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// schemaFaults are about what a server says of itself, and whether it is true.
func schemaFaults() []Fault {
	return slices.Concat(
		configFaults(), advertisedFaults(), resourceTypeFaults(), definitionFaults(), listingFaults(), typeListingFaults(), queriedFaults(), meFaults(),
		storedFaults(), keptFaults(), emittedFaults(), shapeFaults(), mutabilityFaults(), returnedFaults(), demandFaults(),
	)
}

// spc edits /ServiceProviderConfig.
func spc(edit func(o *scim.Object)) Wrap {
	return answers(at("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *answer) {
		if a.ok() && a.body != nil {
			edit(a.body)
		}
	})
}

// spcSays sets a member of one capability; "" for the capability itself.
func spcSays(capability, member string, value any) Wrap {
	return spc(func(o *scim.Object) {
		if member == "" {
			o.Set(capability, value)
			return
		}
		o.Object(capability).Set(member, value)
	})
}

// spcLacks removes a capability or a member of one.
func spcLacks(capability, member string) Wrap {
	return spc(func(o *scim.Object) {
		if member == "" {
			o.Delete(capability)
			return
		}
		o.Object(capability).Delete(member)
	})
}

// eachScheme edits each authentication scheme.
func eachScheme(edit func(o *scim.Object)) Wrap {
	return spc(func(o *scim.Object) {
		for _, v := range o.Array("authenticationSchemes") {
			if s, ok := v.(*scim.Object); ok {
				edit(s)
			}
		}
	})
}

// discoveryResource chooses what lists the resources of an endpoint or shows one.
func discoveryResource(endpoint string) when {
	return func(r *http.Request) bool {
		return at("GET", "/"+endpoint)(r) || at("GET", "/"+endpoint+"/*")(r)
	}
}

// resourceType edits the type of a name.
func resourceType(name string, edit func(o *scim.Object)) Wrap {
	return shown(discoveryResource("ResourceTypes"), func(o *scim.Object) {
		if o.String("name") == name {
			edit(o)
		}
	})
}

// publishedSchema edits the schema of a URN.
func publishedSchema(urn string, edit func(o *scim.Object)) Wrap {
	return shown(discoveryResource("Schemas"), func(o *scim.Object) {
		if o.String("id") == urn {
			edit(o)
		}
	})
}

// definitionOf edits the definition of an attribute, "emails.type" for a part of one.
func definitionOf(urn, path string, edit func(definition *scim.Object)) Wrap {
	return publishedSchema(urn, func(o *scim.Object) {
		name, sub, _ := strings.Cut(path, ".")
		d := definitionIn(o.Array("attributes"), name)
		if sub != "" {
			d = definitionIn(d.Array("subAttributes"), sub)
		}
		edit(d)
	})
}

func definitionIn(list []any, name string) *scim.Object {
	for _, v := range list {
		if d, ok := v.(*scim.Object); ok && d.String("name") == name {
			return d
		}
	}
	return scim.NewObject()
}

// schemaSays gives a characteristic of an attribute's definition another value.
func schemaSays(urn, path, characteristic string, value any) Wrap {
	return definitionOf(urn, path, func(d *scim.Object) { d.Set(characteristic, value) })
}

// schemaOmits removes a characteristic of an attribute's definition.
func schemaOmits(urn, path, characteristic string) Wrap {
	return definitionOf(urn, path, func(d *scim.Object) { d.Delete(characteristic) })
}

// schemaAdds adds the definition of an attribute that the provider does not have.
func schemaAdds(urn, name, kind string, multiValued bool) Wrap {
	return publishedSchema(urn, func(o *scim.Object) {
		o.Set("attributes", append(slices.Clone(o.Array("attributes")), scim.NewObject(
			scim.Member{Name: "name", Value: name}, scim.Member{Name: "type", Value: kind},
			scim.Member{Name: "multiValued", Value: multiValued}, scim.Member{Name: "required", Value: false},
			scim.Member{Name: "caseExact", Value: false}, scim.Member{Name: "mutability", Value: "readWrite"},
			scim.Member{Name: "returned", Value: "default"}, scim.Member{Name: "uniqueness", Value: "none"},
			scim.Member{Name: "referenceTypes", Value: []any{"external"}},
			scim.Member{Name: "subAttributes", Value: partsOf(kind)},
		)))
	})
}

func partsOf(kind string) []any {
	if kind != "complex" {
		return nil
	}
	return []any{scim.NewObject(
		scim.Member{Name: "name", Value: "value"}, scim.Member{Name: "type", Value: "string"},
		scim.Member{Name: "multiValued", Value: false}, scim.Member{Name: "required", Value: false},
		scim.Member{Name: "caseExact", Value: false}, scim.Member{Name: "mutability", Value: "readWrite"},
		scim.Member{Name: "returned", Value: "default"}, scim.Member{Name: "uniqueness", Value: "none"},
	)}
}

// combined puts one mistake before another.
func combined(firstElement, then Wrap) Wrap {
	return func(next http.Handler) http.Handler { return firstElement(then(next)) }
}
