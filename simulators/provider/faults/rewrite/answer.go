package rewrite

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// As500 is what a server answers that has not looked.
func As500(_ *http.Request, a *Answer) {
	a.Refuse(scim.Internal("an unexpected error has occurred"))
}

// AsPage is the same with the page of a framework.
func AsPage(_ *http.Request, a *Answer) {
	*a = Answer{Status: 500, Header: http.Header{"Content-Type": {"text/html"}}, Raw: []byte("<h1>Server Error (500)</h1>")}
}

func AsError(e *scim.Error) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) { a.Refuse(e) }
}

// Stored answers 201 to what was refused, as if it were stored.
func Stored(_ *http.Request, a *Answer) {
	*a = Answer{Status: 201, Header: http.Header{"Content-Type": {"application/scim+json"}}, Body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "id", Value: "1"},
	)}
}

// TurnsDown answers requests with an error.
func TurnsDown(chosen When, e *scim.Error) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) { a.Refuse(e) })
}

// Recoded changes a status into another.
func Recoded(chosen When, from, to int) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Status == from {
			a.Status = to
		}
	})
}

// Mute takes the body from successful answers.
func Mute(chosen When) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		if a.Ok() {
			a.Raw, a.Body = nil, nil
		}
	})
}

// TellsNo takes members from what comes out, be it a resource or an error.
func TellsNo(chosen When, names ...string) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		for _, name := range names {
			if a.Body != nil {
				a.Body.Delete(name)
			}
		}
	})
}

// Forgets takes members from what goes in.
func Forgets(chosen When, names ...string) Wrap {
	return Requests(chosen, func(_ *http.Request, o *scim.Object) {
		for _, name := range names {
			if o != nil {
				o.Delete(name)
			}
		}
	})
}

// OnlyApparently answers 204 to a DELETE and does nothing.
func OnlyApparently(chosen When) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		return Bare(http.StatusNoContent)
	})
}

// KeepsBack takes a member from the answers with this status.
func KeepsBack(status int, member string) Wrap {
	return Answers(At("", ""), func(_ *http.Request, a *Answer) {
		if a.Status == status {
			a.Body.Delete(member)
		}
	})
}

// BodilessAt takes the body from the answers with this status.
func BodilessAt(status int) Wrap {
	return Answers(At("", ""), func(_ *http.Request, a *Answer) {
		if a.Status == status {
			a.Raw, a.Body = nil, nil
		}
	})
}

// TextOf is a string as it is, anything else as JSON.
func TextOf(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, _ := scim.Marshal(v)
	return string(data)
}

func MustGet(o *scim.Object, name string) any {
	v, _ := o.Get(name)
	return v
}

// Broken answers as a server does that has failed.
func Broken(chosen When) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) { a.Refuse(scim.Internal("the server failed to process the request")) })
}

// Lost takes members from every resource shown.
func Lost(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		for _, name := range names {
			o.Delete(name)
		}
	}
}

// OnlyShows leaves nothing but these members.
func OnlyShows(names ...string) func(o *scim.Object) {
	return func(o *scim.Object) {
		kept := scim.NewObject()
		for _, name := range names {
			if v, ok := o.Get(name); ok {
				kept.Set(name, v)
			}
		}
		*o = *kept
	}
}

// Typed gives answers another Content-Type.
func Typed(chosen When, contentType string) Wrap {
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

func NotFound(chosen When, edit func(r *http.Request, a *Answer)) Wrap {
	return Answers(chosen, func(r *http.Request, a *Answer) {
		if a.Status == http.StatusNotFound {
			edit(r, a)
		}
	})
}

// Answer is what a provider is about to say.
type Answer struct {
	Status int
	Header http.Header
	Raw    []byte       // the body; body wins if it is not nil
	Body   *scim.Object // the body if it is a JSON object
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

// Serve asks the provider and keeps its answer.
func Serve(next http.Handler, r *http.Request) *Answer {
	a := &Answer{Header: http.Header{}}
	next.ServeHTTP(recorder{a}, r)
	if o, err := scim.ParseObject(a.Raw); err == nil {
		a.Body = o
	}
	return a
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

// Ok says whether the answer is a success.
func (a *Answer) Ok() bool { return a.Status >= 200 && a.Status < 300 }

// Resources are the resources that the answer shows: itself, or those of a list.
func (a *Answer) Resources() []*scim.Object {
	if a.Body == nil || !a.Ok() {
		return nil
	}
	if _, isList := a.Body.Get("totalResults"); !isList {
		return []*scim.Object{a.Body}
	}
	var shown []*scim.Object
	for _, v := range a.Body.Array("Resources") {
		if o, ok := v.(*scim.Object); ok {
			shown = append(shown, o)
		}
	}
	return shown
}

// Refuse turns the answer into an error.
func (a *Answer) Refuse(e *scim.Error) {
	*a = Answer{Status: e.Status, Header: http.Header{"Content-Type": {"application/scim+json"}}, Body: e.Object()}
}

// Answers rewrites what comes out.
func Answers(chosen When, edit func(r *http.Request, a *Answer)) Wrap {
	return Handle(chosen, func(next http.Handler, r *http.Request) *Answer {
		a := Serve(next, r)
		edit(r, a)
		return a
	})
}

// Shown rewrites every resource that comes out, alone or in a list.
func Shown(chosen When, edit func(o *scim.Object)) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) {
		for _, o := range a.Resources() {
			edit(o)
		}
	})
}

// Number is a JSON number.
func Number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// TurningStatus changes one status into another.
func TurningStatus(from, to int) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		if a.Status == from {
			a.Status = to
			a.Body.Set("status", strconv.Itoa(to))
		}
	}
}

// BreakingDown answers the chosen requests with 500.
func BreakingDown(chosen When) Wrap {
	return Answers(chosen, func(_ *http.Request, a *Answer) { a.Refuse(scim.Internal("the request could not be processed")) })
}

// Rewording gives a refusal another body.
func Rewording(contentType, text string) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		a.Body, a.Raw = nil, []byte(text)
		a.Header.Set("Content-Type", contentType)
	}
}

// ErrorMember gives an error's body another member; nil takes it out.
func ErrorMember(name string, value any) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		if a.Body == nil {
			return
		}
		if value == nil {
			a.Body.Delete(name)
			return
		}
		a.Body.Set(name, value)
	}
}

func Becoming(from, to int) func(*http.Request, *Answer) {
	return func(_ *http.Request, a *Answer) {
		if a.Status == from {
			a.Status = to
			a.Body.Set("status", Number(to).String())
		}
	}
}
