package safety

import (
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// Marker is a text unique to one run, such as "sduo-1f3a9c2e". Everything a run
// creates at a target carries it in its names, so that clean-up and sweep can
// tell what is theirs. It is valid in a user name, the local part of an e-mail
// address, a URL segment and a display name, and stays itself in a server that
// folds case.
type Marker string

const markerPrefix = "sduo-"

// markerPattern finds a marker in any case. It ends after eight digits whatever
// follows, because names are built by appending to the marker.
var markerPattern = regexp.MustCompile(`(?i)` + markerPrefix + `[0-9a-f]{8}`)

// MaxRun is how long a run may take. A sweep takes a marker that is older to be that
// of a run that has ended, wherever it ran.
const MaxRun = 12 * time.Hour

// The first three digits of a marker tell the hour in which its run began, modulo
// 4096 hours, which are some 170 days. The other five are random.
const (
	markerHours  = 1 << 12
	clockSkew    = 2 // hours by which the clocks of two machines may differ
	maxRunInHour = int(MaxRun/time.Hour) + 1
)

// NewMarker makes the marker of a run that begins now. Random is crypto/rand.Reader
// outside of tests.
func NewMarker(random io.Reader, now time.Time) (Marker, error) {
	var b [4]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("no random bytes for the run's marker: %w", err)
	}
	return Marker(fmt.Sprintf("%s%03x%05x", markerPrefix, hourOf(now), binary.BigEndian.Uint32(b[:])&0xfffff)), nil
}

func hourOf(t time.Time) int { return int(t.Unix() / 3600 % markerHours) }

// MayBeAlive says whether the run of this marker can still be going on, by the hour
// in which it began. Machines whose clocks differ by up to two hours agree.
func (m Marker) MayBeAlive(now time.Time) bool {
	began, err := strconv.ParseInt(strings.TrimPrefix(strings.ToLower(string(m)), markerPrefix)[:3], 16, 32)
	if err != nil {
		return false
	}
	age := (hourOf(now) - int(began) + markerHours) % markerHours
	return age <= maxRunInHour+clockSkew || age >= markerHours-clockSkew
}

// ParseMarker reads a marker as a user writes it.
func ParseMarker(text string) (Marker, error) {
	if markerPattern.FindString(text) != text || text == "" {
		return "", fmt.Errorf("%q is no mark of a run; it looks like %s1f3a9c2e", text, markerPrefix)
	}
	return Marker(strings.ToLower(text)), nil
}

// Scenario is the marker of the run's n-th scenario, such as "sduo-1f3a9c2e-17".
// It contains the run's marker and keeps the names of scenarios apart.
func (m Marker) Scenario(n int) string {
	return string(m) + "-" + strconv.Itoa(n)
}

// In says whether the text contains the marker, in any case.
func (m Marker) In(text []byte) bool {
	for _, found := range markerPattern.FindAll(text, -1) {
		if strings.EqualFold(string(found), string(m)) {
			return true
		}
	}
	return false
}

// On says whether one of the resource's own names carries the marker.
func (m Marker) On(resource *scim.Object) bool {
	return slices.Contains(markersOn(resource), m)
}

// markersOn returns the markers, in lower case, that the resource's own names
// carry. References to other resources (members, groups, manager) do not count:
// somebody else's group is not ours because one of our users got into it.
func markersOn(resource *scim.Object) []Marker {
	var found []Marker
	for _, name := range ownNames(resource) {
		for _, m := range markerPattern.FindAllString(name, -1) {
			found = append(found, Marker(strings.ToLower(m)))
		}
	}
	return found
}

// namingAttributes are the attributes by which a resource can be looked up, the
// best first.
var namingAttributes = []string{"userName", "displayName", "externalId"}

// nameAttributes are those in which a resource says who it is.
var nameAttributes = append(slices.Clone(namingAttributes), "name", "emails")

// ownNames are the names that a resource shows of itself. A broken resource may have an
// attribute twice, or an object where a text belongs, so every text within is taken.
func ownNames(resource *scim.Object) []string {
	var names []string
	for name, v := range resource.All() {
		if slices.ContainsFunc(nameAttributes, func(a string) bool { return strings.EqualFold(a, name) }) {
			names = appendTexts(names, v)
		}
	}
	return names
}

// isNameless says whether a resource shows nothing by which it could be somebody's: no name at
// all or, of a user, no userName. A naive server lets a client remove even that.
func isNameless(collection []string, resource *scim.Object) bool {
	if !isCollection(collection, usersSegment) {
		return len(ownNames(resource)) == 0
	}
	for name, v := range resource.All() {
		if strings.EqualFold(name, namingAttributes[0]) && len(appendTexts(nil, v)) > 0 {
			return false
		}
	}
	return true
}

func appendTexts(texts []string, v any) []string {
	switch v := v.(type) {
	case string:
		if v != "" {
			texts = append(texts, v)
		}
	case []any:
		for _, e := range v {
			texts = appendTexts(texts, e)
		}
	case *scim.Object:
		for _, inner := range v.All() {
			texts = appendTexts(texts, inner)
		}
	}
	return texts
}
