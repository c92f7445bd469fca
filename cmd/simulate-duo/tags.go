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
			if client, _, err := features.ClientOf(id); err == nil && !strings.HasPrefix(tag, "~") {
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
	all, err := features.Load(features.FS)
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
	if c, _, err := features.ClientOf(id); err == nil && c.Profile == features.Provisioners().Profile && !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, "CLIENT-") }) {
		return fmt.Errorf("%s is about clients, which simulate-duo judge-client judges", id)
	}
	return fmt.Errorf("there is no requirement %s: %s", id, didYouMean(id, known, "simulate-duo requirements lists the ids"))
}
