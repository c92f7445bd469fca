package main

import (
	"errors"
	"slices"
	"time"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// writeNotStarted writes every report of a run that could not start: what was there
// before would be taken for its result. A baseline is left as it is.
func (o *outputs) writeNotStarted(options steps.Options, baseline report.Baseline, why error) error {
	r, err := notStarted(options, why)
	if err != nil {
		return err
	}
	r.Apply(baseline)
	o.all = slices.DeleteFunc(o.all, func(out output) bool { return out.what == baselineOutput })
	return o.write(r)
}

// notStarted is the report of a run that could not start.
func notStarted(options steps.Options, why error) (*report.Report, error) {
	all, err := features.Load(features.FS)
	if err != nil {
		return nil, errors.Join(why, err)
	}
	var c report.Collector
	c.Stop("the run could not start: " + why.Error())
	r := c.Report(all)
	r.Tool = report.Tool{Name: "simulate-duo", Version: options.Version}
	steps.Describe(r, options)
	r.Started = time.Now()
	return r, nil
}
