package features

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	gherkin "github.com/cucumber/gherkin/go/v42"
	messages "github.com/cucumber/messages/go/v34"
)

// Load reads every .feature file below the root of fsys, files in the order of
// their paths and Rules in the order of their lines.
//
// The Source of a requirement of the standards is the section in its id ("RFC
// 7644 section 3.3"). Of others it is the sentence that begins with "Source:" in
// the text of the Rule, or else in the text of the Feature.
//
// It refuses what would let a requirement go unnoticed or be counted twice, and
// reports all of it at once, one "file:line: what is wrong and what to do" per
// line: an id that is missing, given twice or of no known form; a level that is
// missing, doubled or unknown; a Rule without an example that is not
// @unobservable, and one that is @unobservable with an example or without a
// reason; an example outside a Rule, without a name, a step or rows, or with
// the name of another one of its Rule; an id, a level or @unobservable on
// anything but a Rule; an outline that Gherkin took for text; no source at all.
//
// What this project holds is read once. The slice is the caller's; what is in it is
// shared, and not to be changed.
func Load(fsys fs.FS) ([]Requirement, error) {
	switch fsys {
	case FS:
		all, err := endpoints()
		return slices.Clone(all), err
	case ClientFS:
		all, err := clientDemands()
		return slices.Clone(all), err
	}
	return read(fsys)
}

var (
	endpoints     = sync.OnceValues(func() ([]Requirement, error) { return read(FS) })
	clientDemands = sync.OnceValues(func() ([]Requirement, error) { return read(ClientFS) })
)

func read(fsys fs.FS) ([]Requirement, error) {
	files, err := featureFiles(fsys)
	if err != nil {
		return nil, err
	}
	l := loader{places: map[string]string{}}
	for _, file := range files {
		if err := l.file(fsys, file); err != nil {
			return nil, err
		}
	}
	if len(l.problems) > 0 {
		return nil, l.err()
	}
	return l.requirements, nil
}

func featureFiles(fsys fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && path.Ext(name) == ".feature" {
			files = append(files, name)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = errors.New("no .feature file found")
	}
	if err != nil {
		return nil, fmt.Errorf("read requirements: %w", err)
	}
	slices.SortFunc(files, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	return files, nil
}

// rank is the place of the file's folder in the table of clients; a folder that
// is not in it comes last.
func rank(file string) int {
	folder, _, _ := strings.Cut(file, "/")
	folders := Folders()
	if i := slices.Index(folders, folder); i >= 0 {
		return i
	}
	return len(folders)
}

// loader gathers the requirements and the problems with them.
type loader struct {
	requirements []Requirement
	problems     []problem
	places       map[string]string // id -> position of its Rule
}

type problem struct {
	file    string
	line    int
	message string
}

func (l *loader) err() error {
	slices.SortStableFunc(l.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	errs := make([]error, len(l.problems))
	for i, p := range l.problems {
		errs[i] = fmt.Errorf("%s:%d: %s", p.file, p.line, p.message)
	}
	return errors.Join(errs...)
}

// file reads one file. Its error is a file that cannot be read; what is wrong
// inside becomes a problem.
func (l *loader) file(fsys fs.FS, name string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("read requirements: %w", err)
	}
	var ids int
	newID := func() string { ids++; return strconv.Itoa(ids) }
	doc, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), newID)
	if err != nil {
		l.problems = append(l.problems, syntaxProblems(name, err)...)
		return nil
	}
	in := source{loader: l, file: name, checks: map[string][]*messages.Pickle{}}
	if doc.Feature == nil {
		in.report(1, "the file holds no Feature")
		return nil
	}
	for _, p := range gherkin.Pickles(*doc, name, newID) {
		in.checks[p.AstNodeIds[0]] = append(in.checks[p.AstNodeIds[0]], p)
	}
	in.feature(doc.Feature)
	return nil
}
