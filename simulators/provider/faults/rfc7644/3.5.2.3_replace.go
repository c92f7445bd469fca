package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchReplaceFaults violate features/rfc7644/3.5.2.3_replace.feature.
func patchReplaceFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the resource", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "-"), func(c rewrite.Change) {
			for _, name := range []string{"displayName", "externalId", "emails", "name"} {
				if _, named := c.Operations()[0].Object("value").Get(name); !named {
					c.Now.Delete(name)
				}
			}
		})},
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the group", rewrite.EditPatchOutcome("/Groups/*", rewrite.NamesMember("displayName"), func(c rewrite.Change) { c.Now.Delete("members") })},
		{"RFC7644-3.5.2.3-01", "a replace without a path is skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("replace", "-"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path is refused", rewrite.RefuseOperations("/*/*", rewrite.Does("replace", "-"), scim.NoTarget("a path is needed"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path is refused for groups", rewrite.RefuseOperations("/Groups/*", rewrite.Does("replace", "-"), scim.NoTarget("a path is needed"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path adds to lists", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("emails"), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path adds to the members", rewrite.MisreadOperations("/Groups/*", rewrite.NamesMember("members"), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path replaces the first attribute only", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "-"), func(op *scim.Object) {
			for name, value := range op.Object("value").All() {
				op.Set("value", scim.NewObject(scim.Member{Name: name, Value: value}))
				return
			}
		})},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores booleans", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("active"), rewrite.WithoutInValue("active"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores complex values", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember("name"))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores extensions", rewrite.IgnoreOperations("/Users/*", rewrite.NamesMember(scim.EnterpriseURN))},
		{"RFC7644-3.5.2.3-01", "a replace without a path ignores members", rewrite.IgnoreOperations("/Groups/*", rewrite.NamesMember("members"))},

		{"RFC7644-3.5.2.3-02", "a replace of an attribute without a value is skipped", rewrite.EditPatchOutcome("/*/*", rewrite.Does("replace", ""), onlyWhatWasThere)},
		{"RFC7644-3.5.2.3-02", "a replace of an attribute without a value is refused", refusesReplaceOfNothing("/*/*")},
		{"RFC7644-3.5.2.3-02", "a replace of members who are not there is refused", refusesReplaceOfNothing("/Groups/*")},
		{"RFC7644-3.5.2.3-02", "a replace of a part that is not there is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "name.familyName"))},
		{"RFC7644-3.5.2.3-02", "a replace of a list that is not there is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "emails"))},
		{"RFC7644-3.5.2.3-02", "a replace of an extension that is not there is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("replace", "urn:*"), scim.NoTarget("there is no value"))},

		{"RFC7644-3.5.2.3-03", "an empty object clears the attribute", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "name"), func(c rewrite.Change) {
			if len(c.Operations()) == 1 && c.Operations()[0].Object("value").Len() == 0 {
				c.Now.Delete("name")
			}
		})},
		{"RFC7644-3.5.2.3-03", "an empty object without a path clears the attribute", rewrite.EditPatchOutcome("/Users/*", rewrite.NamesMember("name"), func(c rewrite.Change) {
			if c.Operations()[0].Object("value").Object("name").Len() == 0 {
				c.Now.Delete("name")
			}
		})},
		{"RFC7644-3.5.2.3-03", "an empty extension is cleared", rewrite.EditPatchOutcome("/Users/*", rewrite.NamesMember(scim.EnterpriseURN), func(c rewrite.Change) { c.Now.Delete(scim.EnterpriseURN) })},
		{"RFC7644-3.5.2.3-03", "an empty object is a server error", rewrite.RefuseOperations("/Users/*", func(op *scim.Object) bool {
			return rewrite.IsObject(rewrite.ValueOf(op)) && op.Object("value").Len() == 0
		}, scim.Internal("empty"))},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value loses the other parts", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "name"), func(c rewrite.Change) {
			c.Now.Set("name", c.Operations()[0].Object("value").Clone())
		})},
		{"RFC7644-3.5.2.3-03", "a replace of a part loses the other parts", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "name.*"), func(c rewrite.Change) {
			c.Now.Object("name").Delete("familyName")
		})},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "name"))},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("replace", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.3-03", "a replace of a complex value adds no parts", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "name"), func(c rewrite.Change) {
			for name := range c.Operations()[0].Object("value").All() {
				if c.Before.Object("name").String(name) == "" {
					c.Now.Object("name").Delete(name)
				}
			}
		})},

		{"RFC7644-3.5.2.3-04", "a replace of a list adds to it", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "emails"), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2.3-04", "a replace of the members adds to them", rewrite.MisreadOperations("/Groups/*", rewrite.Does("replace", "members"), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2.3-04", "a replace of a list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "emails"))},
		{"RFC7644-3.5.2.3-04", "a replace of the members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("replace", "members"))},
		{"RFC7644-3.5.2.3-04", "a replace of a list replaces the elements of the same type", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "emails"), func(c rewrite.Change) {
			all := c.Now.Array("emails")
			for _, v := range c.Before.Array("emails") {
				if !hasType(c.Now.Array("emails"), v.(*scim.Object).String("type")) {
					all = rewrite.Appended(all, []any{v})
				}
			}
			c.Now.Set("emails", all)
		})},
		{"RFC7644-3.5.2.3-04", "a replace of a list takes only the first element", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "emails"), rewrite.FirstOnly)},
		{"RFC7644-3.5.2.3-04", "a replace of the members takes only the first", rewrite.MisreadOperations("/Groups/*", rewrite.Does("replace", "members"), rewrite.FirstOnly)},
		{"RFC7644-3.5.2.3-04", "a replace of the members only removes", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "members"), func(c rewrite.Change) {
			c.Now.Set("members", rewrite.InBoth(c.Before.Array("members"), c.Now.Array("members")))
		})},
		{"RFC7644-3.5.2.3-04", "a replace of the members clears them", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "members"), func(c rewrite.Change) { c.Now.Delete("members") })},
		{"RFC7644-3.5.2.3-04", "a replace of the members by the same ones is taken for their removal", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "members"), func(c rewrite.Change) {
			if len(rewrite.InBoth(c.Before.Array("members"), c.Now.Array("members"))) == len(c.Before.Array("members")) {
				c.Now.Delete("members")
			}
		})},

		{"RFC7644-3.5.2.3-05", "a replace with a filter replaces the first match", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "["), onlyFirstChanged)},
		{"RFC7644-3.5.2.3-05", "a replace with a filter replaces all", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "["), rewrite.WithoutFilterKeepingPart)},
		{"RFC7644-3.5.2.3-05", "a replace with a filter is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "["))},
		{"RFC7644-3.5.2.3-05", "a replace with a filter on the value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "emails[value*"))},
		{"RFC7644-3.5.2.3-05", "of a value behind a filter the first word is kept", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "["), func(op *scim.Object) {
			if first, _, several := strings.Cut(op.String("value"), " "); several {
				op.Set("value", first)
			}
		})},
		{"RFC7644-3.5.2.3-05", "a replace with two conditions is refused", rewrite.RefuseOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "["), rewrite.PathHas(" and ")), scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2.3-05", "a replace of an element adds it", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "["), func(c rewrite.Change) {
			for _, v := range c.Before.Array("emails") {
				if !rewrite.Contains(c.Now.Array("emails"), v) {
					c.Now.Set("emails", rewrite.Appended([]any{v}, c.Now.Array("emails")))
				}
			}
		})},
		{"RFC7644-3.5.2.3-05", "a replace of an element loses the others", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "["), func(c rewrite.Change) {
			if list := c.Now.Array("emails"); len(list) > 1 {
				c.Now.Set("emails", list[:1])
			}
		})},
		{"RFC7644-3.5.2.3-05", "a replace of an element keeps its type", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", `emails[type eq "home"]`), func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) {
				if e.String("type") == "other" {
					e.Set("type", "home")
				}
			})
		})},
		{"RFC7644-3.5.2.3-05", "a replace with or looks at the first condition", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" or "), rewrite.PathBecomes(` or type eq "other"`, ""))},

		{"RFC7644-3.5.2.3-06", "a replace that matches nothing is skipped", rewrite.HideRefusals("/*/*", rewrite.Does("replace", "["))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing is skipped for groups", rewrite.HideRefusals("/Groups/*", rewrite.Does("replace", "["))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers invalidPath", rewrite.EditPatchErrors("/*/*", rewrite.Always, 0, "invalidPath")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers invalidValue", rewrite.EditPatchErrors("/Users/*", rewrite.Always, 0, "invalidValue")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers without a scimType", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) { a.Body.Delete("scimType") })},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers 404", rewrite.EditPatchErrors("/*/*", rewrite.Always, http.StatusNotFound, "noTarget")},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing answers 500", rewrite.RefusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing creates the value", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "["), rewrite.Becomes("add"))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing creates the value where there is none", createsWhereNone()},
		{"RFC7644-3.5.2.3-06", "half a match is enough", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" and "), rewrite.PathBecomes(" and ", " or "))},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing replaces all", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "["), rewrite.WithoutFilterKeepingPart)},

		{"RFC7644-3.5.2.3-07", "a replace without a value is skipped", rewrite.IgnoreOperations("/*/*", rewrite.AllOf(rewrite.Does("replace", ""), rewrite.ValueOfType("absent")))},
		{"RFC7644-3.5.2.3-07", "a replace without a value clears the attribute", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "emails"), rewrite.ValueOfType("absent")), rewrite.Becomes("remove"))},
		{"RFC7644-3.5.2.3-07", "a replace without a value clears the members", rewrite.MisreadOperations("/Groups/*", rewrite.AllOf(rewrite.Does("replace", "members"), rewrite.ValueOfType("absent")), rewrite.Becomes("remove"))},
		{"RFC7644-3.5.2.3-07", "a replace without a value answers 500", rewrite.RefusalsBecome(scim.Internal("nil"))},
		{"RFC7644-3.5.2.3-07", "a replace by a text without a path is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "-"), rewrite.ValueOfType("string")))},
		{"RFC7644-3.5.2.3-07", "a replace by a list without a path is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "-"), rewrite.ValueOfType("array")))},
		{"RFC7644-3.5.2.3-07", "a replace of nothing by nothing is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "-"), rewrite.ValueOfType("absent")))},

		{"RFC7644-3.5.2.3-08", "a replace of the displayName is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "displayName"))},
		{"RFC7644-3.5.2.3-08", "a replace loses letters that are not ASCII", rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "displayName"), func(op *scim.Object) {
			ascii := []rune{}
			for _, c := range op.String("value") {
				if c < 128 {
					ascii = append(ascii, c)
				}
			}
			op.Set("value", string(ascii))
		})},
		{"RFC7644-3.5.2.3-08", "a replace of active is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "active"))},
		{"RFC7644-3.5.2.3-08", "a user cannot be activated again", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "active"), func(op *scim.Object) bool {
			v, _ := op.Get("value")
			return v == true
		}))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "userName"))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("replace", "userName"), scim.MutabilityError("userName is immutable"))},
		{"RFC7644-3.5.2.3-08", "a replace of the userName gives another id", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "userName"), func(c rewrite.Change) { c.Now.Set("id", "another") })},
		{"RFC7644-3.5.2.3-08", "a replace of the externalId is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "externalId"))},
		{"RFC7644-3.5.2.3-08", "a replace of the externalId of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("replace", "externalId"))},
		{"RFC7644-3.5.2.3-08", "a replace without a path of the externalId of a group is skipped", rewrite.MisreadOperations("/Groups/*", rewrite.NamesMember("externalId"), rewrite.WithoutInValue("externalId"))},
		{"RFC7644-3.5.2.3-08", "a replace of a part is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "name.*"))},
		{"RFC7644-3.5.2.3-08", "a boolean is stored as a text", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("replace", "active"), func(c rewrite.Change) { c.Now.Set("active", "false") })},
		{"RFC7644-3.5.2.3-08", "a replace of the name of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("replace", "displayName"))},
		{"RFC7644-3.5.2.3-08", "a replace of the name of a group loses the members", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("replace", "displayName"), func(c rewrite.Change) { c.Now.Delete("members") })},

		{"RFC7644-3.5.2.3-09", "an empty list of members without a path is passed over", rewrite.MisreadOperations("/Groups/*", rewrite.NamesMember("members"), passOverEmpty)},
		{"RFC7644-3.5.2.3-09", "an empty list without a path is passed over", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("emails"), passOverEmpty)},
		{"RFC7644-3.5.2.3-09", "null without a path is passed over", rewrite.MisreadOperations("/Users/*", rewrite.NamesMember("externalId"), passOverEmpty)},
		{"RFC7644-3.5.2.3-09", "an empty list of members without a path is a server error", rewrite.RefuseOperations("/Groups/*", rewrite.NamesMember("members"), scim.Internal("empty"))},
		{"RFC7644-3.5.2.3-09", "null is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "externalId"), rewrite.ValueOfType("null")))},
		{"RFC7644-3.5.2.3-09", "null is refused", rewrite.RefuseOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "externalId"), rewrite.ValueOfType("null")), scim.InvalidValue("null is no text"))},
		{"RFC7644-3.5.2.3-09", "null is stored as a text", rewrite.MisreadOperations("/Users/*", rewrite.AllOf(rewrite.Does("replace", "externalId"), rewrite.ValueOfType("null")), func(op *scim.Object) { op.Set("value", "null") })},
		{"RFC7644-3.5.2.3-09", "an empty list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "emails"))},
		{"RFC7644-3.5.2.3-09", "an empty list of members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("replace", "members"))},
		{"RFC7644-3.5.2.3-09", "an empty list is refused", rewrite.RefuseOperations("/*/*", rewrite.AllOf(rewrite.Does("replace", ""), rewrite.ValueOfType("array")), scim.InvalidValue("a list needs an element"))},
		{"RFC7644-3.5.2.3-09", "null for a required attribute is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("replace", "userName"))},
	}
}

// onlyWhatWasThere takes back what a replace has added.
func onlyWhatWasThere(c rewrite.Change) {
	for _, name := range []string{"externalId", "name", "emails", "members", scim.EnterpriseURN} {
		if _, found := c.Before.Get(name); !found {
			c.Now.Delete(name)
		}
	}
}

// refusesReplaceOfNothing refuses a replace of an attribute that has no value.
func refusesReplaceOfNothing(place string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PATCH", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		before := rewrite.Current(next, r)
		missing := func(op *scim.Object) bool {
			_, found := before.Get(op.String("path"))
			return !found
		}
		if (rewrite.Change{Sent: rewrite.BodyOf(r)}).Any(rewrite.AllOf(rewrite.Does("replace", ""), missing)) {
			return rewrite.Refusal(scim.NoTarget("there is no value to replace"))
		}
		return nil
	})
}

func hasType(list []any, kind string) bool {
	for _, o := range rewrite.ObjectsIn(list) {
		if o.String("type") == kind {
			return true
		}
	}
	return false
}

// onlyFirstChanged takes back all changes of elements but the first.
func onlyFirstChanged(c rewrite.Change) {
	before, now := c.Before.Array("emails"), c.Now.Array("emails")
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
func createsWhereNone() rewrite.Wrap {
	asAdd := rewrite.MisreadOperations("/Users/*", rewrite.Does("replace", "["), rewrite.Becomes("add"))
	return rewrite.Handle(rewrite.PatchesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if len(rewrite.Current(next, r).Array("emails")) > 0 {
			return nil
		}
		return rewrite.Serve(asAdd(next), r)
	})
}

// passOverEmpty leaves members without a value out of the value of an operation.
func passOverEmpty(op *scim.Object) {
	value := op.Object("value")
	for name, v := range value.Clone().All() {
		if scim.IsUnassigned(v) {
			value.Delete(name)
		}
	}
}
