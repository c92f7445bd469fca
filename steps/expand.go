package steps

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
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
//	{null}            where a null is to be sent and not the attribute left out
//	{certificate}     an X.509 certificate: DER in base64
var placeholder = regexp.MustCompile(`\{([A-Za-z][\w]*(?:[ .:][^{}"]+)?)\}`)

// expand replaces the placeholders in a text.
func (w *world) expand(text string) (string, error) {
	var failed error
	out := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		value, err := w.placeholder(found[1 : len(found)-1])
		if err != nil && failed == nil {
			failed = err
		}
		return value
	})
	return out, failed
}

// expandJSON is expand within a JSON document: values are escaped as they have
// to be within a string.
func (w *world) expandJSON(text string) ([]byte, error) {
	var failed error
	out := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		value, err := w.placeholder(found[1 : len(found)-1])
		if err != nil && failed == nil {
			failed = err
		}
		quoted := textOf(value)
		return quoted[1 : len(quoted)-1]
	})
	return []byte(out), failed
}

func (w *world) placeholder(name string) (string, error) {
	kind, rest, _ := strings.Cut(name, " ")
	switch kind {
	case "user":
		return w.freshUserName(rest), nil
	case "group":
		return w.freshGroupName(rest), nil
	case "tag":
		return `W/"` + w.mark() + `"`, nil
	case "password":
		return w.run.options.Fit.passwordPart(rest), nil
	case "marker":
		return w.mark(), nil
	case "upper":
		value, err := w.placeholder(rest)
		return strings.ToUpper(value), err
	case "escaped":
		value, err := w.placeholder(rest)
		return url.PathEscape(value), err
	case "offset":
		return w.withOffset(rest)
	case "long":
		n, err := strconv.Atoi(rest)
		return strings.Repeat("x", n), err
	case "null":
		return nullMark, nil
	case "certificate":
		return certificate(), nil
	}
	if subject, attribute, ok := strings.Cut(name, "."); ok {
		if plainly, other := strings.CutSuffix(attribute, otherCase); other {
			return w.inOtherCase(subject, plainly)
		}
		return w.attributeOf(subject, attribute)
	}
	if value, ok := w.remembered[name]; ok {
		return value, nil
	}
	return "", fmt.Errorf("nothing is remembered as %q", name)
}

// withOffset writes a moment with another time zone than Z.
func (w *world) withOffset(name string) (string, error) {
	text, err := w.placeholder(name)
	if err != nil {
		return "", err
	}
	moment, err := instant(text)
	if err != nil {
		return "", &Mismatch{What: name, Want: "a dateTime", Got: text}
	}
	return moment.In(time.FixedZone("", 5*3600+1800)).Format(time.RFC3339Nano), nil
}

// mark makes the names of this scenario its own, on every target.
func (w *world) mark() string {
	if w.cast.mark == "" {
		return "sduo-embedded" // a target of this scenario alone
	}
	return w.cast.mark
}

// freshUserName is a user name that only this scenario uses, in the domain that
// the target accepts.
func (w *world) freshUserName(which string) string {
	name := w.mark()
	if which != "" {
		name += "-" + which
	}
	return name + "@" + w.run.options.Fit.UserDomain
}

func (w *world) freshGroupName(which string) string {
	name := "Group " + w.mark()
	if which != "" {
		name += "-" + which
	}
	return name
}

// attributeOf is an attribute of a resource as it was last seen, as text.
func (w *world) attributeOf(subject, attribute string) (string, error) {
	s, err := w.subject(subject)
	if err != nil {
		return "", err
	}
	if attribute == "id" {
		return s.id, nil
	}
	if attribute == "etag" && s.etag != "" {
		return s.etag, nil
	}
	value, ok := at(s.shown, attribute)
	if !ok {
		return "", &Mismatch{What: attribute + " of " + subject, Want: "a value", Got: "none"}
	}
	return plain(value), nil
}

// plain is a value as text: a string as it is, everything else as JSON.
func plain(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return textOf(v)
}

// at finds a value by a path of names, indexes and URNs:
// "name.familyName", "emails[0].value", "urn:…:User:department", "Resources[0].id".
func at(v any, path string) (any, bool) {
	if o, ok := v.(*scim.Object); ok {
		if found, ok := o.Get(path); ok { // a name with dots, such as a URN
			return found, true
		}
		if urn, rest, ok := cutURN(path); ok {
			inner, found := o.Get(urn)
			if !found {
				return nil, false
			}
			return at(inner, rest)
		}
	}
	step, rest, more := strings.Cut(path, ".")
	name, index, indexed := strings.Cut(step, "[")
	o, ok := v.(*scim.Object)
	if !ok {
		return nil, false
	}
	value, ok := o.Get(name)
	if ok && indexed {
		value, ok = element(value, strings.TrimSuffix(index, "]"))
	}
	if !ok || !more {
		return value, ok
	}
	return at(value, rest)
}

func element(v any, index string) (any, bool) {
	list, ok := v.([]any)
	var i int
	if _, err := fmt.Sscanf(index, "%d", &i); err != nil || !ok || i < 0 || i >= len(list) {
		return nil, false
	}
	return list[i], true
}
