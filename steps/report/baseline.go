package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// Baseline holds why requirements are known not to be met, by their ids. As a
// file it is a line for each: the id, then the reason. Lines that begin with #
// are comments.
type Baseline map[string]string

// Placeholder stands where a person has to write the reason.
const Placeholder = "<reason>"

// ReadBaseline reads a baseline; name is that of the file, for the errors,
// which tell of every line that is wrong, and what to do about it.
func ReadBaseline(name string, data []byte, all []features.Requirement) (Baseline, error) {
	known := make([]string, len(all))
	for i, q := range all {
		known[i] = q.ID
	}
	b := Baseline{}
	lines := map[string]int{}
	var problems []error
	n := 0
	for line := range strings.Lines(string(bytes.TrimPrefix(data, []byte("\uFEFF")))) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason := cutWord(line)
		if err := checkLine(id, reason, known, lines[id]); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		b[id], lines[id] = reason, n
	}
	return b, errors.Join(problems...)
}

func checkLine(id, reason string, known []string, earlier int) error {
	switch {
	case strings.Contains(id, "*"):
		return fmt.Errorf("%q is a pattern, which would hide new failures as well: list the ids", id)
	case !slices.Contains(known, id):
		text := "simulate-duo requirements lists the ids"
		if near, ok := schemas.Nearest(id, known); ok {
			text = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Errorf("there is no requirement %q: %s", id, text)
	case earlier > 0:
		return fmt.Errorf("%s is in line %d already: keep one of both", id, earlier)
	case reason == "":
		return fmt.Errorf("%s has no reason: write after it why it is known to fail", id)
	case strings.Contains(reason, Placeholder):
		return fmt.Errorf("%s still has %s: write in its place why it is known to fail", id, Placeholder)
	}
	return nil
}

// cutWord is the first word of a line and what follows.
func cutWord(line string) (word, rest string) {
	i := strings.IndexAny(line, " \t")
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimSpace(line[i:])
}

// Apply notes in the report what the baseline knows.
func (r *Report) Apply(b Baseline) {
	for i := range r.Requirements {
		r.Requirements[i].Known = b[r.Requirements[i].ID]
	}
}

// WriteBaseline writes the baseline under which this run would not fail: a line
// for everything that counts against the target and for what was blocked. Reasons
// that are known stay, also of what this run could not judge; the others have to be
// filled in. It refuses a run that stopped early, whose baseline would lack what it
// did not come to.
func WriteBaseline(w io.Writer, r *Report) error {
	if r.Partial != "" {
		return errors.New("the run stopped early, and its baseline would not be complete: the file is left as it is")
	}
	var b strings.Builder
	b.WriteString("# Known failures: the id, then why it is known to fail.\n")
	for _, q := range r.BaselineLines() {
		reason := q.Known
		if reason == "" {
			reason = Placeholder
		}
		fmt.Fprintf(&b, "\n# %s: %s\n%s  %s\n", q.Level.Words(), words.Visible(q.Title), words.Visible(q.ID), words.Visible(reason))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// BaselineLines are the requirements for which WriteBaseline writes a line.
func (r *Report) BaselineLines() []*Requirement {
	return r.Those(func(q *Requirement) bool {
		open := r.Weighs(q.Verdict) || Undecided(q) && q.Verdict != Broken
		return open || q.Known != "" && !r.outdated(q)
	})
}
