package features

import (
	"slices"
	"strings"
)

// Name is the profile without its version: "interop" of "interop@01".
func (p Profile) Name() string {
	name, _, _ := strings.Cut(string(p), "@")
	return name
}

// Version is the number of the draft that the profile follows: "01" of "interop@01"; "" if it
// follows none.
func (p Profile) Version() string {
	_, version, _ := strings.Cut(string(p), "@")
	return version
}

// Newest returns the profile of this name, or the last version of it that there is, and
// whether there is any.
func Newest(name string) (Profile, bool) {
	versions := VersionsOf(name)
	if len(versions) == 0 {
		return "", false
	}
	return versions[len(versions)-1], true
}

// VersionsOf returns the profiles with this name, which has no version, oldest first.
func VersionsOf(name string) []Profile {
	return profilesWhere(func(c Client) bool { return c.Profile.Name() == name })
}

// WithIncluded returns the profiles and those whose requirements they demand as well, in the
// order of the clients, each once.
func WithIncluded(profiles []Profile) []Profile {
	wanted := slices.Clone(profiles)
	for i := 0; i < len(wanted); i++ { // it grows
		for _, c := range clients {
			if c.Profile == wanted[i] {
				wanted = append(wanted, c.Includes...)
			}
		}
	}
	return profilesWhere(func(c Client) bool { return slices.Contains(wanted, c.Profile) })
}
