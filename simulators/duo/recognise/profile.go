package recognise

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// WriteProfile writes what is settled as a profile file, which duo.LoadProfile reads:
// each answer with the exchange that shows it. What is open or contradicts the model
// stands there as a comment. source names the recording.
func (r *Result) WriteProfile(w io.Writer, source string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# How Duo provisions, as %s shows it.\n# %d of %d questions are settled; the others have the model's defaults.\n",
		comment(source), r.Count(Settled), len(duo.Fields))
	for _, f := range r.Fields {
		switch f.State() {
		case Settled:
			fmt.Fprintf(&b, "%s: %q # entry %d, %s\n", f.Field.Field, f.Choice, f.Shown[0].Entry, comment(f.Shown[0].Request))
		case Open:
			fmt.Fprintf(&b, "# %s: open; %s\n", f.Field.Field, f.Wants)
		case Contradicted:
			fmt.Fprintf(&b, "# %s: contradicts the model\n", f.Field.Field)
		}
	}
	if r.Count(Settled) == 0 {
		b.WriteString("{}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// comment is a text that ends no comment of YAML.
func comment(text string) string { return short(text) }
