package lab

import (
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

func join(t *testing.T, l *Lab, user string) <-chan struct{} {
	t.Helper()
	done, err := l.Edit(user+" joined", func(d *directory.Directory) error { return d.AddMember("DUO - Users", user) })
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestAPlanSendsNothingAndAPauseHoldsCycles(t *testing.T) {
	l, _, _ := followed(t, Options{})
	l.Pause(true)
	<-join(t, l, "zoe.mueller@example.com")
	before := l.wire.last()
	plan, err := l.Plan(duo.Cycle{})
	if err != nil || len(plan) != 3 || !strings.HasPrefix(plan[1].String(), "POST /Users") {
		t.Errorf("%v, %v", plan, err)
	}
	if l.wire.last() != before {
		t.Error("something was sent")
	}
	l.Pause(false)
	<-join(t, l, "miguel.ohara@example.com")
	if n := l.SecureAccess().Counts().Users; n != 3 {
		t.Errorf("%d users in Secure Access", n)
	}
}

func TestOnePersonIsProvisionedBeforeTheOthers(t *testing.T) {
	l, _, _ := followed(t, Options{})
	l.Pause(true)
	join(t, l, "zoe.mueller@example.com")
	join(t, l, "miguel.ohara@example.com")
	steps, err := l.ProvisionOne("zoe.mueller@example.com")
	if err != nil || len(steps) != 5 || !steps[4].OK {
		t.Errorf("%+v, %v", steps, err)
	}
	if n := l.SecureAccess().Counts().Users; n != 2 {
		t.Errorf("%d users in Secure Access", n)
	}
}

func TestTheNextRequestShowsAnotherProfile(t *testing.T) {
	l, v, _ := followed(t, Options{})
	if err := l.SetProfile(duo.Profile{Probe: duo.ProbeFilter}); err != nil {
		t.Fatal(err)
	}
	if err := l.SetProfile(duo.Profile{Probe: "guess"}); err == nil {
		t.Error("a profile that makes no sense was taken")
	}
	v.post(pathProvisioning, "base_url", l.side.url, "action", "connect", "group", "DGUSERS0000000000001")
	last, _ := l.wire.one(l.wire.last())
	if !strings.Contains(last.Path, "filter=userName") {
		t.Errorf("the probe is %s", last.Path)
	}
}

func TestTimeThatPassesMakesACycleDue(t *testing.T) {
	l, _, _ := followed(t, Options{})
	before := l.Status().Last
	l.Advance(time.Hour)
	l.mu.Lock()
	due := l.answered
	l.mu.Unlock()
	if due != nil { // it has not ended yet
		<-due
	}
	if after := l.Status().Last; !after.After(before.Add(time.Hour - time.Minute)) {
		t.Errorf("the last cycle was at %s, the one before at %s", after, before)
	}
}
