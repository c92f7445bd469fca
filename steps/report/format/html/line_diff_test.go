package html

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func TestADiffShowsWhatWasExpectedAndWhatCame(t *testing.T) {
	for _, c := range []struct{ name, want, got, diff string }{
		{"two words", "201", "400 invalidValue", "-201\n+400 invalidValue"},
		{"the same", "a", "a", " a"},
		{"nothing came", "a value", "", "-a value"},
		{"one member of an object", `{"a":1,"b":2}`, `{"a":1,"b":3}`, " {\n   \"a\": 1,\n-  \"b\": 2\n+  \"b\": 3\n }"},
		{"one more line", "a\nc", "a\r\nb\r\nc", " a\n+b\n c"},
		{"what could deceive", "a", "a\x1b\u202e", "-a\n+a\\x1b\\u202e"},
		{"what only looks like JSON", "{", "[1", "-{\n+[1"},
	} {
		var lines []string
		for _, l := range lineDiff(c.want, c.got) {
			lines = append(lines, l.Sign+l.Text)
		}
		if got := strings.Join(lines, "\n"); got != c.diff {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.diff)
		}
	}
}

func TestALongValueIsCutAndSaysHowMuchIsLeft(t *testing.T) {
	for name, c := range map[string]struct{ value, last string }{
		"long":       {strings.Repeat("x", maxDiffBytes+1234), "… 1,234 more bytes in the JSON report"},
		"by one":     {strings.Repeat("x", maxDiffBytes+1), "… 1 more byte in the JSON report"},
		"many lines": {strings.Repeat("x\n", maxDiffLines+3), "… 6 more bytes in the JSON report"},
	} {
		lines := diffLines(c.value)
		if last := lines[len(lines)-1]; last != c.last {
			t.Errorf("%s: got %q, want %q", name, last, c.last)
		}
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := words.Grouped(n); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}
