package rfc7643

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// enterpriseUserFaults violate features/rfc7643/4.3_enterprise_user.feature.
func enterpriseUserFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7643-4.3-01", "a new user has no extension", rewrite.WithoutSent(rewrite.At("POST", "/Users"), enterprise)},
		{"RFC7643-4.3-01", "an employeeNumber is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/employeeNumber", rewrite.ToGone)},
		{"RFC7643-4.3-01", "a costCenter is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/costCenter", rewrite.ToGone)},
		{"RFC7643-4.3-01", "an organization is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/organization", rewrite.ToGone)},
		{"RFC7643-4.3-01", "a division is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/division", rewrite.ToGone)},
		{"RFC7643-4.3-01", "a department is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/department", rewrite.ToGone)},
		{"RFC7643-4.3-01", "division and department are swapped", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			x := o.Object(enterprise)
			department, division := x.String("department"), x.String("division")
			for name, v := range map[string]string{"department": division, "division": department} {
				if x.Len() > 0 {
					x.Set(name, v)
				}
			}
		})},
		{"RFC7643-4.3-01", "an employeeNumber loses all but digits", rewrite.EditShown(rewrite.OfUsers, enterprise+"/employeeNumber", rewrite.ToText(digits))},
		{"RFC7643-4.3-01", "an employeeNumber loses its leading zeros", rewrite.EditShown(rewrite.OfUsers, enterprise+"/employeeNumber", rewrite.ToText(func(s string) string { return strings.TrimLeft(s, "0") }))},
		{"RFC7643-4.3-01", "an employeeNumber is a number", rewrite.EditShown(rewrite.OfUsers, enterprise+"/employeeNumber", rewrite.ToValue(rewrite.Number(701984)))},
		{"RFC7643-4.3-01", "a PUT does not change the extension", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), enterprise, rewrite.AnyBody)},
		{"RFC7643-4.3-01", "a PUT drops the extension", rewrite.WithoutSent(rewrite.At("PUT", "/Users/*"), enterprise)},
		{"RFC7643-4.3-01", "a PUT without the extension keeps it", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), enterprise, func(body *scim.Object) bool { return !rewrite.HasMember(enterprise)(body) })},
		{"RFC7643-4.3-01", "a PATCH does not change the extension", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return !strings.HasPrefix(op.String("path"), enterprise) })},
		{"RFC7643-4.3-01", "a PATCH without a path does not change the extension", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			return op.Object("value").Object(enterprise) == nil
		})},
		{"RFC7643-4.3-01", "a PATCH of one attribute loses the others", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part(enterprise+"/division", rewrite.ToGone))},
		{"RFC7643-4.3-01", "a PATCH of the user loses the extension", rewrite.After(rewrite.At("PATCH", "/Users/*"), rewrite.Part(enterprise, rewrite.ToGone))},
		{"RFC7643-4.3-01", "a PUT of the user loses the extension", rewrite.After(rewrite.At("PUT", "/Users/*"), rewrite.Part(enterprise, rewrite.ToGone))},
		{"RFC7643-4.3-01", "a PATCH that removes an attribute does nothing", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return op.String("op") != "remove" })},
		{"RFC7643-4.3-01", "a PATCH that removes an attribute removes the extension", rewrite.Patching("/Users/*", func(op *scim.Object) bool {
			if op.String("op") == "remove" {
				op.Set("path", enterprise)
			}
			return true
		})},
		{"RFC7643-4.3-01", "a path with a URN is refused", rewrite.RefuseBodies(rewrite.At("PATCH", "/Users/*"), func(body *scim.Object) bool {
			for _, op := range rewrite.Operations(body) {
				if strings.HasPrefix(op.String("path"), "urn:") {
					return true
				}
			}
			return false
		}, scim.InvalidPath("unknown attribute"))},
		{"RFC7643-4.3-01", "a path to the employeeNumber is refused", rewrite.RefuseOperations("/Users/*", rewrite.PathHas(":employeeNumber"), scim.NoTarget("there is no such attribute"))},
		{"RFC7643-4.3-01", "lists do not show the extension", rewrite.EditShown(rewrite.InUserLists, enterprise, rewrite.ToGone)},
		{"RFC7643-4.3-01", "a filter on the extension finds no user", rewrite.EditFilter(rewrite.At("GET", ""), rewrite.ReplaceTexts(":department eq ", ":department ne "))},

		{"RFC7643-4.3-02", "a manager's id is the name", rewrite.EditShown(rewrite.OfUsers, enterprise+"/manager/value", rewrite.ToValue("The Boss"))},
		{"RFC7643-4.3-02", "a manager is not kept", rewrite.EditSent(rewrite.At("POST", "/Users"), enterprise+"/manager", rewrite.ToGone)},
		{"RFC7643-4.3-02", "the address of a manager leads nowhere", rewrite.EditShown(rewrite.OfUsers, enterprise+"/manager/$ref", rewrite.ToText(rewrite.OtherID))},
		{"RFC7643-4.3-02", "the address of a manager is that of the user", rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
			rewrite.Part(enterprise+"/manager/$ref", rewrite.ToValue(o.Object("meta").String("location")))(o)
		})},
		{"RFC7643-4.3-02", "a PUT does not change the manager", rewrite.KeepOld(rewrite.At("PUT", "/Users/*"), enterprise, rewrite.HasMember(enterprise))},
		{"RFC7643-4.3-02", "a PATCH does not change the manager", rewrite.Patching("/Users/*", func(op *scim.Object) bool { return !strings.HasSuffix(op.String("path"), "manager") })},
		{"RFC7643-4.3-02", "a manager is a text", rewrite.EditShown(rewrite.OfUsers, enterprise+"/manager", func(v any) any {
			o, _ := v.(*scim.Object)
			return o.String("value")
		})},

		{"RFC7643-4.3-03", "a new user's manager has the name that was sent", rewrite.EditShown(rewrite.OfUsers, enterprise+"/manager/displayName", rewrite.ToValue("Pirate"))},
		{"RFC7643-4.3-03", "after a PUT a manager has the name that was sent", rewrite.After(rewrite.At("PUT", "/Users/*"), func(o *scim.Object) {
			if m := o.Object(enterprise).Object("manager"); m.Len() > 0 {
				m.Set("displayName", "Pirate")
			}
		})},
		{"RFC7643-4.3-03", "a new user whose manager has a name is refused", rewrite.RefuseBodies(rewrite.AUser, func(body *scim.Object) bool {
			return body.Object(enterprise).Object("manager").String("displayName") != ""
		}, scim.MutabilityError("manager.displayName is readOnly"))},
	}
}

const enterprise = scim.EnterpriseURN

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
