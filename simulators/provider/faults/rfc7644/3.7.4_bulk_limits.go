package rfc7644

import (
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// bulkLimitsFaults violate features/rfc7644/3.7.4_bulk_limits.feature.
func bulkLimitsFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC7644-3.7.4-01", "maxOperations is not defined", bulkConfig(func(bulk *scim.Object) { bulk.Delete("maxOperations") })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is not defined", bulkConfig(func(bulk *scim.Object) { bulk.Delete("maxPayloadSize") })},
		{"RFC7644-3.7.4-01", "maxOperations is 0", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", rewrite.Number(0)) })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is 0", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxPayloadSize", rewrite.Number(0)) })},
		{"RFC7644-3.7.4-01", "maxOperations is a string", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", "1000") })},
		{"RFC7644-3.7.4-01", "maxPayloadSize is a string", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxPayloadSize", "1 MiB") })},
		{"RFC7644-3.7.4-01", "maxOperations is null", bulkConfig(func(bulk *scim.Object) { bulk.Set("maxOperations", nil) })},

		{"RFC7644-3.7.4-02", "maxOperations is not held", tooLargeFor("maxOperations", func(a *rewrite.Answer) { *a = *rewrite.BulkResponse() })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 400", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Refuse(scim.InvalidValue("too many")) })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 400 tooMany", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Refuse(scim.TooMany("too many")) })},
		{"RFC7644-3.7.4-02", "more than maxOperations answers 500", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Refuse(scim.Internal("too many")) })},
		{"RFC7644-3.7.4-02", "operations beyond maxOperations are skipped", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object { return operations[:min(len(operations), 1000)] })},
		{"RFC7644-3.7.4-02", "maxOperations is held one too late", rewrite.BulkSent(func(operations []*scim.Object) []*scim.Object {
			return operations[:len(operations)-rewrite.Pick(len(operations) == 1001, 1, 0)]
		})},
		{"RFC7644-3.7.4-02", "the answer to too many operations is 200 with an error", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Status = 200 })},

		{"RFC7644-3.7.4-03", "maxPayloadSize is not held", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { *a = *rewrite.BulkResponse() })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 400", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { a.Refuse(scim.InvalidSyntax("too large")) })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 500", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { a.Refuse(scim.Internal("too large")) })},
		{"RFC7644-3.7.4-03", "more than maxPayloadSize answers 414", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { a.Refuse(&scim.Error{Status: 414}) })},

		{"RFC7644-3.7.4-04", "a refusal does not name maxOperations", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Body.Set("detail", "the request is too large") })},
		{"RFC7644-3.7.4-04", "a refusal does not name maxPayloadSize", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { a.Body.Set("detail", "the request is too large") })},
		{"RFC7644-3.7.4-04", "a refusal has no detail", tooLargeFor("max", func(a *rewrite.Answer) { a.Body.Delete("detail") })},
		{"RFC7644-3.7.4-04", "a refusal of operations names the payload", tooLargeFor("maxOperations", func(a *rewrite.Answer) { a.Body.Set("detail", "maxPayloadSize (1048576)") })},
		{"RFC7644-3.7.4-04", "a refusal of the payload names the operations", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) { a.Body.Set("detail", "maxOperations (1000)") })},
		{"RFC7644-3.7.4-04", "a refusal has no body", tooLargeFor("max", func(a *rewrite.Answer) { *a = *rewrite.NewAnswer(413, nil) })},
		{"RFC7644-3.7.4-04", "a refusal is plain text", tooLargeFor("maxPayloadSize", func(a *rewrite.Answer) {
			*a = rewrite.Answer{Status: 413, Header: http.Header{"Content-Type": {"text/plain"}}, Raw: []byte("maxPayloadSize (1048576)")}
		})},

		{"RFC7644-3.7.4-05", "exactly maxOperations are too many", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && len(rewrite.Operations(a.Body)) == 1000 {
				a.Refuse(&scim.Error{Status: 413, Detail: "more than maxOperations (1000)"})
			}
		})},
		{"RFC7644-3.7.4-05", "a tenth of maxOperations is too much", rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
			if a.OK() && len(rewrite.Operations(a.Body)) > 100 {
				a.Refuse(&scim.Error{Status: 413, Detail: "more than maxOperations (1000)"})
			}
		})},
		{"RFC7644-3.7.4-05", "half of maxPayloadSize is too much", rewrite.BulkAnswers(func(r *http.Request, a *rewrite.Answer) {
			if r.ContentLength > 1<<19 {
				a.Refuse(&scim.Error{Status: 413, Detail: "larger than maxPayloadSize (1048576)"})
			}
		})},
	}
}

func bulkConfig(edit func(bulk *scim.Object)) rewrite.Wrap {
	return rewrite.Answers(rewrite.At("GET", "/ServiceProviderConfig"), func(_ *http.Request, a *rewrite.Answer) {
		if bulk := a.Body.Object("bulk"); bulk != nil {
			edit(bulk)
		}
	})
}

// tooLargeFor edits the refusal of what exceeds the limit with this name.
func tooLargeFor(limit string, edit func(a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.BulkAnswers(func(_ *http.Request, a *rewrite.Answer) {
		if a.Status == http.StatusRequestEntityTooLarge && strings.Contains(a.Body.String("detail"), limit) {
			edit(a)
		}
	})
}
