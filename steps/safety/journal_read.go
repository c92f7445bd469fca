package safety

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// A journalRecord is what a journal says in the end.
type journalRecord struct {
	header   journalHeader
	doubtful []journalIntent // neither created nor settled: only the target can tell
	paths    []string        // created and not known to be gone, in the order of creation

	confirmed map[string]bool // the paths whose creation was answered with the marker
}

// parseJournal never fails: a line that is torn or damaged, as the last one of a
// killed run may be, says nothing. Without a header the record is the zero value.
func parseJournal(data []byte) journalRecord {
	var r journalRecord
	var intents []journalIntent
	closed, gone := map[int]bool{}, map[string]bool{}
	r.confirmed = map[string]bool{}
	for line := range bytes.Lines(data) {
		var e journalEntry
		if json.Unmarshal(line, &e) != nil {
			continue
		}
		switch {
		case e.Run != nil:
			r.header = *e.Run
		case e.Intent != nil:
			intents = append(intents, *e.Intent)
		case e.Created != nil:
			closed[e.Created.Seq] = true
			delete(gone, e.Created.Path)
			r.paths = append(r.paths, e.Created.Path)
			r.confirmed[e.Created.Path] = r.confirmed[e.Created.Path] || e.Created.Confirmed
		case e.Settled != 0:
			closed[e.Settled] = true
		case e.Gone != "":
			gone[e.Gone] = true
		}
	}
	for _, i := range intents {
		if !closed[i.Seq] {
			r.doubtful = append(r.doubtful, i)
		}
	}
	kept := r.paths[:0]
	for _, p := range r.paths {
		if !gone[p] {
			kept = append(kept, p)
		}
	}
	r.paths = kept
	return r
}

// journalFiles are the journals in dir; a dir that does not exist has none.
func journalFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("the journals of earlier runs cannot be read: %w", err)
	}
	var files []string
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), journalSuffix) {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, nil
}

// targetKey makes two spellings of one base URL the same.
func targetKey(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	return strings.TrimRight(u.String(), "/")
}
