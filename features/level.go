package features

import (
	"slices"
	"strings"
)

// Level is how binding a requirement is, spelled as its tag without the "@".
type Level string

// The levels of the standards are the key words of RFC 2119, and Implied for
// what follows from a definition or an example without a key word. The levels of
// the client side tell what the statement rests on, as nothing else binds it.
const (
	Must        Level = "MUST"
	MustNot     Level = "MUST-NOT"
	Shall       Level = "SHALL"
	ShallNot    Level = "SHALL-NOT"
	Required    Level = "REQUIRED"
	Implied     Level = "IMPLIED"
	Should      Level = "SHOULD"
	ShouldNot   Level = "SHOULD-NOT"
	Recommended Level = "RECOMMENDED"
	May         Level = "MAY"
	Optional    Level = "OPTIONAL"

	Documented Level = "DOCUMENTED" // the vendor writes it
	Observed   Level = "OBSERVED"   // a published screen, log or script shows it
	Assumed    Level = "ASSUMED"    // not published; the plausible reading
)

// levels lists every level, worst to violate first. The lenient ones begin
// with Should.
var levels = []Level{
	Must, MustNot, Shall, ShallNot, Required, Documented, Observed, Implied,
	Should, ShouldNot, Recommended, Assumed, May, Optional,
}

// Levels returns every level, worst to violate first.
func Levels() []Level { return slices.Clone(levels) }

// Known says whether l is one of Levels.
func (l Level) Known() bool { return slices.Contains(levels, l) }

// Strict says whether a violation is a failure; otherwise it is a warning.
// A level that is not known is not strict.
func (l Level) Strict() bool {
	i := slices.Index(levels, l)
	return i >= 0 && i < slices.Index(levels, Should)
}

// Compare orders levels for slices.SortFunc, worst to violate first; a level
// that is not known comes last.
func (l Level) Compare(m Level) int { return l.rank() - m.rank() }

func (l Level) rank() int {
	if i := slices.Index(levels, l); i >= 0 {
		return i
	}
	return len(levels)
}

// Words is the level as a text writes it: "MUST NOT" for MustNot.
func (l Level) Words() string { return strings.ReplaceAll(string(l), "-", " ") }
