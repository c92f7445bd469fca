package duo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// maxForeign is how many characters of a foreign text a message repeats.
const maxForeign = 300

// short makes a foreign text fit for one line of a message: white space
// collapsed, cut to maxForeign, and what a terminal would obey made visible.
func short(text string) string {
	text = cut(strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " "))
	var b strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cut keeps the first maxForeign characters.
func cut(text string) string {
	if len(text) <= maxForeign {
		return text
	}
	runes := []rune(text)
	if len(runes) <= maxForeign {
		return text
	}
	return string(runes[:maxForeign]) + "…"
}

// excerpt is a foreign value as short JSON.
func excerpt(v any) string {
	text, _ := scim.Marshal(v) // what was parsed can be written
	return short(string(text))
}

// jsonText is an object as JSON, "" for one without members.
func jsonText(o *scim.Object) string {
	if o.Len() == 0 {
		return ""
	}
	text, _ := scim.Marshal(o) // what an Object holds can be written
	return string(text)
}

// encoded is a value of texts, numbers, times and flags as JSON.
func encoded(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		return nil // a year after 9999, which no clock shows
	}
	return text
}

func quote(s string) string { return strconv.Quote(s) }
