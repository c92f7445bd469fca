package laws

import (
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Laws on the numbers of lists (RFC 7644 section 3.4.2).
var listLaws = []Sentence{
	{`each "totalResults", "itemsPerPage" and "startIndex" agrees with the resources of its list`, numbersAgree},
}

// numbersAgree judges every list, also an empty one.
func numbersAgree(_ Context, answers []judge.Answer) (int, error) {
	judged := 0
	for _, a := range answers {
		if _, isList := a.Body.Get("totalResults"); !isList {
			continue
		}
		judged++
		if err := judge.WrongNumbers(a); err != nil {
			return judged, err
		}
	}
	return judged, nil
}
