package engine

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/client"
	"github.com/simulate-duo/simulate-duo/steps/client/visit"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

const clientToken = "token-of-the-client-7c2f91"

// clock is a clock that stands still until somebody waits.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 18, 21, 11, 52, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

// provisioner is a simulated Duo, with or without a fault.
type provisioner interface {
	Connect(ctx context.Context) error
	Application() duo.Application
	Save(app duo.Application, people *directory.Directory) error
	SaveAndEnable(ctx context.Context, people *directory.Directory) (duo.Summary, error)
	Sync(ctx context.Context, people *directory.Directory) (duo.Summary, error)
}

// duoClient does the tasks as an administrator of Duo does them.
type duoClient struct {
	clock *clock
	duo   provisioner
	dir   *directory.Directory
}

const (
	firstGroup = "DGENGINEERS000000001"
	oddGroup   = "DGODD000000000000002"
)

func keyOf(name string) string {
	return fmt.Sprintf("DU%-18s", strings.ToUpper(strings.ReplaceAll(name, "ë", "E")))
}

func personOf(name string) directory.User {
	p := client.People[name]
	return directory.User{
		Key: strings.ReplaceAll(keyOf(name), " ", "0"), Username: p.UserName, DisplayName: p.DisplayName, Email: p.UserName,
		FirstName: p.GivenName, LastName: p.FamilyName, Status: directory.Active, Attributes: map[string]string{"Auth Name": "auth-" + p.GivenName},
	}
}

// newDuoClient is a Duo before its first connection. make is how it is made.
func newDuoClient(t *testing.T, h *visit.Host, clock *clock, app func(*duo.Application), build func(duo.Application, *wire.Client, duo.Options) (provisioner, error)) *duoClient {
	t.Helper()
	a := duo.Application{
		Name: "Secure Access", Type: duo.CiscoSecureAccess, Deprovisioning: duo.Deactivate,
		Mapping: []duo.Row{
			{Duo: "Username", Application: "userName"}, {Duo: "Display Name", Application: "displayName"}, {Duo: "Email Address", Application: "emails"},
			{Duo: "Last Name", Application: "name.familyName"}, {Duo: "First Name", Application: "name.givenName"}, {Duo: "Auth Name", Application: "authName"},
		},
		Groups: duo.GroupSelection{Select: []string{firstGroup}},
	}
	if app != nil {
		app(&a)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	wired := &wire.Client{BaseURL: h.BaseURL(), Token: clientToken, HTTP: &http.Client{Transport: transport}}
	p, err := build(a, wired, duo.Options{Now: clock.Now, Sleep: clock.pass, Log: &duo.Log{}})
	if err != nil {
		t.Fatal(err)
	}
	return &duoClient{clock: clock, duo: p, dir: &directory.Directory{Groups: []directory.Group{{Key: firstGroup, Name: client.Group}}}}
}

// add creates people and puts them into the first group.
func (c *duoClient) add(names ...string) {
	for _, name := range names {
		u := personOf(name)
		if !slices.ContainsFunc(c.dir.Users, func(has directory.User) bool { return has.Key == u.Key }) {
			c.dir.Users = append(c.dir.Users, u)
		}
		c.dir.Groups[0].Members = append(c.dir.Groups[0].Members, u.Key)
	}
}

// remove takes people out of all groups.
func (c *duoClient) remove(names ...string) {
	for i := range c.dir.Groups {
		c.dir.Groups[i].Members = slices.DeleteFunc(c.dir.Groups[i].Members, func(key string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return personOf(name).Key == key })
		})
	}
}

func (c *duoClient) display(name, text string) {
	for i := range c.dir.Users {
		if c.dir.Users[i].Key == personOf(name).Key {
			c.dir.Users[i].DisplayName = text
		}
	}
}

// cycles lets provisioning cycles pass. What fails within is the client's own affair.
func (c *duoClient) cycles(ctx context.Context, n int) {
	for range n {
		_, _ = c.duo.Sync(ctx, c.dir)
		_ = c.clock.pass(ctx, 40*time.Minute)
	}
}

func (c *duoClient) do(ctx context.Context, a visit.Asked) (visit.Outcome, error) {
	switch a.Name {
	case "connect":
		_ = c.duo.Connect(ctx)
		return visit.Outcome{}, nil
	case "create-user":
		c.add("Ada")
		_, _ = c.duo.SaveAndEnable(ctx, c.dir)
	case "odd-group":
		c.dir.Groups = append(c.dir.Groups, directory.Group{Key: oddGroup, Name: client.OddGroup, Members: []string{personOf("Ada").Key}})
		app := c.duo.Application()
		app.Groups.Select = append(app.Groups.Select, oddGroup)
		if err := c.duo.Save(app, c.dir); err != nil {
			return visit.Outcome{}, err
		}
	case "match-user", "match-odd", "conflict", "odd-user", "lost-answer":
		for name, p := range client.People {
			if p.UserName == a.User.UserName {
				c.add(name)
			}
		}
	case "rename-group":
		c.dir.Groups[0].Name = client.RenamedGroup
	case "odd-change":
		c.display("Zoë", a.User.DisplayName)
	case "change-silent", "busy", "outage", "redirect", "certificate":
		c.display("Ada", a.User.DisplayName)
	case "batch":
		c.add(client.Newcomers...)
	case "remove-member":
		c.remove("Fay")
	case "deactivate":
		c.remove("Ada")
	case "reactivate":
		c.add("Ada")
	case "trouble":
		c.remove("Bob", "Carol")
		c.add("Eve")
		c.cycles(ctx, 1)
		return visit.Outcome{}, nil
	case "delete":
		c.remove("Gus")
		_ = c.dir.RemoveUser(personOf("Gus").Key)
	}
	c.cycles(ctx, 2)
	return visit.Outcome{}, nil
}

// received has a client do all tasks, and returns what was recorded.
func received(t *testing.T, options visit.Options, doer func(h *visit.Host, clock *clock) visit.Doer) *client.Recording {
	t.Helper()
	clock := newClock()
	options.Token, options.Now = clientToken, clock.Now
	h, err := visit.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	rec, err := h.Play(t.Context(), doer(h, clock))
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func judgedClient(t *testing.T, rec *client.Recording, only ...string) *report.Report {
	t.Helper()
	result, err := JudgeClient(t.Context(), rec, ClientOptions{Name: "client", Only: only})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func duoWith(t *testing.T, profile duo.Profile, app func(*duo.Application)) func(h *visit.Host, clock *clock) visit.Doer {
	return func(h *visit.Host, clock *clock) visit.Doer {
		return newDuoClient(t, h, clock, app, func(a duo.Application, c *wire.Client, o duo.Options) (provisioner, error) {
			return duo.New(a, profile, c, o)
		}).do
	}
}
