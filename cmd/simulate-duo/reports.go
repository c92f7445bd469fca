package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// writers are the formats of --report.
var writers = map[string]func(io.Writer, *report.Report) error{
	"har":      report.WriteHAR,
	"html":     report.WriteHTML,
	"json":     report.WriteJSON,
	"junit":    report.WriteJUnit,
	"markdown": report.WriteMarkdown,
	"sarif":    report.WriteSARIF,
	"tap":      report.WriteTAP,
}

// outputs are the reports that a run has to write. The files are opened before
// anything runs: a path that cannot be written must not cost a run.
type outputs struct {
	all      []output
	standard bool // one of them goes to standard output
}

type output struct {
	format, name string
	to           io.Writer
	file         *os.File // nil for standard output
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
	format, name, ok := strings.Cut(flag, "=")
	switch {
	case !ok || name == "":
		return errors.New("write it as FORMAT=FILE, such as json=report.json")
	case writers[format] == nil:
		return fmt.Errorf("unknown format %q; known is %s", format, strings.Join(slices.Sorted(maps.Keys(writers)), ", "))
	case slices.ContainsFunc(o.all, func(other output) bool { return other.name == name }):
		return fmt.Errorf("%s is written twice", name)
	case name == "-":
		o.standard = true
		o.all = append(o.all, output{format: format, name: "standard output", to: stdout})
		return nil
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	o.all = append(o.all, output{format: format, name: name, to: file, file: file})
	return nil
}

func (o *outputs) write(r *report.Report) error {
	var errs []error
	for _, out := range o.all {
		if err := writers[out.format](out.to, r); err != nil {
			errs = append(errs, fmt.Errorf("write the %s report to %s: %w", out.format, out.name, err))
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
