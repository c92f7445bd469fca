package laws

import (
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on "schemas" and extensions (RFC 7643 sections 3 and 3.3).
var schemaLaws = []Sentence{
	{`no resource names a schema that its resource type does not list`, schemasAreOfTheType},
	{`no resource names a schema twice`, ofEach("", noSchemaTwice)},
	{`each resource names the base schema of its resource type`, ofWhole("Users Groups ServiceProviderConfig ResourceTypes", baseSchemaIsThere)},
	{`each resource names the schema of every extension that it has values of`, ofWhole("Users Groups", extensionsAreNamed)},
	{`no attribute of the enterprise extension stands outside its URN`, ofEach("Users", extensionsAreApart)},
	{`the enterprise extension has both "department" and "costCenter", or no value at all`, ofEach("Users", enterpriseIsWhole)},
	{`each "id" is a string that is not empty`, ofEach("Users Groups", idsAreTexts)},
	{`no "id" contains the word "bulkId"`, ofEach("Users Groups", idsAreNotReserved)},
	{`no user has the "id" of a group`, idsAreUnique},
}

// schemasAreOfTheType compares with /ResourceTypes as the target shows it, and
// with what the standard knows where it shows none.
func schemasAreOfTheType(_ Context, answers []judge.Answer) (int, error) {
	known := schemasOfTypes(answers)
	return ofEach("Users Groups", func(x view) error {
		permitted, ok := known[x.kind]
		if !ok {
			permitted = map[string][]string{"Users": {scim.UserURN, scim.EnterpriseURN}, "Groups": {scim.GroupURN}}[x.kind]
		}
		for _, v := range x.object.Array("schemas") {
			urn, _ := v.(string)
			fits := slices.ContainsFunc(permitted, func(p string) bool { return strings.EqualFold(p, urn) })
			if !fits && (ok || strings.HasPrefix(urn, "urn:ietf:params:scim:")) {
				return x.wrong("schemas", "schemas of the resource type: "+strings.Join(permitted, ", "), v)
			}
		}
		return nil
	})(Context{}, answers)
}

// schemasOfTypes are the URNs of each endpoint's types.
func schemasOfTypes(answers []judge.Answer) map[string][]string {
	known := map[string][]string{}
	for _, x := range views(answers, "ResourceTypes") {
		endpoint := judge.EndpointOf(x.object)
		known[endpoint] = append(known[endpoint], x.object.String("schema"))
		for _, v := range x.object.Array("schemaExtensions") {
			if o, ok := v.(*scim.Object); ok {
				known[endpoint] = append(known[endpoint], o.String("schema"))
			}
		}
	}
	return known
}

func noSchemaTwice(x view) error {
	seen := map[string]bool{}
	for _, v := range x.object.Array("schemas") {
		urn, _ := v.(string)
		if seen[strings.ToLower(urn)] {
			return x.wrong("schemas", "each URN once", x.object.Array("schemas"))
		}
		seen[strings.ToLower(urn)] = true
	}
	return nil
}

func baseSchemaIsThere(x view) error {
	if base := endpointSchemas[x.kind]; !judge.HasSchema(x.object, base.ID) {
		return x.wrong("schemas", "with "+base.ID, x.object.Array("schemas"))
	}
	return nil
}

func extensionsAreNamed(x view) error {
	for name, v := range x.object.All() {
		if isURN(name) && !scim.IsUnassigned(v) && !judge.HasSchema(x.object, name) {
			return x.wrong("schemas", "with "+name+", of which there are values", x.object.Array("schemas"))
		}
	}
	return nil
}

// extensionsAreApart looks for the attributes of the enterprise extension, none
// of which is an attribute of a User.
func extensionsAreApart(x view) error {
	for _, a := range scim.EnterpriseSchema().Attributes {
		if v, ok := x.object.Get(a.Name); ok && !scim.IsUnassigned(v) {
			return x.wrong(a.Name+" at the top", "this attribute below "+scim.EnterpriseURN, v)
		}
	}
	return nil
}

// enterpriseIsWhole judges what came of a department and a cost center that were
// sent together: both or neither, and named if they are there.
func enterpriseIsWhole(x view) error {
	extension := x.object.Object(scim.EnterpriseURN)
	department, costCenter := extension.String("department"), extension.String("costCenter")
	if department == "" && costCenter == "" { // what else is there, the target or its user has added
		return nil
	}
	if department == "" || costCenter == "" {
		return x.wrong(scim.EnterpriseURN, "both department and costCenter, or neither", extension)
	}
	return extensionsAreNamed(x)
}

func idsAreTexts(x view) error {
	v, _ := x.object.Get("id")
	if id, ok := v.(string); !ok || id == "" {
		return x.wrong("id", "a string that is not empty", v)
	}
	return nil
}

func idsAreNotReserved(x view) error {
	if id := x.object.String("id"); strings.Contains(strings.ToLower(id), "bulkid") {
		return x.wrong("id", "an id without the reserved word bulkId", id)
	}
	return nil
}

// NoIDBegins says that no resource has an id that begins so: one that a client wanted.
func NoIDBegins(wanted string) Law {
	return ofEach("Users Groups", func(x view) error {
		if id := x.object.String("id"); strings.HasPrefix(id, wanted) {
			return x.wrong("id", "an id that the server assigned", id)
		}
		return nil
	})
}

// idsAreUnique compares users, groups and whatever else is shown.
func idsAreUnique(_ Context, answers []judge.Answer) (int, error) {
	owner := map[string]view{}
	all := views(answers, "Users", "Groups")
	for _, x := range all {
		id := x.object.String("id")
		if first, known := owner[id]; known && id != "" && first.kind != x.kind {
			return len(all), x.wrong("id of one of the "+x.kind, "an id that none of the "+first.kind+" has", id)
		}
		owner[id] = x
	}
	return len(all), nil
}
