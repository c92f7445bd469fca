package standard

import (
	"context"
	"net/http"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of searches by POST that are written out as they are sent.

// theClientSearchesBelow completes the document by the schema of the message. A
// target may say that it has no searches, and need not offer those of its root
// (RFC 7644 section 3.4.2.1).
func (w *World) theClientSearchesBelow(ctx context.Context, endpoint string, doc *messages.PickleDocString) error {
	over, err := w.object(doc)
	if err != nil {
		return err
	}
	path := []string{".search"}
	if name := strings.Trim(endpoint, "/"); name != "" {
		path = []string{name, ".search"}
	}
	body := judge.WithNulls(judge.Merge(scim.NewObject(scim.Member{Name: "schemas", Value: []any{scim.SearchRequestURN}}), over))
	if err := w.Ask(ctx, http.MethodPost, path, nil, body); err != nil {
		return err
	}
	if w.Last.Status == http.StatusNotImplemented || len(path) == 1 && judge.DeclinesRoot(w.Last) {
		return &judge.Unsupported{Reason: "the target has no searches below " + endpoint + ": it answers " + judge.StatusOf(w.Last)}
	}
	if judge.IsAbsent(w.Last) {
		w.Asserted(1)
		return &judge.Mismatch{What: "the answer to " + w.TheRequest(), Want: "200, or 501 of a target without searches", Got: judge.StatusOf(w.Last), Open: true}
	}
	return nil
}
