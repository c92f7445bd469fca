package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/explain"
	"github.com/simulate-duo/simulate-duo/steps/report/replay"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// WriteMarkdown writes the verdict for a pull request or a job summary: counts,
// then each cause with what it violates and how to repeat it.
func WriteMarkdown(w io.Writer, r *report.Report) error {
	_, err := io.WriteString(w, strings.Join(mdSections(r), ""))
	return err
}

// mdSections is the report in parts of which each is whole.
func mdSections(r *report.Report) []string {
	sections := []string{mdHead(r)}
	for _, f := range report.Findings(r) {
		sections = append(sections, mdFinding(f, r.Target))
	}
	return append(sections, mdKnown(r), mdStale(r), mdUnjudged(r))
}

func mdHead(r *report.Report) string {
	var b strings.Builder
	if r.Insecure != "" {
		fmt.Fprintf(&b, "> **%s**\n\n", words.Markdown(r.Insecure))
	}
	fmt.Fprintf(&b, "# %s\n\n", words.Markdown(r.Target.Name+" against "+r.Tool.Name))
	mdResult(&b, r)
	if r.Target.URL != "" {
		fmt.Fprintf(&b, "Target: %s\n\n", mdCode(r.Target.URL))
	}
	fmt.Fprintf(&b, "%s\n", words.Sentences(words.Count(r.Summary.Total(), "requirement")+": "+r.Summary.Words()+".",
		report.KnownWords(r), words.Count(r.Summary.Requests, "request")+"."))
	if text := report.Cost(r); text != "" {
		fmt.Fprintf(&b, "\n%s\n", words.Markdown(text))
	}
	if r.Partial != "" {
		fmt.Fprintf(&b, "\n> Stopped early, and this report is partial: %s\n", words.Markdown(words.Short(r.Partial, words.MaxMessage)))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "\n> Note: %s\n", words.Markdown(words.Short(note, words.MaxMessage)))
	}
	if r.Strict {
		b.WriteString("\n> Strict: warnings count like failures.\n")
	}
	mdAreas(&b, r)
	return b.String()
}

// mdResult says how it ended, what to do next, and for whom the target is ready.
func mdResult(b *strings.Builder, r *report.Report) {
	end := report.NewEnding(r, report.Findings(r), "below")
	fmt.Fprintf(b, "**%s** %s\n\n", words.Markdown(end.Lead), words.Markdown(end.Text+" "+end.Next))
	ready := report.AskedReadiness(r)
	if report.AsksWho(ready) {
		fmt.Fprintf(b, "**%s**\n\n", report.WhoQuestion)
	}
	for _, x := range ready {
		lead := strings.TrimSpace(x.Lead())
		fmt.Fprintf(b, "- **%s**%s %s\n", words.Markdown(lead[:len(lead)-1]), lead[len(lead)-1:], words.Markdown(x.Why))
	}
	if len(ready) > 0 {
		b.WriteString("\n")
	}
}

// mdUnjudged lists why requirements were not judged.
func mdUnjudged(r *report.Report) string {
	var b strings.Builder
	for _, v := range []report.Verdict{report.Broken, report.Unsupported, report.Untested} {
		for _, reason := range report.Reasons(r, v) {
			fmt.Fprintf(&b, "\n- %s %d: %s (%s)", v, len(reason.IDs), words.Markdown(reason.Text), words.Markdown(words.List(reason.IDs, words.MaxIDs)))
		}
	}
	return b.String() + "\n"
}

func mdAreas(b *strings.Builder, r *report.Report) {
	var names []string
	sums := map[string]*report.Summary{}
	for _, q := range r.Requirements {
		name := report.AreaOf(&q)
		if sums[name] == nil {
			sums[name] = &report.Summary{}
			names = append(names, name)
		}
		*sums[name].Of(q.Verdict)++
	}
	b.WriteString("\n| area | result |\n|---|---|\n")
	for _, name := range names {
		fmt.Fprintf(b, "| %s | %s |\n", words.Markdown(name), sums[name].Words())
	}
}

// mdKnown lists the failures that the baseline knows.
func mdKnown(r *report.Report) string {
	var b strings.Builder
	for i, q := range r.Excuses() {
		if i == 0 {
			b.WriteString("\n## Known not to be met\n\n")
		}
		fmt.Fprintf(&b, "- **%s** %s, %s: %s (known: %s)\n", words.Markdown(q.ID), q.Level.Words(), q.Verdict, words.Markdown(q.Title), words.Markdown(words.Short(q.Known, words.MaxMessage)))
	}
	return b.String()
}

// mdStale lists the lines of the baseline that are to be removed.
func mdStale(r *report.Report) string {
	var b strings.Builder
	for i, q := range r.Stale() {
		if i == 0 {
			b.WriteString("\n## The baseline is out of date\n\n")
		}
		fmt.Fprintf(&b, "- **%s**: %s\n", words.Markdown(q.ID), report.StaleWords(q))
	}
	return b.String()
}

func mdFinding(f *report.Finding, target report.Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s: %s\n\n", strings.ToUpper(string(f.Verdict)), words.Markdown(words.Short(f.Message, words.MaxMessage)))
	fmt.Fprintf(&b, "Consequence: **%s**\n\n", f.Consequence.Text)
	for i, h := range f.Hits {
		if i == report.MaxHits && len(f.Hits) > report.MaxHits+1 {
			fmt.Fprintf(&b, "- and %s: %s\n", words.Count(len(f.Hits)-report.MaxHits, "more requirement"), words.Markdown(words.List(report.IDsOf(f.Hits[report.MaxHits:]), 2*words.MaxIDs)))
			break
		}
		fmt.Fprintf(&b, "- **%s** %s: %s (%s)\n", words.Markdown(h.Requirement.ID), h.Requirement.Level.Words(), words.Markdown(h.Requirement.Title), words.Markdown(h.Requirement.Source))
	}
	if want, got := report.Values(f.Want, f.Got); want != "" {
		fmt.Fprintf(&b, "\nExpected %s, got %s.\n", mdCode(words.Short(want, words.MaxValue)), mdCode(words.Short(got, words.MaxValue)))
	}
	if blocks := f.BlocksWords(); blocks != "" {
		fmt.Fprintf(&b, "\nBlocks: %s.\n", words.Markdown(blocks))
	}
	if x := explain.Find(f.First().ID, f.First().Title); x != nil {
		fmt.Fprintf(&b, "\n`%s` tells more.\n", x.Command())
	}
	if f.Exchange != nil {
		b.WriteString("\n" + words.Fence("sh", strings.Join(replay.Short(f, target), "\n")))
	}
	return b.String()
}

// mdCode is text in a code span, whatever backticks it has.
func mdCode(s string) string {
	ticks := "`"
	s = strings.ReplaceAll(words.Visible(s), "|", "\\|")
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || s == "" {
		s = " " + s + " "
	}
	return ticks + s + ticks
}
