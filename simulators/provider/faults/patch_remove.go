package faults

import (
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// patchRemoveFaults are about the remove operation.
func patchRemoveFaults() []Fault {
	return []Fault{
		{"RFC7644-3.5.2.2-01", "a remove of a single value is skipped", ignores("/Users/*", does("remove", "externalId"))},
		{"RFC7644-3.5.2.2-01", "a remove of a single value leaves an empty text", effect("/Users/*", does("remove", "externalId"), func(c change) { c.now.Set("externalId", "") })},
		{"RFC7644-3.5.2.2-01", "a remove of a part removes all parts", reads("/Users/*", does("remove", "name.givenName"), func(op *scim.Object) { op.Set("path", "name") })},
		{"RFC7644-3.5.2.2-01", "a remove of a part is skipped", ignores("/Users/*", does("remove", "name.*"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value is skipped", ignores("/Users/*", does("remove", "name"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value is refused", refuses("/Users/*", does("remove", "name"), scim.InvalidPath("name the part"))},
		{"RFC7644-3.5.2.2-01", "a remove of a complex value removes one part", reads("/Users/*", does("remove", "name"), func(op *scim.Object) { op.Set("path", "name.givenName") })},
		{"RFC7644-3.5.2.2-01", "a remove of an attribute of an extension removes all", reads("/Users/*", does("remove", scim.EnterpriseURN+"*"), func(op *scim.Object) { op.Set("path", scim.EnterpriseURN) })},
		{"RFC7644-3.5.2.2-01", "a remove of an attribute of an extension is skipped", ignores("/Users/*", does("remove", scim.EnterpriseURN+"*"))},
		{"RFC7644-3.5.2.2-01", "a remove of the externalId of a group is skipped", ignores("/Groups/*", does("remove", "externalId"))},
		{"RFC7644-3.5.2.2-01", "a remove answers 500", refuses("/*/*", does("remove", ""), scim.Internal("nil"))},

		{"RFC7644-3.5.2.2-02", "a remove of a list is skipped", ignores("/Users/*", does("remove", "emails"))},
		{"RFC7644-3.5.2.2-02", "a remove of a list is refused", refuses("/Users/*", does("remove", "emails"), scim.NoTarget("say which"))},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes the first element", reads("/Users/*", does("remove", "emails"), func(op *scim.Object) { op.Set("path", `emails[type eq "work"]`) })},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes all but the first element", reads("/Users/*", does("remove", "emails"), func(op *scim.Object) { op.Set("path", `emails[type ne "work"]`) })},
		{"RFC7644-3.5.2.2-02", "a remove of a list removes the displayName too", effect("/Users/*", does("remove", "emails"), func(c change) { c.now.Delete("displayName") })},
		{"RFC7644-3.5.2.2-02", "a remove of the members is skipped", ignores("/Groups/*", does("remove", "members"))},
		{"RFC7644-3.5.2.2-02", "a remove of the members is refused", refuses("/Groups/*", does("remove", "members"), scim.NoTarget("say which"))},
		{"RFC7644-3.5.2.2-02", "a remove of the members leaves one", effect("/Groups/*", does("remove", "members"), func(c change) {
			if list := c.before.Array("members"); len(list) > 1 {
				c.now.Set("members", list[:1])
			}
		})},
		{"RFC7644-3.5.2.2-02", "a remove of the only member is skipped", effect("/Groups/*", does("remove", "members"), func(c change) {
			if len(c.before.Array("members")) == 1 {
				c.keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-02", "a remove of the members deletes the users", deletesMembers("members")},

		{"RFC7644-3.5.2.2-03", "a remove with a filter removes all", reads("/Users/*", does("remove", "["), withoutFilter)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes all members", reads("/Groups/*", does("remove", "["), withoutFilter)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped", ignores("/Users/*", does("remove", "["))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped for members", ignores("/Groups/*", does("remove", "["))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes what does not match", reads("/Users/*", does("remove", "["), negated)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the members that do not match", reads("/Groups/*", does("remove", "["), negated)},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the first element", effect("/Users/*", does("remove", "["), removedFirst("emails"))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the first member", effect("/Groups/*", does("remove", "["), removedFirst("members"))},
		{"RFC7644-3.5.2.2-03", "a remove with a filter removes the next element too", effect("/Users/*", does("remove", "["), func(c change) {
			if list := c.now.Array("emails"); len(list) > 1 {
				c.now.Set("emails", list[1:])
			}
		})},
		{"RFC7644-3.5.2.2-03", "a remove with a filter on the value is skipped", ignores("/Users/*", does("remove", "emails[value*"))},
		{"RFC7644-3.5.2.2-03", "a remove with two conditions is refused", refuses("/Users/*", allOf(does("remove", "["), pathHas(" and ")), scim.InvalidFilter("one condition only"))},
		{"RFC7644-3.5.2.2-03", "a remove of two members by one filter removes one", reads("/Groups/*", pathHas(" or "), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.Index(path, " or ")]+"]")
		})},
		{"RFC7644-3.5.2.2-03", "a remove of the last of three members is skipped", effect("/Groups/*", does("remove", "["), func(c change) {
			if before := c.before.Array("members"); len(before) == 3 && len(c.now.Array("members")) == 2 && !contains(c.now.Array("members"), before[2]) {
				c.keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-03", "of two removals of members only the first is done", reorders("/Groups/*", func(list []any) []any { return list[:1] })},
		{"RFC7644-3.5.2.2-03", "a remove of an element deactivates the user", effect("/Users/*", does("remove", "["), func(c change) { c.now.Set("active", false) })},
		{"RFC7644-3.5.2.2-03", "a remove of a member renames the group", effect("/Groups/*", does("remove", "["), func(c change) { c.now.Set("displayName", "renamed") })},

		{"RFC7644-3.5.2.2-04", "the last value cannot be removed", effect("/Users/*", does("remove", "["), func(c change) {
			if len(c.now.Array("emails")) == 0 {
				c.keep("emails")
			}
		})},
		{"RFC7644-3.5.2.2-04", "the last member cannot be removed", effect("/Groups/*", does("remove", "["), func(c change) {
			if len(c.now.Array("members")) == 0 {
				c.keep("members")
			}
		})},
		{"RFC7644-3.5.2.2-04", "the removal of the last member is refused", refusesLastMember()},
		{"RFC7644-3.5.2.2-04", "the last value leaves its type", effect("/Users/*", does("remove", "["), func(c change) {
			c.now.Set("emails", []any{scim.NewObject(scim.Member{Name: "type", Value: "work"})})
		})},
		{"RFC7644-3.5.2.2-04", "the last value takes the name along", effect("/Users/*", does("remove", "["), func(c change) { c.now.Delete("userName") })},
		{"RFC7644-3.5.2.2-04", "a group without members takes none any more", refusesAddToNobody()},
		{"RFC7644-3.5.2.2-04", "a group without members is deleted", deletesEmptyGroup()},

		{"RFC7644-3.5.2.2-05", "a remove of a part removes the element", reads("/Users/*", does("remove", "["), func(op *scim.Object) {
			path := op.String("path")
			op.Set("path", path[:strings.LastIndex(path, ".")])
		})},
		{"RFC7644-3.5.2.2-05", "a remove of a part removes it from all elements", reads("/Users/*", does("remove", "["), withoutFilterKeepingPart)},
		{"RFC7644-3.5.2.2-05", "a remove of a part is skipped", ignores("/Users/*", does("remove", "["))},
		{"RFC7644-3.5.2.2-05", "a remove of a part is refused", refuses("/Users/*", does("remove", "["), scim.InvalidPath("an element is removed as a whole"))},
		{"RFC7644-3.5.2.2-05", "a remove of a part leaves an empty text", effect("/Users/*", does("remove", "["), func(c change) {
			eachOf(c.now, "emails", func(e *scim.Object) {
				if e.String("display") == "" {
					e.Set("display", "")
				}
			})
			eachOf(c.now, "addresses", func(e *scim.Object) {
				if e.String("postalCode") == "" {
					e.Set("postalCode", "")
				}
			})
		})},
		{"RFC7644-3.5.2.2-05", "a remove of a part removes it from the other elements", reads("/Users/*", does("remove", "["), func(op *scim.Object) {
			op.Set("path", strings.Replace(op.String("path"), " eq ", " ne ", 1))
		})},

		{"RFC7644-3.5.2.2-06", "a remove of a required attribute is skipped", ignores("/Users/*", does("remove", "userName"))},
		{"RFC7644-3.5.2.2-06", "a remove of a readOnly attribute is skipped", ignores("/*/*", allOf(does("remove", ""), readOnlyPath))},
		{"RFC7644-3.5.2.2-06", "a remove of metadata is skipped", ignores("/*/*", does("remove", "meta*"))},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers invalidValue", errorsBecome("/Users/*", does("remove", "userName"), 0, "invalidValue")},
		{"RFC7644-3.5.2.2-06", "a remove of a readOnly attribute answers noTarget", errorsBecome("/*/*", readOnlyPath, 0, "noTarget")},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers without a scimType", patchAnswers("/*/*", always, func(a *answer) { a.body.Delete("scimType") })},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers 403", errorsBecome("/*/*", always, http.StatusForbidden, "mutability")},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute answers 500", refusalsBecome(scim.Internal("not null"))},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute in capital letters is skipped", ignores("/Users/*", does("remove", "USERNAME"))},
		{"RFC7644-3.5.2.2-06", "a remove of the userName removes it", removesTheName()},
		{"RFC7644-3.5.2.2-06", "a remove of the id of a group is skipped", ignores("/Groups/*", does("remove", "id"))},
		{"RFC7644-3.5.2.2-06", "what stands before the remove of a required attribute is done", oneByOne("/Users/*", true)},

		{"RFC7644-3.5.2.2-07", "a remove of nobody answers 400", answersUnchangedWith(scim.NoTarget("no such member"))},
		{"RFC7644-3.5.2.2-07", "a remove of nobody answers 404", answersUnchangedWith(scim.NotFound("User", "the member"))},
		{"RFC7644-3.5.2.2-07", "a remove of nobody removes somebody", effect("/Groups/*", does("remove", "["), func(c change) {
			if scim.Equal(c.before, c.now) {
				c.now.Delete("members")
			}
		})},
		{"RFC7644-3.5.2.2-07", "a remove of nobody adds them", answersWithOutsider()},

		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes all", effect("/*/*", does("remove", "["), func(c change) {
			if scim.Equal(c.before, c.now) {
				c.now.Delete("emails")
				c.now.Delete("members")
			}
		})},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes the first", effect("/Users/*", does("remove", "["), func(c change) {
			if scim.Equal(c.before, c.now) {
				removedFirst("emails")(c)
			}
		})},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing removes the only member", effect("/Groups/*", does("remove", "["), func(c change) { c.now.Delete("members") })},
		{"RFC7644-3.5.2.2-08", "a filter that matches nothing answers 500", answersUnchangedWith(scim.Internal("index out of range"))},
		{"RFC7644-3.5.2.2-08", "half a match is enough", reads("/Users/*", pathHas(" and "), pathBecomes(" and ", " or "))},

		{"RFC7644-3.5.2.2-09", "a removed member is deleted", deletesMembers("members[*")},
		{"RFC7644-3.5.2.2-09", "removed members are deleted", deletesMembers("members")},
	}
}

func withoutFilter(op *scim.Object) {
	path := op.String("path")
	op.Set("path", path[:strings.Index(path, "[")])
}

func withoutFilterKeepingPart(op *scim.Object) {
	path := op.String("path")
	op.Set("path", path[:strings.Index(path, "[")]+"[type pr]"+path[strings.Index(path, "]")+1:])
}

func negated(op *scim.Object) {
	path := op.String("path")
	op.Set("path", strings.Replace(strings.Replace(path, "[", "[not (", 1), "]", ")]", 1))
}

// removedFirst shows the list without its first element instead.
func removedFirst(name string) func(c change) {
	return func(c change) {
		if list := c.before.Array(name); len(list) > 0 {
			c.now.Set(name, list[1:])
		}
	}
}

func contains(list []any, element any) bool {
	return slices.ContainsFunc(list, func(v any) bool { return elementValue(v) == elementValue(element) })
}

// deletesMembers deletes the users who are removed from a group.
func deletesMembers(path string) Wrap {
	return afterRemoval(path, func(next http.Handler, r *http.Request, before, now *scim.Object) {
		for _, v := range before.Array("members") {
			if !contains(now.Array("members"), v) {
				ask(next, r, http.MethodDelete, "Users/"+elementValue(v), nil)
			}
		}
	})
}

// deletesEmptyGroup deletes a group that lost its last member.
func deletesEmptyGroup() Wrap {
	return afterRemoval("members*", func(next http.Handler, r *http.Request, _, now *scim.Object) {
		if len(now.Array("members")) == 0 {
			ask(next, r, http.MethodDelete, strings.Join(segments(r), "/"), nil)
		}
	})
}

func afterRemoval(path string, do func(next http.Handler, r *http.Request, before, now *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("PATCH", "/Groups/*")(r) || !(change{sent: bodyOf(r)}).any(does("remove", path)) {
				next.ServeHTTP(w, r)
				return
			}
			before := current(next, r)
			a := serve(next, r)
			if a.ok() {
				do(next, r, before, current(next, r))
			}
			a.send(w)
		})
	}
}

// refusesLastMember refuses what leaves a group without members.
func refusesLastMember() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at("PATCH", "/Groups/*")(r) && (change{sent: bodyOf(r)}).any(does("remove", "")) && len(current(next, r).Array("members")) == 1 {
				a := &answer{}
				a.refuse(scim.InvalidValue("a group needs a member"))
				a.send(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// answersUnchangedWith answers a removal that removed nothing by an error.
func answersUnchangedWith(e *scim.Error) Wrap {
	return answersWithBeforeAnd("PATCH", "/*/*", func(before *scim.Object, a *answer) {
		if scim.Equal(before, a.body) {
			a.refuse(e)
		}
	})
}

// removesTheName shows a user without a name after its removal was refused.
func removesTheName() Wrap {
	return operations("/Users/*", either(does("remove", "userName"), does("remove", "USERNAME")), func(_ *scim.Object) *scim.Object {
		return scim.NewObject(scim.Member{Name: "op", Value: "replace"}, scim.Member{Name: "path", Value: "userName"}, scim.Member{Name: "value", Value: "nobody"})
	})
}

// answersWithOutsider adds who is to be removed and is no member.
func answersWithOutsider() Wrap {
	return effect("/Groups/*", does("remove", "["), func(c change) {
		if !scim.Equal(c.before, c.now) {
			return
		}
		_, id, _ := strings.Cut(c.operations()[0].String("path"), `"`)
		id, _, _ = strings.Cut(id, `"`)
		c.now.Set("members", appended(c.now.Array("members"), []any{scim.NewObject(scim.Member{Name: "value", Value: id})}))
	})
}
