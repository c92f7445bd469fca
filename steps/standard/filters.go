package standard

import (
	"context"
	"fmt"
	"strings"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// triedFilters are filters that were asked for, by what they compare.
type triedFilters struct {
	kind           string // users or groups
	known, refused []string
	refusal        string // the answer to the last of those that were refused
}

// theClientLooksByEachFilter asks for each of the filters below a heading.
func (w *World) theClientLooksByEachFilter(ctx context.Context, kind string, table *messages.PickleTable) error {
	w.tried = &triedFilters{kind: kind}
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
			w.tried.known = append(w.tried.known, form.What)
		default:
			w.tried.refused, w.tried.refusal = append(w.tried.refused, form.What), refusal
		}
	}
	return nil
}

// noneOfTheseFiltersIsRefused tells all that are refused in one finding.
func (w *World) noneOfTheseFiltersIsRefused(ctx context.Context) error {
	t := w.tried
	if t == nil {
		return fmt.Errorf("the client has looked by no filters")
	}
	got := "only " + strings.Join(t.known, ", ") + "; refused are " + strings.Join(t.refused, ", ") + ", as in " + t.refusal
	if len(t.known) == 0 {
		got = "none: each is answered like " + t.refusal
	}
	what := "filters on " + t.kind
	if supported, there, err := w.Configured(ctx, "filter.supported"); err == nil && there {
		what += ", although filter.supported is " + judge.Text(supported)
	}
	return w.ExpectThat(len(t.refused) == 0, what, "every operator, and the usual attributes", got)
}
