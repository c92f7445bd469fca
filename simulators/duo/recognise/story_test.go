package recognise_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/recognise"
	"github.com/simulate-duo/simulate-duo/simulators/scim/recording"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// The people and groups of the story.
const (
	josue, aiko, maria, naomi, bob, carol = "josue@example.com", "aiko@example.com", "maria@example.com", "naomi@example.com", "bob@example.com", "carol@example.com"

	people, renamed, staff = "DUO - Users", "DUO - People", "DUO - Staff"
)

// story plays the guide and what it only describes, through the recorder, against
// Secure Access. Every field of the profile makes a difference in it.
type story struct {
	t     *testing.T
	duo   *duo.Provisioner
	dir   *directory.Directory
	file  *har.File
	later time.Duration // the waits that were not waited for

	mu         sync.Mutex
	turn       sync.Cond
	sent, kept int
}

// record plays the story with a profile and returns the file.
func record(t *testing.T, profile duo.Profile, cleaner *recording.Cleaner) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "duo.har")
	s := &story{t: t, dir: &directory.Directory{}}
	s.turn.L = &s.mu
	var err error
	s.file, err = har.Create(name, har.Creator{Name: "test", Version: "1"})
	s.must(err)
	target, token := secureAccess(t)
	upstream, err := url.Parse(target)
	s.must(err)
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	recorder := recording.NewProxy(upstream, transport, cleaner, s.keep)
	recorder.AskToWait = true
	proxy := httptest.NewServer(recorder)
	t.Cleanup(proxy.Close)
	client := &wire.Client{BaseURL: proxy.URL, Token: token, HTTP: &http.Client{Transport: inTurn{s}}}
	app := duo.Application{
		Name: "Cisco Secure Access - Single Sign-On", Type: duo.CiscoSecureAccess, Deprovisioning: duo.Deactivate,
		Mapping: []duo.Row{
			{Duo: directory.Username, Application: "userName"}, {Duo: directory.DisplayName, Application: "displayName"},
			{Duo: directory.Email, Application: "emails"}, {Duo: directory.LastName, Application: "name.familyName"}, {Duo: directory.FirstName, Application: "name.givenName"},
		},
		Groups: duo.GroupSelection{Select: []string{people, staff}},
	}
	s.duo, err = duo.New(app, profile, client, duo.Options{Sleep: s.sleep, MaxDeprovision: &duo.NoLimit})
	s.must(err)
	s.before(target, token)
	s.play()
	s.mu.Lock()
	s.await()
	s.mu.Unlock()
	s.must(s.file.Close())
	return name
}

// before puts a disabled user into the target, whom Duo finds there.
func (s *story) before(target, token string) {
	s.t.Helper()
	c := &wire.Client{BaseURL: target, Token: token}
	resp, err := c.Do(s.t.Context(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(
		`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"` + josue + `","displayName":"Somebody","active":false}`)})
	if err != nil || resp.Status != http.StatusCreated {
		s.t.Fatalf("%v %v", resp, err)
	}
}

func (s *story) play() {
	s.t.Helper()
	for _, name := range []string{josue, aiko, maria, naomi} {
		s.join(name)
	}
	s.must(s.dir.AddGroup(directory.Group{Name: people, Members: []string{josue, aiko, maria, naomi}}))
	s.must(s.dir.AddGroup(directory.Group{Name: staff, Members: []string{josue, naomi}}))
	s.must(s.dir.SetAttribute(aiko, directory.LastName, ""))
	s.must(s.duo.Connect(s.t.Context()))
	_, err := s.duo.SaveAndEnable(s.t.Context(), s.dir)
	s.must(err)

	s.must(s.dir.SetAttribute(josue, directory.LastName, "Rojas"))
	s.must(s.dir.SetAttribute(aiko, directory.FirstName, ""))
	s.must(s.dir.SetStatus(naomi, directory.Disabled))
	s.join(bob, people)
	s.join(carol, people)
	s.sync()
	s.must(s.dir.RemoveMember(people, maria))
	s.must(s.dir.RemoveMember(people, aiko))
	s.must(s.dir.RenameGroup(people, renamed))
	s.sync()
	s.must(s.dir.RemoveGroup(renamed))
	s.sync()
	s.must(s.dir.SetAttribute(josue, directory.LastName, "Brenes"))
	s.sync()
}

func (s *story) join(name string, groups ...string) {
	s.t.Helper()
	first, _, _ := strings.Cut(name, "@")
	s.must(s.dir.AddUser(directory.User{Username: name, DisplayName: "The " + first, Email: name, FirstName: first, LastName: "Brenes"}))
	for _, g := range groups {
		s.must(s.dir.AddMember(g, name))
	}
}

func (s *story) sync() {
	s.t.Helper()
	_, err := s.duo.Sync(s.t.Context(), s.dir)
	s.must(err)
}

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// secureAccess is a target with a life of its own.
func secureAccess(t *testing.T) (base, token string) {
	t.Helper()
	server, err := secureaccess.New(secureaccess.Config{Organization: "test"})
	if err != nil {
		t.Fatal(err)
	}
	d, err := server.IntegrateDirectory("DUO Integration", secureaccess.Duo)
	if err != nil {
		t.Fatal(err)
	}
	if token, err = d.GenerateToken(); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	return server.ProvisioningURL(s.URL), token
}

// keep writes an exchange as if every wait had been waited for.
func (s *story) keep(x *wire.Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	moved := *x
	moved.Started = x.Started.Add(s.later)
	if err := s.file.Add(&moved); err != nil {
		s.t.Error(err)
	}
	s.kept++
	s.turn.Broadcast()
}

// await returns when all that was sent is kept.
func (s *story) await() {
	for s.kept < s.sent {
		s.turn.Wait()
	}
}

func (s *story) sleep(_ context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.await()
	s.later += d
	return nil
}

// inTurn sends a request when the one before is kept.
type inTurn struct{ *story }

func (s inTurn) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.await()
	s.sent++
	s.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

// recognised reads a file.
func recognised(t *testing.T, name string, hints recognise.Hints) *recognise.Result {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	result, err := recognise.Read(file, hints)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
