package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// outputFile is a file to write when everything is known. Until then it stays as it
// is, and so it does when writing fails.
type outputFile struct {
	name    string // as the user wrote it
	path    string // of the file itself, where the name is a symbolic link
	appends bool   // what is there stays
}

// newOutputFile finds out whether the file can be written, and changes nothing.
func newOutputFile(name string, appends bool) (outputFile, error) {
	o := outputFile{name: name, path: name, appends: appends}
	if file, err := filepath.EvalSymlinks(name); err == nil {
		o.path = file
	}
	info, err := os.Stat(o.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return o, o.probeFolder()
	case err != nil:
		return o, err
	case info.IsDir():
		return o, fmt.Errorf("%s is a folder: name a file", name)
	case !info.Mode().IsRegular():
		return o, nil // a pipe or a device: to open it now might wait for a reader
	}
	file, err := os.OpenFile(o.path, os.O_WRONLY, 0)
	if err != nil {
		return o, err
	}
	return o, file.Close()
}

// exists says whether the file is there already.
func (o outputFile) exists() bool {
	_, err := os.Stat(o.path)
	return err == nil
}

// probeFolder creates and removes a file.
func (o outputFile) probeFolder() error {
	file, err := o.temporary()
	if err != nil {
		return fmt.Errorf("%s cannot be created: %w", o.name, cause(err))
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// temporary creates a file beside the one to write, as readable for others as the
// umask lets it be.
func (o outputFile) temporary() (*os.File, error) {
	for i := 0; ; i++ {
		name := filepath.Join(filepath.Dir(o.path), fmt.Sprintf(".%s.%d-%d.part", filepath.Base(o.path), os.Getpid(), i))
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) //nolint:gosec // a report is for others to read
		if i < 100 && errors.Is(err, fs.ErrExist) {
			continue
		}
		return file, err
	}
}

// cause is the error without the name of a file that the user has never seen.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// write renders the whole content before it touches the file.
func (o outputFile) write(render func(io.Writer) error) error {
	var content bytes.Buffer
	if err := render(&content); err != nil {
		return err
	}
	info, err := os.Stat(o.path)
	if o.appends || err == nil && !info.Mode().IsRegular() {
		return o.add(content.Bytes())
	}
	file, err := o.temporary()
	if err != nil {
		return o.inPlace(content.Bytes(), err)
	}
	_, err = file.Write(content.Bytes())
	if info != nil {
		err = errors.Join(err, file.Chmod(info.Mode().Perm()))
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), o.path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// inPlace writes over a file whose folder takes no other one, as where a single
// file is mounted into a container.
func (o outputFile) inPlace(content []byte, why error) error {
	file, err := os.OpenFile(o.path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return cause(why)
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

func (o outputFile) add(content []byte) error {
	file, err := os.OpenFile(o.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666) //nolint:gosec // likewise
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// same says whether both names are of one file, also where it does not exist yet.
func (o outputFile) same(name string) bool {
	if a, err := os.Stat(o.path); err == nil {
		b, err := os.Stat(name)
		return err == nil && a.Mode().IsRegular() && os.SameFile(a, b)
	}
	mine, errMine := filepath.Abs(o.path)
	other, errOther := filepath.Abs(name)
	return errMine == nil && errOther == nil && mine == other
}
