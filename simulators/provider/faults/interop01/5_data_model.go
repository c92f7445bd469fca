package interop01

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// dataModelFaults violate features/interop01/5_data_model.feature.
func dataModelFaults() rewrite.Table {
	types := rewrite.DiscoveryResource("ResourceTypes")
	changesUsers := rewrite.At("PATCH", "/Users/*")
	return rewrite.Table{
		{"INTEROP01-5.1-01", "there is no configuration", rewrite.RefuseAll(rewrite.At("GET", "/ServiceProviderConfig"), scim.NotFound("", ""))},
		{"INTEROP01-5.1-01", "there are no schemas", rewrite.RefuseAll(rewrite.At("GET", "/Schemas"), scim.NotFound("", ""))},
		{"INTEROP01-5.1-01", "there are no resource types", rewrite.RefuseAll(rewrite.At("GET", "/ResourceTypes"), scim.NotFound("", ""))},

		{"INTEROP01-5.1-02", "an attribute is shown that is not described", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("displayName"))},
		{"INTEROP01-5.1-02", "an attribute is described and not kept", rewrite.WithoutSent(rewrite.At("POST", "/Users"), "nickName")},
		{"INTEROP01-5.1-02", "an attribute of groups is described and not kept", rewrite.WithoutSent(rewrite.At("POST", "/Groups"), "members")},

		{"INTEROP01-5.1-03", "the schema of users is not listed", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.UserURN))},
		{"INTEROP01-5.1-03", "an extension is not listed", rewrite.EditListing("Schemas", rewrite.WithoutID(scim.EnterpriseURN))},

		{"INTEROP01-5.1-05", "resource types have no id", rewrite.Shown(types, rewrite.DropMembers("id"))},
		{"INTEROP01-5.1-05", "the id of a resource type is empty", rewrite.Shown(types, rewrite.Setting("id", ""))},

		{"INTEROP01-5.1-06", "the id of a resource type is in small letters", rewrite.EditShown(types, "id", rewrite.ToText(strings.ToLower))},
		{"INTEROP01-5.1-06", "the id of a resource type is its schema", rewrite.Shown(types, func(o *scim.Object) { o.Set("id", o.String("schema")) })},

		{"INTEROP01-5.2-01", "filters see the case of user names, creations do not", exactNames()},
		{"INTEROP01-5.2-01", "creations see the case of user names, filters do not", rewrite.PermitTwins(rewrite.CreatesUsers, inOtherLetters)},
		{"INTEROP01-5.2-01", "a name that a filter finds can be taken again", rewrite.PermitTwinsNamed("POST", rewrite.AnyName)},

		{"INTEROP01-5.2-02", "changes see the case of user names, filters do not", rewrite.PermitTwins(changesUsers, inOtherLetters)},
		{"INTEROP01-5.2-02", "filters see the case of user names, changes do not", exactNames()},

		{"INTEROP01-5.2-03", "ids have no case", anyCaseOfIDs()},

		{"INTEROP01-5.2-04", "filters do not see the case of external ids", rewrite.IgnoreCaseOfExternalID(filter.Eq)},
		{"INTEROP01-5.2-04", "external ids in other letters conflict", rewrite.RefuseAgain(rewrite.CreatesUsers, func(o *scim.Object) string {
			return strings.ToLower(o.String("externalId"))
		}, scim.UniquenessError("externalId"))},
		{"INTEROP01-5.2-04", "external ids are stored in small letters", rewrite.EditShown(rewrite.AUser, "externalId", rewrite.ToText(strings.ToLower))},

		{"INTEROP01-5.2-05", "filters see the case of user names", exactNames()},
		{"INTEROP01-5.2-05", "user names in other letters are other names", rewrite.PermitTwins(rewrite.CreatesUsers, inOtherLetters)},

		{"INTEROP01-5.3-01", "what is not defined is left out, and the rest is stored", lenient(undefinedMembers)},
		{"INTEROP01-5.3-01", "a refused change is made as far as it is defined", refusesAndChanges()},

		{"INTEROP01-5.3-02", "an undefined attribute is left out", lenient(undefinedMembers)},
		{"INTEROP01-5.3-02", "what is not kept of the standard is left out", rewrite.WithoutSent(rewrite.CreatesUsers, "password")},
		{"INTEROP01-5.3-02", "an undefined part is left out", lenient(undefinedParts)},
		{"INTEROP01-5.3-02", "an undefined extension is left out", lenient(undefinedExtensions)},
		{"INTEROP01-5.3-02", "an undefined schema is left out", lenient(undefinedSchemas)},
		{"INTEROP01-5.3-02", "an undefined attribute of a group is left out", rewrite.Only(rewrite.OfGroups, lenient(undefinedMembers))},
		{"INTEROP01-5.3-02", "a change of an undefined attribute is left out", rewrite.IgnoreOperations("/*/*", rewrite.OnPath("sduoUndefined"))},
		{"INTEROP01-5.3-02", "a change of an undefined part is left out", rewrite.IgnoreOperations("/*/*", rewrite.PathHas(".sduoUndefined"))},
		{"INTEROP01-5.3-02", "an undefined part of a new value is left out", rewrite.MisreadOperations("/*/*", rewrite.OnPath("name"), rewrite.WithoutInValue("sduoUndefined"))},
		{"INTEROP01-5.3-02", "a change of an undefined extension is left out", rewrite.IgnoreOperations("/*/*", rewrite.PathHas("urn:example"))},

		{"INTEROP01-5.3-03", "the refusal has the scimType invalidValue", rewrite.ErrorBecomes(rewrite.At("POST", ""), "invalidSyntax", scim.InvalidValue("no such attribute"))},
		{"INTEROP01-5.3-03", "a change of what is not defined is invalidPath", rewrite.ErrorBecomes(rewrite.At("PATCH", ""), "invalidSyntax", scim.InvalidPath("no such attribute"))},
		{"INTEROP01-5.3-03", "the refusal is 422", rewrite.OnStatus(rewrite.At("POST,PATCH", ""), http.StatusBadRequest, rewrite.StatusBecomes(http.StatusBadRequest, http.StatusUnprocessableEntity))},
		{"INTEROP01-5.3-03", "the refusal has no scimType", rewrite.OnStatus(rewrite.At("POST,PATCH", ""), http.StatusBadRequest, rewrite.SetMember("scimType", nil))},

		{"INTEROP01-5.4-01", "the types of e-mail addresses are not declared", rewrite.EditDefinition(scim.UserURN, "emails.type", rewrite.DropMembers("canonicalValues"))},
		{"INTEROP01-5.4-01", "the list of types of roles is empty", rewrite.SetCharacteristic(scim.UserURN, "roles.type", "canonicalValues", []any{})},
		{"INTEROP01-5.4-01", "the types of members are not declared", rewrite.EditDefinition(scim.GroupURN, "members.type", rewrite.DropMembers("canonicalValues"))},
	}
}

// exactNames finds users by the userName in the very letters only.
func exactNames() rewrite.Wrap {
	return rewrite.Reevaluate(rewrite.Queries("Users"), func(f filter.Filter, t *scim.ResourceType, o *scim.Object) bool {
		exact := *t
		schema := scim.UserSchema()
		schema.Attribute("userName").CaseExact = true
		exact.Schema = schema
		return filter.Match(f, &exact, o)
	})
}

// inOtherLetters says whether the name is that of a user, in other letters.
func inOtherLetters(next http.Handler, r *http.Request, body *scim.Object) bool {
	name := rewrite.SentName(body)
	taken := rewrite.UserByName(next, r, name)
	return taken != nil && taken.String("userName") != name
}

// anyCaseOfIDs finds a user by the id in other letters.
func anyCaseOfIDs() rewrite.Wrap {
	return rewrite.AnswersWith(rewrite.At("GET", "/Users/*"), func(next http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.Status != http.StatusNotFound {
			return
		}
		for _, o := range rewrite.Ask(next, r, http.MethodGet, "Users?count=200", nil).Resources() {
			if strings.EqualFold(o.String("id"), rewrite.Segments(r)[1]) {
				*a = *rewrite.Ask(next, r, http.MethodGet, "Users/"+url.PathEscape(o.String("id")), nil)
			}
		}
	})
}

// lenient takes out of a new resource what the server does not know.
func lenient(without func(t *scim.ResourceType, o *scim.Object)) rewrite.Wrap {
	return rewrite.Requests(rewrite.At("POST", "/*"), func(r *http.Request, body *scim.Object) {
		if body != nil {
			t, _ := rewrite.TypeAt(r)
			without(t, body)
		}
	})
}

func isURN(name string) bool { return strings.HasPrefix(strings.ToLower(name), "urn:") }

func undefinedMembers(t *scim.ResourceType, o *scim.Object) {
	for name := range o.Clone().All() {
		if _, defined := t.Find("", name, ""); !defined && !isURN(name) {
			o.Delete(name)
		}
	}
}

func undefinedParts(t *scim.ResourceType, o *scim.Object) {
	for name, v := range o.All() {
		r, defined := t.Find("", name, "")
		if !defined || r.Attribute.Type != scim.Complex {
			continue
		}
		elements, isList := v.([]any)
		if !isList {
			elements = []any{v}
		}
		for _, e := range rewrite.ObjectsIn(elements) {
			for part := range e.Clone().All() {
				if r.Attribute.Sub(part) == nil {
					e.Delete(part)
				}
			}
		}
	}
}

func undefinedExtensions(t *scim.ResourceType, o *scim.Object) {
	for name := range o.Clone().All() {
		if isURN(name) && t.Extension(name) == nil {
			o.Delete(name)
		}
	}
}

func undefinedSchemas(t *scim.ResourceType, o *scim.Object) {
	var known []any
	for _, v := range o.Array("schemas") {
		if urn := rewrite.Text(v); strings.EqualFold(urn, t.Schema.ID) || t.Extension(urn) != nil {
			known = append(known, v)
		}
	}
	o.Set("schemas", known)
}

// refusesAndChanges answers a change with the refusal and makes it as far as it is defined.
func refusesAndChanges() rewrite.Wrap {
	return rewrite.AnswersWith(rewrite.PatchesUsers, func(next http.Handler, r *http.Request, a *rewrite.Answer) {
		if a.Status != http.StatusBadRequest {
			return
		}
		rewrite.Ask(next, r, http.MethodPatch, "Users/"+url.PathEscape(rewrite.Segments(r)[1]),
			rewrite.PatchOf(rewrite.Operation("replace", "displayName", "Half")))
	})
}
