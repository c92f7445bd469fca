package format

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteBadge writes the result as a small SVG: what counts most, in words and
// in a colour that says the same.
func WriteBadge(w io.Writer, r *report.Report) error {
	text, fill := badge(r)
	if r.Insecure != "" {
		text += ", insecure"
	}
	const label, padding, height = "SCIM", 7, 20
	left, right := textWidth(label)+2*padding, textWidth(text)+2*padding
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-labelledby="t">`+"\n", left+right, height)
	fmt.Fprintf(&b, "<title id=\"t\">%s: %s</title>\n", label, escaped(text))
	fmt.Fprintf(&b, "<clipPath id=\"c\"><rect width=\"%d\" height=\"%d\" rx=\"4\"/></clipPath>\n", left+right, height)
	fmt.Fprintf(&b, "<g clip-path=\"url(#c)\"><rect width=\"%d\" height=\"%d\" fill=\"#3b4048\"/>", left, height)
	fmt.Fprintf(&b, "<rect x=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/></g>\n", left, right, height, fill)
	b.WriteString(`<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11" text-anchor="middle" aria-hidden="true">`)
	for _, part := range []struct {
		text         string
		from, length int
	}{{label, 0, left}, {text, left, right}} {
		fmt.Fprintf(&b, `<text x="%d" y="14" textLength="%d">%s</text>`, part.from+part.length/2, part.length-2*padding, escaped(part.text))
	}
	b.WriteString("</g>\n</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// badge is the text and its colour. The colours stand out from white by 4.5 to 1.
func badge(r *report.Report) (text, fill string) {
	const red, amber, green, grey = "#b3261e", "#8a5a00", "#1f7a34", "#5f6670"
	undecided := len(r.Undecided())
	switch unmet, stale := r.Unmet(), len(r.Stale()); {
	case r.Partial != "":
		return "stopped early", grey
	case r.Summary.Judged() == 0:
		return "nothing judged", grey
	case unmet > 0 && undecided > 0:
		return fmt.Sprintf("%d failed, %d not judged", unmet, undecided), red
	case unmet > 0:
		return fmt.Sprintf("%d failed", unmet), red
	case stale > 0:
		return "baseline outdated", red
	case undecided > 0:
		return fmt.Sprintf("inconclusive, %d not judged", undecided), grey
	}
	text, fill = fmt.Sprintf("%d passed", r.Summary.Passed), green
	if n := len(report.OpenWarnings(r)); n > 0 {
		text, fill = text+", "+words.Count(n, "warning"), amber
	}
	if n := len(r.Excuses()); n > 0 {
		text, fill = text+fmt.Sprintf(", %d known", n), amber
	}
	return text, fill
}

// textWidth is about how wide the text is; textLength makes it so.
func textWidth(s string) int { return utf8.RuneCountInString(s) * 7 }

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
