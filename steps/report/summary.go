package report

import (
	"fmt"
	"strings"
)

// Summary counts requirements by verdict, and the requests of the run.
type Summary struct {
	Passed      int `json:"passed"`
	Warned      int `json:"warned"`
	Failed      int `json:"failed"`
	Unsupported int `json:"unsupported"`
	Blocked     int `json:"blocked"`
	Untested    int `json:"untested"`
	Broken      int `json:"broken"`
	Requests    int `json:"requests"`
}

// of is the counter of a verdict.
func (s *Summary) of(v Verdict) *int {
	switch v {
	case Passed:
		return &s.Passed
	case Warned:
		return &s.Warned
	case Failed:
		return &s.Failed
	case Unsupported:
		return &s.Unsupported
	case Blocked:
		return &s.Blocked
	case Untested:
		return &s.Untested
	}
	return &s.Broken
}

// judged is the number of requirements by which the target was judged.
func (s *Summary) judged() int { return s.Passed + s.Warned + s.Failed }

// total is the number of requirements.
func (s *Summary) total() int {
	n := 0
	for _, v := range verdicts {
		n += *s.of(v)
	}
	return n
}

// worst is the worst verdict that was counted.
func (s *Summary) worst() Verdict {
	for _, v := range verdicts {
		if *s.of(v) > 0 {
			return v
		}
	}
	return Untested
}

// words is the counts that are not zero: what passed, what needs a look, what
// was not judged.
func (s *Summary) words() string {
	var words []string
	for _, v := range []Verdict{Passed, Failed, Warned, Broken, Blocked, Unsupported, Untested} {
		if n := *s.of(v); n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(words) == 0 {
		return "nothing to judge"
	}
	return strings.Join(words, ", ")
}
