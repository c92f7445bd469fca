package engine

import (
	"bytes"
	"io/fs"
	"slices"

	"github.com/simulate-duo/simulate-duo/features"
)

// rulesOf has the files of the features with no other Rules than these. godog parses
// every file anew for each pass, and in most passes most Rules are skipped. Lines keep
// their numbers. A file that cannot be read is left to godog, which says so.
func rulesOf(fsys fs.FS, all, chosen []features.Requirement) fs.FS {
	if len(chosen) == len(all) {
		return fsys
	}
	cut := cutFS{fsys, map[string][]byte{}}
	for _, file := range paths(chosen) {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return fsys
		}
		cut.texts[file] = withoutRules(text, inFile(all, file), chosen)
	}
	return cut
}

// inFile are the requirements of a file, in their order.
func inFile(all []features.Requirement, file string) []features.Requirement {
	var found []features.Requirement
	for _, q := range all {
		if q.File == file {
			found = append(found, q)
		}
	}
	return found
}

// withoutRules empties the lines of the Rules that are not chosen, each from its tags on.
func withoutRules(text []byte, rules, chosen []features.Requirement) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	start := func(q features.Requirement) int {
		first := q.Line - 1 // of the lines, from 0
		for first > 0 && (bytes.HasPrefix(bytes.TrimSpace(lines[first-1]), []byte("@")) || bytes.HasPrefix(bytes.TrimSpace(lines[first-1]), []byte("#"))) {
			first--
		}
		return first
	}
	for i, q := range rules {
		if slices.ContainsFunc(chosen, func(c features.Requirement) bool { return c.ID == q.ID }) {
			continue
		}
		end := len(lines)
		if i+1 < len(rules) {
			end = start(rules[i+1])
		}
		for n := start(q); n < end; n++ {
			if len(lines[n]) > 0 { // what follows the last line feed
				lines[n] = []byte("\n")
			}
		}
	}
	return bytes.Join(lines, nil)
}

// cutFS is a file system in which some files have other texts.
type cutFS struct {
	fs.FS
	texts map[string][]byte
}

// Open opens a file with its text here.
func (c cutFS) Open(name string) (fs.File, error) {
	file, err := c.FS.Open(name)
	text, isCut := c.texts[name]
	if err != nil || !isCut {
		return file, err
	}
	return &cutFile{file, bytes.NewReader(text)}, nil
}

type cutFile struct {
	fs.File
	text *bytes.Reader
}

func (f *cutFile) Read(b []byte) (int, error) { return f.text.Read(b) }
