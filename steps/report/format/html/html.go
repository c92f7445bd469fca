// Package html writes a report as a page for a browser, and several side by side.
package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

//go:embed *.gohtml *.js *.css
var htmlFiles embed.FS

// pages are the templates. html/template escapes by context: whatever a target
// sent is text on the page.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").ParseFS(htmlFiles, "*.gohtml"))
})

// Write writes the report as one page for a browser, which loads nothing
// else and may not. Without scripts it shows the same, but cannot filter.
func Write(w io.Writer, r *report.Report) error {
	return writePage(w, "page.gohtml", newPage(r))
}

// writePage renders a page as a whole before it writes, so that an error leaves
// no half of one.
func writePage(w io.Writer, name string, view any) error {
	var b bytes.Buffer
	if err := pages().ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("write the HTML page: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the HTML page: %w", err)
	}
	return nil
}

// frame is common to all pages. The style and the script are ours and the
// only ones that the policy lets through, by their hashes.
type frame struct {
	Title  string
	Style  template.CSS
	Script template.JS
	Policy string
}

func newFrame(title, script string) frame {
	style, code := asset("look.css"), asset(script)
	return frame{
		Title:  words.Visible(title),
		Style:  template.CSS(style), //nolint:gosec // it is embedded, not the target's
		Script: template.JS(code),   //nolint:gosec // likewise
		Policy: policy(style, code),
	}
}

// Policy is the Content-Security-Policy of the page that Write makes, for servers of it.
func Policy() string { return policy(asset("look.css"), asset("page.js")) }

func policy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hash(style), hash(script))
}

// asset is an embedded file; that it is there is known when the program is built.
func asset(name string) string {
	text, err := htmlFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// hash is how a Content-Security-Policy names a script or a style.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
