package bulk

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
	"github.com/simulate-duo/simulate-duo/steps/judge"
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
func (w *World) sendUpTo(ctx context.Context, how, limit string) error {
	value, _, err := w.Configured(ctx, "bulk."+limit)
	if err != nil {
		return err
	}
	most, err := strconv.Atoi(judge.Plain(value))
	if err != nil || most <= 0 {
		return w.ExpectThat(false, "bulk."+limit+" of /ServiceProviderConfig", "a number above 0", judge.Text(value))
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

func (w *World) vainDeletion(n int) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "method", Value: http.MethodDelete},
		scim.Member{Name: "path", Value: fmt.Sprintf("/Users/%s-none-%d", w.Mark(), n)},
	)
}

func (w *World) sendOperations(ctx context.Context, n int) error {
	if n > mostOperationsSent {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target takes %d operations in one request, more than are worth sending", w.bulk.limit)}
	}
	operations := make([]any, n)
	for i := range operations {
		operations[i] = w.vainDeletion(i)
	}
	body, err := scim.Marshal(bulkRequest(operations))
	if err != nil {
		return err
	}
	payload, _, err := w.Configured(ctx, "bulk.maxPayloadSize")
	if err != nil {
		return err
	}
	if size, err := strconv.Atoi(judge.Plain(payload)); err == nil && len(body) > size {
		return &judge.Unsupported{Reason: fmt.Sprintf("%d operations exceed maxPayloadSize (%d) before they exceed maxOperations", len(operations), size)}
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
func (w *World) sendBytes(ctx context.Context, n int) error {
	if n > mostBytesSent {
		return &judge.Unsupported{Reason: fmt.Sprintf("the target takes %d bytes in one request, more than are worth sending", w.bulk.limit)}
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
func (w *World) sendLarge(ctx context.Context, body []byte) error {
	limit := w.bulk
	err := w.NextHeader("Expect", "100-continue")
	if err == nil {
		err = w.Ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
	}
	if err == nil && w.Last.Status == http.StatusExpectationFailed {
		err = w.Ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
	}
	if _, dropped := judge.IsMismatch(err); dropped {
		return &judge.Unsupported{Reason: "the target closes the connection on a request beyond " + limit.limitName + ", so that its answer is lost"}
	}
	var t *wire.TransportError
	if errors.As(err, &t) && t.Kind == wire.Timeout {
		return &judge.Untested{Reason: "the request beyond " + limit.limitName + " took longer than --timeout allows"}
	}
	return err
}

// theErrorNamesTheLimit looks for its name or its value in the error's text. A
// size may be given in thousands or millions.
func (w *World) theErrorNamesTheLimit(limit string) error {
	if w.bulk == nil || w.bulk.limitName != limit {
		return fmt.Errorf("no request has exceeded %s", limit)
	}
	if err := w.ExpectSCIMError(); err != nil {
		return err
	}
	detail := w.Last.Fault().Detail
	want := fmt.Sprintf("%s or %d", w.bulk.limitName, w.bulk.limit)
	return w.ExpectThat(namesLimit(detail, w.bulk.limitName, w.bulk.limit), "detail of the error", want, detail)
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

// isServedAsDeclared holds the answer to a harmless bulk request against
// /ServiceProviderConfig.
func (w *World) isServedAsDeclared(ctx context.Context) error {
	config, err := w.Describe(ctx, "ServiceProviderConfig")
	if err != nil {
		return err
	}
	if config == nil {
		return &judge.Unsupported{Reason: "the target has no /ServiceProviderConfig that says whether it takes bulk requests"}
	}
	if value, _ := judge.At(config, "bulk.supported"); value != true {
		if err := w.ExpectOneOf("501 or 404 or 403 or 405"); err != nil {
			return err
		}
		return w.ExpectSCIMError()
	}
	if err := w.ExpectOneOf("200"); err != nil {
		return err
	}
	return w.operationIsRefused(1)
}
