package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/provider/weather"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// What a provisioner does before it creates, and when creating fails.

// nameIn is what the request's body calls the user or the group.
func nameIn(x *Exchange) string {
	if name := body(x).String("userName"); name != "" {
		return name
	}
	return body(x).String("displayName")
}

// creationsOf are those among the exchanges that name the user or the group.
func (w *World) creationsOf(name string, among []*Exchange) []*Exchange {
	var found []*Exchange
	for _, x := range among {
		if w.creates(x) && strings.EqualFold(nameIn(x), name) {
			found = append(found, x)
		}
	}
	return found
}

func (w *World) nobodyIsCreatedNamed(person string) error {
	for _, x := range w.creationsOf(People[person].UserName, w.chosen) {
		return w.expectOf(x, false, "%s for "+People[person].UserName, "no creation, as the target has the account", "a creation, answered "+status(x))
	}
	return w.expect(true, "", "", "")
}

func status(x *Exchange) string {
	if x.Status == 0 {
		return "by no answer"
	}
	return fmt.Sprintf("%d %s", x.Status, http.StatusText(x.Status))
}

func (w *World) itHasLookedForEach() error {
	return w.each("a look before %s", "a filter that names it, or a list without a filter", func(x *Exchange) string {
		for _, before := range w.rec.Exchanges {
			if before == x {
				break
			}
			if w.looksFor(before, body(x)) {
				return ""
			}
		}
		return "none for " + quoted(nameIn(x))
	})
}

// looksFor says whether a query may find the resource: it lists the whole endpoint, or
// filters by one of its texts, or by the part of its name before the at sign.
func (w *World) looksFor(x *Exchange, resource *scim.Object) bool {
	path := w.rec.Path(x)
	if !isQuery(x) || len(path) == 0 || w.typeOf(x) == nil || len(path) == 2 && path[1] != ".search" {
		return false
	}
	if parameters(x).Get("filter") == "" {
		return len(w.listed(x)) != 1
	}
	local, _, _ := strings.Cut(resource.String("userName"), "@")
	texts := textsIn(resource)
	return slices.ContainsFunc(w.soughtBy(x, ""), func(sought string) bool {
		return slices.ContainsFunc(append(texts, local), func(text string) bool { return strings.EqualFold(text, sought) })
	})
}

// textsIn are all texts of a value.
func textsIn(v any) []string {
	var texts []string
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			texts = append(texts, textsIn(e)...)
		}
	case *scim.Object:
		for _, inner := range v.All() {
			texts = append(texts, textsIn(inner)...)
		}
	}
	return texts
}

// listed are the resources that a list shows; a list of one tests the connection.
func (w *World) listed(x *Exchange) []any {
	if n := parameters(x).Get("count"); n == "1" || n == "0" {
		return []any{nil}
	}
	return answer(x).Array("Resources")
}

func (w *World) noneRepeatsASuccess() error {
	return w.each("%s", "no creation of what was created already", func(x *Exchange) string {
		created := false
		for _, before := range w.rec.Exchanges {
			if before == x {
				break
			}
			switch {
			case w.creates(before) && before.Succeeded() && before.Path() == x.Path() && strings.EqualFold(nameIn(before), nameIn(x)):
				created = true
			case before.Method == http.MethodDelete && before.Succeeded():
				created = false
			}
		}
		if created {
			return "a second creation of " + quoted(nameIn(x))
		}
		return ""
	})
}

// Path is the path as it was sent.
func (x *Exchange) Path() string { return rawPath(x.URL) }

// conflict is the creation of the person that was answered 409, or nil.
func (w *World) conflict(person string) *Exchange {
	for _, x := range w.creationsOf(People[person].UserName, w.chosen) {
		if x.Status == http.StatusConflict {
			return x
		}
	}
	return nil
}

func (w *World) itMeetsAConflict(person string) error {
	if w.conflict(person) == nil {
		return untested("the client created nobody with the userName %s, so that there was no conflict", People[person].UserName)
	}
	return nil
}

func (w *World) itLooksAfterTheConflict(person string) error {
	conflict := w.conflict(person)
	later := w.chosen[slices.Index(w.chosen, conflict)+1:]
	looked := slices.ContainsFunc(later, func(x *Exchange) bool { return w.looksFor(x, body(conflict)) })
	return w.expectOf(conflict, looked, "what follows the conflict about %s", "a look for "+nameIn(conflict), "none")
}

func (w *World) itDoesNotCreateAgain(person string) error {
	conflict := w.conflict(person)
	later := w.creationsOf(nameIn(conflict), w.chosen[slices.Index(w.chosen, conflict)+1:])
	if len(later) > 0 {
		return w.expectOf(later[0], false, "%s after a conflict", "no second creation of "+nameIn(conflict), words(len(later), "more creation"))
	}
	return w.expect(true, "", "", "")
}

func (w *World) itMeetsTheLoss() error {
	if w.lost() == nil {
		return untested("the client created nobody meanwhile, so that no answer was lost")
	}
	return nil
}

// lost is the creation whose answer was lost, or nil.
func (w *World) lost() *Exchange {
	for _, x := range w.chosen {
		if x.Met == weather.Loss {
			return x
		}
	}
	return nil
}

func (w *World) itLooksBeforeItRepeats() error {
	lost, looked := w.lost(), false
	for _, x := range w.chosen[slices.Index(w.chosen, lost)+1:] {
		looked = looked || w.looksFor(x, body(lost))
		if w.creates(x) && strings.EqualFold(nameIn(x), nameIn(lost)) && !looked {
			return w.expectOf(x, false, "%s, whose first answer was lost", "a look for "+nameIn(lost)+" before", "the creation again")
		}
	}
	return w.expectOf(lost, looked, "what follows %s, whose answer was lost", "a look for "+nameIn(lost), "none")
}

// idOf is the id of a user in a state, "" if it has none.
func idOf(s State, person string) string {
	user := s.User(People[person].UserName)
	if user == nil {
		return ""
	}
	return scim.IDOf(user)
}
