package rfc9967

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// asynchronousFaults violate features/rfc9967/2.5_asynchronous.feature.
func asynchronousFaults() rewrite.Table {
	return rewrite.Table{
		{"RFC9967-2.5.1.1-01", "the preference is refused", rewrite.RefuseAll(async, scim.InvalidValue("Prefer is not supported"))},
		{"RFC9967-2.5.1.1-01", "the preference is a server error", rewrite.Break(async)},
		{"RFC9967-2.5.1.1-01", "the answer is 200 to a PATCH and 303 to a PUT", accepted(func(r *http.Request, a *rewrite.Answer) {
			a.Status = rewrite.Pick(r.Method == http.MethodPut, http.StatusSeeOther, http.StatusOK)
		})},

		{"RFC9967-2.5.1.1-02", "a 202 has an empty object", accepted(func(_ *http.Request, a *rewrite.Answer) { a.Body = scim.NewObject() })},
		{"RFC9967-2.5.1.1-02", "the 202 to a bulk request names the job", accepted(func(r *http.Request, a *rewrite.Answer) {
			if rewrite.At("POST", "/Bulk")(r) {
				a.Body = scim.NewObject(scim.Member{Name: "job", Value: a.Header.Get("Set-Txn")})
			}
		})},
		{"RFC9967-2.5.1.1-02", "the 202 to a DELETE is a text", accepted(func(r *http.Request, a *rewrite.Answer) {
			if r.Method == http.MethodDelete {
				a.Raw = []byte("Accepted")
			}
		})},

		{"RFC9967-2.5.1.1-03", "a 202 does not say so", header("Preference-Applied", "")},
		{"RFC9967-2.5.1.1-03", "a 202 names another preference", header("Preference-Applied", "return=minimal")},

		{"RFC9967-2.5.1.1-04", "a 202 leads nowhere", header("Location", "")},
		{"RFC9967-2.5.1.1-04", "a 202 leads to the collection", accepted(func(r *http.Request, a *rewrite.Answer) {
			a.Header.Set("Location", rewrite.Root(r)+"/Users")
		})},
		{"RFC9967-2.5.1.1-04", "the result is not where a 202 leads to", accepted(func(_ *http.Request, a *rewrite.Answer) {
			a.Header.Set("Location", a.Header.Get("Location")+"-none")
		})},

		{"RFC9967-2.5.1.1-05", "the media type has to fit although there is no body", rewrite.RefuseAll(rewrite.WithHeader(async, "Accept", "text/plain"), scim.NotAcceptable("no such type"))},

		{"RFC9967-2.5.1.1-06", "nobody waits", rewrite.Ahead(async, func(r *http.Request) { r.Header.Set("Prefer", "respond-async") })},

		{"RFC9967-2.5.1.1-07", "nothing is done", rewrite.Handle(async, func(http.Handler, *http.Request) *rewrite.Answer {
			a := rewrite.NewAnswer(http.StatusAccepted, nil)
			a.Header.Set("Set-Txn", "never")
			return a
		})},

		{"RFC9967-2.5.1.2-01", "only the first operation is told", operations(func(_, _ *scim.Object, place int) bool { return place == 0 })},
		{"RFC9967-2.5.1.2-01", "no operation is told", operations(func(_, _ *scim.Object, place int) bool { return place < 0 })},

		{"RFC9967-2.5.1.2-02", "places count from 1", operations(func(claims, _ *scim.Object, place int) bool {
			return numbered(claims, strconv.Itoa(place+1))
		})},
		{"RFC9967-2.5.1.2-02", "all operations have the transaction of the request", operations(func(claims, _ *scim.Object, _ int) bool {
			txn, _, _ := strings.Cut(claims.String("txn"), ":")
			claims.Set("txn", txn)
			return true
		})},
		{"RFC9967-2.5.1.2-02", "a full stop stands before the place", operations(func(claims, _ *scim.Object, _ int) bool {
			claims.Set("txn", strings.Replace(claims.String("txn"), ":", ".", 1))
			return true
		})},

		{"RFC9967-2.5.1.2-03", "the bulkId is taken for the place", operations(func(claims, result *scim.Object, _ int) bool {
			if id := result.String("bulkId"); id != "" {
				return numbered(claims, id)
			}
			return true
		})},

		{"RFC9967-2.5.1.2-04", "places are those in which operations were done", operations(func(claims, _ *scim.Object, place int) bool {
			return numbered(claims, strconv.Itoa(1-place))
		})},

		{"RFC9967-2.5.1.3-01", "results have a transaction of their own", payload(scim.EventAsyncResp, func(claims, _ *scim.Object) {
			claims.Set("txn", "result-"+claims.String("txn"))
		})},
		{"RFC9967-2.5.1.3-01", "results are not told", unsent(scim.EventAsyncResp)},

		{"RFC9967-2.5.1.3-02", "the status is a number", member(scim.EventAsyncResp, "status", rewrite.Number(200))},
		{"RFC9967-2.5.1.3-02", "there is no method", member(scim.EventAsyncResp, "method", nil)},
		{"RFC9967-2.5.1.3-02", "the method is written small", payload(scim.EventAsyncResp, func(_, p *scim.Object) {
			p.Set("method", strings.ToLower(p.String("method")))
		})},
		{"RFC9967-2.5.1.3-02", "everything is told as refused", member(scim.EventAsyncResp, "status", "400")},

		{"RFC9967-2.5.1.3-03", "a failure has no response", member(scim.EventAsyncResp, "response", nil)},
		{"RFC9967-2.5.1.3-03", "the response is a text", failure(func(p *scim.Object) { p.Set("response", "The user name is taken") })},
		{"RFC9967-2.5.1.3-03", "the response has no schema", failure(func(p *scim.Object) { p.Object("response").Delete("schemas") })},
		{"RFC9967-2.5.1.3-03", "the response has no status", failure(func(p *scim.Object) { p.Object("response").Delete("status") })},

		{"RFC9967-3-01", "a 202 has no Set-Txn", header("Set-Txn", "")},
		{"RFC9967-3-01", "the 202 to a bulk request has no Set-Txn", accepted(func(r *http.Request, a *rewrite.Answer) {
			if rewrite.At("POST", "/Bulk")(r) {
				a.Header.Del("Set-Txn")
			}
		})},

		{"RFC9967-3-02", "all have one Set-Txn", header("Set-Txn", "1")},
	}
}

// header gives every 202 a header; "" takes it away.
func header(name, value string) rewrite.Wrap {
	return accepted(func(_ *http.Request, a *rewrite.Answer) {
		a.Header.Del(name)
		if value != "" {
			a.Header.Set(name, value)
		}
	})
}

// operations edits the results of the operations of bulk requests; false leaves one out.
func operations(edit func(claims, result *scim.Object, place int) bool) rewrite.Wrap {
	return tokens(func(claims *scim.Object) bool {
		result := claims.Object("events").Object(scim.EventAsyncResp)
		_, end, inBulk := strings.Cut(claims.String("txn"), ":")
		place, err := strconv.Atoi(end)
		return result == nil || !inBulk || err != nil || edit(claims, result, place)
	})
}

// numbered gives an operation another place.
func numbered(claims *scim.Object, place string) bool {
	txn, _, _ := strings.Cut(claims.String("txn"), ":")
	claims.Set("txn", txn+":"+place)
	return true
}

// failure edits the results that tell of a failure.
func failure(edit func(result *scim.Object)) rewrite.Wrap {
	return payload(scim.EventAsyncResp, func(_, p *scim.Object) {
		if p.Object("response") != nil {
			edit(p)
		}
	})
}
