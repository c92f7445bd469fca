package rfc7644

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// putFaults violate features/rfc7644/3.5.1_replace.feature.
func putFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.5.1-01", "a PUT does not change the displayName", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep("displayName") })},
		{"RFC7644-3.5.1-01", "a PUT loses the externalId", rewrite.WithoutSent(rewrite.At("PUT", "/Users/*"), "externalId")},
		{"RFC7644-3.5.1-01", "a PUT does not change active", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep("active") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the name", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep("name") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the familyName", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			if name := c.Now.Object("name"); name != nil {
				name.Set("familyName", c.Before.Object("name").String("familyName"))
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT does not change the userName", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep("userName") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the e-mail addresses", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep("emails") })},
		{"RFC7644-3.5.1-01", "a PUT adds e-mail addresses to those that are there", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			c.Now.Set("emails", rewrite.Appended(c.Before.Array("emails"), c.Now.Array("emails")))
		})},
		{"RFC7644-3.5.1-01", "a PUT never makes a list shorter", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			if len(c.Sent.Array("emails")) < len(c.Before.Array("emails")) {
				c.Keep("emails")
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT stores only the first e-mail address", rewrite.Requests(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if list := body.Array("emails"); len(list) > 1 {
				body.Set("emails", list[:1])
			}
		})},
		{"RFC7644-3.5.1-01", "a PUT does not change an extension", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Keep(scim.EnterpriseURN) })},
		{"RFC7644-3.5.1-01", "a PUT does not rename a group", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) { c.Keep("displayName") })},
		{"RFC7644-3.5.1-01", "a PUT does not change the members of a group", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) { c.Keep("members") })},
		{"RFC7644-3.5.1-01", "a PUT adds members to a group", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) {
			c.Now.Set("members", rewrite.Appended(c.Before.Array("members"), c.Now.Array("members")))
		})},
		{"RFC7644-3.5.1-01", "a PUT removes members only", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) {
			c.Now.Set("members", rewrite.InBoth(c.Before.Array("members"), c.Now.Array("members")))
		})},

		{"RFC7644-3.5.1-02", "attributes that a PUT left out come back with the next one", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) {
			if c.Again {
				c.Now.Set("externalId", "as it was long ago")
			}
		})},
		{"RFC7644-3.5.1-02", "the answer to a PUT shows attributes that are gone", rewrite.AnswersWithBefore("PUT", "/*/*", func(before, body *scim.Object) {
			for name, value := range before.All() {
				if _, found := body.Get(name); !found {
					body.Set(name, value)
				}
			}
		})},
		{"RFC7644-3.5.1-02", "the same PUT again fails", repeatedPutFails()},

		{"RFC7644-3.5.1-03", "null keeps the value", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { keepWhereEmptied(c, "externalId") })},
		{"RFC7644-3.5.1-03", "an empty list keeps the values", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { keepWhereEmptied(c, "emails") })},
		{"RFC7644-3.5.1-03", "an empty list keeps the members", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) { keepWhereEmptied(c, "members") })},
		{"RFC7644-3.5.1-03", "null is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool {
			value, found := body.Get("externalId")
			return found && value == nil
		}, scim.InvalidValue("null is no text"))},
		{"RFC7644-3.5.1-03", "an empty list is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/*/*"), func(body *scim.Object) bool {
			for _, value := range body.All() {
				if list, ok := value.([]any); ok && len(list) == 0 {
					return true
				}
			}
			return false
		}, scim.InvalidValue("a list needs an element"))},

		{"RFC7644-3.5.1-05", "members of a group cannot be set by PUT", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), func(body *scim.Object) bool {
			return len(body.Array("members")) > 0
		}, scim.MutabilityError("members are immutable"))},
		{"RFC7644-3.5.1-05", "the first members of a group are ignored", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) {
			if len(c.Before.Array("members")) == 0 {
				c.Keep("members")
			}
		})},
		{"RFC7644-3.5.1-05", "the type of a member is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), func(body *scim.Object) bool {
			typed := false
			rewrite.EachOf(body, "members", func(e *scim.Object) { typed = typed || e.String("type") != "" })
			return typed
		}, scim.MutabilityError("members.type is immutable"))},

		{"RFC7644-3.5.1-06", "another id is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/*/*"), func(body *scim.Object) bool {
			return strings.HasSuffix(body.String("id"), "another-id")
		}, scim.MutabilityError("id is readOnly"))},
		{"RFC7644-3.5.1-06", "another id is taken over", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) {
			if id := c.Sent.String("id"); id != "" {
				c.Now.Set("id", id)
			}
		})},
		{"RFC7644-3.5.1-06", "another id of a group is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), func(body *scim.Object) bool {
			return strings.HasSuffix(body.String("id"), "another-id")
		}, scim.MutabilityError("id is readOnly"))},
		{"RFC7644-3.5.1-06", "the metadata of the client are refused", rewrite.RefuseBodies(rewrite.At("PUT", "/*/*"), func(body *scim.Object) bool {
			return body.Object("meta").String("created") == "2001-02-03T04:05:06Z"
		}, scim.MutabilityError("meta is readOnly"))},
		{"RFC7644-3.5.1-06", "the client sets the time of the creation", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) { takeMeta(c, "created") })},
		{"RFC7644-3.5.1-06", "the client sets the time of the change", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) { takeMeta(c, "lastModified") })},
		{"RFC7644-3.5.1-06", "the client sets the location", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) { takeMeta(c, "location") })},
		{"RFC7644-3.5.1-06", "the client sets the resource type", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) { takeMeta(c, "resourceType") })},
		{"RFC7644-3.5.1-06", "the groups of a user are refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool {
			return len(body.Array("groups")) > 0
		}, scim.MutabilityError("groups is readOnly"))},
		{"RFC7644-3.5.1-06", "a user joins a group by naming it", joinsByPut()},

		{"RFC7644-3.5.1-07", "without a userName the user keeps it", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) {
			if body.String("userName") == "" {
				body.Set("userName", now.String("userName"))
			}
		})},
		{"RFC7644-3.5.1-07", "null for a userName keeps it", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) {
			if value, found := body.Get("userName"); found && value == nil {
				body.Set("userName", now.String("userName"))
			}
		})},
		{"RFC7644-3.5.1-07", "without a userName the answer is 500", rewrite.RefusalsBecome(scim.Internal("null pointer"))},
		{"RFC7644-3.5.1-07", "without a userName the answer is 409", rewrite.RefusalsBecome(scim.UniquenessError("the name is taken"))},

		{"RFC7644-3.5.1-08", "the answer still shows what the PUT has cleared", rewrite.AnswersWithBefore("PUT", "/Users/*", func(before, body *scim.Object) { body.Set("externalId", before.String("externalId")) })},
		{"RFC7644-3.5.1-08", "the answer still shows the members that the PUT has taken away", rewrite.AnswersWithBefore("PUT", "/Groups/*", keepsInAnswer("members"))},
		{"RFC7644-3.5.1-08", "the answer shows the members twice", rewrite.Answers(rewrite.At("PUT", "/Groups/*"), func(_ *http.Request, a *rewrite.Answer) {
			if all := a.Body.Array("members"); len(all) > 1 {
				a.Body.Set("members", rewrite.Appended(all, all))
			}
		})},
		{"RFC7644-3.5.1-08", "a PUT answers 204", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				*a = *rewrite.NewAnswer(http.StatusNoContent, nil)
			}
		})},
		{"RFC7644-3.5.1-08", "a PUT answers 201", rewrite.SuccessIs("PUT", "/*/*", http.StatusCreated)},
		{"RFC7644-3.5.1-08", "a PUT of a group answers 202", rewrite.SuccessIs("PUT", "/Groups/*", http.StatusAccepted)},
		{"RFC7644-3.5.1-08", "a PUT answers without a body", rewrite.Answers(rewrite.At("PUT", "/*/*"), func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() {
				a.Body, a.Raw = nil, nil
			}
		})},
		{"RFC7644-3.5.1-08", "a PUT answers with the resource as it was", rewrite.AnswersWithBefore("PUT", "/Users/*", rewrite.CopyOver)},
		{"RFC7644-3.5.1-08", "a PUT of a group answers with the group as it was", rewrite.AnswersWithBefore("PUT", "/Groups/*", rewrite.CopyOver)},
		{"RFC7644-3.5.1-08", "a PUT answers with the changed attributes only", rewrite.Shown(rewrite.At("PUT", "/Users/*"), func(o *scim.Object) {
			o.Delete("name")
			o.Delete("emails")
		})},
		{"RFC7644-3.5.1-08", "a PUT of a group answers without the members", rewrite.Shown(rewrite.At("PUT", "/Groups/*"), func(o *scim.Object) { o.Delete("members") })},
		{"RFC7644-3.5.1-08", "a PUT answers without metadata", rewrite.Shown(rewrite.At("PUT", "/*/*"), func(o *scim.Object) { o.Delete("meta") })},
		{"RFC7644-3.5.1-08", "a PUT answers with the version as it was", rewrite.AnswersWithBefore("PUT", "/*/*", func(before, body *scim.Object) {
			rewrite.MetaAsBefore("version")(rewrite.Change{Before: before, Now: body})
		})},

		{"RFC7644-3.5.1-09", "a PUT to a deleted resource answers 400", rewrite.MissingBecomes("PUT", "/*/*", http.StatusBadRequest)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted resource answers 500", rewrite.MissingBecomes("PUT", "/*/*", http.StatusInternalServerError)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted group answers 200", rewrite.MissingBecomes("PUT", "/Groups/*", http.StatusOK)},
		{"RFC7644-3.5.1-09", "a PUT to a deleted user answers 204", rewrite.MissingBecomes("PUT", "/Users/*", http.StatusNoContent)},

		{"RFC7644-3.5.1-10", "the same PUT again doubles a list", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			if c.Again {
				c.Now.Set("emails", rewrite.Appended(c.Now.Array("emails"), c.Now.Array("emails")))
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again empties the group", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) {
			if c.Again {
				c.Now.Delete("members")
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again loses the name", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			if c.Again {
				c.Now.Delete("name")
			}
		})},
		{"RFC7644-3.5.1-10", "the same PUT again is refused", repeatedPutFails()},

		{"RFC7644-3.5.1-11", "a PUT with metadata is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/*/*"), func(body *scim.Object) bool {
			return body.Object("meta") != nil
		}, scim.MutabilityError("meta is readOnly"))},
		{"RFC7644-3.5.1-11", "a PUT of a member with its groups is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Users/*"), func(body *scim.Object) bool {
			return len(body.Array("groups")) > 0
		}, scim.MutabilityError("groups is readOnly"))},
		{"RFC7644-3.5.1-11", "a PUT of members with their references is refused", rewrite.RefuseBodies(rewrite.At("PUT", "/Groups/*"), func(body *scim.Object) bool {
			referred := false
			rewrite.EachOf(body, "members", func(e *scim.Object) { referred = referred || e.String("$ref") != "" })
			return referred
		}, scim.MutabilityError("members.$ref is immutable"))},
		{"RFC7644-3.5.1-11", "a PUT loses the extension", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { c.Now.Delete(scim.EnterpriseURN) })},
		{"RFC7644-3.5.1-11", "a PUT loses the mark of the primary value", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "emails", func(e *scim.Object) { e.Delete("primary") })
		})},
		{"RFC7644-3.5.1-11", "a PUT takes the user out of all groups", leavesByPut()},
		{"RFC7644-3.5.1-11", "a PUT loses all members but one", rewrite.EditOutcome("PUT", "/Groups/*", func(c rewrite.Change) {
			if list := c.Now.Array("members"); len(list) > 1 {
				c.Now.Set("members", list[:1])
			}
		})},

		{"RFC7644-3.5.1-12", "a PUT loses the third element of a list", rewrite.Requests(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
				if list := body.Array(name); len(list) > 2 {
					body.Set(name, list[:2])
				}
			}
		})},
		{"RFC7644-3.5.1-12", "a PUT keeps the costCenter", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { keepPart(c, scim.EnterpriseURN, "costCenter") })},
		{"RFC7644-3.5.1-12", "a PUT keeps the middleName", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) { keepPart(c, "name", "middleName") })},
		{"RFC7644-3.5.1-12", "a PUT keeps the locality of addresses", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			rewrite.EachOf(c.Now, "addresses", func(e *scim.Object) { e.Set("postalCode", "00000") })
		})},
		{"RFC7644-3.5.1-12", "a PUT marks the last value as primary", rewrite.EditOutcome("PUT", "/Users/*", func(c rewrite.Change) {
			if list := c.Now.Array("emails"); len(list) > 1 {
				rewrite.EachOf(c.Now, "emails", func(e *scim.Object) { e.Delete("primary") })
				list[len(list)-1].(*scim.Object).Set("primary", true)
			}
		})},
		{"RFC7644-3.5.1-12", "a PUT loses the third member of a group", rewrite.Requests(rewrite.At("PUT", "/Groups/*"), func(_ *http.Request, body *scim.Object) {
			if list := body.Array("members"); len(list) > 2 {
				body.Set("members", list[:2])
			}
		})},

		{"RFC7644-3.5.1-13", "a PUT to an unknown id creates a user", createsByPut("/Users/*")},
		{"RFC7644-3.5.1-13", "a PUT to an unknown id pretends to create a user", rewrite.MissingBecomes("PUT", "/Users/*", http.StatusCreated)},

		{"RFC7644-3.5.1-14", "a PUT leaves the time of the change alone", rewrite.EditOutcome("PUT", "/*/*", rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.1-14", "a PUT of a group leaves the time of the change alone", rewrite.EditOutcome("PUT", "/Groups/*", rewrite.MetaAsBefore("lastModified"))},
		{"RFC7644-3.5.1-14", "a PUT leaves the version alone", rewrite.EditOutcome("PUT", "/*/*", rewrite.MetaAsBefore("version"))},
		{"RFC7644-3.5.1-14", "a PUT sets the time of the change to that of the creation", rewrite.EditOutcome("PUT", "/*/*", func(c rewrite.Change) {
			rewrite.PartOf(c.Now, "meta").Set("lastModified", c.Now.Object("meta").String("created"))
		})},

		{"RFC7644-3.5.1-15", "a refused PUT stores the valid attributes", halfDone("PUT", "/Users/*", "displayName")},
		{"RFC7644-3.5.1-15", "a word is taken for true", rewrite.Requests(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if body.String("active") != "" {
				body.Set("active", true)
			}
		})},
		{"RFC7644-3.5.1-15", "a text for a complex value is ignored", rewrite.Requests(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if body.String("name") != "" {
				body.Delete("name")
			}
		})},
		{"RFC7644-3.5.1-15", "a number for a list is ignored", rewrite.Requests(rewrite.At("PUT", "/Users/*"), func(_ *http.Request, body *scim.Object) {
			if v, _ := body.Get("emails"); scim.KindOf(v) == "number" {
				body.Delete("emails")
			}
		})},
		{"RFC7644-3.5.1-15", "a wrong type answers 500", rewrite.RefusalsBecome(scim.Internal("cast"))},
		{"RFC7644-3.5.1-15", "a wrong type answers with a page", rewrite.RefuseWithPage("PUT")},

		{"RFC7644-3.5.1-16", "a taken userName is stored all the same", rewrite.ShowInPlaceOfConflict("PUT")},
		{"RFC7644-3.5.1-16", "a taken userName answers 500", rewrite.RefusalsBecome(scim.Internal("constraint"))},
		{"RFC7644-3.5.1-16", "a taken userName is ignored", requestsKnowing("PUT", "/Users/*", func(now, body *scim.Object) { body.Set("userName", now.String("userName")) })},

		{"RFC7644-3.5.1-17", "a renamed user is found by the former name", rewrite.StaleIndex("PUT", "/Users/*", "userName")},
		{"RFC7644-3.5.1-17", "a renamed group is found by the former name", rewrite.StaleIndex("PUT", "/Groups/*", "displayName")},

		{"RFC7644-3.5.1-18", "null is a server error", answersTo("PUT", "null", rewrite.Refusal(scim.Internal("null")))},
		{"RFC7644-3.5.1-18", "true is a success", answersTo("PUT", "true", rewrite.NewAnswer(http.StatusNoContent, nil))},
		{"RFC7644-3.5.1-18", "a body that is no JSON answers 500", rewrite.RefusalsBecome(scim.Internal("unexpected end of input"))},
		{"RFC7644-3.5.1-18", "a body that is no JSON answers 200", rewrite.Answers(rewrite.At("PUT", "/*/*"), rewrite.RefusalIsSuccess)},
		{"RFC7644-3.5.1-18", "a body that is no JSON answers a page", rewrite.RefuseWithPage("PUT")},
		{"RFC7644-3.5.1-18", "a list of one user is a user", unwrapsBareList()},

		{"RFC7644-3.5.1-19", "the answer to a PUT shows the password", rewrite.ShowPassword("PUT", false)},
		{"RFC7644-3.5.1-19", "a GET shows the password that a PUT has set", rewrite.ShowPassword("PUT", true)},
	}
}

// repeatedPutFails refuses a PUT that has been seen before.
func repeatedPutFails() rewrite.Wrap {
	return rewrite.RefuseAgain(rewrite.At("PUT", "/*/*"), asJSON, scim.Conflict("nothing to do"))
}

func asJSON(body *scim.Object) string {
	text, _ := body.MarshalJSON()
	return string(text)
}

// keepWhereEmptied keeps an attribute that a PUT wants to clear.
func keepWhereEmptied(c rewrite.Change, name string) {
	if value, found := c.Sent.Get(name); found && scim.IsUnassigned(value) {
		c.Keep(name)
	}
}

// keepPart keeps one value of a complex attribute.
func keepPart(c rewrite.Change, name, part string) {
	was := c.Before.Object(name).String(part)
	if now := c.Now.Object(name); now != nil && was != "" {
		now.Set(part, was)
	}
}

// takeMeta takes a part of the metadata from the client.
func takeMeta(c rewrite.Change, part string) {
	if value, found := c.Sent.Object("meta").Get(part); found && c.Now.Object("meta") != nil {
		rewrite.PartOf(c.Now, "meta").Set(part, value)
	}
}

// requestsKnowing rewrites bodies in the light of the resource as it is.
func requestsKnowing(method, place string, edit func(now, body *scim.Object)) rewrite.Wrap {
	return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
		if body := rewrite.BodyOf(r); body != nil && rewrite.At(method, place)(r) {
			edit(rewrite.Current(next, r), body)
			rewrite.SetBody(r, body)
		}
		return nil
	})
}

// createsByPut creates what it does not find.
func createsByPut(place string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.Status == http.StatusNotFound {
			a = rewrite.Ask(next, r, http.MethodPost, rewrite.Segments(r)[0], sent)
		}
		return a
	})
}

// joinsByPut makes a user a member of the groups that a PUT names.
func joinsByPut() rewrite.Wrap {
	return afterPut(func(next http.Handler, r *http.Request, sent *scim.Object) {
		rewrite.EachOf(sent, "groups", func(e *scim.Object) {
			rewrite.ChangeMember(next, r, "add", e.String("value"), rewrite.Segments(r)[1])
		})
	})
}

// leavesByPut takes a user whom a PUT changes out of all groups.
func leavesByPut() rewrite.Wrap {
	return afterPut(func(next http.Handler, r *http.Request, _ *scim.Object) {
		rewrite.EachOf(rewrite.Current(next, r), "groups", func(e *scim.Object) {
			rewrite.ChangeMember(next, r, "remove", e.String("value"), rewrite.Segments(r)[1])
		})
	})
}

// afterPut does something after a user was replaced.
func afterPut(do func(next http.Handler, r *http.Request, sent *scim.Object)) rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if a.OK() {
			do(next, r, sent)
		}
		return a
	})
}

// halfDone stores one attribute of a change that is refused.
func halfDone(method, place, name string) rewrite.Wrap {
	return rewrite.Handle(rewrite.At(method, place), func(next http.Handler, r *http.Request) *rewrite.Answer {
		sent := rewrite.BodyOf(r)
		a := rewrite.Serve(next, r)
		if value, found := sent.Get(name); found && !a.OK() {
			rewrite.Ask(next, r, http.MethodPatch, rewrite.PlaceOf(r), rewrite.PatchOf(rewrite.Operation("replace", name, value)))
		}
		return a
	})
}

// unwrapsBareList takes a list of one resource for the resource.
func unwrapsBareList() rewrite.Wrap {
	return rewrite.Handle(rewrite.At("PUT", "/*/*"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
		raw, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(raw))
		if v, err := scim.Parse(raw); err == nil {
			if list, ok := v.([]any); ok && len(list) == 1 {
				rewrite.SetBody(r, list[0].(*scim.Object))
			}
		}
		return nil
	})
}
