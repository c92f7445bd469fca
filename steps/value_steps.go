package steps

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps that judge one value of the last answer.

// valueEndings are what can be said of a value, by the words behind its path.
var valueEndings = []struct {
	words *regexp.Regexp
	holds func(w *world, path string, words []string) error
}{
	{regexp.MustCompile(`^is ("[^"]*"(?: or "[^"]*")*)$`), (*world).itsIs},
	{regexp.MustCompile(`^is (true|false|null|-?\d+(?:\.\d+)?)$`), (*world).itsIsJSON},
	{regexp.MustCompile(`^is not "([^"]*)"$`), (*world).itsIsNot},
	{regexp.MustCompile(`^is (present|absent)$`), (*world).itsIsPresent},
	{regexp.MustCompile(`^is an? (string|boolean|number|integer|positive integer|array|object|dateTime|absolute URI|entity tag)$`), (*world).itsIsA},
	{regexp.MustCompile(`^is the number of its "([^"]+)"$`), (*world).itsIsTheNumberOf},
	{regexp.MustCompile(`^equals its "([^"]+)"$`), (*world).itsEqualsIts},
	{regexp.MustCompile(`^(contains|does not contain) "([^"]*)"$`), (*world).itsContains},
	{regexp.MustCompile(`^has (\d+) elements?$`), (*world).itsHasElements},
}

// its judges the value at a path of the last answer. A condition excuses a target
// that does not announce the value, or an answer to a change without a body.
func (w *world) its(path, condition, verb, rest string) error {
	if condition == "it has a body" && w.last != nil && w.last.Status == http.StatusNoContent {
		w.assertions++
		return nil
	}
	if condition == "there is any" {
		if _, err := w.valueOf("its", path); err != nil {
			if _, wrong := isMismatch(err); wrong {
				return &unsupported{"the target announces no " + path}
			}
			return err
		}
	}
	for _, ending := range valueEndings {
		if words := ending.words.FindStringSubmatch(verb + " " + rest); words != nil {
			return ending.holds(w, path, words[1:])
		}
	}
	return fmt.Errorf("nothing is known of a value that %s %s", verb, rest)
}

// inTheAnswer says where a value was looked for.
func (w *world) inTheAnswer(path string) string { return path + " in the answer to " + w.theRequest() }

// itsIs takes one text or several to choose from.
func (w *world) itsIs(path string, words []string) error {
	var allowed []string
	for text := range strings.SplitSeq(words[0], " or ") {
		text, err := w.expand(strings.Trim(text, `"`))
		if err != nil {
			return err
		}
		allowed = append(allowed, text)
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(slices.Contains(allowed, plain(got)), w.inTheAnswer(path), strings.Join(allowed, " or "), plain(got))
}

func (w *world) itsIsJSON(path string, words []string) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong && words[0] == "null" {
		got, err = nil, nil
	}
	if err != nil {
		return w.missed(err)
	}
	value, err := scim.Parse([]byte(words[0]))
	if err != nil {
		return err
	}
	return w.expectThat(scim.Equal(value, got), w.inTheAnswer(path), words[0], textOf(got))
}

func (w *world) itsIsNot(path string, words []string) error {
	not, err := w.expand(words[0])
	if err != nil {
		return err
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(plain(got) != not, w.inTheAnswer(path), "anything but "+not, plain(got))
}

func (w *world) itsIsPresent(path string, words []string) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); err != nil && !wrong {
		return err
	}
	there := err == nil && !scim.IsUnassigned(got)
	return w.expectThat(there == (words[0] == "present"), w.inTheAnswer(path), words[0], textOf(got))
}

var (
	dateTime = regexp.MustCompile(`^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$`)
	integer  = regexp.MustCompile(`^-?\d+$`)
)

func (w *world) itsIsA(path string, words []string) error {
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(isA(got, words[0]), w.inTheAnswer(path), "a value of type "+words[0], textOf(got))
}

func isA(v any, kind string) bool {
	text, isText := v.(string)
	switch kind {
	case "dateTime":
		return isText && dateTime.MatchString(text)
	case "entity tag":
		return isText && entityTag.MatchString(text)
	case "absolute URI":
		return isText && absolute.MatchString(text)
	case "integer":
		return scim.KindOf(v) == "number" && integer.MatchString(plain(v))
	case "positive integer":
		n, err := strconv.Atoi(plain(v))
		return isA(v, "integer") && err == nil && n > 0
	}
	return scim.KindOf(v) == kind
}

func (w *world) itsIsTheNumberOf(path string, words []string) error {
	n, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	elements, err := w.valueOf("its", words[0])
	if err != nil {
		return w.missed(err)
	}
	array, _ := elements.([]any)
	return w.expect(w.inTheAnswer(path)+queryText(w.asked), strconv.Itoa(len(array)), plain(n))
}

func (w *world) itsEqualsIts(path string, words []string) error {
	want, err := w.valueOf("its", words[0])
	if err != nil {
		return w.missed(err)
	}
	got, err := w.valueOf("its", path)
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(scim.Equal(want, got), w.inTheAnswer(path), "the same as "+words[0]+", "+plain(want), plain(got))
}

// itsContains looks for an element of a list, or for a part of a text in any case.
func (w *world) itsContains(path string, words []string) error {
	does := words[0]
	part, err := w.expand(words[1])
	if err != nil {
		return err
	}
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong && does == "does not contain" {
		w.assertions++
		return nil
	}
	if err != nil {
		return w.missed(err)
	}
	return w.expectThat(contains(got, part) == (does == "contains"), w.inTheAnswer(path), does+" "+part, textOf(got))
}

func contains(v any, part string) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(e any) bool {
			if o, ok := e.(*scim.Object); ok {
				return strings.EqualFold(o.String("value"), part) || strings.EqualFold(o.String("name"), part) || strings.EqualFold(o.String("id"), part)
			}
			return strings.EqualFold(plain(e), part)
		})
	}
	return strings.Contains(strings.ToLower(plain(v)), strings.ToLower(part))
}

func (w *world) itsHasElements(path string, words []string) error {
	got, err := w.valueOf("its", path)
	if _, wrong := isMismatch(err); wrong {
		got, err = nil, nil
	}
	if err != nil {
		return err
	}
	list, ok := got.([]any)
	right := (ok || got == nil) && strconv.Itoa(len(list)) == words[0]
	return w.expectThat(right, "the number of elements of "+w.inTheAnswer(path), words[0], textOf(got))
}
