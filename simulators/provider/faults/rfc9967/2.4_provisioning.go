package rfc9967

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// provisioningFaults violate features/rfc9967/2.4_provisioning.feature.
func provisioningFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9967-2.4-01", "a notice has data", renamed(scim.EventCreateFull, scim.EventCreateNotice)},
		{"RFC9967-2.4-01", "a full event has no data", renamed(scim.EventPatchNotice, scim.EventPatchFull)},
		{"RFC9967-2.4-01", "a creation is neither", renamed(scim.EventCreateFull, scim.EventPrefix+"prov:create")},

		{"RFC9967-2.4-02", "a creation has both", member(scim.EventCreateFull, "attributes", []any{"userName"})},
		{"RFC9967-2.4-02", "a change has neither", member(scim.EventPatchNotice, "attributes", nil)},
		{"RFC9967-2.4-02", "a replacement has both", member(scim.EventPutFull, "attributes", []any{"userName"})},

		{"RFC9967-2.4-03", "data of a creation are the id alone", payload(scim.EventCreateFull, func(_, p *scim.Object) {
			p.Set("data", scim.NewObject(scim.Member{Name: "id", Value: p.Object("data").String("id")}))
		})},
		{"RFC9967-2.4-03", "data of a replacement are those before it", payload(scim.EventPutFull, func(_, p *scim.Object) { p.Object("data").Delete("displayName") })},

		{"RFC9967-2.4-04", "a notice names nothing", member(scim.EventPatchNotice, "attributes", []any{})},
		{"RFC9967-2.4-04", "a notice names only meta", member(scim.EventPatchNotice, "attributes", []any{"meta.lastModified"})},

		{"RFC9967-2.4-05", "a creation shows the password", showingPasswords()},
		{"RFC9967-2.4-05", "a creation shows the digest of the password", payload(scim.EventCreateFull, func(_, p *scim.Object) {
			rewrite.PartOf(p, "data").Set("password", "$2b$12$LQv3c1yqBWVHxkd0LHAkCO")
		})},

		{"RFC9967-2.4.1-01", "a creation is not told", unsent(scim.EventCreateFull)},
		{"RFC9967-2.4.1-01", "a creation is told as a replacement", renamed(scim.EventCreateFull, scim.EventPutFull)},
		{"RFC9967-2.4.2-01", "a change is not told", unsent(scim.EventPatchNotice)},
		{"RFC9967-2.4.2-01", "a change is told as a replacement", renamed(scim.EventPatchNotice, scim.EventPutNotice)},
		{"RFC9967-2.4.3-01", "a replacement is not told", unsent(scim.EventPutFull)},
		{"RFC9967-2.4.3-01", "a replacement is told as a change", renamed(scim.EventPutFull, scim.EventPatchFull)},
		{"RFC9967-2.4.4-01", "a deletion is not told", unsent(scim.EventDelete)},
		{"RFC9967-2.4.4-01", "a deletion is told as a deactivation", renamed(scim.EventDelete, scim.EventDeactivate)},

		{"RFC9967-2.4.4-02", "a deletion is a removal from the feed as well", payload(scim.EventDelete, func(claims, _ *scim.Object) {
			rewrite.PartOf(claims, "events").Set(scim.EventFeedRemove, scim.NewObject())
		})},
		{"RFC9967-2.4.4-02", "a deletion is followed by a removal from the feed", more(scim.EventDelete, func(claims *scim.Object) {
			claims.Set("events", only(scim.EventFeedRemove, scim.NewObject()))
		})},

		{"RFC9967-2.4.4-03", "a deletion is full", renamed(scim.EventDelete, scim.EventDelete+":full")},
		{"RFC9967-2.4.4-03", "a deletion is a notice", renamed(scim.EventDelete, scim.EventDelete+":notice")},

		{"RFC9967-2.4.4-04", "a deletion names attributes", member(scim.EventDelete, "attributes", []any{"id"})},
		{"RFC9967-2.4.4-04", "a deletion has data", member(scim.EventDelete, "data", scim.NewObject())},

		{"RFC9967-2.4.4-05", "a change is told after the deletion", more(scim.EventDelete, func(claims *scim.Object) {
			later(claims)
			claims.Set("txn", "later")
			claims.Set("events", only(scim.EventPatchNotice, scim.NewObject(scim.Member{Name: "attributes", Value: []any{"active"}})))
		})},
		{"RFC9967-2.4.4-05", "a deactivation is told after the deletion", more(scim.EventDelete, func(claims *scim.Object) {
			later(claims)
			claims.Delete("txn")
			claims.Set("events", only(scim.EventDeactivate, scim.NewObject()))
		})},

		{"RFC9967-7.3-01", "there is a class user", renamed(scim.EventPatchNotice, scim.EventPrefix+"user:changed")},
		{"RFC9967-7.3-01", "there is no class", renamed(scim.EventPatchNotice, scim.EventPrefix+"patch")},

		{"RFC9967-7.4-01", "a change is called an update", renamed(scim.EventPatchNotice, scim.EventPrefix+"prov:update:notice")},
		{"RFC9967-7.4-01", "a deletion is called a removal", renamed(scim.EventDelete, scim.EventPrefix+"prov:remove")},
	}
}

// later lets a token be made five seconds later.
func later(claims *scim.Object) {
	at, _ := claims.Get("iat")
	number, _ := at.(json.Number)
	seconds, _ := number.Int64()
	claims.Set("iat", json.Number(strconv.FormatInt(seconds+5, 10)))
}

// showingPasswords puts the password that a user was created with into the event of it.
func showingPasswords() rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		var mu sync.Mutex
		passwords := map[string]string{} // by userName in lower case
		return rewrite.InTurn(
			rewrite.Requests(rewrite.CreatesUsers, func(_ *http.Request, body *scim.Object) {
				mu.Lock()
				defer mu.Unlock()
				passwords[strings.ToLower(body.String("userName"))] = body.String("password")
			}),
			payload(scim.EventCreateFull, func(_, p *scim.Object) {
				mu.Lock()
				defer mu.Unlock()
				rewrite.PartOf(p, "data").Set("nickName", passwords[strings.ToLower(p.Object("data").String("userName"))])
			}),
		)
	})
}
