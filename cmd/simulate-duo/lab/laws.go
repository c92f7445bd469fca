package lab

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// law is what has to hold of any answer, with the requirement that says so.
type law struct {
	requirement features.Requirement
	law         laws.Law
}

// lawsOfAll are the sentences of the features that speak of every answer, whatever was
// asked. The requirement of a sentence is the first one that has it.
var lawsOfAll = sync.OnceValue(func() []law {
	all, err := features.Load(features.FS)
	if err != nil {
		return nil // a test loads them
	}
	of := map[string]features.Requirement{}
	for _, r := range all {
		for _, e := range r.Examples {
			for _, step := range e.Steps {
				if _, ok := of[step]; !ok {
					of[step] = r
				}
			}
		}
	}
	return lawsWith(of)
})

func lawsWith(of map[string]features.Requirement) []law {
	var known []law
	for _, s := range laws.Sentences() {
		if r, ok := of[s.Text]; ok && !undecided[s.Text] {
			known = append(known, law{r, s.Law})
		}
	}
	for _, c := range laws.Checks {
		if r, ok := of[c.Text]; ok && c.Of != nil && !undecided[c.Text] {
			known = append(known, law{r, lawOf(c)})
		}
	}
	return known
}

// undecided are sentences that one answer does not decide: they hold only because of what
// their examples send, or depend on what other answers declare.
var undecided = map[string]bool{
	`no resource names a schema that its resource type does not list`:                     true,
	`each "meta.lastModified" is the same as "meta.created"`:                              true,
	`the enterprise extension has both "department" and "costCenter", or no value at all`: true,
	`each "emails.value" or its "display" has its domain in lower case`:                   true,
	`each "ims.value" is in lower case and without white space`:                           true,
	`each "name.formatted" contains the "familyName" and the "givenName" beside it`:       true,
	`no resource in the list has an "id" that begins with "urn:ietf:params:scim:api:"`:    true,
	`each "members.type" is "User", if there is any`:                                      true,
}

// lawOf is a check as a law of one answer.
func lawOf(c laws.Check) laws.Law {
	return func(with laws.Context, answers []judge.Answer) (int, error) {
		for _, a := range answers {
			if !c.Of(a) {
				continue
			}
			if got, ok := c.Holds(with, a); !ok {
				return 1, &judge.Mismatch{What: "the answer to " + a.String(), Want: c.Want, Got: got}
			}
		}
		return 0, nil
	}
}

// hiddenSecret is what a recorder puts in the place of a secret: an answer that shows it
// has shown the secret.
const hiddenSecret = "[hidden]"

// broken are the requirements that an answer does not meet.
func (l *Lab) broken(x *wire.Exchange) []Broken {
	if x.Status == 0 || x.Truncated {
		return nil
	}
	answer := answerOf(x, l.side.url)
	if answer.Request.Path == nil {
		return nil
	}
	with := laws.Context{BaseURL: l.side.url, Token: hiddenSecret, Passwords: []string{hiddenSecret}, Now: l.Now}
	var found []Broken
	for _, known := range lawsOfAll() {
		_, err := known.law(with, []judge.Answer{answer})
		if wrong, ok := errors.AsType[*judge.Mismatch](err); ok && !l.isDuos(wrong.Got) {
			r := known.requirement
			found = append(found, Broken{r.ID, string(r.Level), r.Title, wrong.Error()})
		}
	}
	return found
}

// isDuos says whether a value is one that Duo has of a user: an endpoint that shows what it
// was sent has not made it up.
func (l *Lab) isDuos(shown string) bool {
	var value string
	if json.Unmarshal([]byte(shown), &value) != nil || value == "" {
		return false
	}
	for _, u := range l.Directory().Users {
		own := append([]string{u.Username, u.DisplayName, u.Email, u.FirstName, u.LastName}, slices.Collect(maps.Values(u.Attributes))...)
		if slices.Contains(own, value) {
			return true
		}
	}
	return false
}

// answerOf is an exchange as the laws look at it; without a path if it did not go to the
// base URL.
func answerOf(x *wire.Exchange, base string) judge.Answer {
	r := wire.Request{Method: x.Method, Header: x.RequestHeader}
	rest, ok := behind(x.URL, base)
	if u, err := url.Parse(rest); ok && err == nil {
		for segment := range strings.SplitSeq(strings.Trim(u.EscapedPath(), "/"), "/") {
			plain, err := url.PathUnescape(segment)
			if err == nil && plain != "" {
				r.Path = append(r.Path, plain)
			}
		}
		for name, values := range u.Query() {
			for _, v := range values {
				r.Query = append(r.Query, [2]string{name, v})
			}
		}
	}
	if body, err := scim.ParseObject(x.RequestBody); err == nil {
		r.Body = body
	}
	return judge.AnswerOf(r, &wire.Response{Status: x.Status, Header: x.ResponseHeader, Body: x.ResponseBody})
}
