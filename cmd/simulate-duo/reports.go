package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format"
)

// outputs are what a run has to write beside the screen. Whether it can be written
// is found out before anything runs; it is written when the run has ended.
type outputs struct {
	all      []output
	inputs   []string // files that the run reads: none of them is written over
	standard bool     // one report goes to standard output
	talk     io.Writer
}

type output struct {
	what  string // "json report"
	where string // the name of the file, or "standard output"
	write func(*report.Report) error
	wrote func(*report.Report) string // what to tell of it; nil for nothing
}

// report takes a flag of --report.
func (o *outputs) report(flag string, stdout io.Writer) error {
	kind, name, ok := strings.Cut(flag, "=")
	if !ok || name == "" {
		return fmt.Errorf("write it as FORMAT=FILE, such as json=report.json; formats are %s", format.Names("and"))
	}
	f, err := format.Named(kind)
	if err != nil {
		return err
	}
	for _, other := range format.All {
		if first, rest, ok := strings.Cut(name, ","+other.Name+"="); ok {
			return fmt.Errorf("give each report a --report of its own: --report %s=%s --report %s=%s", kind, first, other.Name, rest)
		}
	}
	if name != "-" {
		return o.add(kind+" report", name, f.Write)
	}
	if o.standard {
		return errors.New("standard output is written twice")
	}
	o.standard = true
	o.all = append(o.all, output{what: kind + " report", where: "standard output", write: func(r *report.Report) error { return f.Write(stdout, r) }})
	return nil
}

// json is the file that a JSON report is written to, or "".
func (o *outputs) json() string {
	for _, x := range o.all {
		if x.what == "json report" && x.where != "standard output" {
			return x.where
		}
	}
	return ""
}

// screen is where a person reads: standard output, unless a report has it.
func (o *outputs) screen(env environment) io.Writer {
	if o.standard {
		return env.stderr
	}
	return env.stdout
}

// add adds a file that is written anew.
func (o *outputs) add(what, name string, write func(io.Writer, *report.Report) error) error {
	file, err := newOutputFile(name, false)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(o.inputs, file.same) {
		return fmt.Errorf("%s is read by this run: name another file", name)
	}
	return o.addFile(what, file, write)
}

func (o *outputs) addFile(what string, file outputFile, write func(io.Writer, *report.Report) error) error {
	if slices.ContainsFunc(o.all, func(other output) bool { return file.same(other.where) }) {
		return fmt.Errorf("%s is written twice", file.name)
	}
	o.all = append(o.all, output{what: what, where: file.name, write: func(r *report.Report) error {
		return file.write(func(w io.Writer) error { return write(w, r) })
	}})
	return nil
}

// write writes everything, also what comes after something that could not be
// written.
func (o *outputs) write(r *report.Report) error {
	var errs []error
	for _, out := range o.all {
		if err := out.write(r); err != nil {
			errs = append(errs, fmt.Errorf("write the %s to %s: %w", out.what, out.where, err))
		} else if out.wrote != nil {
			fmt.Fprintf(o.talk, "simulate-duo: wrote the %s to %s: %s\n", out.what, out.where, out.wrote(r))
		}
	}
	return errors.Join(errs...)
}
