package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writing(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// put writes a file of yesterday's.
func put(t *testing.T, file string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte("yesterday"), 0o640); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	for name, test := range map[string]struct {
		render func(io.Writer) error
		want   string
	}{
		"whole":               {writing("today"), "today"},
		"nothing":             {writing(""), ""},
		"fails on the way":    {func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return errors.New("no") }, "yesterday"},
		"fails at the outset": {func(io.Writer) error { return errors.New("no") }, "yesterday"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			name := put(t, filepath.Join(dir, "report"))
			file, err := newOutputFile(name, false)
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, name); got != "yesterday" {
				t.Errorf("before anything is written it holds %q", got)
			}
			err = file.write(test.render)
			if got := read(t, name); got != test.want || (err != nil) != (test.want == "yesterday") {
				t.Errorf("it holds %q, %v", got, err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 1 {
				t.Errorf("beside it lie %v, %v", entries, err)
			}
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("its mode became %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestTheFileBehindALinkIsWritten(t *testing.T) {
	dir := t.TempDir()
	name, link := put(t, filepath.Join(dir, "report")), filepath.Join(dir, "link")
	if err := os.Symlink("report", link); err != nil {
		t.Skip(err)
	}
	file, err := newOutputFile(link, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.write(writing("today")); err != nil || read(t, name) != "today" {
		t.Errorf("%v, %q", err, read(t, name))
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is a link no more")
	}
}

func TestADeviceIsWrittenAsItIs(t *testing.T) {
	file, err := newOutputFile(os.DevNull, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.write(writing("today")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Error("it became a file")
	}
}

func TestWhatCannotBeWrittenIsFoundOutAtOnce(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "no", "such", "report"): "cannot be created: no such file or directory",
		dir:                     "is a folder: name a file",
		put(t, dir+"/f") + "/x": "not a directory",
	} {
		if _, err := newOutputFile(name, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("looking left %v, %v", entries, err)
	}
}

func TestASummaryIsAppended(t *testing.T) {
	name := put(t, filepath.Join(t.TempDir(), "summary"))
	file, err := newOutputFile(name, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.write(writing(", today")), file.write(writing(", tomorrow"))); err != nil || read(t, name) != "yesterday, today, tomorrow" {
		t.Errorf("%v, %q", err, read(t, name))
	}
}

func TestTwoNamesOfOneFileAreToldApart(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "there")
	for _, c := range []struct {
		a, b string
		want bool
	}{{"there", "./there", true}, {"there", "other", false}, {"new", "./new", true}, {"new", "x/../new", true}, {"new", "newer", false}, {os.DevNull, os.DevNull, false}} {
		file, err := newOutputFile(c.a, false)
		if err != nil {
			t.Fatal(err)
		}
		if file.same(c.b) != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, !c.want)
		}
	}
}
