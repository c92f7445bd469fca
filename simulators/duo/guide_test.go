package duo

import (
	"context"
	"slices"
	"testing"

	"github.com/gkampitakis/go-snaps/snaps"
)

func TestTheGuideFromConnectToLog(t *testing.T) {
	r := newRig(t, people("josue"))
	if err := r.Connect(context.Background()); err != nil {
		t.Fatal(err)
	}
	sum := r.enable()
	snaps.MatchSnapshot(t, r.wire())
	if want := (Summary{UsersCreated: 1, GroupsCreated: 1, MembershipsChanged: 1}); sum != want {
		t.Errorf("summary is %v, want %v", sum, want)
	}
	want := []string{ // the rows of the screenshot "DUO Provisioning Logs"
		"Enabled provisioning: Cisco Secure Access - Single Sign-On",
		"Provisioning successfully connected: Cisco Secure Access - Single Sign-On",
		"User provisioning succeeded: josue@example.com (create)",
		"Group provisioning succeeded: DUO - Users (create)",
		"Group provisioning succeeded: DUO - Users (members)",
	}
	if got := r.told(); !slices.Equal(got, want) {
		t.Errorf("the log tells\n%q\nwant\n%q", got, want)
	}
	if r.sync(); len(r.lines()) > 0 {
		t.Error("a second pass without a change sends something")
	}
}
