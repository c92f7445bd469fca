package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
)

// profilesOf are the profiles to which a tag expression belongs: those of the ids
// that it asks for, and the default ones for what it asks for without an id. An id
// that no requirement has is an error.
func profilesOf(tags string) ([]features.Profile, error) {
	ids, err := knownIDs()
	if err != nil {
		return nil, err
	}
	var chosen []features.Profile
	for either := range strings.SplitSeq(tags, ",") {
		wanted := features.DefaultProfiles()
		for both := range strings.SplitSeq(either, "&&") {
			tag := strings.TrimSpace(both)
			id := strings.TrimLeft(tag, "~@")
			if !features.IsID(id) {
				continue
			}
			if !slices.Contains(ids, id) {
				return nil, unknownID(id, ids)
			}
			client, _, err := features.ClientOf(id)
			switch {
			case err != nil:
				return nil, err
			case client.Profile == features.Provisioners().Profile:
				return nil, fmt.Errorf("%s is about clients, which simulate-duo judge-client judges", id)
			case !strings.HasPrefix(tag, "~"):
				wanted = []features.Profile{client.Profile}
			}
		}
		chosen = append(chosen, wanted...)
	}
	return inOrder(chosen), nil
}

// inOrder are the profiles in the order of the table, each once.
func inOrder(chosen []features.Profile) []features.Profile {
	return slices.DeleteFunc(features.Profiles(), func(p features.Profile) bool { return !slices.Contains(chosen, p) })
}

func knownIDs() ([]string, error) {
	all, err := features.LoadAll()
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, q := range all {
		ids[i] = q.ID
	}
	return ids, nil
}

func unknownID(id string, known []string) error {
	return fmt.Errorf("there is no requirement %s: %s", id, didYouMean(id, known, "simulate-duo requirements lists the ids"))
}
