package gallery

import (
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// authenticationFaults violate features/gallery/4_authentication.feature.
func authenticationFaults() rewrite.Table {
	return rewrite.Table{
		{"GALLERY-SCIM-07", "the token does not serve", rewrite.RefuseAll(rewrite.ListsUsers, scim.Forbidden("not with this token"))},

		{"GALLERY-SCIM-08", "the token does not serve", rewrite.RefuseAll(rewrite.ListsUsers, scim.Forbidden("not with this token"))},

		{"GALLERY-LOAD-01", "the twentieth request is refused", rewrite.Stateful(func() rewrite.Wrap {
			served := make(chan struct{}, 19)
			return rewrite.Handle(rewrite.ListsUsers, func(http.Handler, *http.Request) *rewrite.Answer {
				select {
				case served <- struct{}{}:
					return nil
				default:
					return rewrite.Refusal(&scim.Error{Status: http.StatusTooManyRequests, Detail: "too many requests"})
				}
			})
		})},
		{"GALLERY-LOAD-01", "a look-up breaks", rewrite.Break(rewrite.ListsUsers)},
	}
}
