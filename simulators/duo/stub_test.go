package duo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
)

// token is what the stub wants to see.
const token = "stub-token-of-20-bytes"

// stub is a small SCIM target: just enough of one to provision into.
type stub struct {
	*httptest.Server
	mu        sync.Mutex
	resources map[string][]*scim.Object // by endpoint, in order of creation
	created   int
	id        func(endpoint string, n int) string
	// instead, if it is set and returns true, has answered the request.
	instead func(w http.ResponseWriter, r *http.Request) bool
}

func newStub(t testing.TB) *stub {
	t.Helper()
	s := &stub{resources: map[string][]*scim.Object{}}
	s.id = func(endpoint string, n int) string { return fmt.Sprintf("%s-%d", strings.ToLower(endpoint[:1]), n) }
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// have puts a resource into the stub.
func (s *stub) have(t testing.TB, endpoint, document string) {
	t.Helper()
	o, err := scim.ParseObject([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.insert(endpoint, o)
}

func (s *stub) insert(endpoint string, o *scim.Object) {
	s.created++
	o.Set("id", s.id(endpoint, s.created))
	s.resources[endpoint] = append(s.resources[endpoint], o)
}

// all returns copies of what the stub has.
func (s *stub) all(endpoint string) []*scim.Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*scim.Object
	for _, o := range s.resources[endpoint] {
		all = append(all, o.Clone())
	}
	return all
}

// one returns the one resource whose attribute has the value.
func (s *stub) one(t testing.TB, endpoint, attribute, value string) *scim.Object {
	t.Helper()
	var found []*scim.Object
	for _, o := range s.all(endpoint) {
		if o.String(attribute) == value {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the target has %d resources in %s with %s %q, want one", len(found), endpoint, attribute, value)
	}
	return found[0]
}

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.instead != nil && s.instead(w, r) {
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+token {
		answerError(w, scim.Unauthorized("stub", "wrong token"))
		return
	}
	path := strings.Split(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	if len(path) == 1 {
		s.collection(w, r, path[0])
		return
	}
	id := strings.TrimPrefix(r.URL.Path, "/"+path[0]+"/")
	s.resource(w, r, path[0], id)
}

func (s *stub) collection(w http.ResponseWriter, r *http.Request, endpoint string) {
	switch {
	case endpoint == "ServiceProviderConfig":
		answer(w, 200, scim.NewObject(member("schemas", []any{scim.ServiceProviderConfigURN})))
	case r.Method == http.MethodGet:
		s.list(w, r, endpoint)
	case r.Method == http.MethodPost:
		s.post(w, r, endpoint)
	default:
		answerError(w, scim.MethodNotAllowed("GET", "POST"))
	}
}

func (s *stub) list(w http.ResponseWriter, r *http.Request, endpoint string) {
	found := slices.Clone(s.resources[endpoint])
	if text := r.URL.Query().Get("filter"); text != "" {
		f, err := filter.Parse(text, typeOf(endpoint))
		if err != nil {
			answerError(w, scim.InvalidFilter("%v", err))
			return
		}
		found = slices.DeleteFunc(found, func(o *scim.Object) bool { return !filter.Match(f, typeOf(endpoint), o) })
	}
	l := &scim.List{TotalResults: len(found), StartIndex: 1}
	if n, err := strconv.Atoi(r.URL.Query().Get("startIndex")); err == nil {
		l.StartIndex = n
	}
	found = found[min(l.StartIndex-1, len(found)):]
	if n, err := strconv.Atoi(r.URL.Query().Get("count")); err == nil {
		found = found[:min(n, len(found))]
	}
	for _, o := range found {
		if o = o.Clone(); r.URL.Query().Get("excludedAttributes") == "members" {
			o.Delete("members")
		}
		l.Resources = append(l.Resources, o)
	}
	l.ItemsPerPage = len(l.Resources)
	answer(w, 200, l.Object())
}

func (s *stub) post(w http.ResponseWriter, r *http.Request, endpoint string) {
	o := body(r)
	for _, other := range s.resources[endpoint] {
		if endpoint == usersEndpoint && strings.EqualFold(other.String("userName"), o.String("userName")) {
			answerError(w, scim.UniquenessError("userName is taken"))
			return
		}
	}
	s.insert(endpoint, o)
	answer(w, 201, o)
}

func (s *stub) resource(w http.ResponseWriter, r *http.Request, endpoint, id string) {
	i := slices.IndexFunc(s.resources[endpoint], func(o *scim.Object) bool { return o.String("id") == id })
	if i < 0 {
		answerError(w, scim.NotFound(endpoint, id))
		return
	}
	switch r.Method {
	case http.MethodGet:
		answer(w, 200, s.resources[endpoint][i])
	case http.MethodPut:
		o := body(r)
		o.Set("id", id)
		s.resources[endpoint][i] = o
		answer(w, 200, o)
	case http.MethodPatch:
		ops, err := patch.Parse(body(r))
		if err != nil {
			answerError(w, scim.InvalidSyntax("%v", err))
			return
		}
		o, _, err := patch.Apply(typeOf(endpoint), s.resources[endpoint][i], ops)
		if err != nil {
			answerError(w, scim.InvalidValue("%v", err))
			return
		}
		s.resources[endpoint][i] = o
		answer(w, 200, o)
	case http.MethodDelete:
		s.resources[endpoint] = slices.Delete(s.resources[endpoint], i, i+1)
		s.dropMember(id)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *stub) dropMember(id string) {
	for _, g := range s.resources[groupsEndpoint] {
		g.Set("members", slices.DeleteFunc(slices.Clone(g.Array("members")), func(v any) bool {
			return v.(*scim.Object).String("value") == id
		}))
	}
}

func typeOf(endpoint string) *scim.ResourceType {
	if endpoint == groupsEndpoint {
		return scim.GroupType()
	}
	t := scim.UserType()
	t.Extensions = append(t.Extensions, scim.Extension{Schema: &scim.Schema{ID: CiscoExtensionURN, Attributes: []*scim.Attribute{
		{Name: "authName", Type: scim.String, Mutability: scim.ReadWrite, Returned: scim.ByDefault},
		{Name: "nativeObjectId", Type: scim.String, Mutability: scim.ReadWrite, Returned: scim.ByDefault},
	}}})
	return t
}

func body(r *http.Request) *scim.Object {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return scim.NewObject()
	}
	o, err := scim.ParseObject(data)
	if err != nil {
		return scim.NewObject()
	}
	return o
}

func answer(w http.ResponseWriter, status int, o *scim.Object) {
	w.Header().Set("Content-Type", scim.MediaType)
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(o); err != nil {
		panic(err)
	}
}

func answerError(w http.ResponseWriter, e *scim.Error) {
	maps.Copy(w.Header(), e.Header)
	answer(w, e.Status, e.Object())
}

func readerOf(text []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(text)) }
