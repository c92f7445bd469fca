package event

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// mostWrong is how many of the things that are wrong with a file are told.
const mostWrong = 5

// ReadFile reads security event tokens that were recorded: one on each line, as a JWT or as
// its claims in JSON; or one JSON document, which is a list of them, or the answer to a poll
// (RFC 8936 section 2.4). The error names each line, or each place, that holds none.
func ReadFile(name string, data []byte) ([]judge.EventToken, error) {
	all, err := tokensIn(bytes.TrimSpace(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var wrong []error
	for _, t := range all {
		if _, err := read(t); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %s: %w", name, t.Where, err))
		}
	}
	if over := len(wrong) - mostWrong; over > 0 {
		wrong = append(wrong[:mostWrong], fmt.Errorf("%s: and %d more", name, over))
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: there is no security event token in it", name)
	}
	return all, errors.Join(wrong...)
}

// tokensIn takes the file apart.
func tokensIn(data []byte) ([]judge.EventToken, error) {
	if value, err := scim.Parse(data); err == nil {
		if list, isList := value.([]any); isList {
			return inList(list)
		}
		if sets := objectOf(value).Object("sets"); sets != nil {
			return inSets(sets)
		}
	}
	var all []judge.EventToken
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if text := strings.TrimSpace(line); text != "" {
			all = append(all, judge.EventToken{Where: fmt.Sprintf("line %d", n), Text: text})
		}
	}
	return all, nil
}

func objectOf(value any) *scim.Object {
	o, _ := value.(*scim.Object)
	return o
}

func inList(list []any) ([]judge.EventToken, error) {
	var all []judge.EventToken
	for i, v := range list {
		t, err := inValue(v, fmt.Sprintf("token %d", i+1))
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func inSets(sets *scim.Object) ([]judge.EventToken, error) {
	var all []judge.EventToken
	for jti, v := range sets.All() {
		t, err := inValue(v, fmt.Sprintf("token %q", jti))
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func inValue(v any, where string) (judge.EventToken, error) {
	switch v := v.(type) {
	case string:
		return judge.EventToken{Where: where, Text: v}, nil
	case *scim.Object:
		return judge.EventToken{Where: where, Text: judge.Text(v)}, nil
	}
	return judge.EventToken{}, fmt.Errorf("%s: a JWT or a JSON object was expected, got a JSON %s", where, scim.KindOf(v))
}
