package lab

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed lab.css lab.js icon.svg
var assets embed.FS

// Handler serves the pages, the API, Duo's Admin API and, without a target, the SCIM
// endpoint of the simulated Secure Access. The last two have keys of their own and no
// other guard.
func (l *Lab) Handler() http.Handler {
	pages := http.NewServeMux()
	for _, v := range views {
		pages.HandleFunc("GET "+v.path, func(w http.ResponseWriter, r *http.Request) { l.render(w, r, v, nil) })
		for path, f := range v.forms {
			pages.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { l.submit(w, r, v, f) })
		}
	}
	for _, name := range []string{"lab.css", "lab.js", "icon.svg"} {
		pages.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, assets, name) })
	}
	pages.HandleFunc("GET /duo/activity/export", l.export)
	pages.HandleFunc("GET "+pathReport, l.report)
	pages.HandleFunc("GET "+pathReport+".json", l.report)
	pages.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { l.render(w, r, viewNothing, nil) })
	all := http.NewServeMux()
	all.Handle("/", l.guarded(pages))
	all.Handle("/api/", l.guarded(l.api(routes)))
	all.HandleFunc("/admin/", l.serveAdmin)
	if l.side.server != nil {
		all.HandleFunc(secureaccess.ProvisioningPath+"/", l.serveSCIM)
	}
	return all
}

// page is what a template shows.
type page struct {
	Title      string
	Live       bool
	Event      uint64 // id of the last event before the page was made
	Navigation []section
	Target     string // the URL of the other side, "" for the simulated Secure Access
	Status     Status
	Guide      progress
	Path       string
	Query      url.Values
	Form       url.Values // what was typed into a form that was refused
	Said       string     // what a form has done
	Problem    string     // why it has not
	Data       any
}

// render shows a view. Why a form was refused stands above it.
func (l *Lab) render(w http.ResponseWriter, r *http.Request, v view, refused error) {
	l.visit(r, v.path)
	event := l.events.last()
	status := http.StatusOK
	data, err := v.show(l, r)
	if err != nil {
		status = statusOf(err, http.StatusNotFound)
	} else if refused != nil {
		status = statusOf(refused, http.StatusUnprocessableEntity)
	}
	p := page{
		Title: v.title, Live: v.live, Event: event, Navigation: navigation(v), Status: l.Status(), Guide: l.progress(),
		Path: r.URL.Path, Query: r.URL.Query(), Form: r.PostForm, Said: l.notice(r.URL.Query().Get("said")), Data: data,
	}
	if l.side.server == nil {
		p.Target = l.side.url
	}
	for _, problem := range []error{err, refused} {
		if problem != nil {
			p.Problem = l.wire.hide(problem.Error())
		}
	}
	name := v.template
	if err != nil {
		name = "problem"
	}
	l.write(w, status, name, p)
}

// write fills a template and sends it whole.
func (l *Lab) write(w http.ResponseWriter, status int, name string, p page) {
	var text bytes.Buffer
	if err := parsed[name].ExecuteTemplate(&text, "layout", p); err != nil {
		refuse(w, http.StatusInternalServerError, "the page "+name+" cannot be shown, which is a mistake in simulate-duo: "+err.Error())
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = text.WriteTo(w)
}

// submit does what a form asks for, and goes to a page that says so.
func (l *Lab) submit(w http.ResponseWriter, r *http.Request, v view, f form) {
	if err := parseForm(r); err != nil {
		l.render(w, r, v, err)
		return
	}
	to, said, err := f(l, r)
	l.keep()
	if err != nil {
		l.render(w, r, v, err)
		return
	}
	if said != "" {
		path, fragment, _ := strings.Cut(to, "#")
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		to = path + separator + "said=" + l.notify(said)
		if fragment != "" {
			to += "#" + fragment
		}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// parseForm reads a form of either encoding; guarded has limited its length.
func parseForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	err := r.ParseMultipartForm(maxBody) //nolint:gosec // see above
	if errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	return err
}

// httpError is an error with the status that it is answered with.
type httpError struct {
	status int
	error
}

func notFound(text string) error { return &httpError{http.StatusNotFound, errors.New(text)} }

func statusOf(err error, otherwise int) int {
	if e, ok := errors.AsType[*httpError](err); ok {
		return e.status
	}
	if tooLarge(err) {
		return http.StatusRequestEntityTooLarge
	}
	return otherwise
}

// parsed are the templates of all views, each with the layout.
var parsed = parseTemplates()

func parseTemplates() map[string]*template.Template {
	base := template.Must(template.New("layout").Funcs(functions).ParseFS(templates, "templates/layout.html", "templates/parts.html"))
	all := map[string]*template.Template{}
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/"), ".html")
		all[name] = template.Must(template.Must(base.Clone()).ParseFS(templates, file))
	}
	return all
}

// functions are what templates may call.
var functions = template.FuncMap{
	"time": func(t time.Time) string {
		if t.IsZero() {
			return "—"
		}
		return t.Local().Format("15:04:05")
	},
	"date":  func(t time.Time) string { return t.Local().Format("15:04:05 Jan 2, 2006") },
	"stamp": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"plus":  func(a, b int) int { return a + b },
	"count": words.Count,
}
