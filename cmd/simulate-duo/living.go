package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
)

// livingFlags are for who runs the program again and again: in CI, beside an
// endpoint that is being mended.
type livingFlags struct {
	baseline      string
	writeBaseline string
	strict        bool
	badge         string
}

func (f *livingFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.baseline, "baseline", "", "`FILE` of known failures, which do not fail the run: a line for each, the id and the reason")
	flags.StringVar(&f.writeBaseline, "write-baseline", "", "write the present failures as a baseline to `FILE`, where the reasons are to be filled in")
	flags.BoolVar(&f.strict, "strict", false, "warnings count like failures")
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

// jobSummary names the file to which GitHub Actions takes Markdown for the page
// of a job.
const jobSummary = "GITHUB_STEP_SUMMARY"

// open opens every file that the run has to write.
func (f playFlags) open(env environment) (*outputs, error) {
	o, err := openReports(f.reports, env.stdout)
	if err != nil {
		return nil, err
	}
	for _, file := range []struct {
		by, what, name string
		mode           int
		write          func(io.Writer, *report.Report) error
	}{
		{"--badge", "badge", f.living.badge, os.O_TRUNC, format.WriteBadge},
		{"--write-baseline", "baseline", f.living.writeBaseline, 0, report.WriteBaseline},
		{jobSummary, "job summary", env.getenv(jobSummary), os.O_APPEND, nil},
	} {
		if file.name == "" {
			continue
		}
		if file.write == nil {
			file.write = summaryFor(file.name)
		}
		if err := o.add(file.what, file.name, file.mode, file.write); err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", file.by, err), o.close())
		}
	}
	return o, nil
}

// maxSummary is how many bytes GitHub takes of the summary of a step, of which
// the page shows nothing at all if it is longer.
const maxSummary = 1 << 20

// summaryFor writes a job summary into what room the file has left.
func summaryFor(name string) func(io.Writer, *report.Report) error {
	return func(w io.Writer, r *report.Report) error {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		return format.WriteSummary(w, r, maxSummary-int(info.Size()))
	}
}
