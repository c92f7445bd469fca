package rewrite

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ParameterEdit changes the parameters of a query.
type ParameterEdit func(p url.Values)

// EditParameters hands the provider other parameters than the client sent.
func EditParameters(chosen When, change ParameterEdit) Wrap {
	return Handle(chosen, func(_ http.Handler, r *http.Request) *Answer {
		p := ParametersOf(r)
		change(p)
		SetParameters(r, p)
		return nil
	})
}

// OmitParameters takes parameters out.
func OmitParameters(names ...string) ParameterEdit {
	return func(p url.Values) {
		for _, name := range names {
			p.Del(name)
		}
	}
}

// SetParameter gives a parameter a value.
func SetParameter(name, value string) ParameterEdit {
	return func(p url.Values) { p.Set(name, value) }
}

// EditNumber changes a parameter that is a number.
func EditNumber(name string, change func(n int) int) ParameterEdit {
	return func(p url.Values) {
		if n, err := strconv.Atoi(p.Get(name)); err == nil {
			p.Set(name, strconv.Itoa(change(n)))
		}
	}
}

// EditCursor changes the cursor where there is one.
func EditCursor(change func(string) string) ParameterEdit {
	return func(p url.Values) {
		if c := p.Get("cursor"); c != "" {
			p.Set("cursor", change(c))
		}
	}
}

// ParametersOf reads the parameters of a query: from the URL, or from the body of
// a search by POST.
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

// SetParameters writes what ParametersOf has read.
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

// EditQuery changes the parameters in the URL of a request.
func EditQuery(r *http.Request, edit func(q url.Values)) {
	q := r.URL.Query()
	edit(q)
	r.URL.RawQuery = q.Encode()
}

// CopyWith copies a request and changes the parameters of the copy.
func CopyWith(r *http.Request, change ParameterEdit) *http.Request {
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
