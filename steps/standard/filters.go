package standard

import (
	"context"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// noneOfTheseFiltersIsRefused asks for each of the filters below a heading, and tells
// those that are refused in one finding.
func (w *World) noneOfTheseFiltersIsRefused(ctx context.Context, kind string, table *messages.PickleTable) error {
	var known, refused []string
	var answer string
	for _, row := range table.Rows[1:] {
		form, err := judge.FormOf(judge.CollectionOf(strings.TrimSuffix(kind, "s")), row.Cells[0].Value)
		if err != nil {
			return err
		}
		refusal, err := w.Refuses(ctx, form)
		switch {
		case err != nil:
			return err
		case refusal == "":
			known = append(known, form.What)
		default:
			refused, answer = append(refused, form.What), refusal
		}
	}
	got := "only " + strings.Join(known, ", ") + "; refused are " + strings.Join(refused, ", ") + ", as in " + answer
	if len(known) == 0 {
		got = "none: each is answered like " + answer
	}
	what := "filters on " + kind
	if supported, there, err := w.Configured(ctx, "filter.supported"); err == nil && there {
		what += ", although filter.supported is " + judge.Text(supported)
	}
	return w.ExpectThat(len(refused) == 0, what, "every operator, and the usual attributes", got)
}
