package event

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about the claims of security events.

// homeOfEvents is the requirement by which events come at all.
const homeOfEvents = "RFC9967-2.4.1-01"

// readsTheEvents keeps those of what the run has done, as far as the target has an address to poll, and
// those of the file.
func (w *World) readsTheEvents(ctx context.Context) error {
	stream := w.Run.Fit.Events
	if stream == nil {
		return &judge.Untested{Reason: "nothing tells where events are found"}
	}
	w.Wire.AddSecret(stream.Token)
	for _, t := range stream.Recorded {
		if read, err := read(t); err == nil && read.isSCIM() { // what cannot be read was refused before the run
			read.where += " of " + stream.File
			w.tokens = append(w.tokens, read)
		}
	}
	w.life = &life{actor: &actor{Session: w.Session}}
	if stream.Poll == "" {
		return nil
	}
	l, err := judge.SharedBy(ctx, w.Run, "security events", live)
	if err != nil {
		return err
	}
	w.life, w.tokens = l, append(w.tokens, l.tokens...)
	w.Borrowed = append(w.Borrowed, l.made...)
	return l.problem
}

// each looks at every event that is about SCIM; without any there is nothing to judge. A
// problem is what was wanted and what was found; "" wanted if there is none.
func (w *World) each(what string, look func(t *token) (want, got string)) error {
	if len(w.tokens) == 0 {
		return &judge.Blocked{Reason: "no event came that could be looked at; see " + homeOfEvents}
	}
	w.Asserted(1)
	for _, t := range w.tokens {
		if want, got := look(t); want != "" {
			return cameOf(w.ExpectThat(false, what+" of "+t.where, want, got), w.life.actOf(t))
		}
	}
	return nil
}

// eachOf looks at every event whose URI is chosen; if there is none the example is untested.
func (w *World) eachOf(which string, chosen func(uri string) bool, look func(t *token, uri string, payload *scim.Object) (want, got string)) error {
	found := 0
	err := w.each("the event", func(t *token) (string, string) {
		for uri, payload := range t.events() {
			if !chosen(uri) {
				continue
			}
			found++
			if want, got := look(t, uri, payload); want != "" {
				return want, uri + " with " + got
			}
		}
		return "", ""
	})
	if err == nil && found == 0 {
		return &judge.Untested{Reason: "no event came that " + which}
	}
	return err
}

func any9967(string) bool { return true }

func (w *World) canBeRead() error {
	if len(w.tokens) == 0 && len(w.life.broken) == 0 {
		return &judge.Blocked{Reason: "no event came that could be looked at; see " + homeOfEvents}
	}
	return w.ExpectThat(len(w.life.broken) == 0, "the security event tokens", "JWTs in compact form, with claims in JSON", strings.Join(few(w.life.broken), "; "))
}

func few(texts []string) []string { return texts[:min(len(texts), mostWrong)] }

// haveTheClaimsOfAll holds what RFC 8417 section 2.2 demands of every token.
func (w *World) haveTheClaimsOfAll() error {
	return w.each("the claims", func(t *token) (string, string) {
		for name, kind := range map[string]string{"iss": "string", "iat": "number", "jti": "string", "events": "object"} {
			value, there := t.claims.Get(name)
			if is := scim.KindOf(value); !there || is != kind || value == "" {
				return name + ", a " + kind, name + " " + judge.Text(value)
			}
		}
		return "", ""
	})
}

func (w *World) haveASubject() error {
	return w.each("sub_id", func(t *token) (string, string) {
		if value, _ := t.claims.Get("sub_id"); objectOf(value) == nil {
			return "an object", judge.Text(value)
		}
		return "", ""
	})
}

func (w *World) haveNoSubjectInside() error {
	return w.eachOf("has a payload", any9967, func(_ *token, _ string, payload *scim.Object) (string, string) {
		if value, there := payload.Get("sub_id"); there {
			return "no sub_id in it", "sub_id " + judge.Text(value)
		}
		return "", ""
	})
}

func (w *World) haveNoSub() error {
	return w.each("the claim sub", func(t *token) (string, string) {
		if value, there := t.claims.Get("sub"); there {
			return "none", judge.Text(value)
		}
		return "", ""
	})
}

func (w *World) areOfFormatSCIM() error {
	return w.eachSubject(func(s *scim.Object) (string, string) {
		if value, _ := s.Get("format"); value != "scim" {
			return "format \"scim\"", "format " + judge.Text(value)
		}
		return "", ""
	})
}

// eachSubject looks at each sub_id that is there.
func (w *World) eachSubject(look func(s *scim.Object) (want, got string)) error {
	found := 0
	err := w.each("sub_id", func(t *token) (string, string) {
		s := t.claims.Object("sub_id")
		if s == nil {
			return "", ""
		}
		found++
		return look(s)
	})
	if err == nil && found == 0 {
		return &judge.Blocked{Reason: "no event has a sub_id; see RFC9967-2.1-01"}
	}
	return err
}

// haveARelativeURI lets the slash at the beginning be left out: the text of the standard calls
// it a relative path.
func (w *World) haveARelativeURI() error {
	return w.eachSubject(func(s *scim.Object) (string, string) {
		uri := s.String("uri")
		u, err := url.Parse(uri)
		if uri == "" || err != nil || u.IsAbs() || u.Host != "" || strings.Trim(u.Path, "/") == "" || strings.HasPrefix("/"+strings.TrimPrefix(uri, "/"), w.basePath()+"/") {
			value, _ := s.Get("uri")
			return "uri, the path below the base URI, such as /Users/2819c223", "uri " + judge.Text(value)
		}
		return "", ""
	})
}

// basePath is that of the target's base URI, and of nothing if that is the root.
func (w *World) basePath() string {
	u, err := url.Parse(w.Conn.URL)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return "\x00"
	}
	return "/" + strings.Trim(u.Path, "/")
}

func (w *World) haveTheRightIDs() error {
	return w.eachSubject(func(s *scim.Object) (string, string) {
		path := "/" + strings.TrimPrefix(s.String("uri"), "/")
		id, err := url.PathUnescape(path[strings.LastIndex(path, "/")+1:])
		if err != nil {
			return "", ""
		}
		if got, there := s.Get("id"); there && got != id {
			return fmt.Sprintf("id %q, as in its uri", id), "id " + judge.Text(got)
		}
		for _, a := range w.life.acts {
			want := a.values["externalId"]
			if got, there := s.Get("externalId"); there && want != "" && a.uri == "/Users/"+id && got != want {
				return fmt.Sprintf("externalId %q, as %s has it", want, a.uri), "externalId " + judge.Text(got)
			}
		}
		return "", ""
	})
}

// haveATxn is a warning where the claim is missing: it is called required, and the examples of
// the standard leave it out of every event but the results.
func (w *World) haveATxn() error {
	err := w.each("txn", func(t *token) (string, string) {
		value, there := t.claims.Get("txn")
		if text, isText := value.(string); there && (!isText || text == "") {
			return "a string", judge.Text(value)
		}
		return "", ""
	})
	if err != nil {
		return err
	}
	return w.missingTxn()
}

func (w *World) missingTxn() error {
	for _, t := range w.tokens {
		if _, there := t.claims.Get("txn"); !there {
			return &judge.Mismatch{What: "txn of " + t.where, Want: "a string", Got: "none", Open: true}
		}
	}
	return nil
}

// haveTheirOwnTransaction compares the events of what was done by different requests.
func (w *World) haveTheirOwnTransaction() error {
	told := map[string]*act{}
	compared := 0
	for _, a := range w.life.acts {
		for _, t := range w.life.of(a) {
			if a.kind == "" || t.txn() == "" {
				continue
			}
			compared++
			if other := told[t.txn()]; other != nil && other != a {
				return cameOf(w.ExpectThat(false, "txn of "+t.where, "one of its own, as it tells "+a.name, "that of the event of "+other.name), a)
			}
			told[t.txn()] = a
		}
	}
	if compared < 2 {
		return &judge.Blocked{Reason: "there are no two events with a txn to compare; see RFC9967-2.2-01"}
	}
	return w.ExpectThat(true, "", "", "")
}

func (w *World) haveTheirOwnJTI() error {
	seen := map[string]*token{}
	return w.each("jti", func(t *token) (string, string) {
		jti := t.claims.String("jti")
		if other := seen[jti]; jti != "" && other != nil && !scim.Equal(other.claims, t.claims) {
			return "one of its own", fmt.Sprintf("%q, as %s", jti, other.where)
		}
		seen[jti] = t
		return "", ""
	})
}

// areSigned holds signatures against the keys that the user has given.
func (w *World) areSigned() error {
	signed := 0
	err := w.each("the signature", func(t *token) (string, string) {
		if t.alg == "none" {
			return "", ""
		}
		signed++
		if err := t.verify(w.Run.Fit.Events.Keys); err != nil {
			return "one of a key of the publisher", err.Error()
		}
		return "", ""
	})
	if err == nil && signed == 0 {
		return &judge.Unsupported{Reason: "the events are not signed, as they need not be between a publisher and its receiver"}
	}
	return err
}

// pollsAsNobody first polls as somebody: else a refusal would say nothing.
func (w *World) pollsAsNobody(ctx context.Context) error {
	if _, err := poll(ctx, w.Session, nil); err != nil {
		return cannotPoll(w.Session, err)
	}
	body := scim.NewObject(scim.Member{Name: "maxEvents", Value: number(1)}, scim.Member{Name: "returnImmediately", Value: true})
	answer, err := send(ctx, w.Session, http.MethodPost, address(w.Session), "", body)
	if err != nil {
		return cannotPoll(w.Session, err)
	}
	w.poll = &answer
	return nil
}

func (w *World) getsNone() error {
	if w.poll == nil {
		return errors.New("nobody has polled")
	}
	return w.ExpectThat(w.poll.status/100 != 2, "a poll of "+shown(address(w.Session))+" without a token", "a refusal", fmt.Sprint(w.poll.status, " ", http.StatusText(w.poll.status)))
}
