package faults

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchReplaceFaults are about the replace operation.
func patchReplaceFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the resource", effect("/Users/*", does("replace", "-"), func(c change) {
			for _, name := range []string{"displayName", "externalId", "emails", "name"} {
				if _, named := c.operations()[0].Object("value").Get(name); !named {
					c.now.Delete(name)
				}
			}
		})},
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the group", effect("/Groups/*", namesInValue("displayName"), func(c change) { c.now.Delete("members") })},
		{"RFC7644-3.5.2.3-01", "a replace without a path is skipped", ignores("/*/*", does("replace", "-"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path is refused", refuses("/*/*", does("replace", "-"), scim.NoTarget("a path is needed"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path is refused for groups", refuses("/Groups/*", does("replace", "-"), scim.NoTarget("a path is needed"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path adds to lists", reads("/Users/*", namesInValue("emails"), becomes("add"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path adds to the members", reads("/Groups/*", namesInValue("members"), becomes("add"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the first attribute only", reads("/Users/*", does("replace", "-"), func(op *scim.Object) {
			for name, value := range op.Object("value").All() {
				op.Set("value", scim.NewObject(scim.Member{Name: name, Value: value}))
				return
			}
		})},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores booleans", reads("/Users/*", namesInValue("active"), withoutInValue("active"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores complex values", ignores("/Users/*", namesInValue("name"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores extensions", ignores("/Users/*", namesInValue(scim.EnterpriseURN))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores members", ignores("/Groups/*", namesInValue("members"))},

		{"RFC7644-3.5.2.3-02", "a replace of what is not there is skipped", effect("/*/*", does("replace", ""), onlyWhatWasThere)},
		{"RFC7644-3.5.2.3-02", "a replace of what is not there is refused", refusesReplaceOfNothing("/*/*")},
		{"RFC7644-3.5.2.3-02", "a replace of members who are not there is refused", refusesReplaceOfNothing("/Groups/*")},
		{"RFC7644-3.5.2.3-02", "a replace of a part that is not there is skipped", ignores("/Users/*", does("replace", "name.familyName"))},
		{"RFC7644-3.5.2.3-02", "a replace of a list that is not there is skipped", ignores("/Users/*", does("replace", "emails"))},
		{"RFC7644-3.5.2.3-02", "a replace of an extension that is not there is refused", refuses("/Users/*", does("replace", "urn:*"), scim.NoTarget("there is no value"))},

		{"RFC7644-3.5.2.3-03", "a replace of a complex value loses the other parts", effect("/Users/*", does("replace", "name"), func(c change) {
			c.now.Set("name", c.operations()[0].Object("value").Clone())
		})},
		{"RFC7644-3.5.2.3-03", "a replace of a part loses the other parts", effect("/Users/*", does("replace", "name.*"), func(c change) {
			c.now.Object("name").Delete("familyName")
		})},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value is skipped", ignores("/Users/*", does("replace", "name"))},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value is refused", refuses("/Users/*", does("replace", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value adds no parts", effect("/Users/*", does("replace", "name"), func(c change) {
			for name := range c.operations()[0].Object("value").All() {
				if c.before.Object("name").String(name) == "" {
					c.now.Object("name").Delete(name)
				}
			}
		})},

		{"RFC7644-3.5.2.3-04", "a replace of a list adds to it", reads("/Users/*", does("replace", "emails"), becomes("add"))},
		{"RFC7644-3.5.2.3-04", "a replace of the members adds to them", reads("/Groups/*", does("replace", "members"), becomes("add"))},
		{"RFC7644-3.5.2.3-04", "a replace of a list is skipped", ignores("/Users/*", does("replace", "emails"))},
		{"RFC7644-3.5.2.3-04", "a replace of the members is skipped", ignores("/Groups/*", does("replace", "members"))},
		{"RFC7644-3.5.2.3-04", "a replace of a list replaces the elements of the same type", effect("/Users/*", does("replace", "emails"), func(c change) {
			all := c.now.Array("emails")
			for _, v := range c.before.Array("emails") {
				if !hasType(c.now.Array("emails"), v.(*scim.Object).String("type")) {
					all = appended(all, []any{v})
				}
			}
			c.now.Set("emails", all)
		})},
		{"RFC7644-3.5.2.3-04", "a replace of a list takes only the first element", reads("/Users/*", does("replace", "emails"), firstOnly)},
		{"RFC7644-3.5.2.3-04", "a replace of the members takes only the first", reads("/Groups/*", does("replace", "members"), firstOnly)},
		{"RFC7644-3.5.2.3-04", "a replace of the members only removes", effect("/Groups/*", does("replace", "members"), func(c change) {
			c.now.Set("members", inBoth(c.before.Array("members"), c.now.Array("members")))
		})},
		{"RFC7644-3.5.2.3-04", "a replace of the members clears them", effect("/Groups/*", does("replace", "members"), func(c change) { c.now.Delete("members") })},
		{"RFC7644-3.5.2.3-04", "a replace of the members by the same ones is taken for their removal", effect("/Groups/*", does("replace", "members"), func(c change) {
			if len(inBoth(c.before.Array("members"), c.now.Array("members"))) == len(c.before.Array("members")) {
				c.now.Delete("members")
			}
		})},

		{"RFC7644-3.5.2.3-05", "a replace with a filter replaces the first match", effect("/Users/*", does("replace", "["), onlyFirstChanged)},
		{"RFC7644-3.5.2.3-05", "a replace with a filter replaces all", reads("/Users/*", does("replace", "["), withoutFilterKeepingPart)},
		{"RFC7644-3.5.2.3-05", "a replace with a filter is skipped", ignores("/Users/*", does("replace", "["))},
		{"RFC7644-3.5.2.3-05", "a replace with a filter on the value is skipped", ignores("/Users/*", does("replace", "emails[value*"))},
		{"RFC7644-3.5.2.3-05", "a replace with two conditions is refused", refuses("/Users/*", allOf(does("replace", "["), pathHas(" and ")), scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2.3-05", "a replace of an element adds it", effect("/Users/*", does("replace", "["), func(c change) {
			for _, v := range c.before.Array("emails") {
				if !contains(c.now.Array("emails"), v) {
					c.now.Set("emails", appended([]any{v}, c.now.Array("emails")))
				}
			}
		})},
		{"RFC7644-3.5.2.3-05", "a replace of an element loses the others", effect("/Users/*", does("replace", "["), func(c change) {
			if list := c.now.Array("emails"); len(list) > 1 {
				c.now.Set("emails", list[:1])
			}
		})},
		{"RFC7644-3.5.2.3-05", "a replace of an element keeps its type", effect("/Users/*", does("replace", `emails[type eq "home"]`), func(c change) {
			eachOf(c.now, "emails", func(e *scim.Object) {
				if e.String("type") == "other" {
					e.Set("type", "home")
				}
			})
		})},
		{"RFC7644-3.5.2.3-05", "a replace with or looks at the first condition", reads("/Users/*", pathHas(" or "), pathBecomes(` or type eq "other"`, ""))},

		{"RFC7644-3.5.2.3-06", "a replace that matches nothing is skipped", silent("/*/*", does("replace", "["))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing is skipped for groups", silent("/Groups/*", does("replace", "["))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers invalidPath", errorsBecome("/*/*", always, 0, "invalidPath")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers invalidValue", errorsBecome("/Users/*", always, 0, "invalidValue")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers without a scimType", patchAnswers("/*/*", always, func(a *answer) { a.body.Delete("scimType") })},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers 404", errorsBecome("/*/*", always, http.StatusNotFound, "noTarget")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers 500", refusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing creates the value", reads("/Users/*", does("replace", "["), becomes("add"))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing creates the value where there is none", createsWhereNone()},
		{"RFC7644-3.5.2.3-06", "half a match is enough", reads("/Users/*", pathHas(" and "), pathBecomes(" and ", " or "))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing replaces all", reads("/Users/*", does("replace", "["), withoutFilterKeepingPart)},

		{"RFC7644-3.5.2.3-07", "a replace without a value is skipped", ignores("/*/*", allOf(does("replace", ""), valueOfType("absent")))},
		{"RFC7644-3.5.2.3-07", "a replace without a value clears the attribute", reads("/Users/*", allOf(does("replace", "emails"), valueOfType("absent")), becomes("remove"))},
		{"RFC7644-3.5.2.3-07", "a replace without a value clears the members", reads("/Groups/*", allOf(does("replace", "members"), valueOfType("absent")), becomes("remove"))},
		{"RFC7644-3.5.2.3-07", "a replace without a value answers 500", refusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.3-07", "a replace by a text without a path is skipped", ignores("/Users/*", allOf(does("replace", "-"), valueOfType("string")))},
		{"RFC7644-3.5.2.3-07", "a replace by a list without a path is skipped", ignores("/Users/*", allOf(does("replace", "-"), valueOfType("array")))},
		{"RFC7644-3.5.2.3-07", "a replace of nothing by nothing is skipped", ignores("/Users/*", allOf(does("replace", "-"), valueOfType("absent")))},

		{"RFC7644-3.5.2.3-08", "a replace of the displayName is skipped", ignores("/Users/*", does("replace", "displayName"))},
		{"RFC7644-3.5.2.3-08", "a replace loses letters that are not ASCII", reads("/Users/*", does("replace", "displayName"), func(op *scim.Object) {
			ascii := []rune{}
			for _, c := range op.String("value") {
				if c < 128 {
					ascii = append(ascii, c)
				}
			}
			op.Set("value", string(ascii))
		})},
		{"RFC7644-3.5.2.3-08", "a replace of active is skipped", ignores("/Users/*", does("replace", "active"))},
		{"RFC7644-3.5.2.3-08", "a user cannot be activated again", ignores("/Users/*", allOf(does("replace", "active"), func(op *scim.Object) bool {
			v, _ := op.Get("value")
			return v == true
		}))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName is skipped", ignores("/Users/*", does("replace", "userName"))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName is refused", refuses("/Users/*", does("replace", "userName"), scim.MutabilityError("userName is immutable"))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName gives another id", effect("/Users/*", does("replace", "userName"), func(c change) { c.now.Set("id", "another") })},
		{"RFC7644-3.5.2.3-08", "a replace of the externalId is skipped", ignores("/Users/*", does("replace", "externalId"))},
		{"RFC7644-3.5.2.3-08", "a replace of a part is skipped", ignores("/Users/*", does("replace", "name.*"))},
		{"RFC7644-3.5.2.3-08", "a boolean is stored as a text", effect("/Users/*", does("replace", "active"), func(c change) { c.now.Set("active", "false") })},
		{"RFC7644-3.5.2.3-08", "a replace of the name of a group is skipped", ignores("/Groups/*", does("replace", "displayName"))},
		{"RFC7644-3.5.2.3-08", "a replace of the name of a group loses the members", effect("/Groups/*", does("replace", "displayName"), func(c change) { c.now.Delete("members") })},

		{"RFC7644-3.5.2.3-09", "null is skipped", ignores("/Users/*", allOf(does("replace", "externalId"), valueOfType("null")))},
		{"RFC7644-3.5.2.3-09", "null is refused", refuses("/Users/*", allOf(does("replace", "externalId"), valueOfType("null")), scim.InvalidValue("null is no text"))},
		{"RFC7644-3.5.2.3-09", "null is stored as a text", reads("/Users/*", allOf(does("replace", "externalId"), valueOfType("null")), func(op *scim.Object) { op.Set("value", "null") })},
		{"RFC7644-3.5.2.3-09", "an empty list is skipped", ignores("/Users/*", does("replace", "emails"))},
		{"RFC7644-3.5.2.3-09", "an empty list of members is skipped", ignores("/Groups/*", does("replace", "members"))},
		{"RFC7644-3.5.2.3-09", "an empty list is refused", refuses("/*/*", allOf(does("replace", ""), valueOfType("array")), scim.InvalidValue("a list needs an element"))},
		{"RFC7644-3.5.2.3-09", "null for a required attribute is skipped", ignores("/Users/*", does("replace", "userName"))},
	}
}

// onlyWhatWasThere takes back what a replace has added.
func onlyWhatWasThere(c change) {
	for _, name := range []string{"externalId", "name", "emails", "members", scim.EnterpriseURN} {
		if _, found := c.before.Get(name); !found {
			c.now.Delete(name)
		}
	}
}

// refusesReplaceOfNothing refuses a replace of an attribute that has no value.
func refusesReplaceOfNothing(place string) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", place)(r) {
				before := current(next, r)
				missing := func(op *scim.Object) bool {
					_, found := before.Get(op.String("path"))
					return !found
				}
				if (change{sent: bodyOf(r)}).any(allOf(does("replace", ""), missing)) {
					a := &answer{}
					a.refuse(scim.NoTarget("there is no value to replace"))
					a.send(w)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}
}

func hasType(list []any, kind string) bool {
	for _, v := range list {
		if o, ok := v.(*scim.Object); ok && o.String("type") == kind {
			return true
		}
	}
	return false
}

// onlyFirstChanged takes back all changes of elements but the first.
func onlyFirstChanged(c change) {
	before, now := c.before.Array("emails"), c.now.Array("emails")
	changed := false
	for i := range min(len(before), len(now)) {
		if scim.Equal(before[i], now[i]) {
			continue
		}
		if changed {
			now[i] = scim.CloneValue(before[i])
		}
		changed = true
	}
}

// createsWhereNone makes the first element that a replace with a filter describes.
func createsWhereNone() Wrap {
	return func(next http.Handler) http.Handler {
		asAdd := reads("/Users/*", does("replace", "["), becomes("add"))(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/Users/*")(r) && len(current(next, r).Array("emails")) == 0 {
				asAdd.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
