package standard

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that judge one value of the last answer.

// valueSteps are the sentences about one value.
func (w *World) valueSteps(on judge.Vocabulary) {
	const its = `^its "([^"]+)"(?:, if (there is any|it has a body),)? `
	on(its+`is ("[^"]*"(?: or "[^"]*")*)$`, w.unlessExcused(w.itsIs))
	on(its+`is (true|false|null|-?\d+(?:\.\d+)?)$`, w.unlessExcused(w.itsIsJSON))
	on(its+`is not "([^"]*)"$`, w.unlessExcused(w.itsIsNot))
	on(its+`is (present|absent)$`, w.unlessExcused(w.itsIsPresent))
	on(its+`is an? (string|boolean|number|integer|positive integer|array|object|dateTime|absolute URI|entity tag)$`, w.unlessExcused(w.itsIsA))
	on(its+`is the number of its "([^"]+)"$`, w.unlessExcused(w.itsIsTheNumberOf))
	on(its+`equals its "([^"]+)"$`, w.unlessExcused(w.itsEqualsIts))
	on(its+`has (\d+) elements?$`, w.unlessExcused(w.itsHasElements))
	on(`^its "([^"]+)" (contains|does not contain) "([^"]*)"$`, w.itsContains)
	on(`^its "([^"]+)" is the language "([^"]*)", in capitals or not, with "-" or "_"$`, w.itsIsTheLanguage)
	on(`^at most one of its "([^"]+)" has "([^"]+)" true$`, w.atMostOneHas)
}

// unlessExcused judges unless the target does not announce the value, or the answer to a
// change has no body, where the sentence says so.
func (w *World) unlessExcused(holds func(path, words string) error) func(path, condition, words string) error {
	return func(path, condition, words string) error {
		if condition == "it has a body" && w.Last != nil && w.Last.Status == http.StatusNoContent {
			w.Asserted(1)
			return nil
		}
		_, err := w.ValueOf("its", path)
		if _, wrong := judge.IsMismatch(err); wrong && condition == "there is any" {
			return &judge.Unsupported{Reason: "the target announces no " + path}
		}
		return holds(path, words)
	}
}

// inTheAnswer says where a value was looked for.
func (w *World) inTheAnswer(path string) string { return path + " in the answer to " + w.TheRequest() }

// itsIs takes one text or several to choose from.
func (w *World) itsIs(path, words string) error {
	var allowed []string
	for text := range strings.SplitSeq(words, " or ") {
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

func (w *World) itsIsJSON(path, words string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); wrong && words == "null" {
		got, err = nil, nil
	}
	if err != nil {
		return w.Missed(err)
	}
	value, err := scim.Parse([]byte(words))
	if err != nil {
		return err
	}
	return w.ExpectThat(scim.Equal(value, got), w.inTheAnswer(path), words, judge.Text(got))
}

func (w *World) itsIsNot(path, words string) error {
	not, err := w.Expand(words)
	if err != nil {
		return err
	}
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(judge.Plain(got) != not, w.inTheAnswer(path), "anything but "+not, judge.Plain(got))
}

func (w *World) itsIsPresent(path, words string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); err != nil && !wrong {
		return err
	}
	there := err == nil && !scim.IsUnassigned(got)
	return w.ExpectThat(there == (words == "present"), w.inTheAnswer(path), words, judge.Text(got))
}

func (w *World) itsIsA(path, words string) error {
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(judge.IsA(got, words), w.inTheAnswer(path), "a value of type "+words, judge.Text(got))
}

func (w *World) itsIsTheNumberOf(path, words string) error {
	n, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	elements, err := w.ValueOf("its", words)
	if err != nil {
		return w.Missed(err)
	}
	array, _ := elements.([]any)
	return w.Expect(w.inTheAnswer(path)+judge.QueryText(w.Asked), strconv.Itoa(len(array)), judge.Plain(n))
}

func (w *World) itsEqualsIts(path, words string) error {
	want, err := w.ValueOf("its", words)
	if err != nil {
		return w.Missed(err)
	}
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	return w.ExpectThat(scim.Equal(want, got), w.inTheAnswer(path), "the same as "+words+", "+judge.Plain(want), judge.Plain(got))
}

// itsContains looks for an element of a list, or for a part of a text in any case.
func (w *World) itsContains(path, does, part string) error {
	part, err := w.Expand(part)
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

func (w *World) itsHasElements(path, words string) error {
	got, err := w.ValueOf("its", path)
	if _, wrong := judge.IsMismatch(err); wrong {
		got, err = nil, nil
	}
	if err != nil {
		return err
	}
	list, ok := got.([]any)
	right, text := (ok || got == nil) && strconv.Itoa(len(list)) == words, judge.Text(got)
	if got == nil && w.Last != nil && w.Last.Status >= 400 { // the status comes first
		text = judge.StatusOf(w.Last)
	}
	return w.ExpectThat(right, "the number of elements of "+w.inTheAnswer(path), words, text)
}

// itsIsTheLanguage compares language tags as servers write them (RFC 7643 section 4.1.1).
func (w *World) itsIsTheLanguage(path, sent string) error {
	got, err := w.ValueOf("its", path)
	if err != nil {
		return w.Missed(err)
	}
	same := strings.EqualFold(strings.ReplaceAll(judge.Plain(got), "_", "-"), strings.ReplaceAll(sent, "_", "-"))
	return w.ExpectThat(same, w.inTheAnswer(path), sent, judge.Plain(got))
}

func (w *World) atMostOneHas(list, name string) error {
	got, err := w.ValueOf("its", list)
	if err != nil {
		return w.Missed(err)
	}
	elements, _ := got.([]any)
	n := 0
	for _, e := range elements {
		o, _ := e.(*scim.Object)
		if is, _ := o.Get(name); is == true {
			n++
		}
	}
	return w.ExpectThat(n <= 1, w.inTheAnswer(list), "at most one with "+name+" true", strconv.Itoa(n))
}
