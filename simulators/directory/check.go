package directory

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkUser says what schemas/directory.json would say about a user, and fills
// in what was left out.
func (in *intake) checkUser(line int, u *User) {
	checkName(u.Username, "a username", func(why string) { in.fail(line, 1, "username", "%s", why) })
	if u.Key == "" {
		u.Key = newKey("DU", u.Username)
	}
	in.checkKey(line, u.Key, "DU", "a user's")
	if u.Status == "" {
		u.Status = Active
	}
	if err := u.Status.check(); err != nil {
		in.fail(line, 1, "status", "%s", strings.TrimPrefix(err.Error(), "directory: "))
	}
	for _, label := range slices.Sorted(maps.Keys(u.Attributes)) {
		if err := checkCustom(label); err != nil {
			in.fail(line, 1, "attributes", "%s", strings.TrimPrefix(err.Error(), "directory: "))
		}
	}
	for _, text := range []string{u.Username, u.DisplayName, u.Email, u.FirstName, u.LastName} {
		if !utf8.ValidString(text) {
			in.fail(line, 1, "", "%s is not UTF-8: save the file in UTF-8", strconv.Quote(text))
			return
		}
	}
}

func (in *intake) checkKey(line int, key, prefix, whose string) {
	if !isKey(key, prefix) {
		in.fail(line, 1, "key", "the string %q: %s key is %s and 18 upper-case letters or digits", key, whose, prefix)
	}
}

func isKey(text, prefix string) bool {
	return len(text) == keyLength && strings.HasPrefix(text, prefix) && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

// checkName tells why a text cannot be a name: it has to be one line without
// spaces around it.
func checkName(text, what string, tell func(why string)) {
	switch {
	case text == "":
		tell(what + " is missing: add it")
	case strings.TrimSpace(text) != text, strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		tell("the string " + strconv.Quote(text) + ": " + what + " is one line without spaces around it")
	}
}
