package safety

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadTokenOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("of-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	prompt := func(string) (string, error) { return "of-the-prompt", nil }
	for _, test := range []struct {
		name, env, file string
		prompt          func(string) (string, error)
		want            string
	}{
		{"the file comes first", "of-the-environment", file, prompt, "of-the-file"},
		{"then the environment", "of-the-environment", "", prompt, "of-the-environment"},
		{"then the prompt", "", "", prompt, "of-the-prompt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			getenv := func(name string) string {
				if name != "SCIM_TOKEN" {
					t.Errorf("the variable %s was read", name)
				}
				return test.env
			}
			if got, err := ReadToken(getenv, test.file, test.prompt); err != nil || got != test.want {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	t.Run("and without any of them the error names them all", func(t *testing.T) {
		_, err := ReadToken(func(string) string { return "" }, "", nil)
		if err == nil || !strings.Contains(err.Error(), "SCIM_TOKEN") || !strings.Contains(err.Error(), "--token-file") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a prompt that fails says so", func(t *testing.T) {
		_, err := ReadToken(func(string) string { return "" }, "", func(string) (string, error) { return "", io.ErrUnexpectedEOF })
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a file that cannot be read says so, even with a token in the environment", func(t *testing.T) {
		_, err := ReadToken(func(string) string { return "x" }, file+".missing", nil)
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	})
}

func TestReadTokenText(t *testing.T) {
	for _, test := range []struct{ name, text, want, wantErr string }{
		{"one line feed is taken off", "abc\n", "abc", ""},
		{"one line ending of Windows is taken off", "abc\r\n", "abc", ""},
		{"a base64 token stays as it is", "a+b/c-d_e.f~g==", "a+b/c-d_e.f~g==", ""},
		{"nothing", "\n", "", "no token"},
		{"two line feeds are several lines", "secret\n\n", "", "several lines"},
		{"several lines", "secret\nmore", "", "several lines"},
		{"a space", "sec ret", "", "space"},
		{"a control character", "sec\x1bret", "", "control character"},
		{"a letter outside ASCII", "secr\u00e9t", "", "ASCII"},
		{"the word Bearer", "bearer secret", "", "Bearer"},
		{"a whole book", strings.Repeat("secret", 20_000), "", "more than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "token")
			if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := ReadToken(os.Getenv, file, nil)
			if got != test.want || (err != nil) != (test.wantErr != "") {
				t.Fatalf("got %q, %v", got, err)
			}
			if err != nil && !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("got %v, want it to speak of %q", err, test.wantErr)
			}
			if err != nil && (strings.Contains(err.Error(), "sec") || strings.Contains(err.Error(), "ret")) {
				t.Errorf("the error repeats the token: %v", err)
			}
		})
	}
}

func TestTerminalPromptNeedsATerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "input"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if TerminalPrompt(file, io.Discard) != nil {
		t.Error("a file was taken for a terminal")
	}
}
