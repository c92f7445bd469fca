package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
)

// outputs are the reports that a run has to write. The files are opened before
// anything runs: a path that cannot be written must not cost a run.
type outputs struct {
	all      []output
	standard bool // one of them goes to standard output
}

type output struct {
	what, name string // "json report", and the name of the file
	write      func(io.Writer, *report.Report) error
	to         io.Writer
	file       *os.File // nil for standard output
}

func openReports(flags []string, stdout io.Writer) (*outputs, error) {
	o := &outputs{}
	for _, flag := range flags {
		if err := o.open(flag, stdout); err != nil {
			return nil, errors.Join(fmt.Errorf("--report %s: %w", flag, err), o.close())
		}
	}
	return o, nil
}

func (o *outputs) open(flag string, stdout io.Writer) error {
	kind, name, ok := strings.Cut(flag, "=")
	if !ok || name == "" {
		return errors.New("write it as FORMAT=FILE, such as json=report.json")
	}
	f, err := format.Named(kind)
	if err != nil {
		return err
	}
	if name == "-" {
		if o.standard {
			return errors.New("standard output is written twice")
		}
		o.standard = true
		o.all = append(o.all, output{what: kind + " report", name: "standard output", write: f.Write, to: stdout})
		return nil
	}
	return o.add(kind+" report", name, os.O_TRUNC, f.Write)
}

// add opens a file for what will be written to it. The mode is os.O_TRUNC,
// os.O_APPEND, or 0 for a file that keeps what is in it until it is written.
func (o *outputs) add(what, name string, mode int, write func(io.Writer, *report.Report) error) error {
	if slices.ContainsFunc(o.all, func(other output) bool { return other.name == name }) {
		return fmt.Errorf("%s is written twice", name)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|mode, 0o666) //nolint:gosec // a report is for others to read, as far as the umask lets them
	if err != nil {
		return err
	}
	if mode == 0 {
		write = anew(file, write)
	}
	o.all = append(o.all, output{what: what, name: name, write: write, to: file, file: file})
	return nil
}

// anew empties the file before it writes.
func anew(file *os.File, write func(io.Writer, *report.Report) error) func(io.Writer, *report.Report) error {
	return func(w io.Writer, r *report.Report) error {
		if err := file.Truncate(0); err != nil {
			return err
		}
		return write(w, r)
	}
}

func (o *outputs) write(r *report.Report) error {
	var errs []error
	for _, out := range o.all {
		if err := out.write(out.to, r); err != nil {
			errs = append(errs, fmt.Errorf("write the %s to %s: %w", out.what, out.name, err))
		}
	}
	return errors.Join(append(errs, o.close())...)
}

// close closes the files; the second time it does nothing.
func (o *outputs) close() error {
	var errs []error
	for i, out := range o.all {
		if out.file != nil {
			errs = append(errs, out.file.Close())
			o.all[i].file = nil
		}
	}
	return errors.Join(errs...)
}
