package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

// livingFlags are for who runs the program again and again: in CI, beside an
// endpoint that is being mended.
type livingFlags struct {
	baseline      string
	writeBaseline string
	strict        bool
	badge         string
	failOn        string
}

func (f *livingFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.baseline, "baseline", "", "`FILE` of known failures, which do not fail the run: a line for each, the id and the reason")
	flags.StringVar(&f.writeBaseline, "write-baseline", "", "write the present failures as a baseline to `FILE`, where the reasons are to be filled in")
	flags.BoolVar(&f.strict, "strict", false, "warnings count like failures")
	flags.StringVar(&f.failOn, "fail-on", failOnMust, "`WHAT` the exit status answers: "+failOnValues("or")+"; should is the same as --strict")
	flags.StringVar(&f.badge, "badge", "", "write a badge with the result, `FILE.svg`")
}

// baselineFile is that of the flag, or else the one that the target file names,
// which lies beside it.
func (f playFlags) baselineFile() (string, error) {
	if f.living.baseline != "" {
		return f.living.baseline, nil
	}
	fit, err := f.fit()
	if err != nil || fit.Baseline == "" {
		return "", err
	}
	return filepath.Join(filepath.Dir(f.targetFile), fit.Baseline), nil
}

// baseline reads it, before any file is opened for writing.
func (f playFlags) baseline() (report.Baseline, error) {
	file, err := f.baselineFile()
	if err != nil || file == "" {
		return nil, err
	}
	all, err := features.Load(features.FS)
	if err != nil {
		return nil, err
	}
	baseline, err := loadFile(file, func(name string, data []byte) (report.Baseline, error) {
		return report.ReadBaseline(name, data, all)
	})
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	return baseline, nil
}

// baselineOutput is what the baseline is called in messages.
const baselineOutput = "baseline"

// jobSummary names the file to which GitHub Actions takes Markdown for the page
// of a job.
const jobSummary = "GITHUB_STEP_SUMMARY"

// outputs finds out whether everything can be written that the run has to write.
func (f playFlags) outputs(env environment) (*outputs, error) {
	o := &outputs{inputs: f.inputs(), talk: env.stderr}
	for _, flag := range f.reports {
		if err := o.report(flag, env.stdout); err != nil {
			return nil, fmt.Errorf("--report %s: %w", flag, err)
		}
	}
	if f.living.badge != "" {
		if err := o.add("badge", f.living.badge, format.WriteBadge); err != nil {
			return nil, fmt.Errorf("--badge: %w", err)
		}
	}
	if f.living.writeBaseline != "" {
		if err := o.addBaseline(f.living.writeBaseline); err != nil {
			return nil, fmt.Errorf("--write-baseline: %w", err)
		}
	}
	if name := env.getenv(jobSummary); name != "" {
		if err := o.addSummary(name); err != nil {
			return nil, fmt.Errorf("%s: %w", jobSummary, err)
		}
	}
	return o, nil
}

// inputs are the files that the run reads. A baseline may be written over itself.
func (f playFlags) inputs() []string {
	return slices.DeleteFunc(append(f.wayFlags.inputs(), f.secondToken, f.directory, f.config, f.duoProfile, f.living.baseline, f.events.tokenFile, f.events.file),
		func(name string) bool { return name == "" })
}

// addBaseline adds the baseline, which may replace the one that the run reads.
func (o *outputs) addBaseline(name string) error {
	file, err := newOutputFile(name, false)
	if err != nil {
		return err
	}
	if err := o.addFile(baselineOutput, file, report.WriteBaseline); err != nil {
		return err
	}
	o.all[len(o.all)-1].wrote = baselineWords
	return nil
}

// baselineWords says how many lines the baseline has, and how many need a reason.
func baselineWords(r *report.Report) string {
	lines := r.BaselineLines()
	open := 0
	for _, q := range lines {
		if q.Known == "" {
			open++
		}
	}
	text := words.Count(len(lines), "requirement")
	if open > 0 {
		text += fmt.Sprintf("; %d of them without a reason: write one in place of %s, then give the file with --baseline", open, report.Placeholder)
	}
	return text
}

// addSummary adds the summary of the job, behind what other steps have written.
func (o *outputs) addSummary(name string) error {
	file, err := newOutputFile(name, true)
	if err != nil {
		return err
	}
	return o.addFile("job summary", file, func(w io.Writer, r *report.Report) error {
		if _, err := io.WriteString(w, "\n"); err != nil { // what another step wrote may have no line end
			return err
		}
		return format.WriteSummary(w, r, roomIn(name)-1)
	})
}

// maxSummary is how many bytes GitHub takes of the summary of a step, of which
// the page shows nothing at all if it is longer.
const maxSummary = 1 << 20

// roomIn is how many bytes the summary has left.
func roomIn(name string) int {
	info, err := os.Stat(name)
	if err != nil {
		return maxSummary
	}
	return maxSummary - int(info.Size())
}
