package directory

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Population says what Generate writes.
type Population struct {
	Users  int    // 0 or more
	Groups int    // 0 or more
	Seed   uint64 // the same seed yields the same bytes
}

// The shape of a generated company: how many groups a user is in beside the one
// for everybody, and which of so many users has another status than active.
const (
	fewestGroups, mostGroups = 1, 5
	oneDisabledIn            = 50
	oneBypassIn              = 200
)

// Generate writes a directory in JSON Lines, as Read takes it, in constant
// memory. The first group has every user; the others are of all sizes, a few
// large ones and many small ones. Keys and usernames hang on the seed and the
// user's number alone, so that a larger population of the same seed has the
// smaller one in it.
func Generate(w io.Writer, p Population) error {
	if p.Users < 0 || p.Groups < 0 {
		return fmt.Errorf("directory: %d users and %d groups: neither can be less than 0", p.Users, p.Groups)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(line{Directory: &totals{p.Users, p.Groups}}); err != nil {
		return err
	}
	for i := range p.Groups {
		name := groupName(i)
		if err := lines.Encode(line{Name: &name, Key: p.key("DG", i)}); err != nil {
			return err
		}
	}
	for i := range p.Users {
		if err := lines.Encode(p.user(i)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// GroupNames returns the names of the first groups, at most so many.
func (p Population) GroupNames(most int) []string {
	names := make([]string, 0, max(0, min(most, p.Groups)))
	for i := range cap(names) {
		names = append(names, groupName(i))
	}
	return names
}

func (p Population) key(prefix string, number int) string {
	return newKey(prefix, fmt.Sprintf("%d/%d", p.Seed, number))
}

func groupName(i int) string {
	switch {
	case i == 0:
		return "All Employees"
	case i <= len(departments):
		return departments[i-1]
	case i <= len(departments)+len(cities):
		return "Office " + cities[i-len(departments)-1]
	}
	return fmt.Sprintf("Project %s %d", cities[i%len(cities)], i)
}

func (p Population) user(number int) line {
	random := rand.New(rand.NewPCG(p.Seed, uint64(number))) //nolint:gosec // made-up people, the same each time
	first, last := firstNames[random.IntN(len(firstNames))], lastNames[random.IntN(len(lastNames))]
	username := fmt.Sprintf("%s.%s%d@example.com", plain(first), plain(last), number+1)
	department, city := departments[random.IntN(len(departments))], cities[random.IntN(len(cities))]
	return line{
		Key: p.key("DU", number), Username: &username, DisplayName: first + " " + last, Email: username, FirstName: first, LastName: last,
		Status: status(random),
		Attributes: map[string]string{
			"Department": department, "Office": city, "Employee Number": fmt.Sprintf("E%07d", number+1),
		},
		Groups: p.groups(random),
	}
}

func status(random *rand.Rand) Status {
	switch {
	case random.IntN(oneDisabledIn) == 0:
		return Disabled
	case random.IntN(oneBypassIn) == 0:
		return Bypass
	}
	return "" // active
}

// groups chooses a user's groups. The square of an even number between 0 and 1
// favours the first ones, as some groups are large and most are not.
func (p Population) groups(random *rand.Rand) []string {
	if p.Groups == 0 {
		return nil
	}
	names := []string{groupName(0)}
	seen := map[int]bool{0: true}
	for range fewestGroups + random.IntN(mostGroups-fewestGroups+1) {
		x := random.Float64()
		if i := int(x * x * float64(p.Groups)); !seen[i] {
			seen[i] = true
			names = append(names, groupName(i))
		}
	}
	return names
}

// plain is a name as a username has it: lower-case letters of ASCII alone.
func plain(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch base, marked := bases[r]; {
		case marked:
			b.WriteRune(base)
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

var bases = map[rune]rune{
	'á': 'a', 'é': 'e', 'í': 'i', 'ó': 'o', 'ú': 'u', 'è': 'e', 'ë': 'e', 'ã': 'a', 'ö': 'o', 'ü': 'u', 'ş': 's', 'ø': 'o', 'š': 's', 'ı': 'i',
}
