package guide

import (
	"github.com/simulate-duo/simulate-duo/fixtures"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// Published are the people, groups and Provisioning tab of Cisco's guide.
func Published() (Settings, error) {
	people, err := directory.Load(fixtures.GuideDirectory())
	if err != nil {
		return Settings{}, err
	}
	app, err := duo.LoadApplication(fixtures.GuideApplication())
	return Settings{Directory: people, Application: app}, err
}
