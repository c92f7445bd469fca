package report

import (
	"fmt"
	"io"
	"strings"
)

// WriteSummary writes as many sections of what WriteMarkdown writes as go into
// so many bytes, and says so if some did not.
func WriteSummary(w io.Writer, r *Report, limit int) error {
	const note = "\n> Cut here: %d of %d sections are more than a job summary takes. All are in --report markdown=FILE.\n"
	sections := mdSections(r)
	whole := len(strings.Join(sections, "")) <= limit
	var b strings.Builder
	for i, section := range sections {
		if !whole && b.Len()+len(section)+2*len(note) > limit {
			if b.Len()+2*len(note) <= limit {
				fmt.Fprintf(&b, note, len(sections)-i, len(sections))
			}
			break
		}
		b.WriteString(section)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
