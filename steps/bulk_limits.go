package steps

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// How the limits of bulk requests are tried (RFC 7644 section 3.7.4).

// Nobody's limit is tried with a larger request than this.
const (
	mostOperationsSent = 20_000
	mostBytesSent      = 16 << 20
)

// slack is what part of maxPayloadSize a request within it leaves free: something
// on the way may write the same JSON with a little more white space.
const slack = 50

// sendUpTo reaches the limit that the target declares, or exceeds it by
// one. The operations delete what does not exist, so that a target which does not
// hold its limit is left as it was.
func (w *world) sendUpTo(ctx context.Context, how, limit string) error {
	value, _ := at(w.describes(ctx, "ServiceProviderConfig"), "bulk."+limit)
	most, err := strconv.Atoi(plain(value))
	if err != nil || most <= 0 {
		return w.expectThat(false, "bulk."+limit+" of /ServiceProviderConfig", "a number above 0", textOf(value))
	}
	w.bulk = &bulkSent{limitName: limit, limit: most}
	switch {
	case limit == "maxOperations" && how == "beyond":
		return w.sendOperations(ctx, most+1)
	case limit == "maxOperations":
		return w.sendOperations(ctx, most)
	case how == "beyond":
		return w.sendBytes(ctx, most+1)
	}
	return w.sendBytes(ctx, most-most/slack)
}

func (w *world) vainDeletion(n int) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "method", Value: http.MethodDelete},
		scim.Member{Name: "path", Value: fmt.Sprintf("/Users/%s-none-%d", w.mark(), n)},
	)
}

func (w *world) sendOperations(ctx context.Context, n int) error {
	if n > mostOperationsSent {
		return &unsupported{fmt.Sprintf("the target takes %d operations in one request, more than are worth sending", w.bulk.limit)}
	}
	operations := make([]any, n)
	for i := range operations {
		operations[i] = w.vainDeletion(i)
	}
	body, err := scim.Marshal(bulkRequest(operations))
	if err != nil {
		return err
	}
	payload, _ := at(w.describes(ctx, "ServiceProviderConfig"), "bulk.maxPayloadSize")
	if size, err := strconv.Atoi(plain(payload)); err == nil && len(body) > size {
		return &unsupported{fmt.Sprintf("%d operations exceed maxPayloadSize (%d) before they exceed maxOperations", len(operations), size)}
	}
	return w.sendLarge(ctx, body)
}

func bulkRequest(operations []any) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.BulkRequestURN}},
		scim.Member{Name: "Operations", Value: operations},
	)
}

// sendBytes pads a small request: with data, of which a deletion takes no notice.
func (w *world) sendBytes(ctx context.Context, n int) error {
	if n > mostBytesSent {
		return &unsupported{fmt.Sprintf("the target takes %d bytes in one request, more than are worth sending", w.bulk.limit)}
	}
	deletion, padding := w.vainDeletion(0), ""
	for {
		deletion.Set("data", scim.NewObject(scim.Member{Name: "displayName", Value: padding}))
		body, err := scim.Marshal(bulkRequest([]any{deletion}))
		if err != nil {
			return err
		}
		if len(body) >= n || padding != "" {
			return w.sendLarge(ctx, body)
		}
		padding = strings.Repeat("x", n-len(body))
	}
}

// sendLarge asks before it sends (RFC 9110 section 10.1.1), so that a refusal is
// heard: a server may close the connection on a body that it does not want.
func (w *world) sendLarge(ctx context.Context, body []byte) error {
	limit := w.bulk
	err := w.theNextRequestHas("Expect", "100-continue")
	if err == nil {
		err = w.ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
	}
	if err == nil && w.last.Status == http.StatusExpectationFailed {
		err = w.ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
	}
	if _, dropped := isMismatch(err); dropped {
		return &unsupported{"the target closes the connection on a request beyond " + limit.limitName + ", so that its answer is lost"}
	}
	var t *wire.TransportError
	if errors.As(err, &t) && t.Kind == wire.Timeout {
		return &untested{"the request beyond " + limit.limitName + " took longer than --timeout allows"}
	}
	return err
}

// theErrorNamesTheLimit looks for its name or its value in the error's text. A
// size may be given in thousands or millions.
func (w *world) theErrorNamesTheLimit(context.Context) error {
	if err := w.theAnswerIsASCIMError(); err != nil {
		return err
	}
	detail := w.last.Fault().Detail
	want := fmt.Sprintf("%s or %d", w.bulk.limitName, w.bulk.limit)
	return w.expectThat(namesLimit(detail, w.bulk.limitName, w.bulk.limit), "detail of the error", want, detail)
}

var (
	separators = regexp.MustCompile(`(\d)[.,'_  ](\d{3})\b`)
	numbers    = regexp.MustCompile(`\d+`)
	noLetters  = regexp.MustCompile(`[^a-z]`)
)

func namesLimit(detail, name string, limit int) bool {
	if strings.Contains(noLetters.ReplaceAllString(strings.ToLower(detail), ""), strings.ToLower(name)) {
		return true
	}
	for joined := separators.ReplaceAllString(detail, "$1$2"); joined != detail; joined = separators.ReplaceAllString(detail, "$1$2") {
		detail = joined
	}
	units := []int{1}
	if name == "maxPayloadSize" {
		units = []int{1, 1000, 1024, 1000 * 1000, 1024 * 1024}
	}
	for _, text := range numbers.FindAllString(detail, -1) {
		n, err := strconv.Atoi(text)
		for _, unit := range units {
			if err == nil && n > 0 && n == limit/unit {
				return true
			}
		}
	}
	return false
}

// bulkIsServedAsDeclared sends a harmless bulk request and holds the answer
// against /ServiceProviderConfig.
func (w *world) bulkIsServedAsDeclared(ctx context.Context) error {
	config := w.describes(ctx, "ServiceProviderConfig")
	if config == nil {
		return &unsupported{"the target has no /ServiceProviderConfig that says whether it takes bulk requests"}
	}
	value, _ := at(config, "bulk.supported")
	if err := w.sendBulk(ctx, "", []*scim.Object{w.vainDeletion(0)}); err != nil {
		return err
	}
	if value == true {
		if err := w.theAnswerIsOneOf("200"); err != nil {
			return err
		}
		return w.operationIsAnswered(1, "404")
	}
	if err := w.theAnswerIsOneOf("501 or 404 or 403 or 405"); err != nil {
		return err
	}
	return w.theAnswerIsASCIMError()
}
