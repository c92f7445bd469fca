package rewrite

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// WhenAsked narrows a choice to requests whose URL has a parameter that contains a text.
func WhenAsked(chosen When, parameter, part string) When {
	return func(r *http.Request) bool {
		values, ok := r.URL.Query()[parameter]
		return chosen(r) && ok && strings.Contains(values[0], part)
	}
}

func WithoutParameter(chosen When, name string) Wrap {
	return Requests(chosen, func(r *http.Request, _ *scim.Object) { EditQuery(r, func(q url.Values) { q.Del(name) }) })
}

var (
	ZeroCount  = Amounts("count", Exactly(0))
	MinusCount = Amounts("count", Below(0))
)

// ParametersOf reads the parameters of a query.
func ParametersOf(r *http.Request) url.Values {
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, ".search") {
		return r.URL.Query()
	}
	p := url.Values{}
	body := BodyOf(r)
	if body == nil {
		return p
	}
	for name, v := range body.All() {
		if list, ok := v.([]any); ok {
			var words []string
			for _, e := range list {
				word, _ := e.(string)
				words = append(words, word)
			}
			p.Set(name, strings.Join(words, ","))
			continue
		}
		p.Set(name, TextOf(v))
	}
	return p
}

// SetParameters writes back what parametersOf has read.
func SetParameters(r *http.Request, p url.Values) {
	body := BodyOf(r)
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, ".search") || body == nil {
		r.URL.RawQuery = p.Encode()
		return
	}
	for _, name := range []string{"filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"} {
		value := p.Get(name)
		n, err := strconv.Atoi(value)
		switch {
		case !p.Has(name):
			body.Delete(name)
		case (name == "startIndex" || name == "count") && err == nil:
			body.Set(name, Number(n))
		case name == "attributes" || name == "excludedAttributes":
			var words []any
			for word := range strings.SplitSeq(value, ",") {
				words = append(words, word)
			}
			body.Set(name, words)
		default:
			body.Set(name, value)
		}
	}
	SetBody(r, body)
}

// parameterEdit changes parameters; parameterTest looks at them.
type (
	ParameterEdit func(p url.Values)
	ParameterTest func(p url.Values) bool
)

// Misasked hands the provider other parameters than the client sent.
func Misasked(chosen When, change ParameterEdit) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		p := ParametersOf(r)
		change(p)
		SetParameters(r, p)
		return nil
	})
}

func Omit(names ...string) ParameterEdit {
	return func(p url.Values) {
		for _, name := range names {
			p.Del(name)
		}
	}
}

func Put(name, value string) ParameterEdit {
	return func(p url.Values) { p.Set(name, value) }
}

// Counted changes a number by what it was; a parameter that is none stays.
func Counted(name string, change func(n int) int) ParameterEdit {
	return func(p url.Values) {
		if n, err := strconv.Atoi(p.Get(name)); err == nil {
			p.Set(name, strconv.Itoa(change(n)))
		}
	}
}

func Has(name string) ParameterTest { return func(p url.Values) bool { return p.Has(name) } }

func Lacks(name string) ParameterTest { return func(p url.Values) bool { return !p.Has(name) } }

// Says is a parameter that contains one of the texts, in any case.
func Says(name string, parts ...string) ParameterTest {
	return func(p url.Values) bool {
		return slices.ContainsFunc(parts, func(part string) bool {
			return p.Has(name) && strings.Contains(strings.ToLower(p.Get(name)), strings.ToLower(part))
		})
	}
}

func Equals(name, value string) ParameterTest {
	return func(p url.Values) bool { return p.Has(name) && strings.EqualFold(p.Get(name), value) }
}

func Amounts(name string, fits func(n int) bool) ParameterTest {
	return func(p url.Values) bool {
		n, err := strconv.Atoi(p.Get(name))
		return err == nil && fits(n)
	}
}

func NoInteger(name string) ParameterTest {
	return func(p url.Values) bool {
		_, err := strconv.Atoi(p.Get(name))
		return p.Has(name) && err != nil
	}
}

func Below(limit int) func(int) bool { return func(n int) bool { return n < limit } }

func Above(limit int) func(int) bool { return func(n int) bool { return n > limit } }

func Exactly(m int) func(int) bool { return func(n int) bool { return n == m } }

// Copied is the request with other parameters, beside which r stays as it is.
func Copied(r *http.Request, change ParameterEdit) *http.Request {
	own := r.Clone(r.Context())
	u := *r.URL
	own.URL = &u
	if body := BodyOf(r); body != nil {
		SetBody(own, body)
	}
	p := ParametersOf(own)
	change(p)
	SetParameters(own, p)
	return own
}

// EditQuery changes the parameters of a request's URL.
func EditQuery(r *http.Request, edit func(q url.Values)) {
	q := r.URL.Query()
	edit(q)
	r.URL.RawQuery = q.Encode()
}

func Not(t ParameterTest) ParameterTest { return func(p url.Values) bool { return !t(p) } }
