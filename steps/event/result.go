package event

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about the results of asynchronous requests.

// resultsOf are the results with a transaction; one that ends in a colon stands for all
// that begin with it.
func (l *life) resultsOf(txn string) []*token {
	var found []*token
	for _, t := range l.tokens {
		if t.result() != nil && (t.txn() == txn || strings.HasSuffix(txn, ":") && strings.HasPrefix(t.txn(), txn)) {
			found = append(found, t)
		}
	}
	return found
}

// partsOf are the results of a bulk request: those with its transaction, whatever stands behind it.
func (l *life) partsOf(txn string) []*token {
	var found []*token
	for _, t := range l.tokens {
		rest, is := strings.CutPrefix(t.txn(), txn)
		if is && t.result() != nil && (rest == "" || !unicode.IsLetter(rune(rest[0])) && !unicode.IsDigit(rune(rest[0]))) {
			found = append(found, t)
		}
	}
	return found
}

// result is what the token tells of the result of a request; nil if nothing.
func (t *token) result() *scim.Object {
	for uri, payload := range t.events() {
		if strings.EqualFold(uri, scim.EventAsyncResp) {
			return payload
		}
	}
	return nil
}

// accepted are the acts that were answered 202 and have a Set-Txn.
func (w *World) accepted(inBulk bool) ([]*act, error) {
	var found []*act
	for _, a := range w.life.acts {
		if a.status == http.StatusAccepted && a.txn == "" {
			return nil, &judge.Blocked{Reason: a.name + " was answered 202 without a Set-Txn; see RFC9967-3-01"}
		}
		if a.txn != "" && (len(a.operations) > 0) == inBulk {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil, &judge.Unsupported{Reason: "no such request was answered asynchronously, as the target may"}
	}
	return found, nil
}

func (w *World) resultsAreTold() error {
	all, err := w.accepted(false)
	if err != nil {
		return err
	}
	for _, a := range all {
		got := len(w.life.resultsOf(a.txn))
		if err := w.ExpectThat(got > 0, "the events of "+a.name, fmt.Sprintf("%s with the txn %q", scim.EventAsyncResp, a.txn),
			fmt.Sprintf("none within %s", w.Run.Fit.Events.Time())); err != nil {
			return cameOf(err, a)
		}
	}
	return nil
}

// eachResult looks at the result of each asynchronous request that is told.
func (w *World) eachResult(look func(a *act, result *scim.Object) (want, got string)) error {
	all, err := w.accepted(false)
	if err != nil {
		return err
	}
	told := false
	for _, a := range all {
		for _, t := range w.life.resultsOf(a.txn) {
			told = true
			if want, got := look(a, t.result()); want != "" {
				return cameOf(w.ExpectThat(false, "the result of "+a.name+" in "+t.where, want, got), a)
			}
		}
	}
	if !told {
		return &judge.Blocked{Reason: "no result of an asynchronous request is told; see RFC9967-2.5.1.3-01"}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) resultsAreLikeBulk() error {
	return w.eachResult(func(a *act, result *scim.Object) (string, string) {
		if method, _ := result.Get("method"); method != a.method {
			return "method " + a.method, "method " + judge.Text(method)
		}
		value, _ := result.Get("status")
		status := statusIn(value)
		switch {
		case status == 0:
			return "status, a string with three digits", "status " + judge.Text(value)
		case !a.refused && status/100 != 2:
			return "a status of success, as the change was possible", "status " + judge.Text(value)
		}
		return "", ""
	})
}

// statusIn is a status as bulk results have it; 0 for anything else.
func statusIn(value any) int {
	text, _ := value.(string)
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 || n > 599 {
		return 0
	}
	return n
}

// failuresHaveAResponse takes a request for failed by what its result says.
func (w *World) failuresHaveAResponse() error {
	failed := false
	err := w.eachResult(func(_ *act, result *scim.Object) (string, string) {
		value, _ := result.Get("status")
		response, there := result.Get("response")
		if status := statusIn(value); status/100 == 2 || status == 0 && !there {
			return "", ""
		}
		failed = true
		o := objectOf(response)
		own, _ := o.Get("status")
		switch {
		case o == nil:
			return "response, a SCIM error", "response " + judge.Text(response)
		case !strings.Contains(strings.ToLower(judge.Text(o.Array("schemas"))), strings.ToLower(scim.ErrorURN)):
			return "response with the schema of errors", "schemas " + judge.Text(o.Array("schemas"))
		case statusIn(own) < http.StatusBadRequest:
			return "response with a status from 400 on, a string", "status " + judge.Text(own)
		}
		return "", ""
	})
	if err == nil && !failed {
		return &judge.Untested{Reason: "no asynchronous request has failed"}
	}
	return err
}

// eachOperation looks at the results of each asynchronous bulk request. Where no result at all
// is told, that is one finding.
func (w *World) eachOperation(look func(a *act, results []*token) error) error {
	all, err := w.accepted(true)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(w.life.tokens, func(t *token) bool { return t.result() != nil }) {
		return &judge.Blocked{Reason: "no result of an asynchronous request is told; see RFC9967-2.5.1.3-01"}
	}
	for _, a := range all {
		if err := look(a, w.life.partsOf(a.txn)); err != nil {
			return cameOf(err, a)
		}
	}
	return nil
}

func (w *World) eachOperationIsTold() error {
	return w.eachOperation(func(a *act, results []*token) error {
		told := map[string]bool{} // what is sent again has its transaction
		for _, t := range results {
			told[t.txn()] = true
		}
		own := len(told)
		if told[a.txn] { // which do not differ
			own += len(w.life.resultsOf(a.txn)) - 1
		}
		return w.ExpectThat(own == len(a.operations), "the events of "+a.name, fmt.Sprintf("one for each of its %d operations", len(a.operations)), fmt.Sprint(own))
	})
}

func (w *World) operationsAreNumbered() error {
	return w.eachOperation(func(a *act, results []*token) error {
		if len(results) == 0 {
			return &judge.Blocked{Reason: "no operation of the bulk request is told; see RFC9967-2.5.1.2-01"}
		}
		var got []string
		for _, t := range results {
			got = append(got, t.txn())
		}
		for i := range a.operations {
			want := fmt.Sprintf("%s:%d", a.txn, i)
			if err := w.ExpectThat(len(w.life.resultsOf(want)) > 0, "the txn of the events of "+a.name, want+", among others", judge.QuotedOrNone(strings.Join(got, ", "))); err != nil {
				return err
			}
		}
		return nil
	})
}

// operationsAreNotCalledByBulkID knows that the only bulkId is the place of the operation after
// the one that has it.
func (w *World) operationsAreNotCalledByBulkID() error {
	return w.placed("the txn of the event of a POST with the bulkId \"1\"", func(i int, method, wanted string) (string, string) {
		if method == http.MethodPost && i == 1 && wanted != method {
			return "one that ends in its place, :0", ":1"
		}
		return "", ""
	})
}

func (w *World) operationsKeepTheirPlaces() error {
	return w.placed("the event of an operation", func(i int, method, wanted string) (string, string) {
		if method != wanted {
			return fmt.Sprintf("at the place %d the method %s", i, wanted), method
		}
		return "", ""
	})
}

// placed looks at the method of each result of a bulk request, and at that of the operation at
// its place.
func (w *World) placed(what string, look func(i int, method, wanted string) (want, got string)) error {
	return w.eachOperation(func(a *act, results []*token) error {
		placed := false
		for _, t := range results {
			i, err := strconv.Atoi(strings.TrimPrefix(t.txn(), a.txn+":"))
			if err != nil || i < 0 || i >= len(a.operations) {
				continue
			}
			placed = true
			if want, got := look(i, t.result().String("method"), a.operations[i]); want != "" {
				return w.ExpectThat(false, what+" in "+t.where, want, got)
			}
		}
		if !placed {
			return &judge.Blocked{Reason: "no operation is told by its place; see RFC9967-2.5.1.2-02"}
		}
		return w.ExpectThat(true, "", "", "")
	})
}
