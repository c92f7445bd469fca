package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// writers are the formats of --report.
var writers = map[string]func(io.Writer, *report.Report) error{
	"json": report.WriteJSON,
}

// outputs are the reports that a run has to write. The files are opened before
// anything runs: a path that cannot be written must not cost a run.
type outputs struct {
	formats  []string
	names    []string
	files    []io.Writer
	standard bool // one of them goes to standard output
}

func openReports(flags []string, stdout io.Writer) (*outputs, error) {
	o := &outputs{}
	for _, flag := range flags {
		format, name, ok := strings.Cut(flag, "=")
		if !ok || name == "" {
			o.close()
			return nil, fmt.Errorf("--report %s: write it as FORMAT=FILE, such as json=report.json", flag)
		}
		if writers[format] == nil {
			o.close()
			return nil, fmt.Errorf("--report %s: unknown format %q; known is json", flag, format)
		}
		if slices.Contains(o.names, name) {
			o.close()
			return nil, fmt.Errorf("--report %s: %s is written twice", flag, name)
		}
		file := stdout
		if name == "-" {
			o.standard = true
		} else {
			f, err := os.Create(name) //nolint:gosec // the user names the file
			if err != nil {
				o.close()
				return nil, fmt.Errorf("--report %s: %w", flag, err)
			}
			file = f
		}
		o.formats, o.names, o.files = append(o.formats, format), append(o.names, name), append(o.files, file)
	}
	return o, nil
}

func (o *outputs) write(r *report.Report) error {
	var errs []error
	for i, format := range o.formats {
		if err := writers[format](o.files[i], r); err != nil {
			errs = append(errs, fmt.Errorf("write %s report %s: %w", format, o.names[i], err))
		}
	}
	return errors.Join(append(errs, o.close())...)
}

// close closes the files; the second time it does nothing.
func (o *outputs) close() error {
	var errs []error
	for i, name := range o.names {
		if f, ok := o.files[i].(*os.File); ok && name != "-" {
			errs = append(errs, f.Close())
			o.files[i] = io.Discard
		}
	}
	return errors.Join(errs...)
}
