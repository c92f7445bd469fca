package oin

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// crudFaults violate features/oin/2_crud.feature.
func crudFaults() rewrite.Table {
	return rewrite.Table{
		{"OIN-CRUD-01", "a new user is not found", rewrite.ShowOnly(rewrite.ListsUsers, rewrite.NoneAtAll)},
		{"OIN-CRUD-01", "the e-mail addresses are lost", rewrite.WithoutSent(rewrite.CreatesUsers, "emails")},

		{"OIN-CRUD-02", "an update is ignored", rewrite.Ignore(putsUsers, rewrite.AnyBody)},
		{"OIN-CRUD-02", "the first name stays", rewrite.KeepOld(putsUsers, "name", rewrite.AnyBody)},

		{"OIN-CRUD-03", "active is not stored", rewrite.Shown(readsUsers, rewrite.Setting("active", true))},
		{"OIN-CRUD-03", "a deactivated user cannot be read", rewrite.Answers(readsUsers, func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && !rewrite.IsActiveUser(a.Body) {
				*a = *rewrite.Refusal(scim.NotFound("User", ""))
			}
		})},

		{"OIN-CRUD-04", "a deactivated user stays so", rewrite.Stateful(func() rewrite.Wrap { return onlyFirst(1) })},

		{"OIN-CRUD-05", "a user who was reactivated cannot be deactivated again", rewrite.Stateful(func() rewrite.Wrap { return onlyFirst(2) })},
	}
}

// onlyFirst ignores all changes of a user but so many.
func onlyFirst(n int) rewrite.Wrap {
	return rewrite.Ignore(rewrite.At("PUT,PATCH", "/Users/*"), func(*scim.Object) bool {
		n--
		return n < 0
	})
}
