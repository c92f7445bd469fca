package judge

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// placeholders in the texts of the features:
//
//	{user} {user b}   a user name of this scenario, and another one
//	{group} {group b} a display name of this scenario, and another one
//	{marker}          the scenario's mark alone
//	{password} {password b}   a password that the target accepts, and another one
//	{password beginning} {password middle} {password end}  parts of the first one
//	{A.id} {A.meta.location}  an attribute of the resource A as it was last seen
//	{A.etag}          the tag that came with it in the header ETag
//	{A.id in other case}      the same with its letters A to Z the other way round
//	{tag}             an entity tag that nothing ever had
//	{v}               what was remembered as "v"
//	{upper user}      any of these in capital letters
//	{escaped A.id}    any of these as a segment of a path
//	{offset A.meta.created}  the same moment, written with a time zone of +05:30
//	{long 300}        a text of 300 letters
//	{repeat 199 text} the text so many times, with the spaces at its ends
//	{null}            where a null is to be sent and not the attribute left out
//	{certificate}     an X.509 certificate: DER in base64
var placeholder = regexp.MustCompile(`\{([A-Za-z][\w]*(?:[ .:][^{}"]+)?)\}`)

// Expand replaces the placeholders in a text.
func (j *Session) Expand(text string) (string, error) {
	var failed error
	out := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		value, err := j.placeholder(found[1 : len(found)-1])
		if err != nil && failed == nil {
			failed = err
		}
		return value
	})
	return out, failed
}

// ExpandJSON is expand within a JSON document: values are escaped as they have
// to be within a string. What no string can hold is a placeholder of its own, see unwritable.
func (j *Session) ExpandJSON(text string) ([]byte, error) {
	var failed error
	out := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		if bytes, ok := unwritable(found[1 : len(found)-1]); ok {
			return bytes
		}
		value, err := j.placeholder(found[1 : len(found)-1])
		if err != nil && failed == nil {
			failed = err
		}
		quoted := Text(value)
		return quoted[1 : len(quoted)-1]
	})
	return []byte(out), failed
}

func (j *Session) placeholder(name string) (string, error) {
	kind, rest, _ := strings.Cut(name, " ")
	switch kind {
	case "user":
		return j.UserName(rest), nil
	case "group":
		return j.GroupName(rest), nil
	case "tag":
		return `W/"` + j.Mark() + `"`, nil
	case "password":
		return j.Run.Fit.passwordPart(rest), nil
	case "marker":
		return j.Mark(), nil
	case "upper":
		value, err := j.placeholder(rest)
		return strings.ToUpper(value), err
	case "escaped":
		value, err := j.placeholder(rest)
		return url.PathEscape(value), err
	case "offset":
		return j.withOffset(rest)
	case "long":
		n, err := strconv.Atoi(rest)
		return strings.Repeat("x", n), err
	case "repeat":
		return repeated(rest)
	case "null":
		return nullMark, nil
	case "certificate":
		return Certificate(), nil
	}
	if subject, attribute, ok := strings.Cut(name, "."); ok {
		if plainly, other := strings.CutSuffix(attribute, otherCase); other {
			return j.InOtherCase(subject, plainly)
		}
		return j.attributeOf(subject, attribute)
	}
	if value, ok := j.Remembered[name]; ok {
		return value, nil
	}
	return "", fmt.Errorf("nothing is remembered as %q", name)
}

// withOffset writes a moment with another time zone than Z.
func (j *Session) withOffset(name string) (string, error) {
	text, err := j.placeholder(name)
	if err != nil {
		return "", err
	}
	moment, err := Instant(text)
	if err != nil {
		return "", &Mismatch{What: name, Want: "a dateTime", Got: text}
	}
	return moment.In(time.FixedZone("", 5*3600+1800)).Format(time.RFC3339Nano), nil
}

// Mark makes the names of this scenario its own, on every target.
func (j *Session) Mark() string {
	return cmp.Or(j.markText, embeddedMark)
}

// embeddedMark is the mark on an embedded target: it is the scenario's own.
const embeddedMark = "sduo-embedded"

// UserName is a user name that only this scenario uses, in the domain that
// the target accepts.
func (j *Session) UserName(which string) string {
	if name, borrowed := j.names["Users "+which]; borrowed {
		return name
	}
	name := j.Mark()
	if which != "" {
		name += "-" + which
	}
	return name + "@" + j.Run.Fit.UserDomain
}

// GroupName is a display name that only this scenario uses.
func (j *Session) GroupName(which string) string {
	if name, borrowed := j.names["Groups "+which]; borrowed {
		return name
	}
	name := "Group " + j.Mark()
	if which != "" {
		name += "-" + which
	}
	return name
}

// attributeOf is an attribute of a resource as it was last seen, as text.
func (j *Session) attributeOf(subject, attribute string) (string, error) {
	s, err := j.Subject(subject)
	if err != nil {
		return "", err
	}
	if attribute == "id" {
		return s.ID, nil
	}
	if attribute == "etag" && s.Etag != "" {
		return s.Etag, nil
	}
	value, ok := At(s.Shown, attribute)
	if !ok {
		return "", &Mismatch{What: attribute + " of " + subject, Want: "a value", Got: "none"}
	}
	return Plain(value), nil
}
