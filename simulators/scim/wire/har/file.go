package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// File is an archive that grows with each exchange. It is whole after each: a
// process that is killed loses at most the exchange that it was writing. It is
// safe for concurrent use.
type File struct {
	mu   sync.Mutex
	file *os.File
	end  int64 // where the next entry goes: over what closes the archive
	n    int
}

// closing ends an archive.
const closing = "\n]}}\n"

// Create begins a new archive, which only its owner may read. A file that is there
// already is an error: a recording cannot be made again.
func Create(name string, by Creator) (*File, error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there already: name another file, or remove it", name)
	}
	if err != nil {
		return nil, err
	}
	creator, err := json.Marshal(by)
	if err != nil {
		return nil, err
	}
	f := &File{file: file}
	return f, f.write(`{"log":{"version":"1.2","creator":` + string(creator) + `,"pages":[],"entries":[`)
}

// write puts a text where the archive ends, and closes it in the same write.
func (f *File) write(text string) error {
	if _, err := f.file.WriteAt([]byte(text+closing), f.end); err != nil {
		return err
	}
	f.end += int64(len(text))
	return nil
}

// Add writes one exchange.
func (f *File) Add(x *wire.Exchange) error {
	var entry bytes.Buffer
	e := json.NewEncoder(&entry)
	e.SetEscapeHTML(false)
	if err := e.Encode(EntryOf(x)); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	separator := "\n"
	if f.n > 0 {
		separator = ",\n"
	}
	if err := f.write(separator + string(bytes.TrimSpace(entry.Bytes()))); err != nil {
		return err
	}
	f.n++
	return nil
}

// Len is how many exchanges were written.
func (f *File) Len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

// Close closes the file.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.file.Close()
}
