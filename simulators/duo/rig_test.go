package duo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// rig is a provisioner in front of a stub, with everything between them recorded.
type rig struct {
	*Provisioner
	t        testing.TB
	stub     *stub
	recorder *wire.Recorder
	dir      *directory.Directory
	slept    []time.Duration
	later    time.Duration // the clock of processes that were restarted
	seen     int           // the exchanges that wire has shown
}

// guideApplication is the Provisioning tab of Cisco guide 225885.
func guideApplication() Application {
	return Application{
		Name: "Cisco Secure Access - Single Sign-On",
		Type: CiscoSecureAccess,
		Mapping: []Row{
			{"Username", "userName"},
			{"Display Name", "displayName"},
			{"Email Address", "emails"},
			{"Last Name", "name.familyName"},
			{"First Name", "name.givenName"},
		},
		Groups:         GroupSelection{Select: []string{"DUO - Users"}},
		Deprovisioning: Deactivate,
	}
}

func person(name string) directory.User {
	return directory.User{
		Key:         "DU" + strings.ToUpper(name) + strings.Repeat("0", 18-len(name)),
		Username:    name + "@example.com",
		DisplayName: name,
		Email:       name + "@example.com",
		FirstName:   name,
		LastName:    "Brenes",
		Status:      directory.Active,
	}
}

// people is a directory with users of these names, and the group "DUO - Users"
// with all of them.
func people(names ...string) *directory.Directory {
	d := &directory.Directory{Groups: []directory.Group{{Key: "DGUSERS0000000000000", Name: "DUO - Users"}}}
	for _, name := range names {
		u := person(name)
		d.Users = append(d.Users, u)
		d.Groups[0].Members = append(d.Groups[0].Members, u.Key)
	}
	return d
}

func newRig(t testing.TB, dir *directory.Directory, with ...func(*Application, *Profile)) *rig {
	t.Helper()
	app, profile := guideApplication(), Profile{}
	for _, w := range with {
		w(&app, &profile)
	}
	r := &rig{t: t, stub: newStub(t), recorder: wire.NewRecorder(token), dir: dir}
	client := &wire.Client{BaseURL: r.stub.URL, Token: token, HTTP: &http.Client{Transport: r.recorder.Transport(http.DefaultTransport)}}
	now := time.Date(2026, 3, 18, 21, 11, 52, 0, time.UTC)
	ids := 0
	p, err := New(app, profile, client, Options{
		Now:     func() time.Time { return now },
		OnEntry: func(Entry) { now = now.Add(time.Second) },
		NewID:   func() string { ids++; return fmt.Sprintf("entry-%d", ids) },
		Sleep:   func(_ context.Context, d time.Duration) error { r.slept = append(r.slept, d); return nil },
		Admin:   "Josue Brenes",
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Provisioner = p
	return r
}

// choosing is an option of newRig: another profile.
func choosing(profile Profile) func(*Application, *Profile) {
	return func(_ *Application, p *Profile) { *p = profile }
}

func deleting(app *Application, _ *Profile) { app.Deprovisioning = Delete }

func (r *rig) enable() Summary {
	r.t.Helper()
	sum, err := r.SaveAndEnable(context.Background(), r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	return sum
}

func (r *rig) sync() Summary {
	r.t.Helper()
	sum, err := r.Sync(context.Background(), r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	return sum
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// wire shows the requests since the last call of wire, and the statuses.
func (r *rig) wire() string {
	r.t.Helper()
	return strings.Join(r.requests(), "\n")
}

func (r *rig) requests() []string {
	r.t.Helper()
	var all []string
	for _, e := range r.recorder.Since(r.seen) {
		r.seen = e.Seq
		all = append(all, r.show(e))
	}
	return all
}

// show prints method, path, the headers that matter, body and status.
func (r *rig) show(e *wire.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", e.Method, strings.TrimPrefix(e.URL, r.stub.URL))
	for _, name := range []string{"Authorization", "User-Agent", "Accept", "Content-Type"} {
		if v := e.RequestHeader.Get(name); v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	if len(e.RequestBody) > 0 {
		var pretty bytes.Buffer
		r.must(json.Indent(&pretty, e.RequestBody, "", "  "))
		fmt.Fprintln(&b, pretty.String())
	}
	fmt.Fprintf(&b, "=> %d\n", e.Status)
	return strings.ReplaceAll(b.String(), r.stub.URL, "http://target")
}

// lines lists method and path of the requests since the last call of wire.
func (r *rig) lines() []string {
	var all []string
	for _, request := range r.requests() {
		first, _, _ := strings.Cut(request, "\n")
		all = append(all, first)
	}
	return all
}

// told lists the log, oldest first: label, affected, operation.
func (r *rig) told() []string {
	entries := r.Log().Entries()
	told := make([]string, len(entries))
	for i, e := range entries {
		line := e.Label().Text + ": " + e.Affected.Name
		if op := e.Details.String("operation"); op != "" {
			line += " (" + op + ")"
		}
		told[len(entries)-1-i] = line
	}
	return told
}

// failure returns the error in the details of the only failure in the log.
func (r *rig) failure() string {
	r.t.Helper()
	var failures []string
	for _, e := range r.Log().Entries() {
		if e.Outcome() == Failure {
			failures = append(failures, e.Details.String("error"))
		}
	}
	if len(failures) != 1 {
		r.t.Fatalf("the log tells %d failures, want one: %q", len(failures), failures)
	}
	return failures[0]
}
