package faults

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// How the faults of create_malformed.go change requests and answers.

// rawBody reads the request's body, which can then be read again.
func rawBody(r *http.Request) []byte {
	raw, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return raw
}

// refusedBodies rewrites the errors that answer chosen requests whose body is
// such.
func refusedBodies(chosen when, such func(raw []byte) bool, edit func(r *http.Request, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			raw := rawBody(r)
			a := serve(next, r)
			if a.status >= 400 && such(raw) {
				edit(r, a)
			}
			a.send(w)
		})
	}
}

// mending lets through what the provider would refuse, in another form.
func mending(chosen when, mend func(raw []byte) []byte) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				mended := mend(rawBody(r))
				r.Body = io.NopCloser(bytes.NewReader(mended))
				r.ContentLength = int64(len(mended))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// dropping leaves out the members of the body that do not pass.
func dropping(chosen when, wrong func(name string, value any) bool) Wrap {
	return requests(chosen, func(_ *http.Request, body *scim.Object) {
		if body == nil {
			return
		}
		for name, value := range body.Clone().All() {
			if wrong(name, value) {
				body.Delete(name)
			}
		}
	})
}

func brokenJSON(raw []byte) bool {
	_, err := scim.Parse(raw)
	return err != nil
}

func noObject(raw []byte) bool {
	v, err := scim.Parse(raw)
	_, isObject := v.(*scim.Object)
	return err == nil && !isObject
}

func empty(raw []byte) bool { return len(bytes.TrimSpace(raw)) == 0 }

func bodyContains(part string) func([]byte) bool {
	return func(raw []byte) bool { return bytes.Contains(raw, []byte(part)) }
}

func everything([]byte) bool { return true }

// as500 is what a server answers that has not looked.
func as500(_ *http.Request, a *answer) {
	a.refuse(scim.Internal("an unexpected error has occurred"))
}

// asPage is the same with the page of a framework.
func asPage(_ *http.Request, a *answer) {
	*a = answer{status: 500, header: http.Header{"Content-Type": {"text/html"}}, raw: []byte("<h1>Server Error (500)</h1>")}
}

func asError(e *scim.Error) func(*http.Request, *answer) {
	return func(_ *http.Request, a *answer) { a.refuse(e) }
}

// stored answers 201 to what was refused, as if it were stored.
func stored(_ *http.Request, a *answer) {
	*a = answer{status: 201, header: http.Header{"Content-Type": {"application/scim+json"}}, body: scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}}, scim.Member{Name: "id", Value: "1"},
	)}
}

// closing completes a document that ends too early.
func closing(raw []byte) []byte {
	if brokenJSON(raw) && !brokenJSON(append(bytes.Clone(raw), '}')) {
		return append(bytes.Clone(raw), '}')
	}
	return raw
}

// cutting forgets what stands behind the document, as a reader of streams does.
func cutting(raw []byte) []byte {
	for i := range raw {
		if raw[i] == '}' && !brokenJSON(raw[:i+1]) {
			return raw[:i+1]
		}
	}
	return raw
}

// mendingNames repairs a repeated name.
func mendingNames(raw []byte) []byte {
	return bytes.Replace(raw, []byte(`"DISPLAYNAME"`), []byte(`"title"`), 1)
}

// defaulting fills in what is required.
func defaulting(of, name, value string) Wrap {
	return requests(creations(of), func(_ *http.Request, body *scim.Object) {
		if body != nil && body.String(name) == "" && (name == "userName" || name == "displayName") {
			body.Set(name, value+body.String("displayName")+body.String("externalId"))
		}
	})
}

func isText(v any) bool { _, ok := v.(string); return ok }

func large(raw []byte) bool { return len(raw) > 1<<18 }

func replacing(old, by string) func([]byte) []byte {
	return func(raw []byte) []byte { return bytes.ReplaceAll(raw, []byte(old), []byte(by)) }
}

// byType treats requests by their Content-Type alone.
func byType(method, contentType string, edit func(*http.Request, *answer)) Wrap {
	return answers(func(r *http.Request) bool {
		return r.Method == method && r.Header.Get("Content-Type") == contentType
	}, edit)
}

// hangingUp ends the connection in place of an answer.
func hangingUp(such func([]byte) bool) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if creations("*")(r) && such(rawBody(r)) {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// lockedAfter answers 503 to everything once such a body has come.
func lockedAfter(such func([]byte) bool) Wrap {
	return func(next http.Handler) http.Handler {
		down := make(chan struct{}, 1)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if len(down) > 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			if creations("*")(r) && such(rawBody(r)) {
				down <- struct{}{}
			}
			next.ServeHTTP(w, r)
		})
	}
}

// echoing accepts a member of a creation that is such, and shows it from then on.
func echoing(name string, such func(v any) bool) Wrap {
	return func(next http.Handler) http.Handler {
		keeper := keeping("*", name)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			dropping(creations("*"), func(n string, v any) bool { return strings.EqualFold(n, name) && such(v) })(next).ServeHTTP(w, r)
		}))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if v, there := bodyOf(r).Get(name); creations("*")(r) && (!there || !such(v)) {
				next.ServeHTTP(w, r)
				return
			}
			keeper.ServeHTTP(w, r)
		})
	}
}

// echoingOnce shows a member in the answer to the creation only.
func echoingOnce(name string) Wrap {
	return func(next http.Handler) http.Handler {
		return onCreated("*", func(r *http.Request, a *answer) {
			if v, there := bodyOf(r).Get(name); there {
				a.body.Set(name, v)
			}
		})(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := rawBody(r)
			next.ServeHTTP(w, r)
			r.Body = io.NopCloser(bytes.NewReader(raw))
		}))
	}
}

// tellingOther takes the last of two values and tells the first.
func tellingOther() Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := rawBody(r)
			if !creations("*")(r) || !bytes.Contains(raw, []byte("DISPLAYNAME")) {
				next.ServeHTTP(w, r)
				return
			}
			mended := bytes.Replace(mendingNames(raw), []byte(`"title"`), []byte(`"nickName"`), 1)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(mended)), int64(len(mended))
			a := serve(next, r)
			if a.body != nil {
				a.body.Set("displayName", a.body.String("nickName"))
				a.body.Delete("nickName")
			}
			a.send(w)
		})
	}
}

// storingAnyway stores of a refused creation what can be stored.
func storingAnyway(chosen when) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !chosen(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusBadRequest && body != nil {
				body.Delete("name")
				body.Delete("members")
				ask(next, r, http.MethodPost, segments(r)[0], body)
			}
			a.send(w)
		})
	}
}

// reserving takes the name of a refused creation for used.
func reserving() Wrap {
	return func(next http.Handler) http.Handler {
		used := map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := bodyOf(r).String("userName")
			a := serve(next, r)
			if creations("Users")(r) && used[name] {
				a.refuse(scim.UniquenessError("the name is taken"))
			}
			if creations("Users")(r) && a.status == http.StatusBadRequest {
				used[name] = true
			}
			a.send(w)
		})
	}
}
