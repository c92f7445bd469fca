package lab

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// pathProfile is the page of the open questions about Duo.
const pathProfile = "/profile"

// viewProfile is each open question about Duo with its choices, to be switched while the
// lab runs.
var viewProfile = view{
	path: pathProfile, template: "profile", title: "Profile of Duo", part: partLab, label: "Profile", live: true,
	show: func(l *Lab, _ *http.Request) (any, error) { return profilePage{l.Profile()}, nil },
	forms: map[string]form{
		pathProfile:            switchChoice,
		pathProfile + "/reset": resetProfile,
		pathProfile + "/file":  readProfile,
	},
}

// profilePage is the profile as the page shows it.
type profilePage struct{ profile duo.Profile }

// Questions are all fields, in the order in which a first synchronization meets them.
func (p profilePage) Questions() []question {
	all := make([]question, len(duo.Fields))
	for i, info := range duo.Fields {
		all[i] = question{info, p.profile.Answer(info.Field)}
	}
	return all
}

// Different are the questions that are not answered as by default.
func (p profilePage) Different() []question {
	var found []question
	for _, q := range p.Questions() {
		if q.Answer != q.Default() {
			found = append(found, q)
		}
	}
	return found
}

// File is what differs as a file for --duo-profile.
func (p profilePage) File() string {
	var b strings.Builder
	for _, q := range p.Different() {
		b.WriteString(string(q.Field) + ": " + strconv.Quote(string(q.Answer)) + "\n") // null without quotes is no text
	}
	return b.String()
}

// question is a field of the profile with the answer that is in force.
type question struct {
	*duo.FieldInfo

	Answer duo.Choice
}

// Default is the answer by default.
func (q question) Default() duo.Choice { return q.Choices[0].Choice }

// Meaning says what the answer in force means.
func (q question) Meaning() string {
	for _, c := range q.Choices {
		if c.Choice == q.Answer {
			return c.Meaning
		}
	}
	return ""
}

// Needs are the answers to other questions that go with a choice.
func (question) Needs(c duo.ChoiceInfo) []string { return c.NeedsWords() }

// switchChoice gives a question another answer, and others those that it needs.
func switchChoice(l *Lab, r *http.Request) (to, said string, err error) {
	field, choice, _ := strings.Cut(r.PostFormValue("choice"), "=")
	p, err := l.Profile().With(duo.Field(field), duo.Choice(choice))
	if err != nil {
		return "", "", plain(err)
	}
	return pathProfile + "#" + field, "The next request has " + field + "=" + choice, l.takeProfile(p)
}

// takeProfile takes a profile with its default answers left open, so that a run tries
// their alternatives.
func (l *Lab) takeProfile(p duo.Profile) error {
	if err := p.Check(); err != nil {
		return plain(err)
	}
	var short duo.Profile
	for _, q := range (profilePage{p}).Different() {
		short, _ = short.With(q.Field, q.Answer) // it is one of the field's choices
	}
	return l.SetProfile(short)
}

func resetProfile(l *Lab, _ *http.Request) (to, said string, err error) {
	return pathProfile, "All questions have their default answer again", l.SetProfile(duo.Profile{})
}

// readProfile takes the profile from the text of a file.
func readProfile(l *Lab, r *http.Request) (to, said string, err error) {
	var p duo.Profile
	if text := strings.TrimSpace(r.PostFormValue("file")); text != "" {
		if p, err = duo.LoadProfile("profile.yaml", []byte(text+"\n")); err != nil {
			return "", "", err
		}
	}
	return pathProfile, "The next request is as the file says", l.takeProfile(p)
}
