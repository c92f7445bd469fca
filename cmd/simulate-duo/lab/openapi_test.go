package lab

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/xeipuuv/gojsonschema"
)

// document is the part of the OpenAPI description that the tests look at.
type document struct {
	OpenAPI    string                          `yaml:"openapi"`
	Paths      map[string]map[string]operation `yaml:"paths"`
	Components map[string]any                  `yaml:"components"`
}

type operation struct {
	path, method string
	Tags         []string
	Order        int `yaml:"x-order"`
	Summary      string
	Parameters   []parameter
	RequestBody  *message            `yaml:"requestBody"`
	Responses    map[string]*message `yaml:"responses"`
}

type parameter struct {
	Name, In, Description string
	Required              bool
	Schema, Example       any
}

type message struct {
	Ref     string `yaml:"$ref"`
	Content map[string]struct{ Schema, Example any }
}

// described is the description, with its operations in the order of their story.
func described(t *testing.T) (document, []operation) {
	t.Helper()
	var d document
	if err := yaml.Unmarshal(openAPI, &d); err != nil {
		t.Fatal(err)
	}
	var all []operation
	for path, methods := range d.Paths {
		for method, o := range methods {
			o.path, o.method = path, strings.ToUpper(method)
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b operation) int { return a.Order - b.Order })
	return d, all
}

// mismatch says how a value does not fit a schema of the description, "" if it fits.
func (d document) mismatch(t *testing.T, schema, value any) string {
	t.Helper()
	root := map[string]any{"components": d.Components, "allOf": []any{schema}}
	result, err := gojsonschema.Validate(gojsonschema.NewGoLoader(root), gojsonschema.NewGoLoader(value))
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for _, e := range result.Errors() {
		text = append(text, e.String())
	}
	return strings.Join(text, "; ")
}

func TestTheDescriptionAndTheRoutesAreTheSame(t *testing.T) {
	_, all := described(t)
	ways := map[string][]string{"GET /api/events": {"after"}, "GET /api/openapi.yaml": nil}
	target := []string{"GET /api/events", "GET /api/openapi.yaml"}
	for _, r := range routes {
		ways[r.Method+" "+r.Path] = r.query
	}
	for _, r := range targetRoutes {
		target = append(target, r.Method+" "+r.Path)
	}
	for _, o := range all {
		name := o.method + " " + o.path
		query, ok := ways[name]
		if !ok {
			t.Errorf("%s is described, and there is no route", name)
			continue
		}
		delete(ways, name)
		if described := namesOf(o, "query"); !slices.Equal(described, slices.Sorted(slices.Values(query))) {
			t.Errorf("%s is described with the parameters %v, and takes %v", name, described, query)
		}
		for _, p := range namesOf(o, "path") {
			if !strings.Contains(o.path, "{"+p+"}") {
				t.Errorf("%s has no {%s}", name, p)
			}
		}
		if len(namesOf(o, "path")) != strings.Count(o.path, "{") {
			t.Errorf("%s: a part of the path is not described", name)
		}
		if slices.Contains(o.Tags, "secure-access") != slices.Contains(target, name) {
			t.Errorf("%s: the tag secure-access is wrong", name)
		}
	}
	for name := range ways {
		t.Errorf("%s is not described", name)
	}
}

func namesOf(o operation, in string) []string {
	var names []string
	for _, p := range o.Parameters {
		if p.In == in {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names
}

func TestEveryExampleOfTheDescriptionFitsItsSchema(t *testing.T) {
	d, all := described(t)
	if d.OpenAPI != "3.1.0" {
		t.Errorf("the description is one of OpenAPI %s", d.OpenAPI)
	}
	for _, o := range all {
		for _, p := range o.Parameters {
			if p.Example != nil {
				if wrong := d.mismatch(t, p.Schema, p.Example); wrong != "" {
					t.Errorf("%s %s: %s: %s", o.method, o.path, p.Name, wrong)
				}
			}
		}
		if o.RequestBody == nil {
			continue
		}
		body := o.RequestBody.Content["application/json"]
		if wrong := d.mismatch(t, body.Schema, body.Example); body.Example == nil || wrong != "" {
			t.Errorf("%s %s: the example of the body does not fit: %s", o.method, o.path, wrong)
		}
	}
}

// Every operation with its example, one after the other in a new lab.
func TestEveryOperationAnswersAsItIsDescribed(t *testing.T) {
	d, all := described(t)
	_, server := newLab(t, Options{})
	played := map[string]bool{}
	for _, o := range all {
		name := o.method + " " + o.path
		if o.Summary == "" || played[name] || name == "GET /api/events" { // the stream does not end
			continue
		}
		played[name] = true
		status, kind, text := o.play(t, server.URL)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", name, status, text)
			continue
		}
		want, ok := o.Responses["200"].Content[kind]
		if !ok {
			t.Errorf("%s: it answers with %s, and is described with %v", name, kind, slices.Collect(maps.Keys(o.Responses["200"].Content)))
		}
		if kind != "application/json" {
			continue
		}
		var got any
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if wrong := d.mismatch(t, want.Schema, got); wrong != "" {
			t.Errorf("%s: %s\n%s", name, wrong, text)
		}
	}
	if len(played) < 30 {
		t.Errorf("only %d operations were played", len(played))
	}
}

// play sends the example of an operation.
func (o operation) play(t *testing.T, origin string) (status int, kind string, text []byte) {
	t.Helper()
	path, query := o.path, url.Values{}
	for _, p := range o.Parameters {
		example := strings.Trim(string(marshal(t, p.Example)), `"`)
		if p.In == "path" {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(example))
		} else if p.Example != nil {
			query.Set(p.Name, example)
		}
	}
	var body []byte
	if o.RequestBody != nil {
		body = marshal(t, o.RequestBody.Content["application/json"].Example)
	}
	return ask(t, o.method, origin+path+"?"+query.Encode(), string(body))
}

func marshal(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What is refused looks the same everywhere, also before it reaches a route.
func TestEveryErrorOfTheAPILooksTheSame(t *testing.T) {
	d, _ := described(t)
	l, _ := newLab(t, Options{})
	plain := func(*http.Request) {}
	for _, test := range []struct {
		name, method, path string
		edit               func(*http.Request)
		status             int
		says               string
	}{
		{"nothing there", "GET", "/api/rain", plain, 404, "openapi.yaml"},
		{"another method", "DELETE", "/api/state", plain, 405, "takes GET"},
		{"another host", "GET", "/api/state", func(r *http.Request) { r.Host = "evil.example" }, 421, "does not go by the name"},
		{"another site", "POST", "/api/reset", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403, "another site"},
		{"no JSON", "POST", "/api/seed", plain, 400, "the body"},
		{"a misspelled filter", "GET", "/api/requests?metod=POST", plain, 400, "did you mean method?"},
		{"a parameter too many", "POST", "/api/reset?hard=1", plain, 400, "it takes none"},
		{"a status that is none", "GET", "/api/requests?status=ok", plain, 400, "such as 404"},
		{"a number that is none", "GET", "/api/requests?after=x", plain, 400, "after"},
		{"a timeout that is none", "GET", "/api/requests/wait?timeout=1", plain, 400, "such as 10s"},
		{"a timeout too long", "GET", "/api/requests/wait?timeout=1h", plain, 400, "at most"},
		{"nothing came", "GET", "/api/requests/wait?timeout=1ms", plain, 504, "0 of 1 requests came"},
		{"no such fault", "DELETE", "/api/faults/RFC7644-9.9-99", plain, 422, "nothing violates"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := asked(t, l, test.method, test.path, test.edit)
			var got any
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatalf("%s: %v", w.Body, err)
			}
			if wrong := d.mismatch(t, map[string]any{"$ref": "#/components/schemas/Error"}, got); w.Code != test.status || wrong != "" || !strings.Contains(w.Body.String(), test.says) {
				t.Errorf("%d %s %s; want %d and %q", w.Code, w.Body, wrong, test.status, test.says)
			}
		})
	}
}

// A server that limits requests to some time does not end a wait, which comes to its own end.
func TestAWaitOutlastsTheLimitsOfTheServer(t *testing.T) {
	l, _ := newLab(t, Options{})
	server := httptest.NewUnstartedServer(l.Handler())
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	began := time.Now()
	status, got := call(t, server.URL, "GET", "/api/requests/wait?timeout=200ms", "")
	if took := time.Since(began); status != http.StatusGatewayTimeout || took < 200*time.Millisecond {
		t.Errorf("%d %v after %s", status, got, took)
	}
}
