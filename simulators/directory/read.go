package directory

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Open reads a directory file of any form; see Read.
func Open(path string) (*Directory, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return Read(path, f)
}

// Read reads a directory in the form that the file's name ends in:
//
//   - .jsonl, .ndjson: a user or a group on each line; see readLines
//   - .csv: Duo's import form; see readCSV
//   - all else: YAML, as Load reads it
//
// The first two are read as a stream and suit large directories. What is wrong
// is a *schemas.Invalid with every problem, its line and its remedy; a stream
// that breaks off is the error of its reader. Nothing of a file with a problem
// is returned.
func Read(file string, r io.Reader) (*Directory, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".jsonl", ".ndjson":
		return readLines(file, r)
	case ".csv":
		return readCSV(file, r)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return Load(file, data)
}

// maxLine is how long a line may be, in bytes: a group with a million members
// named by key is a quarter of it.
const maxLine = 128 << 20

// source reads lines and knows which one it is at.
type source struct {
	file    string
	from    *bufio.Reader
	line    int
	started bool
	ended   bool // the last line read ended in a line break
}

func newSource(file string, r io.Reader) *source {
	return &source{file: file, from: bufio.NewReaderSize(r, 1<<16)}
}

// next returns the next line without its line break, or io.EOF. The bytes are
// those of the reader: they are good until the next call.
func (s *source) next() ([]byte, error) {
	if !s.started {
		s.started = true
		if mark, _ := s.from.Peek(3); string(mark) == "\uFEFF" { // which spreadsheets write
			_, _ = s.from.Discard(3)
		}
	}
	var long []byte
	for {
		part, err := s.from.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			if long = append(long, part...); len(long) > maxLine {
				return nil, fmt.Errorf("%s:%d: the line is longer than %d MiB: name a large group at its users, not its users in one line", s.file, s.line+1, maxLine>>20)
			}
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(long)+len(part) == 0) {
			return nil, s.wrap(err)
		}
		s.line++
		s.ended = err == nil
		if long != nil {
			part = append(long, part...)
		}
		return trimLineBreak(part), nil
	}
}

func (s *source) wrap(err error) error {
	if errors.Is(err, io.EOF) {
		return err
	}
	return fmt.Errorf("%s: the file cannot be read after line %d: %w", s.file, s.line, err)
}

func trimLineBreak(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
