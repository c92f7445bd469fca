package safety

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const (
	testMarker  = Marker("sduo-0a1b2c3d")
	otherMarker = Marker("sduo-99999999")
	testToken   = "canary-token-5f1e"
)

// A foreignTarget is a small SCIM server as somebody else might have written it.
// Its fields make it misbehave.
type foreignTarget struct {
	*httptest.Server

	mu        sync.Mutex
	resources map[string][]*scim.Object // by collection
	nextID    int
	log       []string

	// around, if set, sees each request first, and says whether it dealt with it.
	// Serve continues with the server's own answer.
	around        func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool
	ignoreFilters bool
	ignorePages   bool
	keep          []string // the attributes it stores; nil for all
}

func newForeignTarget(t *testing.T) *foreignTarget {
	f := &foreignTarget{resources: map[string][]*scim.Object{}, nextID: 1}
	f.Server = httptest.NewServer(http.HandlerFunc(f.handle))
	t.Cleanup(f.Close)
	return f
}

// add stores a resource that is there before the run.
func (f *foreignTarget) add(collection, body string) string {
	o, err := scim.ParseObject([]byte(body))
	if err != nil {
		panic(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.store(collection, o).String("id")
}

func (f *foreignTarget) store(collection string, o *scim.Object) *scim.Object {
	if f.keep != nil {
		kept := scim.NewObject()
		for name, v := range o.All() {
			if slices.Contains(f.keep, name) {
				kept.Set(name, v)
			}
		}
		o = kept
	}
	o.Set("id", strconv.Itoa(f.nextID))
	f.nextID++
	f.resources[collection] = append(f.resources[collection], o)
	return o
}

// content is what a test compares before and after.
func (f *foreignTarget) content() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	b, err := json.MarshalIndent(f.resources, "", " ")
	if err != nil {
		panic(err)
	}
	return strings.ReplaceAll(string(b), "null", "[]")
}

func (f *foreignTarget) requests(prefix string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.log), func(s string) bool { return !strings.HasPrefix(s, prefix) })
}

func (f *foreignTarget) handle(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.log = append(f.log, r.Method+" "+r.URL.RequestURI())
	around := f.around
	f.mu.Unlock()
	if around == nil || !around(w, r, f.serve) {
		f.serve(w, r)
	}
}

func (f *foreignTarget) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	defer f.mu.Unlock()
	collection, id, hasID := strings.Cut(strings.Trim(r.URL.Path, "/"), "/")
	if !hasID {
		f.serveCollection(w, r, collection, body)
		return
	}
	i := slices.IndexFunc(f.resources[collection], func(o *scim.Object) bool { return o.String("id") == id })
	if i < 0 {
		answer(w, http.StatusNotFound, nil)
		return
	}
	switch r.Method {
	case http.MethodGet:
		answer(w, http.StatusOK, f.resources[collection][i])
	case http.MethodDelete:
		f.resources[collection] = slices.Delete(f.resources[collection], i, i+1)
		answer(w, http.StatusNoContent, nil)
	case http.MethodPut:
		o, _ := scim.ParseObject(body)
		o.Set("id", id)
		f.resources[collection][i] = o
		answer(w, http.StatusOK, o)
	case http.MethodPatch:
		o, _ := scim.ParseObject(body)
		for name, v := range o.All() {
			f.resources[collection][i].Set(name, v)
		}
		answer(w, http.StatusNoContent, nil)
	}
}

func (f *foreignTarget) serveCollection(w http.ResponseWriter, r *http.Request, collection string, body []byte) {
	if r.Method == http.MethodPost {
		o, err := scim.ParseObject(body)
		if err != nil {
			answer(w, http.StatusBadRequest, nil)
			return
		}
		o = f.store(collection, o)
		w.Header().Set("Location", "/"+collection+"/"+o.String("id"))
		answer(w, http.StatusCreated, o)
		return
	}
	found := slices.Clone(f.resources[collection])
	query := r.URL.Query()
	if filter := query.Get("filter"); filter != "" && !f.ignoreFilters {
		attribute, value, _ := strings.Cut(filter, " eq ")
		value, _ = strconv.Unquote(value)
		found = slices.DeleteFunc(found, func(o *scim.Object) bool { return !strings.EqualFold(o.String(attribute), value) })
	}
	total := len(found)
	if start, _ := strconv.Atoi(query.Get("startIndex")); start > 1 && !f.ignorePages {
		found = found[min(start-1, len(found)):]
	}
	if count, _ := strconv.Atoi(query.Get("count")); count > 0 && !f.ignorePages {
		found = found[:min(count, len(found))]
	}
	answer(w, http.StatusOK, (&scim.List{TotalResults: total, Resources: found}).Object())
}

func answer(w http.ResponseWriter, status int, body *scim.Object) {
	w.Header().Set("Content-Type", scim.MediaType)
	w.WriteHeader(status)
	if body != nil {
		b, err := scim.Marshal(body)
		if err != nil {
			panic(err)
		}
		_, _ = w.Write(b)
	}
}

// only applies a misbehaviour to the requests of one method and path prefix.
func only(method, path string, act func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc)) func(http.ResponseWriter, *http.Request, http.HandlerFunc) bool {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) bool {
		if r.Method != method || !strings.HasPrefix(r.URL.Path, path) {
			return false
		}
		act(w, r, serve)
		return true
	}
}

// status answers so and does nothing.
func status(code int) func(http.ResponseWriter, *http.Request, http.HandlerFunc) {
	return func(w http.ResponseWriter, _ *http.Request, _ http.HandlerFunc) { answer(w, code, nil) }
}

// afterwards does what is asked, and then answers otherwise.
func afterwards(say func(w http.ResponseWriter, own *httptest.ResponseRecorder)) func(http.ResponseWriter, *http.Request, http.HandlerFunc) {
	return func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
		own := httptest.NewRecorder()
		serve(own, r)
		say(w, own)
	}
}

// drop ends the connection after these bytes of an answer.
func drop(w http.ResponseWriter, bytes string) {
	conn, buffer, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = buffer.WriteString(bytes)
	_ = buffer.Flush()
	_ = conn.Close()
}

// A rig is a guarded run against a target.
type rig struct {
	t       *testing.T
	guard   *Guard
	journal *Journal
	dir     string
	base    string
	slept   time.Duration
}

func newRig(t *testing.T, base string) *rig {
	t.Helper()
	return newRigIn(t, base, testMarker, t.TempDir())
}

func newRigIn(t *testing.T, base string, marker Marker, dir string) *rig {
	t.Helper()
	r := &rig{t: t, dir: dir, base: base}
	var err error
	if r.journal, err = OpenJournal(dir, base, marker); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.journal.file.Close() })
	if r.guard, err = NewGuard(&wire.Client{BaseURL: base, Token: testToken}, marker, r.journal); err != nil {
		t.Fatal(err)
	}
	r.guard.sleep = func(ctx context.Context, d time.Duration) error {
		r.slept += d
		return ctx.Err()
	}
	return r
}

// scope returns a scenario and its client.
func (r *rig) scope() (*Scope, *wire.Client) {
	s := r.guard.Scope()
	return s, r.client(s, http.DefaultTransport)
}

func (r *rig) client(s *Scope, next http.RoundTripper) *wire.Client {
	return &wire.Client{BaseURL: r.base, Token: testToken, HTTP: &http.Client{Transport: s.Transport(next)}}
}

// do sends a request of the run and returns its answer, or its error.
func do(t *testing.T, c *wire.Client, method, path, body string) (*wire.Response, error) {
	t.Helper()
	segments, ok := parsePathText(path)
	if !ok {
		t.Fatalf("the test's path %q is none", path)
	}
	request := wire.Request{Method: method, Path: segments}
	if body != "" {
		request.Body = []byte(body)
	}
	return c.Do(t.Context(), request)
}

func mustDo(t *testing.T, c *wire.Client, method, path, body string, want int) *wire.Response {
	t.Helper()
	answer, err := do(t, c, method, path, body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	if answer.Status != want {
		t.Fatalf("%s %s was answered %d, want %d: %s", method, path, answer.Status, want, answer.Body)
	}
	return answer
}

func user(name string) string {
	return fmt.Sprintf(`{"schemas":[%q],"userName":%q}`, scim.UserURN, name)
}

func group(name string) string {
	return fmt.Sprintf(`{"schemas":[%q],"displayName":%q}`, scim.GroupURN, name)
}

func wantNothingLeft(t *testing.T, left []Leftover) {
	t.Helper()
	for _, l := range left {
		t.Errorf("left: %s", l)
	}
}
