package rewrite

import (
	"maps"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Answer is what a provider is about to say.
type Answer struct {
	Status int
	Header http.Header
	Raw    []byte       // the body; body wins if it is not nil
	Body   *scim.Object // the body if it is a JSON object
}

// NewAnswer is an answer with this body; nil for none.
func NewAnswer(status int, body *scim.Object) *Answer {
	a := &Answer{Status: status, Header: http.Header{}, Body: body}
	if body != nil {
		a.Header.Set("Content-Type", scim.MediaType)
	}
	return a
}

// Refusal is an answer that is an error.
func Refusal(e *scim.Error) *Answer {
	a := NewAnswer(e.Status, e.Object())
	maps.Copy(a.Header, e.Header)
	return a
}

// Serve asks the provider and keeps its answer.
func Serve(next http.Handler, r *http.Request) *Answer {
	a := &Answer{Header: http.Header{}}
	next.ServeHTTP(recorder{a}, r)
	if o, err := scim.ParseObject(a.Raw); err == nil {
		a.Body = o
	}
	return a
}

// recorder keeps in an answer what a provider writes.
type recorder struct{ a *Answer }

func (w recorder) Header() http.Header { return w.a.Header }

func (w recorder) WriteHeader(status int) {
	if w.a.Status == 0 {
		w.a.Status = status
	}
}

func (w recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.a.Raw = append(w.a.Raw, p...)
	return len(p), nil
}

// Send passes the answer on.
func (a *Answer) Send(w http.ResponseWriter) {
	raw := a.Raw
	if a.Body != nil {
		raw, _ = a.Body.MarshalJSON()
	}
	maps.Copy(w.Header(), a.Header)
	w.Header().Del("Content-Length")
	if len(raw) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	}
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(raw)
}

// OK says whether the answer is a success.
func (a *Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// Refuse turns the answer into an error.
func (a *Answer) Refuse(e *scim.Error) {
	*a = *NewAnswer(e.Status, e.Object())
}

// Resources are the resources that the answer shows: itself, or those of a list.
func (a *Answer) Resources() []*scim.Object {
	if a.Body == nil || !a.OK() {
		return nil
	}
	if _, isList := a.Body.Get("totalResults"); !isList {
		return []*scim.Object{a.Body}
	}
	return ObjectsIn(a.Body.Array("Resources"))
}

// List gives a list these resources and counts them.
func (a *Answer) List(resources []any) {
	a.Body.Set("totalResults", Number(len(resources)))
	a.Body.Set("itemsPerPage", Number(len(resources)))
	a.Body.Set("Resources", resources)
}

// Keep leaves in a list the resources that are such, and counts them.
func (a *Answer) Keep(such func(o *scim.Object) bool) {
	if a.Body == nil || !a.OK() {
		return
	}
	kept := []any{}
	for _, o := range a.Resources() {
		if such(o) {
			kept = append(kept, o)
		}
	}
	a.List(kept)
}

// Answers rewrites what comes out.
func Answers(chosen When, edit func(r *http.Request, a *Answer)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		a := Serve(next, r)
		edit(r, a)
		return a
	})
}

// AnswersWith rewrites what comes out, and may ask the provider.
func AnswersWith(chosen When, edit func(next http.Handler, r *http.Request, a *Answer)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		a := Serve(next, r)
		edit(next, r, a)
		return a
	})
}

// OnStatus rewrites the answers with this status.
func OnStatus(chosen When, status int, edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if a.Status == status {
			edit(r, a)
		}
	})
}

// OnErrors rewrites the answers that are errors.
func OnErrors(chosen When, edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if a.Status >= 400 {
			edit(r, a)
		}
	})
}

// SuccessIs gives each success this status.
func SuccessIs(methods, place string, status int) Wrap {
	return Answers(At(methods, place), func(_ *http.Request, a *Answer) {
		if a.OK() {
			a.Status = status
		}
	})
}

// Mute takes the body from successes.
func Mute(chosen When) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.OK() {
			a.Raw, a.Body = nil, nil
		}
	})
}

// WithoutShown takes members out of what comes out, be it a resource, a list or
// an error.
func WithoutShown(chosen When, names ...string) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		for _, name := range names {
			if a.Body != nil {
				a.Body.Delete(name)
			}
		}
	})
}

// SetContentType gives answers another Content-Type; "" for none.
func SetContentType(chosen When, contentType string) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Body == nil && len(a.Raw) == 0 {
			return
		}
		a.Header.Del("Content-Type")
		if contentType != "" {
			a.Header.Set("Content-Type", contentType)
		}
	})
}
