package duo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// company is a directory with so many users in the one group.
func company(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("user%dx", i) // no key of one begins with that of another
	}
	return names
}

func (r *rig) leave(names ...string) {
	r.t.Helper()
	for _, n := range names {
		r.must(r.dir.RemoveMember(users, n+"@example.com"))
	}
}

func TestTheBrake(t *testing.T) {
	for _, c := range []struct {
		name         string
		people, gone int
		limit        *Limit
		stops        bool
	}{
		{"ten people may leave, however many there are", 11, 10, nil, false},
		{"eleven of many may leave", 60, 11, nil, false},
		{"eleven of few may not", 40, 11, nil, true},
		{"a limit of one's own", 5, 2, &Limit{People: 1, Percent: 10}, true},
		{"no limit", 20, 20, &NoLimit, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, people(company(c.people)...))
			r.opt.MaxDeprovision = c.limit
			r.enable()
			r.leave(company(c.gone)...)
			r.lines()
			sum, err := r.Sync(t.Context(), r.dir)
			brake, stopped := errors.AsType[*BrakeError](err)
			if stopped != c.stops || !stopped && (err != nil || sum.UsersDeactivated != c.gone) {
				t.Fatalf("%v, error %v", sum, err)
			}
			if stopped && (brake.Would != c.gone || brake.Linked != c.people || len(r.lines()) > 0) {
				t.Errorf("%+v: %q", brake, r.lines())
			}
		})
	}
}

func TestWhatTheBrakeStopsIsStagedOnceAndCanBeAllowed(t *testing.T) {
	r := newRig(t, people(company(20)...))
	r.enable()
	r.leave(company(20)...)
	before := r.Log().Len()
	for range 2 {
		if _, err := r.Sync(t.Context(), r.dir); err == nil {
			t.Fatal("the cycle was not stopped")
		}
	}
	staged := 0
	for _, e := range r.Log().Entries() {
		if e.Action == DeprovisioningStaged {
			staged++
		}
	}
	if staged != 20 || r.Log().Len() != before+20 {
		t.Errorf("%d entries are staged, %d are new", staged, r.Log().Len()-before)
	}
	sum, err := r.Run(t.Context(), r.dir, Cycle{AllowDeprovision: true})
	if err != nil || sum.UsersDeactivated != 20 {
		t.Errorf("%v, error %v", sum, err)
	}
}

func TestADirectoryWithoutUsersEmptiesNoCompany(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.enable()
	r.dir.Groups[0].Members = nil
	r.dir = people()
	r.lines()
	_, err := r.Sync(t.Context(), r.dir)
	if _, stopped := errors.AsType[*BrakeError](err); !stopped || len(r.lines()) > 0 || !strings.Contains(err.Error(), "no user at all") {
		t.Errorf("error %v", err)
	}
}

// failing answers requests that change something with these statuses, then as usual.
func (r *rig) failing(statuses ...int) {
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.Method == http.MethodGet || len(statuses) == 0 {
			return false
		}
		status := statuses[0]
		statuses = statuses[1:]
		answerError(w, &scim.Error{Status: status, Detail: "not now"})
		return true
	}
}

func TestWhatMayHealIsTriedAgainWithinTheCycle(t *testing.T) {
	r := newRig(t, people("josue"))
	r.opt.Retries = 4
	r.failing(500, 502, 504)
	if sum := r.enable(); sum.Failed() != 0 || sum.UsersCreated != 1 {
		t.Errorf("%v: %q", sum, r.told())
	}
	if len(r.slept) != 3 {
		t.Fatalf("waits %v", r.slept)
	}
	for i, d := range r.slept {
		if base := time.Second << i; d < base/2 || d >= base*3/2 {
			t.Errorf("wait %d is %s", i, d)
		}
	}
	equal(t, "each repetition begins with a look-up", slices.Compact(r.lines())[1:4], []string{
		"GET /Users?filter=userName%20eq%20%22josue%40example.com%22", "POST /Users", "GET /Users?filter=userName%20eq%20%22josue%40example.com%22",
	})
}

func TestAConnectionThatBreaksIsTriedAgainAndMakesNoSecondAccount(t *testing.T) {
	r := newRig(t, people("josue"))
	r.opt.Retries = 1
	broken := false
	r.stub.instead = func(_ http.ResponseWriter, q *http.Request) bool {
		if q.Method != http.MethodPost || broken {
			return false
		}
		broken = true
		r.stub.insert(usersEndpoint, body(q))
		panic(http.ErrAbortHandler)
	}
	if sum := r.enable(); sum.Failed() != 0 || len(r.stub.all(usersEndpoint)) != 1 {
		t.Errorf("%v: %q", sum, r.told())
	}
}

func TestADeadLetter(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.opt.DeadAfter = 1
	refuse := true
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if refuse && q.Method == http.MethodPatch && strings.HasPrefix(q.URL.Path, "/Users/") {
			answerError(w, scim.InvalidValue("the name is too long"))
			return true
		}
		return false
	}
	r.enable()
	rename := func(name string) { r.must(r.dir.SetAttribute(josue, "Last Name", name)) }
	rename("Rojas")
	if sum := r.sync(); sum.UsersFailed != 1 {
		t.Fatalf("%v", sum)
	}
	var letters []store.Failure
	for f, err := range r.store.Failures(t.Context()) {
		r.must(err)
		letters = append(letters, f)
	}
	if len(letters) != 1 || !letters[0].Dead || letters[0].Status != 400 || !strings.Contains(letters[0].Reason, "the name is too long") || letters[0].Name != josue {
		t.Errorf("dead letters %+v", letters)
	}
	r.lines()
	if sum := r.sync(); sum.Skipped != 1 || len(r.lines()) > 0 {
		t.Errorf("it is sent again: %v", sum)
	}
	rename("Roja")
	if sum := r.sync(); sum.UsersFailed != 1 {
		t.Errorf("other values are not sent: %v", sum)
	}
	refuse = false
	if sum, err := r.Run(t.Context(), r.dir, Cycle{Redeliver: true}); err != nil || sum.UsersUpdated != 1 {
		t.Errorf("it is not delivered again: %v, error %v", sum, err)
	}
	for f, err := range r.store.Failures(t.Context()) {
		t.Errorf("a failure is left: %+v, error %v", f, err)
	}
}

func TestDeprovisioningIsNeverGivenUp(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.opt.DeadAfter = 1
	r.enable()
	r.leave("josue")
	refused := 0
	r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
		if q.URL.Path != "/Users/u-1" || refused == 3 {
			return false
		}
		refused++
		answerError(w, scim.InvalidValue("no"))
		return true
	}
	for range 3 {
		if sum := r.sync(); sum.UsersFailed != 1 {
			t.Fatalf("%v", sum)
		}
	}
	if sum := r.sync(); sum.UsersDeactivated != 1 {
		t.Errorf("%v", sum)
	}
}

func TestAQuarantineBeginsGrowsAndEnds(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	now := time.Date(2026, 3, 18, 0, 0, 0, 0, time.UTC)
	r.opt.Now, r.opt.OnEntry, r.opt.Quarantine = func() time.Time { return now }, nil, time.Hour
	r.enable()
	down := true
	r.stub.instead = func(w http.ResponseWriter, _ *http.Request) bool {
		if down {
			answerError(w, scim.Internal("down"))
		}
		return down
	}
	r.must(r.dir.SetAttribute(josue, "Last Name", "Rojas"))
	for range 3 {
		r.sync()
	}
	r.lines()
	paused := func() *QuarantineError {
		t.Helper()
		_, err := r.Sync(t.Context(), r.dir)
		q, ok := errors.AsType[*QuarantineError](err)
		if !ok {
			t.Fatalf("it is not paused: %v", err)
		}
		return q
	}
	if q := paused(); q.Cycles != 3 || !q.Until.Equal(now.Add(time.Hour)) || !strings.Contains(q.Reason, "500") || len(r.lines()) > 0 {
		t.Errorf("%+v", q)
	}
	now = now.Add(time.Hour)
	if q := paused(); q.Cycles != 4 || !q.Until.Equal(now.Add(2*time.Hour)) {
		t.Errorf("%+v", q)
	}
	equal(t, "the next attempt is a probe", r.lines(), []string{"GET /Users?startIndex=1&count=1"})
	down = false
	now = now.Add(2 * time.Hour)
	if sum := r.sync(); sum.UsersUpdated != 1 {
		t.Errorf("%v", sum)
	}
	if told := r.told(); told[len(told)-1] != "Provisioning resumed: Cisco Secure Access - Single Sign-On" {
		t.Errorf("%q", told)
	}
}

func TestNamesAreGivenUpBeforeTheyAreTaken(t *testing.T) {
	for _, workers := range []int{1, 8} {
		r := newRig(t, people("anna", "berta", "clara"))
		r.opt.Workers = workers
		r.enable()
		rename := func(user, to string) {
			r.must(r.dir.SetAttribute(user+"@example.com", "Username", to+"@example.com"))
		}
		rename("clara", "dora") // a new name
		rename("berta", "clara")
		rename("anna", "berta")
		r.must(r.dir.AddUser(person("anna2")))
		rename("anna2", "anna")
		r.must(r.dir.AddMember(users, "anna@example.com"))
		unique := r.stub.instead
		r.stub.instead = func(w http.ResponseWriter, q *http.Request) bool {
			return r.stub.refuseTakenNames(w, q) || unique != nil && unique(w, q)
		}
		if sum := r.sync(); sum.Failed() > 0 || sum.UsersUpdated != 3 || sum.UsersCreated != 1 {
			t.Errorf("%d workers: %v: %q", workers, sum, r.told())
		}
	}
}

func TestPeopleAndGroupsCanExchangeNames(t *testing.T) {
	r := newRig(t, people("anna", "berta", "clara"))
	withAdmins(r)
	r.enable()
	r.stub.instead = r.stub.refuseTakenNames
	for i, name := range []string{"berta", "clara", "anna"} { // each gets the name of the next
		r.dir.Users[i].Username = name + "@example.com"
	}
	r.dir = r.dir.Clone()
	r.dir.Groups[0].Name, r.dir.Groups[1].Name = r.dir.Groups[1].Name, r.dir.Groups[0].Name
	if sum := r.sync(); sum.Failed() > 0 || sum.UsersCreated > 0 {
		t.Errorf("%v: %q", sum, r.told())
	}
	for name, id := range map[string]string{"berta": "u-1", "clara": "u-2", "anna": "u-3"} {
		if got := r.stub.one(t, usersEndpoint, "userName", name+"@example.com").String("id"); got != id {
			t.Errorf("%s is %s, want %s", name, got, id)
		}
	}
	equal(t, "members of the group that had the other name", r.membersAt("DUO - Admins"), []string{"anna@example.com", "berta@example.com", "clara@example.com"})
	r.lines()
	r.sync()
	equal(t, "the next pass", r.lines(), nil)
}

// refuseTakenNames answers 409 to a PATCH that gives a user another's name.
func (s *stub) refuseTakenNames(w http.ResponseWriter, q *http.Request) bool {
	if q.Method != http.MethodPatch {
		return false
	}
	o := body(q)
	for _, v := range o.Array("Operations") {
		op := v.(*scim.Object)
		for _, u := range append(slices.Clone(s.resources[usersEndpoint]), s.resources[groupsEndpoint]...) {
			path := op.String("path")
			if (path == "userName" || path == "displayName") && u.String(path) == op.String("value") {
				answerError(w, scim.UniquenessError("taken"))
				return true
			}
		}
	}
	text, _ := scim.Marshal(o)
	q.Body = readerOf(text)
	return false
}

func TestStopEndsACycleAfterTheRequestsInFlight(t *testing.T) {
	r := newRig(t, people(company(20)...))
	sent := 0
	r.stub.instead = func(_ http.ResponseWriter, q *http.Request) bool {
		if q.Method == http.MethodPost {
			if sent++; sent == 5 {
				r.Stop()
			}
		}
		return false
	}
	_, err := r.SaveAndEnable(context.Background(), r.dir)
	if !errors.Is(err, ErrStopped) || sent != 5 {
		t.Errorf("%d requests, error %v", sent, err)
	}
	if n := len(r.told()); n != 2+5 {
		t.Errorf("%d entries: %q", n, r.told())
	}
	for intent, err := range r.store.Intents(t.Context()) {
		t.Errorf("an intent is open: %+v, error %v", intent, err)
	}
}

func TestMembersGoInBatches(t *testing.T) {
	r := newRig(t, people(company(10)...))
	r.opt.MaxMembersPerPatch = 4
	r.enable()
	r.leave("user1x", "user2x", "user3x")
	r.must(r.dir.AddUser(person("zoe")))
	r.must(r.dir.AddMember(users, "zoe@example.com"))
	r.sync()
	patches := 0
	for _, line := range r.lines() {
		if line == "PATCH /Groups/g-11" {
			patches++
		}
	}
	if patches != 3+1 || len(r.membersAt(users)) != 8 {
		t.Errorf("%d requests, members %q", patches, r.membersAt(users))
	}
}
