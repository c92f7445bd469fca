package event

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about which events tell of what.

var kinds = map[string]string{"creation": "create", "change": "patch", "replacement": "put", "deletion": "delete"}

// isTold is a warning where nothing comes: what a stream carries is agreed upon between its ends.
func (w *World) isTold(what string) error {
	kind := kinds[what]
	if !w.life.tells(kind) {
		return &judge.Unsupported{Reason: "securityEvents.eventUris of /ServiceProviderConfig lists no event of a " + what}
	}
	tried := false
	for _, a := range w.life.acts {
		if a.kind != kind || !a.done() {
			continue
		}
		tried = true
		if len(w.life.of(a)) == 0 {
			return opened(cameOf(w.ExpectThat(false, "the events of "+a.uri, scim.EventPrefix+"prov:"+kind+", as "+a.name+" was answered "+fmt.Sprint(a.status), w.toldOf(a.uri)), a))
		}
	}
	if !tried {
		return &judge.Blocked{Reason: "the target refuses the " + what + " of a user"}
	}
	return w.ExpectThat(true, "", "", "")
}

// toldOf are the URIs of the events of a resource.
func (w *World) toldOf(uri string) string {
	var uris []string
	for _, t := range w.life.tokens {
		if isAbout(t, uri) {
			for uri := range t.events() {
				uris = append(uris, strings.TrimPrefix(uri, scim.EventPrefix))
			}
		}
	}
	wait := w.Run.Fit.Events.Time()
	if len(uris) == 0 {
		return fmt.Sprintf("none within %s", wait)
	}
	return fmt.Sprintf("within %s %s", wait, strings.Join(uris, ", "))
}

func isDeletion(uri string) bool { return kindOf(uri) == "delete" }

// noDeletion is why there is nothing to judge without the deletion of a resource that is named.
func (w *World) noDeletion() error {
	if len(w.tokens) == 0 {
		return &judge.Blocked{Reason: "no event came that could be looked at; see " + homeOfEvents}
	}
	return &judge.Untested{Reason: "no event came that tells of a deletion, and of what"}
}

func (w *World) noDeletionIsARemoval() error {
	deleted := map[string]bool{}
	for _, t := range w.tokens {
		for uri := range t.events() {
			if isDeletion(uri) && t.subject() != "" {
				deleted[t.subject()] = true
			}
		}
	}
	if len(deleted) == 0 {
		return w.noDeletion()
	}
	return w.each("the event", func(t *token) (string, string) {
		for uri := range t.events() {
			if strings.EqualFold(uri, scim.EventFeedRemove) && deleted[t.subject()] {
				return "none but that of the deletion of " + t.subject(), uri
			}
		}
		return "", ""
	})
}

func (w *World) noDeletionIsQualified() error {
	return w.eachOf("tells of a deletion", isDeletion, func(_ *token, uri string, payload *scim.Object) (string, string) {
		if !strings.EqualFold(uri, scim.EventDelete) {
			return "the URI " + scim.EventDelete, namesOf(payload)
		}
		return "", ""
	})
}

func (w *World) aDeletionIsEmpty() error {
	return w.eachOf("tells of a deletion", isDeletion, func(_ *token, _ string, payload *scim.Object) (string, string) {
		if payload.Len() > 0 {
			return "an empty object", namesOf(payload)
		}
		return "", ""
	})
}

// nothingAfterTheDeletion compares the times that the tokens tell, as they come in no order. An
// event that is sent again has the transaction of an earlier one, and the result of the
// deletion itself is no event of the resource.
func (w *World) nothingAfterTheDeletion() error {
	type end struct {
		at     float64
		before map[string]bool // transactions
	}
	ends := map[string]*end{}
	for _, t := range w.tokens {
		for uri := range t.events() {
			if isDeletion(uri) && t.subject() != "" {
				ends[t.subject()] = &end{t.time(), map[string]bool{}}
			}
		}
	}
	if len(ends) == 0 {
		return w.noDeletion()
	}
	for _, t := range w.tokens {
		if e := ends[t.subject()]; e != nil && t.time() <= e.at {
			e.before[t.txn()] = t.txn() != ""
		}
	}
	return w.each("the event", func(t *token) (string, string) {
		e := ends[t.subject()]
		if e == nil || t.time() <= e.at || e.before[t.txn()] {
			return "", ""
		}
		for uri := range t.events() {
			if !strings.EqualFold(uri, scim.EventAsyncResp) {
				return fmt.Sprintf("nothing of %s that happened after its deletion", t.subject()), fmt.Sprintf("%s, %.0f s after it", uri, t.time()-e.at)
			}
		}
		return "", ""
	})
}

// time is when it happened, or else when the token was made, in seconds.
func (t *token) time() float64 {
	for _, name := range []string{"toe", "iat"} {
		value, _ := t.claims.Get(name)
		if number, ok := value.(json.Number); ok {
			if seconds, err := number.Float64(); err == nil {
				return seconds
			}
		}
	}
	return 0
}
