package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/lint"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

type lintFlags struct {
	as, declared, form string
	request, answer    bool
}

func lintCommand(env environment) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [FILE...]",
		Short: "Judge SCIM messages and schemas in files, each alone",
		Long: `Reads SCIM messages from files, or from standard input if there is none or "-", and judges each alone:
what it is, whether it has the form of that, and what holds of it whoever sends it. Nothing is sent.
What a message is, its schemas tell, or --as. A user or group with an id or meta is taken for a server's
answer, others for a request; --request and --answer say which. A file may hold several messages.

Each finding is a line with its place and the requirement: simulate-duo explain ID tells more. With
--schema attributes that the target does not declare are found as well.

Exit status: 0 nothing is wrong, 1 something is, 2 a file could not be read.`,
		Example: `  simulate-duo lint testdata/*.json
  curl … /Users/42 | simulate-duo lint --answer --schema schemas.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error { return f.lint(env, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.as, "as", "", "take each file for a `KIND`: "+strings.Join(lint.Kinds(), ", "))
	flags.StringVar(&f.declared, "schema", "", "`FILE` with the target's answer to GET /Schemas")
	flags.StringVar(&f.form, "format", "text", "text or json")
	flags.BoolVar(&f.request, "request", false, "a client sends it")
	flags.BoolVar(&f.answer, "answer", false, "a server answers it")
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(lint.Kinds(), noFiles)) // fails for a flag that is not there
	return cmd
}

func (f lintFlags) lint(env environment, files []string) error {
	o, err := f.options()
	if err != nil {
		return err
	}
	write := map[string]func(io.Writer, []lint.Finding) error{"text": lint.Text, "json": lint.JSON}[f.form]
	if write == nil {
		return fmt.Errorf("--format %s: known are text and json", f.form)
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	var all []lint.Finding
	var unread error
	for _, file := range files {
		name, data, err := readForLint(env, file)
		if err != nil {
			unread = errors.Join(unread, err)
			continue
		}
		all = append(all, lint.Lint(name, data, o)...)
	}
	if err := errors.Join(write(env.stdout, all), unread); err != nil {
		return err
	}
	if len(all) > 0 {
		fmt.Fprintf(env.stderr, "%s; simulate-duo explain ID tells more.\n", words.Count(len(all), "finding"))
		return &verdictError{exitFailed}
	}
	return nil
}

func (f lintFlags) options() (lint.Options, error) {
	o := lint.Options{As: lint.Kind(f.as), Request: f.request, Answer: f.answer}
	if f.as != "" && !slices.Contains(lint.Kinds(), f.as) {
		return o, fmt.Errorf("--as %s: %s", f.as, didYouMean(f.as, lint.Kinds(), "known are "+strings.Join(lint.Kinds(), ", ")))
	}
	if f.request && f.answer {
		return o, errors.New("--request and --answer exclude each other")
	}
	if f.declared == "" {
		return o, nil
	}
	declared, err := loadFile(f.declared, declaredSchemas)
	if err != nil {
		return o, fmt.Errorf("--schema: %w", err)
	}
	o.Declared = declared
	return o, nil
}

// declaredSchemas reads an answer to GET /Schemas, or one schema.
func declaredSchemas(file string, data []byte) ([]*scim.Schema, error) {
	o, err := scim.ParseObject(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	list := o.Array("Resources")
	if len(list) == 0 {
		list = []any{o}
	}
	var all []*scim.Schema
	for i, e := range list {
		one, _ := e.(*scim.Object)
		schema, err := scim.ParseSchema(one)
		if err != nil {
			return nil, fmt.Errorf("%s: schema %d: %w", file, i+1, err)
		}
		all = append(all, schema)
	}
	return all, nil
}

// readForLint reads a file, or standard input for "-", as far as it is judged and one byte
// more: that it is longer is found then.
func readForLint(env environment, file string) (name string, data []byte, err error) {
	if file == "-" {
		data, err = io.ReadAll(io.LimitReader(env.stdin, lint.MaxSize+1))
		return "stdin", data, err
	}
	opened, err := os.Open(file)
	if err != nil {
		return file, nil, err
	}
	defer func() { _ = opened.Close() }()
	data, err = io.ReadAll(io.LimitReader(opened, lint.MaxSize+1))
	return file, data, err
}
