package lab

import (
	"io"
	"net/http"
	"strings"
)

// viewImport takes Duo's import form.
var viewImport = view{
	path: "/duo/users/import", template: "import", title: "Import users", under: pathUsers,
	show:  func(*Lab, *http.Request) (any, error) { return nil, nil },
	forms: map[string]form{"/duo/users/import": importUsers},
}

func importUsers(l *Lab, r *http.Request) (to, said string, err error) {
	var from io.Reader = strings.NewReader(endedLine(r.PostFormValue("text")))
	if file, _, err := r.FormFile("file"); err == nil {
		defer func() { _ = file.Close() }()
		from = file
	}
	count, done, err := l.Import(from)
	waitFor(done)
	return pathUsers, count.String(), err
}

// endedLine is a text that was typed, with the line break at its end that a file has.
func endedLine(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}
