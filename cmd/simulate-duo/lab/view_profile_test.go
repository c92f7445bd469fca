package lab

import (
	"html"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// sentSince is what Duo has sent since a request, one line for each.
func sentSince(l *Lab, seq int) string {
	var b strings.Builder
	for _, e := range l.wire.choose(func(e *Exchange) bool { return e.Seq > seq }) {
		b.WriteString(e.Method + " " + e.Path + " " + string(e.RequestBody) + "\n")
	}
	return b.String()
}

func TestAnAnswerAboutDuoIsSwitchedAndTheNextRequestShowsIt(t *testing.T) {
	l, v, _ := followed(t, Options{})
	add := func(name string) string {
		t.Helper()
		before := l.wire.last()
		adding(t, l, name)
		return sentSince(l, before)
	}
	v.want(v.get(pathProfile), "Nothing: all questions have their default answer", "How does Duo find a user that the target already has?", "assumed")
	if sent := add("ada@example.com"); strings.Contains(sent, "externalId") {
		t.Errorf("by default Duo sends %s", sent)
	}
	page := v.post(pathProfile, "choice", "user-lookup=external-id-first")
	v.want(page, "The next request has user-lookup=external-id-first", "<strong>external-id-first</strong>", "<strong>duo-key</strong>")
	if sent := add("grace@example.com"); !strings.Contains(sent, "filter=externalId eq") || !strings.Contains(sent, `"externalId":"DU`) {
		t.Errorf("with other answers Duo sends %s", sent)
	}
	v.want(v.post(pathProfile+"/reset"), "Nothing: all questions have their default answer")
	if l.Profile() != (duo.Profile{}) {
		t.Errorf("the profile is %+v", l.Profile())
	}
}

func TestAnAnswerThatMakesNoSenseChangesNothing(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.post(pathProfile, "choice", "user-lookup=external-id-first")
	before := l.Profile()
	for choice, says := range map[string]string{
		"external-id=omitted": "user-lookup=external-id-first needs external-id=duo-key",
		"colour=red":          "unknown field &#34;colour&#34;: use one of probe",
		"probe=red":           "field probe has no choice &#34;red&#34;: use one of one-user",
		"":                    "unknown field",
	} {
		v.want(v.post(pathProfile, "choice", choice), "This did not work.", says)
	}
	v.want(v.post(pathProfile+"/file", "file", "probe: blue"), "profile.yaml:1", "probe: blue")
	if l.Profile() != before {
		t.Errorf("the profile is %+v", l.Profile())
	}
}

func TestEachAlternativeIsOnThePageAndGoesIntoTheFileAndBack(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	for _, a := range duo.Alternatives() {
		v.want(v.get(pathProfile), `value="`+a.String()+`"`)
		page := v.post(pathProfile, "choice", a.String())
		file := html.UnescapeString(between(page, `aria-describedby="file-help">`, "</textarea>"))
		v.post(pathProfile + "/reset")
		v.post(pathProfile+"/file", "file", file)
		if l.Profile() != a.Profile {
			t.Errorf("%s: the file %q gives %+v", a, file, l.Profile())
		}
		v.post(pathProfile + "/reset")
	}
}

func TestADefaultAnswerIsLeftOpen(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.post(pathProfile, "choice", "probe=user-filter")
	v.want(v.post(pathProfile, "choice", "probe=one-user"), "Nothing: all questions have their default answer")
	if l.Profile() != (duo.Profile{}) {
		t.Errorf("the profile is %+v", l.Profile())
	}
}
