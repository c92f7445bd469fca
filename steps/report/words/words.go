// Package words makes the words of reports: counted, listed, cut, and free of what
// could deceive a reader.
package words

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// MaxIDs is how many ids a line lists before it counts.
const MaxIDs = 4

// List joins at most n items and counts the rest.
func List(items []string, n int) string {
	if len(items) <= n+1 { // "and 1 more" is no shorter than the one
		return strings.Join(items, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:n], ", "), len(items)-n)
}

// StatusLine is "404 Not Found", or "299" for a status without a name.
func StatusLine(status int) string {
	return strings.TrimSpace(fmt.Sprint(status, " ", http.StatusText(status)))
}

// Count is "1 request", "2 requests".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// GroupedCount is count with the thousands of the number apart.
func GroupedCount(n int, noun string) string {
	_, words, _ := strings.Cut(Count(n, noun), " ")
	return Grouped(n) + " " + words
}

// Grouped is a number with its thousands apart: 48,123.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Sentences joins those that are not empty.
func Sentences(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, " ")
}
