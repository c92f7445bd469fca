package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteMarkdown writes the verdict for a pull request or a job summary: counts,
// then each cause with what it violates and how to repeat it.
func WriteMarkdown(w io.Writer, r *Report) error {
	_, err := io.WriteString(w, strings.Join(mdSections(r), ""))
	return err
}

// mdSections is the report in parts of which each is whole.
func mdSections(r *Report) []string {
	sections := []string{mdHead(r)}
	for _, f := range findings(r) {
		sections = append(sections, mdFinding(f, r.Target))
	}
	return append(sections, mdKnown(r), mdStale(r), mdUnjudged(r))
}

func mdHead(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", md(r.Target.Name+" against "+r.Tool.Name))
	if r.Target.URL != "" {
		fmt.Fprintf(&b, "Target: %s\n\n", mdCode(r.Target.URL))
	}
	fmt.Fprintf(&b, "**%s**: %s. %s%s.\n", count(r.Summary.total(), "requirement"), r.Summary.words(), knownWords(r), count(r.Summary.Requests, "request"))
	if text := cost(r); text != "" {
		fmt.Fprintf(&b, "\n%s\n", md(text))
	}
	if r.Partial != "" {
		fmt.Fprintf(&b, "\n> Stopped early, and this report is partial: %s\n", md(short(r.Partial, maxMessage)))
	}
	if r.Strict {
		b.WriteString("\n> Strict: warnings count like failures.\n")
	}
	mdAreas(&b, r)
	return b.String()
}

// mdUnjudged lists why requirements were not judged.
func mdUnjudged(r *Report) string {
	var b strings.Builder
	for _, v := range []Verdict{Broken, Blocked, Unsupported, Untested} {
		for _, reason := range reasons(r, v) {
			fmt.Fprintf(&b, "\n- %s %d: %s (%s)", v, len(reason.ids), md(reason.text), md(list(reason.ids, maxIDs)))
		}
	}
	return b.String() + "\n"
}

func mdAreas(b *strings.Builder, r *Report) {
	var names []string
	sums := map[string]*Summary{}
	for _, q := range r.Requirements {
		name := areaOf(&q)
		if sums[name] == nil {
			sums[name] = &Summary{}
			names = append(names, name)
		}
		*sums[name].of(q.Verdict)++
	}
	b.WriteString("\n| area | result |\n|---|---|\n")
	for _, name := range names {
		fmt.Fprintf(b, "| %s | %s |\n", md(name), sums[name].words())
	}
}

// mdKnown lists what is known not to be met.
func mdKnown(r *Report) string {
	var b strings.Builder
	for i, q := range r.excuses() {
		if i == 0 {
			b.WriteString("\n## Known not to be met\n\n")
		}
		fmt.Fprintf(&b, "- **%s** %s, %s: %s (known: %s)\n", md(q.ID), q.Level.Words(), q.Verdict, md(q.Title), md(short(q.Known, maxMessage)))
	}
	return b.String()
}

// mdStale lists the lines of the baseline that are to be removed.
func mdStale(r *Report) string {
	var b strings.Builder
	for i, q := range r.stale() {
		if i == 0 {
			b.WriteString("\n## The baseline is out of date\n\n")
		}
		fmt.Fprintf(&b, "- **%s**: %s\n", md(q.ID), staleWords(q))
	}
	return b.String()
}

func mdFinding(f *finding, target Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s: %s\n\n", strings.ToUpper(string(f.verdict)), md(short(f.message, maxMessage)))
	for i, h := range f.hits {
		if i == maxHits && len(f.hits) > maxHits+1 {
			fmt.Fprintf(&b, "- and %s: %s\n", count(len(f.hits)-maxHits, "more requirement"), md(list(ids(f.hits[maxHits:]), 2*maxIDs)))
			break
		}
		fmt.Fprintf(&b, "- **%s** %s: %s (%s)\n", md(h.requirement.ID), h.requirement.Level.Words(), md(h.requirement.Title), md(h.requirement.Source))
	}
	if f.want != "" || f.got != "" {
		fmt.Fprintf(&b, "\nExpected %s, got %s.\n", mdCode(short(f.want, maxValue)), mdCode(short(f.got, maxValue)))
	}
	if f.exchange != nil {
		mdFence(&b, "sh", repeat(f, target))
	}
	return b.String()
}

// mdFence writes a block that nothing in the text can end.
func mdFence(b *strings.Builder, language, text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	fmt.Fprintf(b, "\n%s%s\n%s\n%s\n", fence, language, text, fence)
}

// md is text in which nothing is Markdown or HTML.
func md(s string) string {
	var b strings.Builder
	for _, c := range Visible(s) {
		if slices.Contains([]rune("\\`*_{}[]<>#|!~&"), c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// mdCode is text in a code span, whatever backticks it has.
func mdCode(s string) string {
	ticks := "`"
	s = strings.ReplaceAll(Visible(s), "|", "\\|")
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || s == "" {
		s = " " + s + " "
	}
	return ticks + s + ticks
}
