package standard

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge one value of the last answer.

// valueEndings are what can be said of a value, by the words behind its path.
var valueEndings = []struct {
	words *regexp.Regexp
	holds func(w *World, path string, words []string) error
}{
	{regexp.MustCompile(`^is ("[^"]*"(?: or "[^"]*")*)$`), (*World).itsIs},
	{regexp.MustCompile(`^is (true|false|null|-?\d+(?:\.\d+)?)$`), (*World).itsIsJSON},
	{regexp.MustCompile(`^is not "([^"]*)"$`), (*World).itsIsNot},
	{regexp.MustCompile(`^is (present|absent)$`), (*World).itsIsPresent},
	{regexp.MustCompile(`^is an? (string|boolean|number|integer|positive integer|array|object|dateTime|absolute URI|entity tag)$`), (*World).itsIsA},
	{regexp.MustCompile(`^is the number of its "([^"]+)"$`), (*World).itsIsTheNumberOf},
	{regexp.MustCompile(`^equals its "([^"]+)"$`), (*World).itsEqualsIts},
	{regexp.MustCompile(`^(contains|does not contain) "([^"]*)"$`), (*World).itsContains},
	{regexp.MustCompile(`^has (\d+) elements?$`), (*World).itsHasElements},
}

// its judges the value at a path of the last answer. A condition excuses a target
// that does not announce the value, or an answer to a change without a body.
func (w *World) its(path, condition, verb, rest string) error {
	if condition == "it has a body" && w.Last != nil && w.Last.Status == http.StatusNoContent {
		w.Asserted(1)
		return nil
	}
	if condition == "there is any" {
		if _, err := w.ValueOf("its", path); err != nil {
			if _, wrong := judge.IsMismatch(err); wrong {
				return &judge.Unsupported{Reason: "the target announces no " + path}
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
func (w *World) inTheAnswer(path string) string { return path + " in the answer to " + w.TheRequest() }

// itsIs takes one text or several to choose from.
func (w *World) itsIs(path string, words []string) error {
	var allowed []string
	for text := range strings.SplitSeq(words[0], " or ") {
		text, err := w.Expand(strings.Trim(text, `"`))
		if err != nil {
			return err
		}
		allowed = append(allowed, text)
	}
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(slices.Contains(allowed, judge.Plain(got)), w.inTheAnswer(path), strings.Join(allowed, " or "), judge.Plain(got))
}

func (w *World) itsIsJSON(path string, words []string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); wrong && words[0] == "null" {
		got, err = nil, nil
	}
	if err != nil {
		return w.Missed(err)
	}
	value, err := scim.Parse([]byte(words[0]))
	if err != nil {
		return err
	}
	return w.ExpectThat(scim.Equal(value, got), w.inTheAnswer(path), words[0], judge.Text(got))
}

func (w *World) itsIsNot(path string, words []string) error {
	not, err := w.Expand(words[0])
	if err != nil {
		return err
	}
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(judge.Plain(got) != not, w.inTheAnswer(path), "anything but "+not, judge.Plain(got))
}

func (w *World) itsIsPresent(path string, words []string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); err != nil && !wrong {
		return err
	}
	there := err == nil && !scim.IsUnassigned(got)
	return w.ExpectThat(there == (words[0] == "present"), w.inTheAnswer(path), words[0], judge.Text(got))
}

func (w *World) itsIsA(path string, words []string) error {
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(judge.IsA(got, words[0]), w.inTheAnswer(path), "a value of type "+words[0], judge.Text(got))
}

func (w *World) itsIsTheNumberOf(path string, words []string) error {
	n, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	elements, err := w.ValueOf("its", words[0])
	if err != nil {
		return w.Missed(err)
	}
	array, _ := elements.([]any)
	return w.Expect(w.inTheAnswer(path)+judge.QueryText(w.Asked), strconv.Itoa(len(array)), judge.Plain(n))
}

func (w *World) itsEqualsIts(path string, words []string) error {
	want, err := w.ValueOf("its", words[0])
	if err != nil {
		return w.Missed(err)
	}
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(scim.Equal(want, got), w.inTheAnswer(path), "the same as "+words[0]+", "+judge.Plain(want), judge.Plain(got))
}

// itsContains looks for an element of a list, or for a part of a text in any case.
func (w *World) itsContains(path string, words []string) error {
	does := words[0]
	part, err := w.Expand(words[1])
	if err != nil {
		return err
	}
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); wrong && does == "does not contain" {
		w.Asserted(1)
		return nil
	}
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(judge.Contains(got, part) == (does == "contains"), w.inTheAnswer(path), does+" "+part, judge.Text(got))
}

func (w *World) itsHasElements(path string, words []string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); wrong {
		got, err = nil, nil
	}
	if err != nil {
		return err
	}
	list, ok := got.([]any)
	right := (ok || got == nil) && strconv.Itoa(len(list)) == words[0]
	return w.ExpectThat(right, "the number of elements of "+w.inTheAnswer(path), words[0], judge.Text(got))
}
