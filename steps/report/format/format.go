// Package format writes a report in the forms that other programs read. Each form
// has a file or a folder of its own; All is the table of them, but for the badge, the job
// summary and the screen, which are not asked for by --report. JSON, which is read again, is
// written by package report.
package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/format/html"
)

// Format is one form of a report.
type Format struct {
	Name  string // as --report takes it
	Write func(io.Writer, *report.Report) error
}

// All is every format, by name.
var All = []Format{
	{string(Gallery), WriteGallery},
	{"har", WriteHAR},
	{"html", html.Write},
	{"json", report.WriteJSON},
	{"junit", WriteJUnit},
	{"markdown", WriteMarkdown},
	{"sarif", WriteSARIF},
	{"tap", WriteTAP},
}

// Named returns the format with this name; the error lists those that there are.
func Named(name string) (Format, error) {
	for _, f := range All {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("unknown format %q; known are %s", name, Names("and"))
}

// Names lists the formats: "har, html and json" for the conjunction "and".
func Names(conjunction string) string {
	names := make([]string, len(All))
	for i, f := range All {
		names[i] = f.Name
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + conjunction + " " + names[last]
}
