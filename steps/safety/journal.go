package safety

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Journal is the file that survives a killed run. It says, one JSON object a
// line, what the run is about to create at the target, what came of it, and what
// is gone again. The file is locked for as long as the process lives, and removed
// when the run ended clean. It holds no token and, of what is sent, only names
// that carry the run's marker.
//
// A nil Journal records nothing: the embedded target dies with the run.
type Journal struct {
	mu   sync.Mutex
	file *os.File
	size int64 // of the whole lines in the file
}

// journalEntry is one line. The first line is a header (Run), each other line
// has exactly one of Intent, Created, Settled and Gone.
type journalEntry struct {
	Run     *journalHeader  `json:"run,omitempty"`
	Intent  *journalIntent  `json:"intent,omitempty"`
	Created *journalCreated `json:"created,omitempty"`
	Settled int             `json:"settled,omitempty"` // the intent that certainly created nothing
	Gone    string          `json:"gone,omitempty"`    // the path, relative to the target, that is gone
}

type journalHeader struct {
	Target  string    `json:"target"`
	Marker  Marker    `json:"marker"`
	PID     int       `json:"pid"`
	Started time.Time `json:"started"`
}

// journalIntent is written before a request is sent that may create something.
type journalIntent struct {
	Seq    int    `json:"seq"` // from 1
	Method string `json:"method"`
	Path   string `json:"path"` // of the collection, relative to the target
	Names  names  `json:"names,omitempty"`
}

// journalCreated is written as soon as an answer tells where the resource is.
type journalCreated struct {
	Seq       int    `json:"seq"`
	Path      string `json:"path"`                // of the resource, relative to the target
	Confirmed bool   `json:"confirmed,omitempty"` // the answer showed the marker together with the id
}

// names are the marked values of the naming attributes, by attribute.
type names map[string]string

// DefaultJournalDir is where journals are kept unless the user says otherwise:
// simulate-duo/journal in the user's cache directory.
func DefaultJournalDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no place for the journal: %w", err)
	}
	return filepath.Join(cache, "simulate-duo", "journal"), nil
}

const journalSuffix = ".jsonl"

// OpenJournal starts the journal of one run in dir, which is made if need be.
// The target is its base URL.
func OpenJournal(dir, target string, marker Marker) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("no place for the journal: %w", err)
	}
	path := filepath.Join(dir, string(marker)+journalSuffix)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the journal cannot be written: %w", err)
	}
	j := &Journal{file: file}
	err = lockFile(file)
	if err == nil {
		err = j.write(journalEntry{Run: &journalHeader{targetKey(target), marker, os.Getpid(), time.Now().UTC()}}, true)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the journal cannot be started: %w", err), file.Close(), os.Remove(path))
	}
	return j, nil
}

// Close ends the journal: one that is clean is removed, one that is not is left
// for a sweep.
func (j *Journal) Close(clean bool) error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.file.Close()
	if clean {
		err = errors.Join(err, os.Remove(j.file.Name()))
	}
	return err
}

// intend must have returned before the request is sent.
func (j *Journal) intend(i journalIntent) error {
	return j.write(journalEntry{Intent: &i}, true)
}

func (j *Journal) created(seq int, path string, confirmed bool) error {
	return j.write(journalEntry{Created: &journalCreated{seq, path, confirmed}}, true)
}

// confirmed adds to what created has told of the path by its address alone.
func (j *Journal) confirmed(seq int, path string) error {
	return j.write(journalEntry{Created: &journalCreated{seq, path, true}}, false)
}

// settled and gone need not reach the disk: a sweep that misses them asks the
// target once more.
func (j *Journal) settled(seq int) error {
	return j.write(journalEntry{Settled: seq}, false)
}

func (j *Journal) gone(path string) error {
	return j.write(journalEntry{Gone: path}, false)
}

// write appends a whole line or, when the disk refuses, none.
func (j *Journal) write(e journalEntry, sync bool) error {
	if j == nil {
		return nil
	}
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	line = append(line, '\n')
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err = j.file.WriteAt(line, j.size)
	if err == nil && sync {
		err = j.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("the journal cannot be written, and without it nothing more is created at the target: %w", err), j.file.Truncate(j.size))
	}
	j.size += int64(len(line))
	return nil
}
