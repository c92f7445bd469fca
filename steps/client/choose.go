package client

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// kinds are the requests that sentences speak of. Only the first takes what could not be read.
var kinds = map[string]func(w *World, x *Exchange) bool{
	anything:   func(*World, *Exchange) bool { return true },
	"requests": func(*World, *Exchange) bool { return true },
	"bodies":   func(_ *World, x *Exchange) bool { return len(x.RequestBody) > 0 },
	"Accept headers": func(_ *World, x *Exchange) bool {
		return len(x.RequestHeader["Accept"]) > 0
	},
	"reads and deletions": func(_ *World, x *Exchange) bool { return x.Method == http.MethodGet || x.Method == http.MethodDelete },
	"creations":           (*World).creates,
	"creations and replacements": func(w *World, x *Exchange) bool {
		return w.creates(x) || x.Method == http.MethodPut && w.typeOf(x) != nil && body(x) != nil
	},
	"members":         func(w *World, x *Exchange) bool { return len(w.membersIn(x)) > 0 },
	"filters":         func(w *World, x *Exchange) bool { return parameters(x).Has("filter") && w.typeOf(x) != nil },
	"page parameters": func(_ *World, x *Exchange) bool { return parameters(x).Has("startIndex") || parameters(x).Has("count") },
	"lists of groups": (*World).listsGroups,
	"cursors":         func(_ *World, x *Exchange) bool { return parameters(x).Get("cursor") != "" },
	"selections of attributes": func(_ *World, x *Exchange) bool {
		return parameters(x).Has("attributes") || parameters(x).Has("excludedAttributes")
	},
	"PATCH requests": func(w *World, x *Exchange) bool {
		return x.Method == http.MethodPatch && body(x) != nil && w.typeOf(x) != nil
	},
	"versions": func(_ *World, x *Exchange) bool {
		return x.RequestHeader.Get("If-Match") != "" || x.RequestHeader.Get("If-None-Match") != ""
	},
	"replacements of what it has read": func(w *World, x *Exchange) bool { return x.Method == http.MethodPut && w.readBefore(x) != nil },
	"changes":                          func(_ *World, x *Exchange) bool { return x.Changes() },
}

const anything = "anything"

// theClientSends chooses among all requests to the endpoint.
func (w *World) theClientSends(kind string) error {
	if len(w.rec.Exchanges) == 0 {
		return &judge.Blocked{Reason: "the client sent nothing at all"}
	}
	for _, x := range w.rec.Exchanges {
		isMeant := x.Misread == "" || kind == anything
		if isMeant && !x.Elsewhere && kinds[kind](w, x) {
			w.chosen = append(w.chosen, x)
		}
	}
	if len(w.chosen) == 0 {
		return untested("the client sent no %s", kind)
	}
	return nil
}

// theClientIsAskedTo chooses what it sent during a task.
func (w *World) theClientIsAskedTo(title string) error {
	if err := w.find(title); err != nil {
		return err
	}
	if !w.isKnown() {
		return &judge.Blocked{Reason: "no request came with the right token, so that the client could do nothing"}
	}
	w.chosen = w.rec.during(w.task.Name)
	return nil
}

func (w *World) find(title string) error {
	w.task, w.at = w.rec.task(title)
	switch {
	case w.task == nil:
		return untested("it was not asked to %s", title)
	case w.task.State == Skipped, w.task.State == Unasked:
		return untested("it was not asked to %s: %s", title, w.task.Reason)
	}
	return nil
}

// isKnown says whether the client ever came with the right token.
func (w *World) isKnown() bool {
	for _, x := range w.rec.Exchanges {
		if x.Token.Header {
			return true
		}
	}
	return false
}

// anHTTPSAddress is given if the endpoint has one.
func (w *World) anHTTPSAddress() error {
	if !strings.HasPrefix(w.rec.Base, "https://") {
		return untested("the endpoint speaks plain HTTP: start with --tls-cert and --tls-key")
	}
	return nil
}

// creates says whether the request creates a user or a group.
func (w *World) creates(x *Exchange) bool {
	return x.Method == http.MethodPost && w.typeOf(x) != nil && len(w.rec.Path(x)) == 1 && body(x) != nil
}

// listsGroups says whether the request lists groups, with a filter or without.
func (w *World) listsGroups(x *Exchange) bool {
	path := w.rec.Path(x)
	return x.Method == http.MethodGet && len(path) == 1 && path[0] == "Groups"
}

// parameters are those of a query, in the address or in the body of a search.
func parameters(x *Exchange) url.Values {
	q := x.Query()
	if x.Method == http.MethodPost && strings.HasSuffix(rawPath(x.URL), "/.search") {
		for name, value := range body(x).All() {
			q.Set(name, textOf(value))
		}
	}
	return q
}
