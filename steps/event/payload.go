package event

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about what events say.

// isOfChange chooses the events that are full or notices (section 2.4).
func isOfChange(uri string) bool {
	return slices.Contains([]string{"create", "patch", "put"}, kindOf(uri))
}

// eachAct looks at the one event of each act that has one; which says what it needs.
func (w *World) eachAct(which string, look func(a *act, t *token, uri string, payload *scim.Object) (judged bool, want, got string)) error {
	if len(w.tokens) == 0 {
		return &judge.Blocked{Reason: "no event came that could be looked at; see " + homeOfEvents}
	}
	looked := false
	for _, a := range w.life.acts {
		t := w.life.one(a)
		if t == nil {
			continue
		}
		for uri, payload := range t.events() {
			if kindOf(uri) != a.kind {
				continue
			}
			judged, want, got := look(a, t, uri, payload)
			looked = looked || judged
			if want != "" {
				return cameOf(w.ExpectThat(false, uri+", by which "+t.where+" tells "+a.name, want, got), a)
			}
		}
	}
	if !looked {
		return &judge.Untested{Reason: "no event came that " + which}
	}
	return w.ExpectThat(true, "", "", "")
}

// haveTheTag compares the tags without their weakness: the standard's examples leave it out.
func (w *World) haveTheTag() error {
	return w.eachAct("has a version, of a resource with a tag", func(a *act, _ *token, _ string, payload *scim.Object) (bool, string, string) {
		value, there := payload.Get("version")
		if !there || a.tag == "" {
			return false, "", ""
		}
		text, _ := value.(string)
		if bare(text) != bare(a.tag) {
			return true, "version " + a.tag + ", the ETag of the answer", "version " + judge.Text(value)
		}
		return true, "", ""
	})
}

func bare(tag string) string { return strings.Trim(strings.TrimPrefix(tag, "W/"), `"`) }

func (w *World) namePaths() error {
	return w.eachOf(`has "attributes"`, isOfChange, func(_ *token, _ string, payload *scim.Object) (string, string) {
		value, there := payload.Get("attributes")
		if !there {
			return "", ""
		}
		list, isList := value.([]any)
		if !isList {
			return "a list of names in attributes", judge.Text(value)
		}
		for _, v := range list {
			text, isText := v.(string)
			if _, err := filter.ParsePath(text, nil); !isText || err != nil {
				return "paths of attributes, such as name.familyName", judge.Text(v)
			}
		}
		return "", ""
	})
}

func (w *World) endAsTheySay() error {
	return w.eachOf("tells of a creation, change or replacement", isOfChange, func(_ *token, uri string, payload *scim.Object) (string, string) {
		want := ":notice"
		if _, full := payload.Get("data"); full {
			want = ":full"
		}
		if !strings.HasSuffix(strings.ToLower(uri), want) {
			return "a URI that ends in " + want, namesOf(payload)
		}
		return "", ""
	})
}

func (w *World) haveOneOfBoth() error {
	return w.eachOf("tells of a creation, change or replacement", isOfChange, func(_ *token, _ string, payload *scim.Object) (string, string) {
		_, data := payload.Get("data")
		_, attributes := payload.Get("attributes")
		if data == attributes {
			return `either "data" or "attributes"`, namesOf(payload)
		}
		return "", ""
	})
}

// namesOf are the members of a payload, without their values.
func namesOf(payload *scim.Object) string {
	var names []string
	for name := range payload.All() {
		names = append(names, name)
	}
	if len(names) == 0 {
		return "no members"
	}
	return "the members " + strings.Join(names, ", ")
}

// showWhatWasSent leaves out a PATCH, which is told by its operations.
func (w *World) showWhatWasSent() error {
	return w.eachAct(`shows "data"`, func(a *act, _ *token, _ string, payload *scim.Object) (bool, string, string) {
		value, there := payload.Get("data")
		if !there || a.kind == "patch" {
			return false, "", ""
		}
		for name, want := range a.values {
			got, _ := objectOf(value).Get(name)
			if text, _ := got.(string); text != want && (name != "userName" || !strings.EqualFold(text, want)) { // which is not case-exact
				return true, fmt.Sprintf("data with %s %q", name, want), name + " " + judge.Text(got)
			}
		}
		return true, "", ""
	})
}

func (w *World) nameWhatWasChanged() error {
	return w.eachAct(`has "attributes"`, func(a *act, _ *token, _ string, payload *scim.Object) (bool, string, string) {
		value, there := payload.Get("attributes")
		if !there {
			return false, "", ""
		}
		list, _ := value.([]any)
		for _, name := range a.attributes {
			if !slices.ContainsFunc(list, func(v any) bool { return namesAttribute(v, name) }) {
				return true, name + " among the attributes", judge.Text(value)
			}
		}
		return true, "", ""
	})
}

// namesAttribute says whether a path is that of an attribute, with or without a schema before it.
func namesAttribute(v any, name string) bool {
	text, _ := v.(string)
	path, err := filter.ParsePath(text, nil)
	return err == nil && strings.EqualFold(path.Attr, name)
}

// showNoPassword looks for those that were sent, and for any in the data of an event. The name
// alone may stand in a notice.
func (w *World) showNoPassword() error {
	return w.each("what is told", func(t *token) (string, string) {
		text := judge.Text(t.claims)
		for _, p := range w.Run.Fit.Passwords {
			if judge.Telling(p) && strings.Contains(text, p) {
				return "no password", "the password that was sent"
			}
		}
		for _, payload := range t.events() {
			if value, there := payload.Object("data").Get("password"); there && value != nil {
				return "no password", "data with a password"
			}
		}
		return "", ""
	})
}

// areRegistered is a warning: others may register more.
func (w *World) areRegistered() error {
	err := w.eachOf("has a URI", any9967, func(_ *token, uri string, _ *scim.Object) (string, string) {
		if !slices.ContainsFunc(scim.EventURIs(), func(known string) bool { return strings.EqualFold(known, uri) }) {
			return "a URI of section 7.4", "another one"
		}
		return "", ""
	})
	return opened(err)
}

// opened makes a finding a warning, as the standard does not settle it.
func opened(err error) error {
	if m, wrong := judge.IsMismatch(err); wrong {
		m.Open = true
	}
	return err
}

// eventForm is the form of the URIs (section 7.3).
var eventForm = regexp.MustCompile(`^(?i:` + regexp.QuoteMeta(scim.EventPrefix) + `)(feed|prov|misc):[A-Za-z0-9()+,.=@;$_!*'%/-]+(:[A-Za-z0-9()+,.=@;$_!*'%/:-]+)?$`)

func (w *World) haveTheForm() error {
	return w.eachOf("has a URI", any9967, func(_ *token, uri string, _ *scim.Object) (string, string) {
		if !eventForm.MatchString(uri) {
			return "a URI with the class feed, prov or misc, a name, and what qualifies it, if anything", "none such"
		}
		return "", ""
	})
}

// areAnnounced is a warning: the list is for information only.
func (w *World) areAnnounced() error {
	if len(w.life.announced) == 0 {
		return &judge.Unsupported{Reason: "/ServiceProviderConfig lists no securityEvents.eventUris"}
	}
	return opened(w.eachOf("has a URI", any9967, func(_ *token, uri string, _ *scim.Object) (string, string) {
		if !slices.ContainsFunc(w.life.announced, func(known string) bool { return strings.EqualFold(known, uri) }) {
			return "a URI of securityEvents.eventUris", "none of them"
		}
		return "", ""
	}))
}
