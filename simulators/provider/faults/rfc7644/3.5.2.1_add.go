package rfc7644

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchAddFaults violate features/rfc7644/3.5.2.1_add.feature.
func patchAddFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5.2.1-01", "an add without a value is skipped", rewrite.IgnoreOperations("/*/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value to a list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "emails"), rewrite.ValueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add of nothing to the resource is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "-"), rewrite.ValueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value clears the attribute", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "displayName"), rewrite.ValueOfType("absent")), func(op *scim.Object) { op.Set("value", "") })},
		{"RFC7644-3.5.2.1-01", "an add without a value to the members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.AllOf(rewrite.Does("add", "members"), rewrite.ValueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value answers 500", rewrite.RefusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.1-01", "an add without a value answers mutability", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "mutability")},

		{"RFC7644-3.5.2.1-02", "an add without a path is skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("add", "-"))},
		{"RFC7644-3.5.2.1-02", "an add without a path is refused", rewrite.RefuseOperations("/*/*", rewrite.Does("add", "-"), scim.InvalidPath("a path is needed"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces lists", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "-"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces the members", rewrite.MisreadOperations("/Groups/*", rewrite.Does("add", "-"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2.1-02", "an add without a path adds only the first attribute", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "-"), func(op *scim.Object) {
			for name, value := range op.Object("value").All() {
				op.Set("value", scim.NewObject(scim.Member{Name: name, Value: value}))
				return
			}
		})},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores lists", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("emails"), rewrite.WithoutInValue("emails"))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores complex values", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("name"), rewrite.WithoutInValue("name"))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores extensions", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember(scim.EnterpriseURN))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores attributes that have a value", rewrite.EditPatchOutcome("/Users/*", rewrite.NamesMember("displayName"), func(c rewrite.Change) { c.Keep("displayName") })},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores booleans", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember("active"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces the resource", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "-"), func(c rewrite.Change) { c.Now.Delete("name") })},
		{"RFC7644-3.5.2.1-02", "an add without a path to the members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("add", "-"))},

		{"RFC7644-3.5.2.1-03", "an added element becomes the primary one", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), func(c rewrite.Change) {
			list := rewrite.ObjectsIn(c.Now.Array("emails"))
			for i, e := range list {
				e.Set("primary", i == len(list)-1)
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add replaces the list", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "emails"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2.1-03", "an add replaces the members", rewrite.MisreadOperations("/Groups/*", rewrite.Does("add", "members"), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2.1-03", "an add to a list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "emails"))},
		{"RFC7644-3.5.2.1-03", "an add to the members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("add", "members"))},
		{"RFC7644-3.5.2.1-03", "an add takes only the first of several elements", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "emails"), rewrite.FirstOnly)},
		{"RFC7644-3.5.2.1-03", "an add takes only the first of several members", rewrite.MisreadOperations("/Groups/*", rewrite.Does("add", "members"), rewrite.FirstOnly)},
		{"RFC7644-3.5.2.1-03", "an add to a list without a value is skipped", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), func(c rewrite.Change) {
			if len(c.Before.Array("emails")) == 0 {
				c.Keep("emails")
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add to a group without members is refused", rewrite.RefuseFirstMember()},
		{"RFC7644-3.5.2.1-03", "an add adds twice", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), func(c rewrite.Change) {
			if list := c.Now.Array("emails"); len(list) > 0 {
				c.Now.Set("emails", rewrite.Appended(list, list[len(list)-1:]))
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add loses the first element", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), func(c rewrite.Change) {
			if list := c.Now.Array("emails"); len(list) > 1 {
				c.Now.Set("emails", list[1:])
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add adds a member twice", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("add", "members"), func(c rewrite.Change) {
			if list := c.Now.Array("members"); len(list) > 0 {
				c.Now.Set("members", rewrite.Appended(list, list[len(list)-1:]))
			}
		})},
		{"RFC7644-3.5.2.1-03", "the second of two adds is lost", rewrite.ReorderOperations("/Users/*", rewrite.FirstOfEachPath)},

		{"RFC7644-3.5.2.1-04", "an add to a single value that is there is skipped", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "displayName"), func(c rewrite.Change) { c.Keep("displayName") })},
		{"RFC7644-3.5.2.1-04", "an add to a single value that is there is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "displayName"), scim.InvalidValue("there is a value already"))},
		{"RFC7644-3.5.2.1-04", "an add to a boolean is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "active"))},
		{"RFC7644-3.5.2.1-04", "an add to the externalId is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "externalId"))},
		{"RFC7644-3.5.2.1-04", "an add to a part loses the other parts", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "name.familyName"), func(c rewrite.Change) {
			c.Now.Set("name", scim.NewObject(scim.Member{Name: "familyName", Value: c.Now.Object("name").String("familyName")}))
		})},
		{"RFC7644-3.5.2.1-04", "an add to a part of nothing is skipped", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "name.familyName"), func(c rewrite.Change) {
			if c.Before.Object("name") == nil {
				c.Keep("name")
			}
		})},
		{"RFC7644-3.5.2.1-04", "an add to a single value puts it behind the old", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "displayName"), func(op *scim.Object) { op.Set("value", "Before"+op.String("value")) })},
		{"RFC7644-3.5.2.1-04", "an add to the name of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("add", "displayName"))},

		{"RFC7644-3.5.2.1-05", "an add to a complex attribute is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "name"))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute keeps the parts that are there", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "name"), func(c rewrite.Change) {
			if c.Before.Object("name") != nil {
				c.Keep("name")
			}
		})},
		{"RFC7644-3.5.2.1-05", "a text becomes the formatted name", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "name"), rewrite.ValueOfType("string")), func(op *scim.Object) {
			op.Set("value", scim.NewObject(scim.Member{Name: "formatted", Value: op.String("value")}))
		})},
		{"RFC7644-3.5.2.1-05", "a boolean for a complex value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "name"), rewrite.ValueOfType("boolean")))},
		{"RFC7644-3.5.2.1-05", "a list for a complex value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", "name"), rewrite.ValueOfType("array")))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute stores the first part only", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "name"), func(c rewrite.Change) { c.Now.Object("name").Delete("familyName") })},

		{"RFC7644-3.5.2.1-06", "an add of an existing value adds it again", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), doubled("emails"))},
		{"RFC7644-3.5.2.1-06", "an add without a path of an existing value adds it again", rewrite.EditPatchOutcome("/Users/*", rewrite.NamesMember("emails"), doubled("emails"))},
		{"RFC7644-3.5.2.1-06", "an add of a member adds it again", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("add", "members"), doubled("members"))},
		{"RFC7644-3.5.2.1-06", "an add without a path of a member adds it again", rewrite.EditPatchOutcome("/Groups/*", rewrite.NamesMember("members"), doubled("members"))},
		{"RFC7644-3.5.2.1-06", "an add of an existing value is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "emails"), scim.UniquenessError("it is there already"))},
		{"RFC7644-3.5.2.1-06", "an add of a telephone number that is there is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "phoneNumbers"), scim.InvalidValue("it is there already"))},
		{"RFC7644-3.5.2.1-06", "an add of an existing member is refused", rewrite.RefuseOperations("/Groups/*", rewrite.Does("add", "members"), scim.UniquenessError("it is a member already"))},
		{"RFC7644-3.5.2.1-06", "an add of a single value that is there is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "displayName"), scim.InvalidValue("it is there already"))},
		{"RFC7644-3.5.2.1-06", "an add of an existing member loses the others of the request", rewrite.MisreadOperations("/Groups/*", rewrite.Does("add", "members"), rewrite.FirstOnly)},
		{"RFC7644-3.5.2.1-06", "an add of an element that is there removes it", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "emails"), rewrite.Becomes("remove"))},
		{"RFC7644-3.5.2.1-06", "an add of an element that is there replaces the list", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "emails"), rewrite.Becomes("replace"))},

		{"RFC7644-3.5.2.1-07", "an add of an existing value changes lastModified", rewrite.EditPatchOutcome("/*/*", rewrite.Does("add", ""), touched)},
		{"RFC7644-3.5.2.1-07", "an add of an element that is there changes the time of the change", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "emails"), touched)},
		{"RFC7644-3.5.2.1-07", "an add of a single value that is there changes the time of the change", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("add", "displayName"), touched)},
		{"RFC7644-3.5.2.1-07", "an add of an existing member changes lastModified", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("add", "members"), touched)},

		{"RFC7644-3.5.2.1-08", "one value without a list is refused", rewrite.RefuseOperations("/*/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("object")), scim.InvalidValue("a list is needed"))},
		{"RFC7644-3.5.2.1-08", "one value without a list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("object")))},
		{"RFC7644-3.5.2.1-08", "one value without a list replaces the list", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("object")), rewrite.Becomes("replace"))},
		{"RFC7644-3.5.2.1-08", "one member without a list is refused", rewrite.RefuseOperations("/Groups/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("object")), scim.InvalidValue("a list is needed"))},
		{"RFC7644-3.5.2.1-08", "one member without a list replaces the members", rewrite.MisreadOperations("/Groups/*", rewrite.AllOf(rewrite.Does("add", ""), rewrite.ValueOfType("object")), rewrite.Becomes("replace"))},

		{"RFC7644-3.5.2.1-09", "each part makes an address of its own", rewrite.EachOperation(rewrite.PatchesUsers, func(op *scim.Object) {
			if part, ok := strings.CutPrefix(op.String("path"), `addresses[type eq "work"].`); ok {
				op.Set("path", "addresses")
				op.Set("value", []any{scim.NewObject(scim.Member{Name: "type", Value: "work"}, scim.Member{Name: part, Value: rewrite.ValueOf(op)})})
			}
		})},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values changes all", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "["), func(op *scim.Object) { op.Set("path", `emails[type pr].value`) })},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values changes the first", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "["), func(op *scim.Object) { op.Set("path", `emails[type eq "work"].value`) })},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("add", "["))},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("add", "["), scim.InvalidPath("replace it"))},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values adds an element", rewrite.MisreadOperations("/Users/*", rewrite.Does("add", "["), func(op *scim.Object) {
			op.Set("path", "emails")
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")}, scim.Member{Name: "type", Value: "other"})})
		})},
	}
}

// doubled shows what was sent a second time.
func doubled(name string) func(c rewrite.Change) {
	return func(c rewrite.Change) {
		if list := c.Now.Array(name); len(list) > 0 {
			c.Now.Set(name, rewrite.Appended(list, list[:1]))
		}
	}
}

// touched shows another time of the change.
func touched(c rewrite.Change) {
	rewrite.PartOf(c.Now, "meta").Set("lastModified", "2099-12-31T23:59:59.5Z")
}
