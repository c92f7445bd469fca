package faults

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

const enterprise = scim.EnterpriseURN

// enterpriseFaults violate RFC 7643, section 4.3.
func enterpriseFaults() []Fault {
	return []Fault{
		{"RFC7643-4.3-01", "a new user has no extension", withoutSent(at("POST", "/Users"), enterprise)},
		{"RFC7643-4.3-01", "an employeeNumber is not kept", receiving(at("POST", "/Users"), enterprise+"/employeeNumber", toGone)},
		{"RFC7643-4.3-01", "a costCenter is not kept", receiving(at("POST", "/Users"), enterprise+"/costCenter", toGone)},
		{"RFC7643-4.3-01", "an organization is not kept", receiving(at("POST", "/Users"), enterprise+"/organization", toGone)},
		{"RFC7643-4.3-01", "a division is not kept", receiving(at("POST", "/Users"), enterprise+"/division", toGone)},
		{"RFC7643-4.3-01", "a department is not kept", receiving(at("POST", "/Users"), enterprise+"/department", toGone)},
		{"RFC7643-4.3-01", "division and department are swapped", shown(ofUsers, func(o *scim.Object) {
			x := o.Object(enterprise)
			department, division := x.String("department"), x.String("division")
			for name, v := range map[string]string{"department": division, "division": department} {
				if x.Len() > 0 {
					x.Set(name, v)
				}
			}
		})},
		{"RFC7643-4.3-01", "an employeeNumber loses what is no digit", showing(ofUsers, enterprise+"/employeeNumber", toText(digits))},
		{"RFC7643-4.3-01", "an employeeNumber is a number", showing(ofUsers, enterprise+"/employeeNumber", toValue(number(701984)))},
		{"RFC7643-4.3-01", "a PUT does not change the extension", keepingOld(at("PUT", "/Users/*"), enterprise, anyBody)},
		{"RFC7643-4.3-01", "a PUT drops the extension", withoutSent(at("PUT", "/Users/*"), enterprise)},
		{"RFC7643-4.3-01", "a PUT without the extension keeps it", keepingOld(at("PUT", "/Users/*"), enterprise, func(body *scim.Object) bool { return !hasMember(enterprise)(body) })},
		{"RFC7643-4.3-01", "a PATCH does not change the extension", patching("/Users/*", func(op *scim.Object) bool { return !strings.HasPrefix(op.String("path"), enterprise) })},
		{"RFC7643-4.3-01", "a PATCH without a path does not change the extension", patching("/Users/*", func(op *scim.Object) bool {
			return op.Object("value").Object(enterprise) == nil
		})},
		{"RFC7643-4.3-01", "a PATCH of one attribute loses the others", after(at("PATCH", "/Users/*"), part(enterprise+"/division", toGone))},
		{"RFC7643-4.3-01", "a PATCH of the user loses the extension", after(at("PATCH", "/Users/*"), part(enterprise, toGone))},
		{"RFC7643-4.3-01", "a PUT of the user loses the extension", after(at("PUT", "/Users/*"), part(enterprise, toGone))},
		{"RFC7643-4.3-01", "a PATCH that removes an attribute does nothing", patching("/Users/*", func(op *scim.Object) bool { return op.String("op") != "remove" })},
		{"RFC7643-4.3-01", "a PATCH that removes an attribute removes the extension", patching("/Users/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", enterprise)
			}
			return true
		})},
		{"RFC7643-4.3-01", "a path with a URN is refused", refusingBodies(at("PATCH", "/Users/*"), func(body *scim.Object) bool {
			for _, op := range objectsIn(body.Array("Operations")) {
				if strings.HasPrefix(op.String("path"), "urn:") {
					return true
				}
			}
			return false
		}, scim.InvalidPath("unknown attribute"))},
		{"RFC7643-4.3-01", "lists do not show the extension", showing(inUserLists, enterprise, toGone)},
		{"RFC7643-4.3-01", "a filter on the extension finds nobody", filterRewritten(":department eq ", ":department ne ")},

		{"RFC7643-4.3-02", "a manager is called by his name", showing(ofUsers, enterprise+"/manager/value", toValue("The Boss"))},
		{"RFC7643-4.3-02", "a manager is not kept", receiving(at("POST", "/Users"), enterprise+"/manager", toGone)},
		{"RFC7643-4.3-02", "the address of a manager leads nowhere", showing(ofUsers, enterprise+"/manager/$ref", toText(newID))},
		{"RFC7643-4.3-02", "the address of a manager is that of the user", shown(ofUsers, func(o *scim.Object) {
			part(enterprise+"/manager/$ref", toValue(o.Object("meta").String("location")))(o)
		})},
		{"RFC7643-4.3-02", "a PUT does not change the manager", keepingOld(at("PUT", "/Users/*"), enterprise, hasMember(enterprise))},
		{"RFC7643-4.3-02", "a PATCH does not change the manager", patching("/Users/*", func(op *scim.Object) bool { return !strings.HasSuffix(op.String("path"), "manager") })},
		{"RFC7643-4.3-02", "a manager is a text", showing(ofUsers, enterprise+"/manager", func(v any) any {
			o, _ := v.(*scim.Object)
			return o.String("value")
		})},

		{"RFC7643-4.3-03", "a new user's manager has the name that was sent", showing(ofUsers, enterprise+"/manager/displayName", toValue("Pirate"))},
		{"RFC7643-4.3-03", "after a PUT a manager has the name that was sent", after(at("PUT", "/Users/*"), func(o *scim.Object) {
			if m := o.Object(enterprise).Object("manager"); m.Len() > 0 {
				m.Set("displayName", "Pirate")
			}
		})},
		{"RFC7643-4.3-03", "a new user whose manager has a name is refused", refusingBodies(aUser, func(body *scim.Object) bool {
			return body.Object(enterprise).Object("manager").String("displayName") != ""
		}, scim.MutabilityError("manager.displayName is readOnly"))},
	}
}

// comparisonFaults violate RFC 7644, sections 5 and 7.8.
func comparisonFaults() []Fault {
	return []Fault{
		{"RFC7644-5-01", "a name that is letter by letter the same is another one", permittingTwins("POST", anyName)},
		{"RFC7644-5-01", "a name in capital letters beyond ASCII is another one", permittingTwins("POST", nameWith("ZOË"))},
		{"RFC7644-5-01", "a name with combining accents is another one", permittingTwins("POST", nameWith("zoe\u0308"))},
		{"RFC7644-5-01", "a name in full-width letters is another one", permittingTwins("POST", nameWith("ｚ"))},
		{"RFC7644-5-01", "a filter does not fold what is beyond ASCII", filterFails(nameWith("ZOË"))},
		{"RFC7644-5-01", "a filter does not compose accents", filterFails(nameWith("zoe\u0308"))},
		{"RFC7644-5-01", "a filter does not find what is beyond ASCII", filterFails(nameWith("zoë"))},
		{"RFC7644-5-01", "accents make no difference", accentsMakeNone},

		{"RFC7644-7.8-01", "a filter does not fold what is beyond ASCII", filterRewritten("ZOË ÅNGSTRÖM", "zoË Ångström nobody")},
		{"RFC7644-7.8-01", "a filter does not compose accents", filterRewritten("Zoe\u0308", "nobody")},
		{"RFC7644-7.8-01", "a filter does not find what is beyond ASCII", filterRewritten("Zoë Ångström", "Zo? ?ngstr?m")},
		{"RFC7644-7.8-01", "a filter on a part does not fold what is beyond ASCII", filterRewritten("ånGSTRÖ", "nobody")},
		{"RFC7644-7.8-01", "a filter on the beginning does not fold what is beyond ASCII", filterRewritten(`"ZOË"`, `"nobody"`)},
		{"RFC7644-7.8-01", "a filter finds what has no accents", filterRewritten(`displayName eq "Zoë Ångström"`, `displayName sw "Zo"`)},
	}
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func nameWith(part string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, part) }
}

// accentsMakeNone takes two names for one that differ in their accents.
func accentsMakeNone(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at("POST", "/Users")(r) {
			name := sentName(bodyOf(r))
			if userByName(next, r, strings.Replace(name, "zoe-", "zoë-", 1)) != nil {
				a := &answer{}
				a.refuse(scim.UniquenessError("another User has this userName"))
				a.send(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
