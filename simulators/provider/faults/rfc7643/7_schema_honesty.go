package rfc7643

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// schemaHonestyFaults violate features/rfc7643/7_schema_honesty.feature.
func schemaHonestyFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-7-07", "externalId is put in lower case", sentValue("POST", "/Users", "externalId", toLower)},
		{"RFC7643-7-07", "externalId is shown in lower case", onePart(rewrite.At("GET", "/Users/*"), "externalId", toLower)},
		{"RFC7643-7-07", "externalId of a group is put in lower case", sentValue("POST", "/Groups", "externalId", toLower)},
		{"RFC7643-7-07", "a URL is put in lower case", sentValue("POST", "/Users", "profileUrl", toLower)},
		{"RFC7643-7-07", "displayName is said to be case-exact and put in lower case", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "displayName", "caseExact", true), sentValue("POST", "/Users", "displayName", toLower))},

		{"RFC7643-7-08", "meta.created is taken from POST", obeying("POST", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.created is taken from PUT", obeying("PUT", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.created is taken from PATCH", obeying("PATCH", "Users", "meta.created", true)},
		{"RFC7643-7-08", "meta.created is refused by PATCH and taken all the same", obeying("PATCH", "Users", "meta.created", false)},
		{"RFC7643-7-08", "meta.resourceType is taken from POST", obeying("POST", "Users", "meta.resourceType", false)},
		{"RFC7643-7-08", "meta.location is taken from PUT", obeying("PUT", "Users", "meta.location", false)},
		{"RFC7643-7-08", "meta.lastModified is taken from PATCH", obeying("PATCH", "Users", "meta.lastModified", true)},
		{"RFC7643-7-08", "groups is taken from POST", obeying("POST", "Users", "groups", false)},
		{"RFC7643-7-08", "groups is taken from PUT", obeying("PUT", "Users", "groups", false)},
		{"RFC7643-7-08", "groups is taken from PATCH", obeying("PATCH", "Users", "groups", true)},
		{"RFC7643-7-08", "meta.created of groups is taken from PUT", obeying("PUT", "Groups", "meta.created", false)},
		{"RFC7643-7-08", "meta.created of groups is taken from POST", obeying("POST", "Groups", "meta.created", false)},
		{"RFC7643-7-08", "meta.created of groups is taken from PATCH", obeying("PATCH", "Groups", "meta.created", true)},
		{"RFC7643-7-08", "the answer to PUT repeats the client's id", repeating("PUT", "/Users/*", "id")},
		{"RFC7643-7-08", "the answer to PUT repeats the client's groups", repeating("PUT", "/Users/*", "groups")},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by PUT", rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "readOnly")},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by PATCH", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "readOnly"), losingAttribute("POST,PUT", "", "title"))},
		{"RFC7643-7-08", "title is said to be readOnly and can be written by POST", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "readOnly"), losingAttribute("PUT,PATCH", "", "title"))},
		{"RFC7643-7-08", "a list is said to be readOnly and can be written", rewrite.SetCharacteristic(scim.UserURN, "entitlements", "mutability", "readOnly")},
		{"RFC7643-7-08", "a part of the name is said to be readOnly and can be written", rewrite.SetCharacteristic(scim.UserURN, "name.givenName", "mutability", "readOnly")},
		{"RFC7643-7-08", "an attribute of the extension is said to be readOnly and can be written", rewrite.SetCharacteristic(scim.EnterpriseURN, "department", "mutability", "readOnly")},
		{"RFC7643-7-08", "PUT removes meta.created", showingAfter("PUT", "/Users/*", "GET", func(o *scim.Object) { rewrite.PartOf(o, "meta").Set("created", "2030-01-01T00:00:00Z") })},

		{"RFC7643-7-09", "an immutable text is changed by PATCH", rewrite.SetCharacteristic(scim.UserURN, "nickName", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable text is changed by PUT", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "immutable"), refusingAttribute("PATCH", "title"))},
		{"RFC7643-7-09", "an immutable text of an extension is changed", rewrite.SetCharacteristic(scim.EnterpriseURN, "employeeNumber", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable list is changed", rewrite.SetCharacteristic(scim.UserURN, "roles", "mutability", "immutable")},
		{"RFC7643-7-09", "an immutable text is cleared by a PUT that changes it", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "immutable"), losingAttribute("PUT,PATCH", "", "title"))},
		{"RFC7643-7-09", "the value of a member is edited in place", rewrite.Requests(rewrite.At("PATCH", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			for _, o := range rewrite.Operations(body) {
				if strings.HasSuffix(o.String("path"), "].value") {
					o.Set("path", "members")
					o.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: o.String("value")})})
				}
			}
		})},

		{"RFC7643-7-10", "the password is shown in the answer to POST", repeating("POST", "/Users", "password")},
		{"RFC7643-7-10", "the password is shown in the answer to PUT", repeating("PUT", "/Users/*", "password")},
		{"RFC7643-7-10", "the password is shown in the answer to PATCH", rewrite.Answers(rewrite.At("PATCH", "/Users/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && a.Body != nil {
				a.Body.Set("password", "changed")
			}
		})},
		{"RFC7643-7-10", "the password is shown in reads", obeying("POST", "Users", "password", false)},
		{"RFC7643-7-10", "a hash of the password is shown on request", rewrite.Answers(narrowedRead("/Users/*", "attributes"), func(r *http.Request, a *rewrite.Answer) {
			if a.OK() && strings.Contains(r.URL.RawQuery, "password") {
				a.Body.Set("password", "$2a$10$abcdefghijklmnopqrstuv")
			}
		})},
		{"RFC7643-7-10", "the password is shown in lists", rewrite.Shown(rewrite.At("GET", "/Users"), rewrite.Setting("password", "********"))},
		{"RFC7643-7-10", "the password is logged in a header of its own attribute", repeatingAs("POST", "/Users", "password", "nickName")},
		{"RFC7643-7-10", "title is said to be writeOnly and is shown", rewrite.SetCharacteristic(scim.UserURN, "title", "mutability", "writeOnly")},

		{"RFC7643-7-11", "id is missing where another attribute is asked for", onePart(narrowedRead("/Users/*", "attributes"), "id", toNothing)},
		{"RFC7643-7-11", "id can be excluded", onePart(narrowedRead("/Users/*", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id of a group can be excluded", onePart(narrowedRead("/Groups/*", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id can be excluded from lists", onePart(narrowedRead("/Users", "excludedAttributes"), "id", toNothing)},
		{"RFC7643-7-11", "id is missing from lists where another attribute is asked for", onePart(narrowedRead("/Groups", "attributes"), "id", toNothing)},
		{"RFC7643-7-11", "id is missing from the answer to .search", onePart(bySearch, "id", toNothing)},
		{"RFC7643-7-11", "userName is said to be always returned and can be excluded", rewrite.SetCharacteristic(scim.UserURN, "userName", "returned", "always")},
		{"RFC7643-7-11", "active is said to be always returned and gives way", rewrite.SetCharacteristic(scim.UserURN, "active", "returned", "always")},

		{"RFC7643-7-12", "title is said to be never returned and is shown", rewrite.SetCharacteristic(scim.UserURN, "title", "returned", "never")},
		{"RFC7643-7-12", "a list is said to be never returned and is shown", rewrite.SetCharacteristic(scim.UserURN, "roles", "returned", "never")},
		{"RFC7643-7-12", "the password is in the answer to PUT", rewrite.Shown(rewrite.At("PUT", "/Users/*"), rewrite.Setting("password", "********"))},
		{"RFC7643-7-12", "the password is in the answer to .search", rewrite.Shown(bySearch, rewrite.Setting("password", "********"))},
		{"RFC7643-7-12", "the password is in the answer to PATCH", rewrite.Shown(rewrite.At("PATCH", "/Users/*"), rewrite.Setting("password", "********"))},

		{"RFC7643-7-13", "an attribute that is returned on request is shown in reads", rewrite.SetCharacteristic(scim.UserURN, "nickName", "returned", "request")},
		{"RFC7643-7-13", "an attribute that is returned on request is shown in lists", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "nickName", "returned", "request"), onePart(rewrite.At("GET", "/Users/*"), "nickName", toNothing))},
		{"RFC7643-7-13", "an attribute that is returned on request is not shown on request", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "nickName", "returned", "request"), onePart(rewrite.Anywhere, "nickName", toNothing))},
		{"RFC7643-7-13", "members is returned on request and shown in reads", rewrite.SetCharacteristic(scim.GroupURN, "members", "returned", "request")},

		{"RFC7643-7-14", "attributes is ignored in reads", ignoringAttributes("/Users/*")},
		{"RFC7643-7-14", "attributes is ignored in lists", ignoringAttributes("/Users")},
		{"RFC7643-7-14", "attributes is ignored in reads of groups", ignoringAttributes("/Groups/*")},
		{"RFC7643-7-14", "attributes is ignored in lists of groups", ignoringAttributes("/Groups")},
		{"RFC7643-7-14", "active is shown whatever is asked for", rewrite.Shown(narrowedRead("/Users/*", "attributes"), rewrite.Setting("active", true))},
		{"RFC7643-7-14", "e-mail addresses are shown whatever is asked for", rewrite.Shown(narrowedRead("/Users", "attributes"), rewrite.Setting("emails", []any{scim.NewObject(scim.Member{Name: "value", Value: "jbrewrite.example.com"})}))},
		{"RFC7643-7-14", "the extension is shown whatever is asked for", rewrite.Shown(narrowedRead("/Users/*", "attributes"), rewrite.Setting(scim.EnterpriseURN, scim.NewObject(scim.Member{Name: "department", Value: "IT"})))},

		{"RFC7643-7-15", "a userName is taken twice by POST", takingTwice("POST", "/Users", http.StatusCreated)},
		{"RFC7643-7-15", "a userName is taken twice by PUT", takingTwice("PUT", "/Users/*", http.StatusOK)},
		{"RFC7643-7-15", "a userName is taken twice by PATCH", takingTwice("PATCH", "/Users/*", http.StatusNoContent)},
		{"RFC7643-7-15", "a userName that is taken breaks the server", rewrite.Answers(rewrite.At("POST", "/Users"), rewrite.StatusBecomes(409, 500))},
		{"RFC7643-7-15", "displayName is said to be unique and is not", rewrite.SetCharacteristic(scim.UserURN, "displayName", "uniqueness", "server")},
		{"RFC7643-7-15", "nickName is said to be unique in the world and is not", rewrite.SetCharacteristic(scim.UserURN, "nickName", "uniqueness", "global")},
		{"RFC7643-7-15", "an attribute of the extension is said to be unique and is not", rewrite.SetCharacteristic(scim.EnterpriseURN, "employeeNumber", "uniqueness", "server")},

		{"RFC7643-7-16", "a second user of one displayName is refused", refusingSecondUser("displayName", 409)},
		{"RFC7643-7-16", "a second user of one name is refused", refusingSecondUser("name.familyName", 409)},
		{"RFC7643-7-16", "a second user of one displayName is refused as invalid", refusingSecondUser("displayName", 400)},
		{"RFC7643-7-16", "a second group of one name breaks the server", refusingSecondAt("/Groups", "displayName", 500)},
		{"RFC7643-7-16", "a group that is renamed to the name of another breaks the server", rewrite.Handle(rewrite.PatchesGroups, breaksAtTakenName)},

		{"RFC7643-7-17", "a patched title also becomes a part of the name", rewrite.After(rewrite.PatchTo("title"), func(o *scim.Object) {
			if name := o.Object("name"); name != nil {
				name.Set("title", o.String("title"))
			}
		})},
		{"RFC7643-7-17", "after a PATCH without a path the operations are shown", rewrite.After(func(r *http.Request) bool {
			return rewrite.At("PATCH", "/Users/*")(r) && rewrite.HasOperation(rewrite.Does("replace", "-"))(rewrite.BodyOf(r))
		}, rewrite.Setting("value", "patched"))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to POST", rewrite.Shown(rewrite.At("POST", "/Users"), rewrite.Setting("internalId", rewrite.Number(7)))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to GET", rewrite.Shown(rewrite.At("GET", "/Users/*"), rewrite.Setting("lastLogin", "never"))},
		{"RFC7643-7-17", "an undeclared attribute is in lists", rewrite.Shown(rewrite.At("GET", "/Users"), rewrite.Setting("score", rewrite.Number(1)))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to .search", rewrite.Shown(bySearch, rewrite.Setting("score", rewrite.Number(1)))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to PUT", rewrite.Shown(rewrite.At("PUT", "/Users/*"), rewrite.Setting("updated", true))},
		{"RFC7643-7-17", "an undeclared attribute is in the answer to PATCH", rewrite.Shown(rewrite.At("PATCH", "/Users/*"), rewrite.Setting("updated", true))},
		{"RFC7643-7-17", "an undeclared attribute is in groups", rewrite.Shown(rewrite.At("GET", "/Groups/*"), rewrite.Setting("memberCount", rewrite.Number(1)))},
		{"RFC7643-7-17", "an undeclared attribute is in lists of groups", rewrite.Shown(rewrite.At("GET", "/Groups"), rewrite.Setting("description", "a group"))},
		{"RFC7643-7-17", "an undeclared part is in name", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if n := o.Object("name"); n != nil {
				n.Set("initials", "JB")
			}
		})},
		{"RFC7643-7-17", "an undeclared part is in e-mail addresses", rewrite.Shown(rewrite.At("GET", "/Users/*"), inElements("emails", "verified", true))},
		{"RFC7643-7-17", "an undeclared part is in members", rewrite.Shown(rewrite.At("GET", "/Groups/*"), inElements("members", "userName", "jb"))},
		{"RFC7643-7-17", "an undeclared part is in meta", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if m := o.Object("meta"); m != nil {
				m.Set("createdBy", "admin")
			}
		})},
		{"RFC7643-7-17", "an undeclared attribute is in the extension", rewrite.Shown(rewrite.At("", "/Users/*"), func(o *scim.Object) {
			if x := o.Object(scim.EnterpriseURN); x != nil {
				x.Set("room", "101")
			}
		})},
		{"RFC7643-7-17", "an undeclared extension is shown", rewrite.Shown(rewrite.At("GET", "/Users/*"), rewrite.Setting("urn:example:params:scim:schemas:extension:hr:2.0:User", scim.NewObject(scim.Member{Name: "grade", Value: "A"})))},
		{"RFC7643-7-17", "extension attributes are shown at the top level, too", rewrite.Shown(rewrite.At("GET", "/Users/*"), func(o *scim.Object) {
			if d := o.Object(scim.EnterpriseURN).String("department"); d != "" {
				o.Set("department", d)
			}
		})},
		{"RFC7643-7-17", "a stored attribute is missing from the schema", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("title"))},
		{"RFC7643-7-17", "a stored list is missing from the schema", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("ims"))},
		{"RFC7643-7-17", "a derived attribute is missing from the schema", rewrite.EditSchema(scim.UserURN, rewrite.WithoutDefinition("groups"))},
		{"RFC7643-7-17", "an attribute is missing from the extension's schema", rewrite.EditSchema(scim.EnterpriseURN, rewrite.WithoutDefinition("division"))},
		{"RFC7643-7-17", "members is missing from the schema", rewrite.EditSchema(scim.GroupURN, rewrite.WithoutDefinition("members"))},
		{"RFC7643-7-17", "a part is missing from the schema", rewrite.EditDefinition(scim.UserURN, "name", func(d *scim.Object) {
			d.Set("subAttributes", rewrite.WithoutNamed("middleName")(d.Array("subAttributes")))
		})},

		{"RFC7643-7-18", "POST demands an e-mail address", rewrite.DemandingOfUsers(`"emails"`)},
		{"RFC7643-7-18", "POST demands a name", rewrite.DemandingOfUsers(`"name"`)},
		{"RFC7643-7-18", "POST demands active", rewrite.DemandingOfUsers(`"active"`)},
		{"RFC7643-7-18", "PUT demands a displayName", demandingByPut("Users", `"displayName"`)},
		{"RFC7643-7-18", "PUT demands the id in the body", demandingByPut("Users", `"id"`)},
		{"RFC7643-7-18", "PUT demands the members of a group", demandingByPut("Groups", `"members"`)},
		{"RFC7643-7-18", "userName is said not to be required", rewrite.SetCharacteristic(scim.UserURN, "userName", "required", false)},
		{"RFC7643-7-18", "displayName of groups is said not to be required", rewrite.SetCharacteristic(scim.GroupURN, "displayName", "required", false)},

		{"RFC7643-7-19", "a text is not stored by POST", losingAttribute("POST", "/Users", "title")},
		{"RFC7643-7-19", "a text is not stored by PUT", losingAttribute("PUT", "/Users/*", "nickName")},
		{"RFC7643-7-19", "a text is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "displayName")},
		{"RFC7643-7-19", "a text is stored under another name", rewrite.Requests(rewrite.At("POST", "/Users"), func(_ *http.Request, body *scim.Object) {
			if v, ok := body.Get("nickName"); ok {
				body.Delete("nickName")
				body.Set("userType", v)
			}
		})},
		{"RFC7643-7-19", "a text is cut", sentValue("POST", "/Users", "title", cutTo(5))},
		{"RFC7643-7-19", "a boolean is not stored by PUT", losingAttribute("PUT", "/Users/*", "active")},
		{"RFC7643-7-19", "a boolean is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "active")},
		{"RFC7643-7-19", "a boolean is turned around", sentValue("PUT", "/Users/*", "active", func(v any) any { return v == false })},
		{"RFC7643-7-19", "primary is not stored", losingAttribute("POST", "/Users", "emails.primary")},
		{"RFC7643-7-19", "a reference is not stored", losingAttribute("POST,PUT", "", "profileUrl")},
		{"RFC7643-7-19", "a binary is not stored", losingAttribute("POST", "/Users", "x509Certificates")},
		{"RFC7643-7-19", "a binary is damaged", sentValue("POST", "/Users", "x509Certificates.value", cutTo(8))},
		{"RFC7643-7-19", "a complex attribute is not stored", losingAttribute("POST", "/Users", "name")},
		{"RFC7643-7-19", "a complex attribute is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "name")},
		{"RFC7643-7-19", "a part of a complex attribute is not stored", losingAttribute("POST", "/Users", "name.middleName")},
		{"RFC7643-7-19", "a list is not stored by POST", losingAttribute("POST", "/Users", "phoneNumbers")},
		{"RFC7643-7-19", "a list is not stored by PUT", losingAttribute("PUT", "/Users/*", "addresses")},
		{"RFC7643-7-19", "a list is not stored by PATCH", losingAttribute("PATCH", "/Users/*", "roles")},
		{"RFC7643-7-19", "a part of a list's elements is not stored", losingAttribute("POST", "/Users", "addresses.postalCode")},
		{"RFC7643-7-19", "the type of a list's elements is not stored", losingAttribute("POST", "/Users", "ims.type")},
		{"RFC7643-7-19", "entitlements are not stored", losingAttribute("POST", "/Users", "entitlements")},
		{"RFC7643-7-19", "photos are not stored", losingAttribute("PUT", "/Users/*", "photos")},
		{"RFC7643-7-19", "locale is not stored", losingAttribute("POST", "/Users", "locale")},
		{"RFC7643-7-19", "timezone is the server's own", sentValue("POST", "/Users", "timezone", rewrite.ToValue("UTC"))},
		{"RFC7643-7-19", "externalId is not stored", losingAttribute("POST", "/Users", "externalId")},
		{"RFC7643-7-19", "the extension is not stored by POST", losingAttribute("POST", "/Users", enterprisePrefix+"department")},
		{"RFC7643-7-19", "the extension is not stored by PUT", losingAttribute("PUT", "/Users/*", enterprisePrefix+"costCenter")},
		{"RFC7643-7-19", "the extension is not stored by PATCH", losingAttribute("PATCH", "/Users/*", enterprisePrefix+"division")},
		{"RFC7643-7-19", "the manager is not stored", losingAttribute("POST", "/Users", enterprisePrefix+"manager")},
		{"RFC7643-7-19", "an attribute of the target's own extension is not stored", losingAttribute("POST", "/Users", rewrite.CiscoURN+":authName")},
		{"RFC7643-7-19", "members are not stored by POST", losingAttribute("POST", "/Groups", "members")},
		{"RFC7643-7-19", "members are not stored by PUT", losingAttribute("PUT", "/Groups/*", "members")},
		{"RFC7643-7-19", "members are not stored by PATCH", losingAttribute("PATCH", "/Groups/*", "members")},
		{"RFC7643-7-19", "an integer is declared and not stored", schemaAdds(scim.UserURN, "loginCount", "integer", false)},
		{"RFC7643-7-19", "a decimal is declared and not stored", schemaAdds(scim.UserURN, "weight", "decimal", false)},
		{"RFC7643-7-19", "a dateTime is declared and not stored", schemaAdds(scim.UserURN, "hired", "dateTime", false)},
		{"RFC7643-7-19", "a boolean is declared and not stored", schemaAdds(scim.UserURN, "vip", "boolean", false)},
		{"RFC7643-7-19", "a text is declared and not stored", schemaAdds(scim.EnterpriseURN, "room", "string", false)},
		{"RFC7643-7-19", "a reference is declared and not stored", schemaAdds(scim.GroupURN, "homePage", "reference", false)},
		{"RFC7643-7-19", "a complex attribute is declared and not stored", schemaAdds(scim.UserURN, "badge", "complex", false)},
		{"RFC7643-7-19", "a list of texts is declared and not stored", schemaAdds(scim.UserURN, "tags", "string", true)},
		{"RFC7643-7-19", "a list of complex values is declared and not stored", schemaAdds(scim.UserURN, "devices", "complex", true)},

		{"RFC7643-7-20", "one e-mail address is no list", onePart(rewrite.At("", "/Users/*"), "emails", firstElement)},
		{"RFC7643-7-20", "one e-mail address is no list in the answer to POST", onePart(rewrite.At("POST", "/Users"), "emails", firstElement)},
		{"RFC7643-7-20", "one telephone number is no list in lists", onePart(rewrite.At("GET", "/Users"), "phoneNumbers", firstElement)},
		{"RFC7643-7-20", "one member is no list", onePart(rewrite.At("GET", "/Groups/*"), "members", firstElement)},
		{"RFC7643-7-20", "one group is no list", onePart(rewrite.At("GET", "/Users/*"), "groups", firstElement)},
		{"RFC7643-7-20", "a text is a list", onePart(rewrite.At("GET", "/Users/*"), "displayName", asList)},
		{"RFC7643-7-20", "a text is a list in the answer to .search", onePart(bySearch, "nickName", asList)},
		{"RFC7643-7-20", "the name is a list", onePart(rewrite.At("GET", "/Users/*"), "name", asList)},
		{"RFC7643-7-20", "a part of the name is a list", onePart(rewrite.At("PUT", "/Users/*"), "name.givenName", asList)},
		{"RFC7643-7-20", "an attribute of the extension is a list", onePart(rewrite.At("GET", "/Users/*"), enterprisePrefix+"department", asList)},

		{"RFC7643-7-21", "active is a text", onePart(rewrite.At("", "/Users/*"), "active", asText)},
		{"RFC7643-7-21", "active is a number in lists", onePart(rewrite.At("GET", "/Users"), "active", func(any) any { return rewrite.Number(1) })},
		{"RFC7643-7-21", "a text is a number", onePart(rewrite.At("GET", "/Users/*"), "title", func(any) any { return rewrite.Number(7) })},
		{"RFC7643-7-21", "a text is an object", onePart(rewrite.At("GET", "/Users/*"), "nickName", func(v any) any { return scim.NewObject(scim.Member{Name: "value", Value: v}) })},
		{"RFC7643-7-21", "e-mail addresses are texts", onePart(rewrite.At("GET", "/Users/*"), "emails", asValues)},
		{"RFC7643-7-21", "the name is a text", onePart(rewrite.At("GET", "/Users/*"), "name", func(any) any { return "Josue Brenes" })},
		{"RFC7643-7-21", "primary is a text", onePart(rewrite.At("GET", "/Users/*"), "emails.primary", asText)},
		{"RFC7643-7-21", "meta.created is a number", onePart(rewrite.At("GET", "/Users/*"), "meta.created", func(any) any { return rewrite.Number(1700000000) })},
		{"RFC7643-7-21", "meta.lastModified is a date without a time", onePart(rewrite.At("GET", "/Groups/*"), "meta.lastModified", rewrite.ToValue("2026-03-18"))},
		{"RFC7643-7-21", "members are ids", onePart(rewrite.At("GET", "/Groups/*"), "members", asValues)},
		{"RFC7643-7-21", "the manager is an id", onePart(rewrite.At("GET", "/Users/*"), enterprisePrefix+"manager", asValue)},
		{"RFC7643-7-21", "a text is said to be an integer", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.EnterpriseURN, "employeeNumber", "type", "integer"), sentValue("POST", "/Users", enterprisePrefix+"employeeNumber", asText))},

		{"RFC7643-7-22", "a title is refused by POST", refusingAttribute("POST", "title")},
		{"RFC7643-7-22", "a nickName is refused by PUT", refusingAttribute("PUT", "nickName")},
		{"RFC7643-7-22", "a name is refused by PATCH", refusingAttribute("PATCH", "name")},
		{"RFC7643-7-22", "a displayName breaks the server", refusing500("POST", "displayName")},

		{"RFC7643-7-23", "every e-mail address becomes one for work", sentValue("POST", "/Users", "emails.type", rewrite.ToValue("work"))},
		{"RFC7643-7-23", "every e-mail address becomes one for work by PUT", sentValue("PUT", "/Users/*", "emails.type", rewrite.ToValue("work"))},
		{"RFC7643-7-23", "every e-mail address becomes one for work by PATCH", sentValue("PATCH", "/Users/*", "emails.type", rewrite.ToValue("work"))},
		{"RFC7643-7-23", "a pager becomes a mobile phone", sentValue("POST", "/Users", "phoneNumbers.type", toInstead("pager", "mobile"))},
		{"RFC7643-7-23", "an address of another kind becomes one for home", sentValue("POST", "/Users", "addresses.type", toInstead("other", "home"))},
		{"RFC7643-7-23", "the type of a picture is lost", sentValue("POST", "/Users", "photos.type", toNothing)},
		{"RFC7643-7-23", "a messenger's type is replaced by a number", sentValue("POST", "/Users", "ims.type", toInstead("skype", "5"))},

		{"RFC7643-7-24", "displayName is said to be required and is not", rewrite.SetCharacteristic(scim.UserURN, "displayName", "required", true)},
		{"RFC7643-7-24", "name is said to be required and is not", rewrite.SetCharacteristic(scim.UserURN, "name", "required", true)},
		{"RFC7643-7-24", "members is said to be required and is not", rewrite.SetCharacteristic(scim.GroupURN, "members", "required", true)},
		{"RFC7643-7-24", "emails is said to be required and is not by PUT", rewrite.InTurn(
			rewrite.SetCharacteristic(scim.UserURN, "emails", "required", true), rewrite.DemandingOfUsers(`"emails"`))},
		{"RFC7643-7-24", "a user without a userName is created", nameless("POST", "/Users", "userName")},
		{"RFC7643-7-24", "a group without a name is created", nameless("POST", "/Groups", "displayName")},

		{"RFC7643-7-25", "a filter on title finds no user", blindTo("title eq")},
		{"RFC7643-7-25", "a filter on a part of the name finds no user", blindTo("name.familyName eq")},
		{"RFC7643-7-25", "a filter on department finds no user", blindTo(":department eq")},
		{"RFC7643-7-25", "a filter on a boolean finds no user", blindTo("active eq")},
		{"RFC7643-7-25", "a filter on a telephone number finds no user", blindTo("phoneNumbers.value eq")},
		{"RFC7643-7-25", "no group is found by its members", blindTo("members.value eq")},
		{"RFC7643-7-25", "no group is found by externalId", blindToAt("/Groups", "externalId eq")},
	}
}

// schemaAdds adds the definition of an attribute that the provider does not have.
func schemaAdds(urn, name, kind string, multiValued bool) rewrite.Wrap {
	return rewrite.EditSchema(urn, func(o *scim.Object) {
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

// partsOf are the sub-attributes that go with a type.
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

// takingTwice turns the refusal of what exists already into a success.
func takingTwice(method, place string, status int) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(method, place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		body := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusConflict {
			a.Status, a.Body, a.Raw = status, body, nil
			if status == http.StatusNoContent {
				a.Body = nil
			}
		}
		return a
	})
}

// refusingSecondUser refuses a second user with the same value.
func refusingSecondUser(path string, status int) rewrite.Wrap {
	return refusingSecondAt("/Users", path, status)
}

// refusingSecondAt refuses a second resource with the same value.
func refusingSecondAt(place, path string, status int) rewrite.Wrap {
	e := scim.UniquenessError("%s exists already", path)
	e.Status = status
	return rewrite.RefuseAgain(rewrite.At("POST", place), func(body *scim.Object) string {
		value := sentAt(body, path)
		if value == nil {
			return ""
		}
		return rewrite.TextOf(value)
	}, e)
}

func demandingByPut(collection, text string) rewrite.Wrap {
	return rewrite.RefusingWrites("PUT", func(r *http.Request, body string) *scim.Error {
		if rewrite.Segments(r)[0] == collection && !strings.Contains(body, text) {
			return scim.InvalidValue("%s is missing", text)
		}
		return nil
	})
}

// nameless accepts a resource without the attribute that it has to have.
func nameless(method, place, name string) rewrite.Wrap {
	const made = "made-up-by-the-server"
	hide := rewrite.Shown(rewrite.Anywhere, func(o *scim.Object) {
		if o.String(name) == made {
			o.Delete(name)
		}
	})
	return rewrite.InTurn(hide, rewrite.Requests(rewrite.At(method, place), func(_ *http.Request, body *scim.Object) {
		if _, ok := body.Get(name); !ok {
			body.Set(name, made)
		}
	}))
}

// splitPath takes a path apart: URN, attribute, part; "urn:…:User:manager.value".
func splitPath(path string) (urn, name, sub string) {
	if strings.HasPrefix(path, "urn:") {
		i := strings.LastIndex(path, ":")
		urn, path = path[:i], path[i+1:]
	}
	name, sub, _ = strings.Cut(path, ".")
	return urn, name, sub
}

// holdersOf are the objects whose member a path names, and that member's name.
func holdersOf(o *scim.Object, path string) ([]*scim.Object, string) {
	urn, name, sub := splitPath(path)
	if urn != "" {
		o = o.Object(urn)
	}
	if sub == "" {
		return []*scim.Object{o}, name
	}
	value, _ := o.Get(name)
	return rewrite.ObjectsIn(value), sub
}

// changeAt changes the value at a path, where there is one; nil removes it.
func changeAt(o *scim.Object, path string, change func(v any) any) {
	objects, name := holdersOf(o, path)
	for _, h := range objects {
		v, ok := h.Get(name)
		if h == nil || !ok {
			continue
		}
		if v = change(v); v == nil {
			h.Delete(name)
			continue
		}
		h.Set(name, v)
	}
}

func toNothing(any) any { return nil }

// sentValue changes what a client writes at a path: in a resource, or in the
// operations of a PATCH, which have the path or the attribute above it.
func sentValue(methods, place, path string, change func(v any) any) rewrite.Wrap {
	return rewrite.Requests(rewrite.At(methods, place), func(r *http.Request, body *scim.Object) {
		if r.Method != http.MethodPatch {
			changeAt(body, path, change)
			return
		}
		body.Set("Operations", slices.DeleteFunc(slices.Clone(body.Array("Operations")), func(v any) bool {
			o, _ := v.(*scim.Object)
			return !patchedValue(o, path, change)
		}))
	})
}

// patchedValue changes one operation; false if nothing is left of it.
func patchedValue(operation *scim.Object, path string, change func(v any) any) bool {
	own := operation.String("path")
	whole, sub, _ := strings.Cut(path, "#")
	if sub == "" {
		_, _, sub = splitPath(path)
		whole = strings.TrimSuffix(path, "."+sub)
	}
	switch own {
	case path:
		changeAt(operation, "value", change)
	case whole:
		wrapped := scim.NewObject(scim.Member{Name: "x", Value: operation.Object("value")})
		if list := operation.Array("value"); list != nil {
			wrapped.Set("x", list)
		}
		changeAt(wrapped, "x."+sub, change)
	default:
		return true
	}
	_, left := operation.Get("value")
	return left
}

// losingAttribute drops what a client writes at a path.
func losingAttribute(methods, place, path string) rewrite.Wrap {
	return sentValue(methods, place, path, toNothing)
}

// obeyed remember what a client sent for a resource, to show it later.
type obeyed struct {
	mu   sync.Mutex
	sent map[string]any
}

// obeying shows what the client sent at a path although it must not be written:
// in the answer to that request and in reads of the resource from then on.
func obeying(methods, collection, path string, accept bool) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		k := &obeyed{sent: map[string]any{}}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			write := rewrite.IsOneOf(r.Method, methods) && rewrite.Segments(r)[0] == collection
			var sent any
			if write {
				sent = sentAt(rewrite.BodyOf(r), path)
			}
			a := rewrite.Serve(next, r)
			if write && sent != nil && !a.OK() && accept {
				a = rewrite.Now(next, r)
			}
			k.keep(r, a, sent)
			if rewrite.Segments(r)[0] == collection {
				k.show(a, path)
			}
			return a
		})
	})
}

// sentAt is the value at a path in a resource or a PatchOp, nil for none.
func sentAt(body *scim.Object, path string) any {
	var found any
	for _, o := range rewrite.Operations(body) {
		if o.String("path") == path {
			found, _ = o.Get("value")
		}
	}
	changeAt(body.Clone(), path, func(v any) any { found = v; return v })
	return found
}

func (k *obeyed) keep(r *http.Request, a *rewrite.Answer, sent any) {
	id := a.Body.String("id")
	if s := rewrite.Segments(r); len(s) == 2 {
		id = s[1]
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if sent != nil && id != "" {
		k.sent[id] = sent
	}
}

func (k *obeyed) show(a *rewrite.Answer, path string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, o := range a.Resources() {
		v, ok := k.sent[o.String("id")]
		if !ok {
			continue
		}
		objects, name := holdersOf(o, path)
		for _, h := range objects {
			if h != nil {
				h.Set(name, scim.CloneValue(v))
			}
		}
	}
}

// onePart edits resources that are shown at a place with a path in them.
func onePart(chosen rewrite.When, path string, change func(v any) any) rewrite.Wrap {
	return rewrite.Shown(chosen, func(o *scim.Object) { changeAt(o, path, change) })
}

// narrowedRead chooses reads of a place that ask for a choice of attributes.
func narrowedRead(place, parameter string) rewrite.When {
	return func(r *http.Request) bool { return rewrite.At("GET", place)(r) && r.URL.Query().Has(parameter) }
}

// ignoringAttributes answers with all attributes whatever was asked for.
func ignoringAttributes(place string) rewrite.Wrap {
	return rewrite.Requests(narrowedRead(place, "attributes"), func(r *http.Request, _ *scim.Object) {
		rewrite.EditQuery(r, func(q url.Values) { q.Del("attributes") })
	})
}

func firstElement(v any) any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return list[0]
	}
	return v
}

func asList(v any) any { return []any{v} }

func asText(v any) any {
	raw, _ := scim.Marshal(v)
	return strings.Trim(string(raw), `"`)
}

func toLower(v any) any {
	s, _ := v.(string)
	return strings.ToLower(s)
}

// cutTo keeps the beginning of a text.
func cutTo(length int) func(any) any {
	return func(v any) any {
		s, _ := v.(string)
		return s[:min(length, len(s))]
	}
}

// asValue reduces a complex value to its "value", asValues the elements of a list.
func asValue(v any) any {
	o, _ := v.(*scim.Object)
	return o.String("value")
}

func asValues(v any) any {
	list, _ := v.([]any)
	reduced := make([]any, len(list))
	for i, e := range list {
		reduced[i] = asValue(e)
	}
	return reduced
}

// bySearch chooses POST to .search of a collection.
var bySearch = rewrite.At("POST", "/*/.search")

// inElements adds a member to the elements of a list.
func inElements(list, name string, value any) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, e := range rewrite.ObjectsIn(o.Array(list)) {
			e.Set(name, value)
		}
	}
}

// repeating shows in the answer what the client sent.
func repeating(method, place, path string) rewrite.Wrap {
	return repeatingAs(method, place, path, path)
}

// repeatingAs shows in the answer the value that the client sent, under another
// name.
func repeatingAs(method, place, path, as string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(method, place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := sentAt(rewrite.BodyOf(r), path)
		a := rewrite.Serve(next, r)
		if a.OK() && a.Body != nil && sent != nil {
			a.Body.Set(as, sent)
		}
		return a
	})
}

// showingAfter edits what is shown of a resource once a request was made to it.
func showingAfter(method, place, shownBy string, edit func(o *scim.Object)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		touched := map[string]bool{}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			a := rewrite.Serve(next, r)
			path := rewrite.PlaceOf(r)
			mu.Lock()
			if rewrite.At(method, place)(r) && a.OK() {
				touched[path] = true
			}
			edits := touched[path] && rewrite.IsOneOf(r.Method, shownBy) && a.OK()
			mu.Unlock()
			if edits {
				edit(a.Body)
			}
			return a
		})
	})
}

const enterprisePrefix = scim.EnterpriseURN + ":"

func toInstead(from, to string) func(any) any {
	return func(v any) any {
		if v == from {
			return to
		}
		return v
	}
}

// refusingAttribute refuses every write of an attribute of users.
func refusingAttribute(method, name string) rewrite.Wrap {
	return rewrite.RefusingWrites(method, mentioningAttribute(name, scim.InvalidValue("%s is not welcome", name)))
}

func refusing500(method, name string) rewrite.Wrap {
	return rewrite.RefusingWrites(method, mentioningAttribute(name, scim.Internal("%s broke the server", name)))
}

func mentioningAttribute(name string, e *scim.Error) func(r *http.Request, body string) *scim.Error {
	return func(r *http.Request, body string) *scim.Error {
		if rewrite.Segments(r)[0] == "Users" && (strings.Contains(body, `"`+name+`":`) || strings.Contains(body, `"path":"`+name+`"`)) {
			return e
		}
		return nil
	}
}

// blindTo finds nothing by a filter with this comparison.
func blindTo(comparison string) rewrite.Wrap { return blindToAt("/*", comparison) }

// blindToAt answers a filter with this comparison with an empty list.
func blindToAt(place, comparison string) rewrite.Wrap {
	return rewrite.Answers(func(r *http.Request) bool {
		return rewrite.At("GET", place)(r) && strings.Contains(r.URL.Query().Get("filter"), comparison)
	}, func(_ *http.Request, a *rewrite.Answer) {
		if a.OK() {
			a.Body = (&scim.List{}).Object()
		}
	})
}

// breaksAtTakenName fails where a group gets a name that another one has.
func breaksAtTakenName(next http.Handler, r *http.Request) *rewrite.Answer {
	for _, op := range rewrite.Operations(rewrite.BodyOf(r)) {
		if op.String("path") != "displayName" {
			continue
		}
		for _, g := range rewrite.Ask(next, r, http.MethodGet, "Groups", nil).Resources() {
			if g.String("displayName") == op.String("value") && g.String("id") != rewrite.Segments(r)[1] {
				return rewrite.Refusal(scim.Internal("the name is there already"))
			}
		}
	}
	return nil
}
