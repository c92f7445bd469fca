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

// Of is the counter of a verdict.
func (s *Summary) Of(v Verdict) *int {
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

// Judged is the number of requirements by which the target was judged.
func (s *Summary) Judged() int { return s.Passed + s.Warned + s.Failed }

// Total is the number of requirements.
func (s *Summary) Total() int {
	n := 0
	for _, v := range Verdicts {
		n += *s.Of(v)
	}
	return n
}

// Worst is the worst verdict that was counted.
func (s *Summary) Worst() Verdict {
	for _, v := range Verdicts {
		if *s.Of(v) > 0 {
			return v
		}
	}
	return Untested
}

// Words is the counts that are not zero: what passed, what needs a look, what
// was not judged.
func (s *Summary) Words() string {
	var words []string
	for _, v := range []Verdict{Passed, Failed, Warned, Broken, Blocked, Unsupported, Untested} {
		if n := *s.Of(v); n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(words) == 0 {
		return "nothing to judge"
	}
	return strings.Join(words, ", ")
}
