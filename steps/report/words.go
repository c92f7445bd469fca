package report

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// maxIDs is how many ids a line lists before it counts.
const maxIDs = 4

// list joins at most n items and counts the rest.
func list(items []string, n int) string {
	if len(items) <= n+1 { // "and 1 more" is no shorter than the one
		return strings.Join(items, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:n], ", "), len(items)-n)
}

// statusLine is "404 Not Found", or "299" for a status without a name.
func statusLine(status int) string {
	return strings.TrimSpace(fmt.Sprint(status, " ", http.StatusText(status)))
}

// count is "1 request", "2 requests".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// groupedCount is count with the thousands of the number apart.
func groupedCount(n int, noun string) string {
	_, words, _ := strings.Cut(count(n, noun), " ")
	return grouped(n) + " " + words
}

// grouped is a number with its thousands apart: 48,123.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
