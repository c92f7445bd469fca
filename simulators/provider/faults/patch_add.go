package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchAddFaults are about the add operation.
func patchAddFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2.1-01", "an add without a value is skipped", ignores("/*/*", allOf(does("add", ""), valueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value to a list is skipped", ignores("/Users/*", allOf(does("add", "emails"), valueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add of nothing to the resource is skipped", ignores("/Users/*", allOf(does("add", "-"), valueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value clears the attribute", reads("/Users/*", allOf(does("add", "displayName"), valueOfType("absent")), func(op *scim.Object) { op.Set("value", "") })},
		{"RFC7644-3.5.2.1-01", "an add without a value to the members is skipped", ignores("/Groups/*", allOf(does("add", "members"), valueOfType("absent")))},
		{"RFC7644-3.5.2.1-01", "an add without a value answers 500", refusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.1-01", "an add without a value answers mutability", errorsBecome("/*/*", always, 0, "mutability")},

		{"RFC7644-3.5.2.1-02", "an add without a path is skipped", ignores("/*/*", does("add", "-"))},
		{"RFC7644-3.5.2.1-02", "an add without a path is refused", refuses("/*/*", does("add", "-"), scim.InvalidPath("a path is needed"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces lists", reads("/Users/*", does("add", "-"), becomes("replace"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces the members", reads("/Groups/*", does("add", "-"), becomes("replace"))},
		{"RFC7644-3.5.2.1-02", "an add without a path adds only the first attribute", reads("/Users/*", does("add", "-"), func(op *scim.Object) {
			for name, value := range op.Object("value").All() {
				op.Set("value", scim.NewObject(scim.Member{Name: name, Value: value}))
				return
			}
		})},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores lists", reads("/Users/*", namesInValue("emails"), withoutInValue("emails"))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores complex values", reads("/Users/*", namesInValue("name"), withoutInValue("name"))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores extensions", ignores("/Users/*", namesInValue(scim.EnterpriseURN))},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores what has a value", effect("/Users/*", namesInValue("displayName"), func(c change) { c.keep("displayName") })},
		{"RFC7644-3.5.2.1-02", "an add without a path ignores booleans", ignores("/Users/*", namesInValue("active"))},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces the resource", effect("/Users/*", does("add", "-"), func(c change) { c.now.Delete("name") })},
		{"RFC7644-3.5.2.1-02", "an add without a path to the members is skipped", ignores("/Groups/*", does("add", "-"))},

		{"RFC7644-3.5.2.1-03", "an add replaces the list", reads("/Users/*", does("add", "emails"), becomes("replace"))},
		{"RFC7644-3.5.2.1-03", "an add replaces the members", reads("/Groups/*", does("add", "members"), becomes("replace"))},
		{"RFC7644-3.5.2.1-03", "an add to a list is skipped", ignores("/Users/*", does("add", "emails"))},
		{"RFC7644-3.5.2.1-03", "an add to the members is skipped", ignores("/Groups/*", does("add", "members"))},
		{"RFC7644-3.5.2.1-03", "an add takes only the first of several elements", reads("/Users/*", does("add", "emails"), firstOnly)},
		{"RFC7644-3.5.2.1-03", "an add takes only the first of several members", reads("/Groups/*", does("add", "members"), firstOnly)},
		{"RFC7644-3.5.2.1-03", "an add to a list without a value is skipped", effect("/Users/*", does("add", "emails"), func(c change) {
			if len(c.before.Array("emails")) == 0 {
				c.keep("emails")
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add to a group of nobody is refused", refusesAddToNobody()},
		{"RFC7644-3.5.2.1-03", "an add adds twice", effect("/Users/*", does("add", "emails"), func(c change) {
			if list := c.now.Array("emails"); len(list) > 0 {
				c.now.Set("emails", appended(list, list[len(list)-1:]))
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add loses the first element", effect("/Users/*", does("add", "emails"), func(c change) {
			if list := c.now.Array("emails"); len(list) > 1 {
				c.now.Set("emails", list[1:])
			}
		})},
		{"RFC7644-3.5.2.1-03", "an add adds a member twice", effect("/Groups/*", does("add", "members"), func(c change) {
			if list := c.now.Array("members"); len(list) > 0 {
				c.now.Set("members", appended(list, list[len(list)-1:]))
			}
		})},
		{"RFC7644-3.5.2.1-03", "the second of two adds is lost", reorders("/Users/*", firstOfEachPath)},

		{"RFC7644-3.5.2.1-04", "an add to a single value that is there is skipped", effect("/Users/*", does("add", "displayName"), func(c change) { c.keep("displayName") })},
		{"RFC7644-3.5.2.1-04", "an add to a single value that is there is refused", refuses("/Users/*", does("add", "displayName"), scim.InvalidValue("there is a value already"))},
		{"RFC7644-3.5.2.1-04", "an add to a boolean is skipped", ignores("/Users/*", does("add", "active"))},
		{"RFC7644-3.5.2.1-04", "an add to the externalId is skipped", ignores("/Users/*", does("add", "externalId"))},
		{"RFC7644-3.5.2.1-04", "an add to a part loses the other parts", effect("/Users/*", does("add", "name.familyName"), func(c change) {
			c.now.Set("name", scim.NewObject(scim.Member{Name: "familyName", Value: c.now.Object("name").String("familyName")}))
		})},
		{"RFC7644-3.5.2.1-04", "an add to a part of nothing is skipped", effect("/Users/*", does("add", "name.familyName"), func(c change) {
			if c.before.Object("name") == nil {
				c.keep("name")
			}
		})},
		{"RFC7644-3.5.2.1-04", "an add to a single value puts it behind the old", reads("/Users/*", does("add", "displayName"), func(op *scim.Object) { op.Set("value", "Before"+op.String("value")) })},
		{"RFC7644-3.5.2.1-04", "an add to the name of a group is skipped", ignores("/Groups/*", does("add", "displayName"))},

		{"RFC7644-3.5.2.1-05", "an add to a complex attribute is skipped", ignores("/Users/*", does("add", "name"))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute is refused", refuses("/Users/*", does("add", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute keeps the parts that are there", effect("/Users/*", does("add", "name"), func(c change) {
			if c.before.Object("name") != nil {
				c.keep("name")
			}
		})},
		{"RFC7644-3.5.2.1-05", "a text becomes the formatted name", reads("/Users/*", allOf(does("add", "name"), valueOfType("string")), func(op *scim.Object) {
			op.Set("value", scim.NewObject(scim.Member{Name: "formatted", Value: op.String("value")}))
		})},
		{"RFC7644-3.5.2.1-05", "a boolean for a complex value is skipped", ignores("/Users/*", allOf(does("add", "name"), valueOfType("boolean")))},
		{"RFC7644-3.5.2.1-05", "a list for a complex value is skipped", ignores("/Users/*", allOf(does("add", "name"), valueOfType("array")))},
		{"RFC7644-3.5.2.1-05", "an add to a complex attribute stores the first part only", effect("/Users/*", does("add", "name"), func(c change) { c.now.Object("name").Delete("familyName") })},

		{"RFC7644-3.5.2.1-06", "an add of what is there adds it again", effect("/Users/*", does("add", "emails"), doubled("emails"))},
		{"RFC7644-3.5.2.1-06", "an add without a path of what is there adds it again", effect("/Users/*", namesInValue("emails"), doubled("emails"))},
		{"RFC7644-3.5.2.1-06", "an add of a member adds it again", effect("/Groups/*", does("add", "members"), doubled("members"))},
		{"RFC7644-3.5.2.1-06", "an add without a path of a member adds it again", effect("/Groups/*", namesInValue("members"), doubled("members"))},
		{"RFC7644-3.5.2.1-06", "an add of what is there is refused", refuses("/Users/*", does("add", "emails"), scim.UniquenessError("it is there already"))},
		{"RFC7644-3.5.2.1-06", "an add of a member who is there is refused", refuses("/Groups/*", does("add", "members"), scim.UniquenessError("it is a member already"))},
		{"RFC7644-3.5.2.1-06", "an add of a single value that is there is refused", refuses("/Users/*", does("add", "displayName"), scim.InvalidValue("it is there already"))},
		{"RFC7644-3.5.2.1-06", "an add of a member who is there loses the others of the request", reads("/Groups/*", does("add", "members"), firstOnly)},
		{"RFC7644-3.5.2.1-06", "an add of an element that is there removes it", reads("/Users/*", does("add", "emails"), becomes("remove"))},
		{"RFC7644-3.5.2.1-06", "an add of an element that is there replaces the list", reads("/Users/*", does("add", "emails"), becomes("replace"))},

		{"RFC7644-3.5.2.1-07", "an add of what is there changes the time of the change", effect("/*/*", does("add", ""), touched)},
		{"RFC7644-3.5.2.1-07", "an add of an element that is there changes the time of the change", effect("/Users/*", does("add", "emails"), touched)},
		{"RFC7644-3.5.2.1-07", "an add of a single value that is there changes the time of the change", effect("/Users/*", does("add", "displayName"), touched)},
		{"RFC7644-3.5.2.1-07", "an add of a member who is there changes the time of the change", effect("/Groups/*", does("add", "members"), touched)},

		{"RFC7644-3.5.2.1-08", "one value without a list is refused", refuses("/*/*", allOf(does("add", ""), valueOfType("object")), scim.InvalidValue("a list is needed"))},
		{"RFC7644-3.5.2.1-08", "one value without a list is skipped", ignores("/Users/*", allOf(does("add", ""), valueOfType("object")))},
		{"RFC7644-3.5.2.1-08", "one value without a list replaces the list", reads("/Users/*", allOf(does("add", ""), valueOfType("object")), becomes("replace"))},
		{"RFC7644-3.5.2.1-08", "one member without a list is refused", refuses("/Groups/*", allOf(does("add", ""), valueOfType("object")), scim.InvalidValue("a list is needed"))},
		{"RFC7644-3.5.2.1-08", "one member without a list replaces the members", reads("/Groups/*", allOf(does("add", ""), valueOfType("object")), becomes("replace"))},

		{"RFC7644-3.5.2.1-09", "an add to a part of selected values changes all", reads("/Users/*", does("add", "["), func(op *scim.Object) { op.Set("path", `emails[type pr].value`) })},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values changes the first", reads("/Users/*", does("add", "["), func(op *scim.Object) { op.Set("path", `emails[type eq "work"].value`) })},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values is skipped", ignores("/Users/*", does("add", "["))},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values is refused", refuses("/Users/*", does("add", "["), scim.InvalidPath("replace it"))},
		{"RFC7644-3.5.2.1-09", "an add to a part of selected values adds an element", reads("/Users/*", does("add", "["), func(op *scim.Object) {
			op.Set("path", "emails")
			op.Set("value", []any{scim.NewObject(scim.Member{Name: "value", Value: op.String("value")}, scim.Member{Name: "type", Value: "other"})})
		})},
	}
}

// doubled shows what was sent a second time.
func doubled(name string) func(c change) {
	return func(c change) {
		if list := c.now.Array(name); len(list) > 0 {
			c.now.Set(name, appended(list, list[:1]))
		}
	}
}

// touched shows another time of the change.
func touched(c change) {
	c.now.Object("meta").Set("lastModified", "2099-12-31T23:59:59.5Z")
}

// refusesAddToNobody refuses the first member of a group.
func refusesAddToNobody() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/Groups/*")(r) && len(current(next, r).Array("members")) == 0 {
				a := &answer{}
				a.refuse(scim.NoTarget("the group has no members"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
