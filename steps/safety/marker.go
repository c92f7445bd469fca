package safety

import (
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

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

// NewMarker makes a marker from four bytes of random, which is crypto/rand.Reader
// outside of tests.
func NewMarker(random io.Reader) (Marker, error) {
	var b [4]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("no random bytes for the run's marker: %w", err)
	}
	return Marker(markerPrefix + hex.EncodeToString(b[:])), nil
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

func ownNames(resource *scim.Object) []string {
	var names []string
	for _, attribute := range namingAttributes {
		names = append(names, resource.String(attribute))
	}
	for _, v := range resource.Object("name").All() {
		if s, ok := v.(string); ok {
			names = append(names, s)
		}
	}
	for _, v := range resource.Array("emails") {
		if email, ok := v.(*scim.Object); ok {
			names = append(names, email.String("value"))
		}
	}
	return names
}
