package faults

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// deletions are what was deleted, as it was last read.
type deletions struct {
	mu   sync.Mutex
	last map[string]*scim.Object // by path, such as "Users/1"
}

// of returns what was deleted at the path, or nil.
func (d *deletions) of(path string) *scim.Object {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last[path]
}

// all returns what was deleted from a collection.
func (d *deletions) all(collection string) []*scim.Object {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []*scim.Object
	for path, o := range d.last {
		if strings.HasPrefix(path, collection+"/") {
			found = append(found, o)
		}
	}
	return found
}

func (d *deletions) put(path string, o *scim.Object) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last[path] = o
}

// haunted lets a fault rewrite every answer in the knowledge of what was deleted.
// The answers to successful deletions pass as they are.
func haunted(edit func(d *deletions, next http.Handler, r *http.Request, a *answer)) Wrap {
	return func(next http.Handler) http.Handler {
		d := &deletions{last: map[string]*scim.Object{}}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path := placeOf(r)
			var last *answer
			if at("DELETE", "/*/*")(r) {
				last = ask(next, r, http.MethodGet, path, nil)
			}
			body := bodyOf(r)
			a := serve(next, r)
			if body != nil {
				setBody(r, body) // for edit to read again
			}
			if last != nil && last.ok() && a.ok() {
				d.put(path, last.body)
			} else {
				edit(d, next, r, a)
			}
			a.send(w)
		})
	}
}

func placeOf(r *http.Request) string { return strings.Join(segments(r), "/") }

// undead answers requests for deleted resources otherwise than with 404.
func undead(chosen when, edit func(next http.Handler, r *http.Request, a *answer, last *scim.Object)) Wrap {
	return haunted(func(d *deletions, next http.Handler, r *http.Request, a *answer) {
		if last := d.of(placeOf(r)); last != nil && chosen(r) && a.status == http.StatusNotFound {
			edit(next, r, a, last)
		}
	})
}

// undeadShown puts deleted resources of the collection into lists of it, if the
// list is one that the fault concerns.
func undeadShown(collection string, concerned func(r *http.Request) bool) Wrap {
	return haunted(func(d *deletions, _ http.Handler, r *http.Request, a *answer) {
		if a.body == nil || !a.ok() || !concerned(r) {
			return
		}
		if _, isList := a.body.Get("totalResults"); !isList {
			return
		}
		for _, o := range d.all(collection) {
			a.body.Set("Resources", append(a.body.Array("Resources"), o))
			a.body.Set("totalResults", number(len(a.body.Array("Resources"))))
			a.body.Set("itemsPerPage", number(len(a.body.Array("Resources"))))
		}
	})
}

// listsWhere chooses lists whose filter contains the text.
func listsWhere(place, text string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		return at("GET", place)(r) && strings.Contains(r.URL.Query().Get("filter"), text)
	}
}

// listsAll chooses lists of everything.
func listsAll(place string) func(*http.Request) bool {
	return func(r *http.Request) bool { return at("GET", place)(r) && !r.URL.Query().Has("filter") }
}

// conflicting refuses a write that uses the name of something deleted.
func conflicting(chosen when, collection, attribute string) Wrap {
	return haunted(func(d *deletions, next http.Handler, r *http.Request, a *answer) {
		body := bodyOf(r)
		if !chosen(r) || !a.ok() || body == nil {
			return
		}
		for _, o := range d.all(collection) {
			if name := o.String(attribute); name == "" || !strings.EqualFold(name, body.String(attribute)) {
				continue
			}
			if a.status == http.StatusCreated {
				ask(next, r, http.MethodDelete, collection+"/"+a.body.String("id"), nil)
			}
			a.refuse(scim.UniquenessError("this %s is taken", attribute))
			return
		}
	})
}

// deleteAside does something beside each successful deletion, in the knowledge of
// what is deleted.
func deleteAside(place string, aside func(next http.Handler, r *http.Request, last *scim.Object)) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("DELETE", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			last := ask(next, r, http.MethodGet, placeOf(r), nil)
			a := serve(next, r)
			if last.body != nil && a.ok() {
				aside(next, r, last.body)
			}
			a.send(w)
		})
	}
}

// referencesIn are the ids in a multi-valued reference such as members or groups.
func referencesIn(o *scim.Object, attribute string) []string {
	var ids []string
	for _, v := range o.Array(attribute) {
		if e, ok := v.(*scim.Object); ok {
			ids = append(ids, e.String("value"))
		}
	}
	return ids
}
