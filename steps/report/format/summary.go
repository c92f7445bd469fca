package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// WriteSummary writes as many sections of what WriteMarkdown writes as go into
// so many bytes, and says so if some did not.
func WriteSummary(w io.Writer, r *report.Report, limit int) error {
	sections := mdSections(r)
	text := strings.Join(sections, "")
	for n := len(sections) - 1; n >= 0 && len(text) > limit; n-- {
		text = strings.Join(sections[:n], "") + fmt.Sprintf(
			"\n> Cut here: %d of %d sections are more than a job summary takes. All are in --report markdown=FILE.\n", len(sections)-n, len(sections))
	}
	if len(text) > limit {
		return nil // there is no room even for the note
	}
	_, err := io.WriteString(w, text)
	return err
}
