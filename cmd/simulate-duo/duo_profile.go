package main

import (
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

const duoProfileUsage = "YAML `FILE` with what is known of Duo, as recognise --write writes it; what it leaves open has its default"

// duoProfile reads the file of --duo-profile; without one, nothing is known.
func duoProfile(file string) (duo.Profile, error) {
	if file == "" {
		return duo.Profile{}, nil
	}
	p, err := loadFile(file, duo.LoadProfile)
	if err != nil {
		return p, fmt.Errorf("--duo-profile: %w", err)
	}
	return p, nil
}

// givenFields says how much of a profile is given.
func givenFields(file string, p duo.Profile) string {
	open := map[duo.Field]bool{}
	for _, a := range p.Alternatives() {
		open[a.Field] = true
	}
	return fmt.Sprintf("As %s has it: %d of %d open questions about Duo are answered.", words.Visible(file), len(duo.Fields)-len(open), len(duo.Fields))
}
