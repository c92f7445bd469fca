package steps

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cucumber/godog"
)

// The steps that send several requests and judge each of their answers.

// theClientSendsEachOf takes a table of methods, paths and bodies, all with the same
// credentials, and keeps all answers; a body is the name of one, see bodies.
func (w *world) theClientSendsEachOf(ctx context.Context, who string, table *godog.Table) error {
	w.several = nil
	for _, row := range table.Rows {
		body := ""
		if len(row.Cells) > 2 {
			body = row.Cells[2].Value
		}
		if err := w.theClientSends(ctx, who, row.Cells[0].Value, row.Cells[1].Value, body); err != nil {
			return err
		}
		w.several = append(w.several, stopOf(w.asked, w.last))
	}
	return nil
}

func (w *world) theClientTakesTheTour(ctx context.Context) error {
	t, err := w.theTour(ctx)
	if err != nil {
		return err
	}
	w.several = t.stops
	return nil
}

// each judges every answer to several requests, or the last one if there was but
// one. What it judges by is a list of statuses or the name of a check.
func (w *world) each(what string) error {
	stops, err := w.answers()
	if err != nil {
		return err
	}
	if name, ok := strings.CutPrefix(what, "answer shows nothing of "); ok {
		return w.nothingIsShownOf(strings.Trim(name, `"`), stops)
	}
	if list, ok := strings.CutPrefix(what, "answer is "); ok && list[0] >= '1' && list[0] <= '5' {
		return w.eachIs(stops, strings.Split(list, " or "))
	}
	c, ok := checks[what]
	if !ok {
		return fmt.Errorf("there is no check %q", what)
	}
	judged := 0
	for _, s := range stops {
		if c.of != nil && !c.of(s) {
			continue
		}
		judged++
		got, right := c.holds(w, s)
		if err := w.expectThat(right, "the answer to "+s.String(), c.want, got); err != nil {
			return err
		}
	}
	return w.expectThat(judged > 0 || c.rare, "the answers", "one to judge whether each "+what, "none")
}

func (w *world) eachIs(stops []stop, allowed []string) error {
	for _, s := range stops {
		right := slices.Contains(allowed, fmt.Sprint(s.answer.Status))
		if err := w.expectThat(right, "the answer to "+s.String(), strings.Join(allowed, " or "), statusOf(s.answer)); err != nil {
			return err
		}
	}
	return nil
}

// answers are those to several requests, or the last one.
func (w *world) answers() ([]stop, error) {
	switch {
	case len(w.several) > 0:
		return w.several, nil
	case w.last != nil:
		return []stop{stopOf(w.asked, w.last)}, nil
	}
	return nil, fmt.Errorf("nothing was asked")
}

// nothingIsShownOf looks for the values of the resource that the requests
// did not name themselves, and for the members of a list.
func (w *world) nothingIsShownOf(name string, stops []stop) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	for _, stop := range stops {
		shown := shownOf(stop, s)
		if err := w.expectThat(shown == "", "the answer to "+stop.String(), "nothing of the resource", shown); err != nil {
			return err
		}
	}
	return nil
}

// revealing are the attributes whose values in an answer come from the resource.
var revealing = []string{"userName", "displayName", "externalId"}

func shownOf(at stop, s *subject) string {
	if at.body != nil {
		for _, member := range append([]string{"totalResults", "Resources", "members", "emails", "meta"}, revealing...) {
			if _, there := at.body.Get(member); there {
				return member
			}
		}
	}
	asked := at.String() + textOf(at.asked.Body)
	if raw, ok := at.asked.Body.([]byte); ok {
		asked += string(raw)
	}
	for _, attribute := range revealing {
		value := s.shown.String(attribute)
		if value != "" && !strings.Contains(asked, value) && strings.Contains(string(at.answer.Body), value) {
			return attribute + " " + value
		}
	}
	if location := at.answer.Header.Get("Location"); at.answer.Status != http.StatusOK && strings.HasSuffix(location, "/"+s.id) && !strings.Contains(asked, s.id) {
		return "Location " + location
	}
	return ""
}
