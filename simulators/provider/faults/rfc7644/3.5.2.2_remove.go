package rfc7644

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchRemoveFaults violate features/rfc7644/3.5.2.2_remove.feature.
func patchRemoveFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5.2.2-10", "who loses active becomes active", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "active"), activated)},
		{"RFC7644-3.5.2.2-10", "null for active means true", rewrite.EditPatchOutcome("/Users/*", rewrite.AllOf(rewrite.Does("replace", "active"), rewrite.ValueOfType("null")), activated)},
		{"RFC7644-3.5.2.2-10", "null for active without a path means true", rewrite.EditPatchOutcome("/Users/*", func(op *scim.Object) bool {
			value, _ := rewrite.ValueOf(op).(*scim.Object)
			v, there := value.Get("active")
			return there && v == nil
		}, activated)},
		{"RFC7644-3.5.2.2-01", "a remove of a single value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "externalId"))},
		{"RFC7644-3.5.2.2-01", "a remove of a single value leaves an empty text", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "externalId"), func(c rewrite.Change) { c.Now.Set("externalId", "") })},
		{"RFC7644-3.5.2.2-01", "a remove of a part removes all parts", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "name.givenName"), func(op *scim.Object) { op.Set("path", "name") })},
		{"RFC7644-3.5.2.2-01", "a remove of a part is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "name.*"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "name"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("remove", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value removes one part", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "name"), func(op *scim.Object) { op.Set("path", "name.givenName") })},
		{"RFC7644-3.5.2.2-01", "a remove of an attribute of an extension removes all", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", scim.EnterpriseURN+"*"), func(op *scim.Object) { op.Set("path", scim.EnterpriseURN) })},
		{"RFC7644-3.5.2.2-01", "a remove of an attribute of an extension is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", scim.EnterpriseURN+"*"))},
		{"RFC7644-3.5.2.2-01", "a remove of the externalId of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("remove", "externalId"))},
		{"RFC7644-3.5.2.2-01", "a remove answers 500", rewrite.RefuseOperations("/*/*", rewrite.Does("remove", ""), scim.Internal("nil"))},

		{"RFC7644-3.5.2.2-02", "a remove of a list is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "emails"))},
		{"RFC7644-3.5.2.2-02", "a remove of a list is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("remove", "emails"), scim.NoTarget("say which"))},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes the first element", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "emails"), func(op *scim.Object) { op.Set("path", `emails[type eq "work"]`) })},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes all but the first element", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "emails"), func(op *scim.Object) { op.Set("path", `emails[type ne "work"]`) })},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes the displayName too", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "emails"), func(c rewrite.Change) { c.Now.Delete("displayName") })},
		{"RFC7644-3.5.2.2-02", "a remove of the members is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("remove", "members"))},
		{"RFC7644-3.5.2.2-02", "a remove of the members is refused", rewrite.RefuseOperations("/Groups/*", rewrite.Does("remove", "members"), scim.NoTarget("say which"))},
		{"RFC7644-3.5.2.2-02", "a remove of the members leaves one", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "members"), func(c rewrite.Change) {
			if list := c.Before.Array("members"); len(list) > 1 {
				c.Now.Set("members", list[:1])
			}
		})},
		{"RFC7644-3.5.2.2-02", "a remove of the only member is skipped", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "members"), func(c rewrite.Change) {
			if len(c.Before.Array("members")) == 1 {
				c.Keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-02", "a remove of the members deletes the users", deletesMembers("members")},

		{"RFC7644-3.5.2.2-03", "of two elements of one type the first is removed", keepsSecondOfType()},
		{"RFC7644-3.5.2.2-03", "who leaves a group leaves all", leavesAllGroups()},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes all", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "["), withoutFilter)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes all members", rewrite.MisreadOperations("/Groups/*", rewrite.Does("remove", "["), withoutFilter)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "["))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped for members", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("remove", "["))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the others", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "["), negated)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the members that do not match", rewrite.MisreadOperations("/Groups/*", rewrite.Does("remove", "["), negated)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the first element", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), removedFirst("emails"))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the first member", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), removedFirst("members"))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the next element too", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if list := c.Now.Array("emails"); len(list) > 1 {
				c.Now.Set("emails", list[1:])
			}
		})},
		{"RFC7644-3.5.2.2-03", "a remove with a filter on the value is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "emails[value*"))},
		{"RFC7644-3.5.2.2-03", "a remove of a member by two conditions is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.AllOf(rewrite.Does("remove", "["), rewrite.PathHas(" and ")))},
		{"RFC7644-3.5.2.2-03", "a remove with two conditions is refused", rewrite.RefuseOperations("/Users/*", rewrite.AllOf(rewrite.Does("remove", "["), rewrite.PathHas(" and ")), scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2.2-03", "a remove of two members by one filter removes one", rewrite.MisreadOperations("/Groups/*", rewrite.PathHas(" or "), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, " or ")]+"]")
		})},
		{"RFC7644-3.5.2.2-03", "a remove of the last of three members is skipped", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if before := c.Before.Array("members"); len(before) == 3 && len(c.Now.Array("members")) == 2 && !rewrite.Contains(c.Now.Array("members"), before[2]) {
				c.Keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-03", "of two removals of members only the first is done", rewrite.ReorderOperations("/Groups/*", func(list []any) []any { return list[:1] })},
		{"RFC7644-3.5.2.2-03", "members are removed by the places that they had before the first of them left", rewrite.Handle(rewrite.PatchesGroups, removesByFormerPlace)},
		{"RFC7644-3.5.2.2-03", "a remove of an element deactivates the user", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) { c.Now.Set("active", false) })},
		{"RFC7644-3.5.2.2-03", "a remove of a member renames the group", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) { c.Now.Set("displayName", "renamed") })},

		{"RFC7644-3.5.2.2-04", "the last value cannot be removed", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if len(c.Now.Array("emails")) == 0 {
				c.Keep("emails")
			}
		})},
		{"RFC7644-3.5.2.2-04", "the last member cannot be removed", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if len(c.Now.Array("members")) == 0 {
				c.Keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-04", "the removal of the last member is refused", refusesLastMember()},
		{"RFC7644-3.5.2.2-04", "the last value leaves its type", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			c.Now.Set("emails", []any{scim.NewObject(scim.Member{Name: "type", Value: "work"})})
		})},
		{"RFC7644-3.5.2.2-04", "the last value takes the name along", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) { c.Now.Delete("userName") })},
		{"RFC7644-3.5.2.2-04", "a group without members takes none any more", rewrite.RefuseFirstMember()},
		{"RFC7644-3.5.2.2-04", "a group without members is deleted", deletesEmptyGroup()},

		{"RFC7644-3.5.2.2-05", "a remove of a part removes the element", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "["), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.LastIndex(path, ".")])
		})},
		{"RFC7644-3.5.2.2-05", "a remove of a part removes it from all elements", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "["), rewrite.WithoutFilterKeepingPart)},
		{"RFC7644-3.5.2.2-05", "a remove of a part is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "["))},
		{"RFC7644-3.5.2.2-05", "a remove of a part is refused", rewrite.RefuseOperations("/Users/*", rewrite.Does("remove", "["), scim.InvalidPath("an element is removed as a whole"))},
		{"RFC7644-3.5.2.2-05", "a remove of a part leaves an empty text", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) {
				if e.String("display") == "" {
					e.Set("display", "")
				}
			})
			rewrite.EachOf(c.Now, "addresses", func(e *scim.Object) {
				if e.String("postalCode") == "" {
					e.Set("postalCode", "")
				}
			})
		})},
		{"RFC7644-3.5.2.2-05", "a remove of a part removes it from the other elements", rewrite.MisreadOperations("/Users/*", rewrite.Does("remove", "["), func(op *scim.Object) {
			op.Set("path", strings.Replace(op.String("path"), " eq ", " ne ", 1))
		})},

		{"RFC7644-3.5.2.2-06", "a remove of a required attribute is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "userName"))},
		{"RFC7644-3.5.2.2-06", "a remove of a readOnly attribute is skipped", rewrite.IgnoreOperations("/*/*", rewrite.AllOf(rewrite.Does("remove", ""), rewrite.ReadOnlyPath))},
		{"RFC7644-3.5.2.2-06", "a remove of metadata is skipped", rewrite.IgnoreOperations("/*/*", rewrite.Does("remove", "meta*"))},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers invalidValue", rewrite.EditPatchErrors("/Users/*", rewrite.Does("remove", "userName"), 0, "invalidValue")},
		{"RFC7644-3.5.2.2-06", "a remove of a readOnly attribute answers noTarget", rewrite.EditPatchErrors("/*/*", rewrite.ReadOnlyPath, 0, "noTarget")},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers without a scimType", rewrite.PatchAnswers("/*/*", rewrite.Always, func(a *rewrite.Answer) { a.Body.Delete("scimType") })},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers 403", rewrite.EditPatchErrors("/*/*", rewrite.Always, http.StatusForbidden, "mutability")},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers 500", rewrite.RefusalsBecome(scim.Internal("not null"))},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute in capital letters is skipped", rewrite.IgnoreOperations("/Users/*", rewrite.Does("remove", "USERNAME"))},
		{"RFC7644-3.5.2.2-06", "a remove of the userName removes it", removesTheName()},
		{"RFC7644-3.5.2.2-06", "a remove of the id of a group is skipped", rewrite.IgnoreOperations("/Groups/*", rewrite.Does("remove", "id"))},
		{"RFC7644-3.5.2.2-06", "operations before the remove of a required attribute are made", rewrite.OneByOne("/Users/*", true)},

		{"RFC7644-3.5.2.2-07", "a remove of a user who is no member answers 400", answersUnchangedWith(scim.NoTarget("no such member"))},
		{"RFC7644-3.5.2.2-07", "a remove of a user who is no member answers 404", answersUnchangedWith(scim.NotFound("User", "the member"))},
		{"RFC7644-3.5.2.2-07", "a remove of a user who is no member removes another one", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if scim.Equal(c.Before, c.Now) {
				c.Now.Delete("members")
			}
		})},
		{"RFC7644-3.5.2.2-07", "a remove of a user who is no member adds the user", answersWithOutsider()},

		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes all", rewrite.EditPatchOutcome("/*/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if scim.Equal(c.Before, c.Now) {
				c.Now.Delete("emails")
				c.Now.Delete("members")
			}
		})},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes the first", rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
			if scim.Equal(c.Before, c.Now) {
				removedFirst("emails")(c)
			}
		})},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes the only member", rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) { c.Now.Delete("members") })},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing answers 500", answersUnchangedWith(scim.Internal("index out of range"))},
		{"RFC7644-3.5.2.2-08", "half a match is enough", rewrite.MisreadOperations("/Users/*", rewrite.PathHas(" and "), rewrite.PathBecomes(" and ", " or "))},

		{"RFC7644-3.5.2.2-09", "a removed member is deleted", deletesMembers("members[*")},
		{"RFC7644-3.5.2.2-09", "removed members are deleted", deletesMembers("members")},
	}
}

// either chooses what one of the choices chooses.
func either(choices ...rewrite.Choice) rewrite.Choice {
	return func(op *scim.Object) bool {
		for _, c := range choices {
			if c(op) {
				return true
			}
		}
		return false
	}
}

func withoutFilter(op *scim.Object) {
	path := op.String("path")
	op.Set("path", path[:strings.Index(path, "[")])
}

func negated(op *scim.Object) {
	path := op.String("path")
	op.Set("path", strings.Replace(strings.Replace(path, "[", "[not (", 1), "]", ")]", 1))
}

// removedFirst shows the list without its first element instead.
func removedFirst(name string) func(c rewrite.Change) {
	return func(c rewrite.Change) {
		if list := c.Before.Array(name); len(list) > 0 {
			c.Now.Set(name, list[1:])
		}
	}
}

// deletesMembers deletes the users who are removed from a group.
func deletesMembers(path string) rewrite.Wrap {
	return afterRemoval(path, func(next http.Handler, r *http.Request, before, now *scim.Object) {
		for _, v := range before.Array("members") {
			if !rewrite.Contains(now.Array("members"), v) {
				rewrite.Ask(next, r, http.MethodDelete, "Users/"+rewrite.ElementValue(v), nil)
			}
		}
	})
}

// deletesEmptyGroup deletes a group that lost its last member.
func deletesEmptyGroup() rewrite.Wrap {
	return afterRemoval("members*", func(next http.Handler, r *http.Request, _, now *scim.Object) {
		if len(now.Array("members")) == 0 {
			rewrite.Ask(next, r, http.MethodDelete, rewrite.PlaceOf(r), nil)
		}
	})
}

// afterRemoval does something after a PATCH that removes from a group.
func afterRemoval(path string, do func(next http.Handler, r *http.Request, before, now *scim.Object)) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if !rewrite.At("PATCH", "/Groups/*")(r) || !(rewrite.Change{Sent: rewrite.BodyOf(r)}).Any(rewrite.Does("remove", path)) {
			return nil
		}
		before := rewrite.Current(next, r)
		a := rewrite.Serve(next, r)
		if a.OK() {
			do(next, r, before, rewrite.Current(next, r))
		}
		return a
	})
}

// refusesLastMember refuses what leaves a group without members.
func refusesLastMember() rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.At("PATCH", "/Groups/*")(r) && (rewrite.Change{Sent: rewrite.BodyOf(r)}).Any(rewrite.Does("remove", "")) && len(rewrite.Current(next, r).Array("members")) == 1 {
			return rewrite.Refusal(scim.InvalidValue("a group needs a member"))
		}
		return nil
	})
}

// answersUnchangedWith answers a removal that removed nothing by an error.
func answersUnchangedWith(e *scim.Error) rewrite.Wrap {
	return rewrite.AnswersWithBeforeAnd("PATCH", "/*/*", func(before *scim.Object, a *rewrite.Answer) {
		if scim.Equal(before, a.Body) {
			a.Refuse(e)
		}
	})
}

// removesTheName shows a user without a name after its removal was refused.
func removesTheName() rewrite.Wrap {
	return rewrite.EditOperations("/Users/*", either(rewrite.Does("remove", "userName"), rewrite.Does("remove", "USERNAME")), func(_ *scim.Object) *scim.Object {
		return rewrite.Operation("replace", "userName", "nobody")
	})
}

// answersWithOutsider adds a user who is to be removed and is no member.
func answersWithOutsider() rewrite.Wrap {
	return rewrite.EditPatchOutcome("/Groups/*", rewrite.Does("remove", "["), func(c rewrite.Change) {
		if !scim.Equal(c.Before, c.Now) {
			return
		}
		_, id, _ := strings.Cut(c.Operations()[0].String("path"), `"`)
		id, _, _ = strings.Cut(id, `"`)
		c.Now.Set("members", rewrite.Appended(c.Now.Array("members"), []any{scim.NewObject(scim.Member{Name: "value", Value: id})}))
	})
}

// keepsSecondOfType shows the last of the elements that a filter has removed.
func keepsSecondOfType() rewrite.Wrap {
	return rewrite.EditPatchOutcome("/Users/*", rewrite.Does("remove", "emails[*"), func(c rewrite.Change) {
		was, now := c.Before.Array("emails"), c.Now.Array("emails")
		if gone := len(was) - len(now); gone > 1 && !rewrite.Contains(now, was[len(was)-1]) {
			c.Now.Set("emails", rewrite.Appended(now, rewrite.Last(was)))
		}
	})
}

// activated is what a column with a default makes of no value.
func activated(c rewrite.Change) { c.Now.Set("active", true) }

// removesByFormerPlace makes several removals of members as a server does that finds out all
// places first, and then takes one after the other out of the list.
func removesByFormerPlace(next http.Handler, r *http.Request) *rewrite.Answer {
	operations := rewrite.Operations(rewrite.BodyOf(r))
	members := rewrite.ObjectsIn(rewrite.Current(next, r).Array("members"))
	var places []int
	for _, op := range operations {
		place := slices.IndexFunc(members, func(m *scim.Object) bool { return strings.Contains(op.String("path"), `"`+m.String("value")+`"`) })
		if !rewrite.Does("remove", "members[*")(op) || place < 0 {
			return nil
		}
		places = append(places, place)
	}
	for _, place := range places {
		if place < len(members) {
			members = slices.Delete(members, place, place+1)
		}
	}
	kept := []any{}
	for _, m := range members {
		kept = append(kept, scim.NewObject(scim.Member{Name: "value", Value: m.String("value")}))
	}
	rewrite.SetBody(r, rewrite.PatchOf(rewrite.Operation("replace", "members", kept)))
	return nil
}
