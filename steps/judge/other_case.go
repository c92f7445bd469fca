package judge

import (
	"fmt"
	"strings"
	"unicode"
)

// otherCase ends a placeholder that stands for a value with its letters the other way round.
const otherCase = " in other case"

// InOtherCase leaves an example out where the value has no letters to change.
func (j *Session) InOtherCase(subject, attribute string) (string, error) {
	value, err := j.attributeOf(subject, attribute)
	if err != nil {
		return "", err
	}
	other := SwapCase(value)
	if other == value {
		return "", &Unsupported{fmt.Sprintf("%s of %s is %s: it has no letters that could be written otherwise", attribute, subject, value)}
	}
	return other, nil
}

// SwapCase changes the letters A to Z only: what other letters are the same is a
// question of its own.
func SwapCase(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= unicode.MaxASCII:
			return r
		case unicode.IsUpper(r):
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}
