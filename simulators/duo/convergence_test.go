package duo

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/chaos"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// Whatever joiners, movers and leavers there are, whatever goes wrong on the wire,
// and whenever the process is killed: once the faults have stopped, one cycle
// makes the target what the directory says.

const (
	honest = "busy=0.05,unavailable=0.05,failure=0.04,gateway=0.05,reset-before=0.05,reset-after=0.06,truncated=0.05,duplicate=0.05"
	lying  = "gateway=0.05,reset-after=0.08,truncated=0.04,duplicate=0.05,stale=0.15,empty=0.06"
)

func TestConvergenceUnderHonestFaults(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { newCompany(t, 1, true).live(honest, Cycle{}) })
}

func TestConvergenceUnderLyingFaultsByAFullCycle(t *testing.T) {
	// Nothing helps a client whose target denies again and again what it has, while
	// its name changes: by the new name it is not found either. And a value that Duo
	// has cleared, and that no read shows as sent, is taken for the target's own.
	rapid.Check(t, func(t *rapid.T) { newCompany(t, 1, false).live(lying, Cycle{Full: true}) })
}

func TestConvergenceWithManyWorkers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { newCompany(t, 8, true).live(honest, Cycle{}) })
}

// companyLife is a company whose people come, change and go, and the target that
// Duo provisions them into.
type companyLife struct {
	*rapid.T
	target  *wire.Client // what the judge looks with
	app     Application
	profile Profile
	dir     *directory.Directory
	kept    store.Store
	clock   time.Time
	workers int
	renames bool // people and groups get other names, and values are cleared
	mu      sync.Mutex
	people  int             // ever
	told    map[string]bool // ids that a creation was answered with
}

func newCompany(t *rapid.T, workers int, renames bool) *companyLife {
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example"})
	must(t, err)
	integrated, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	must(t, err)
	token, err := integrated.GenerateToken()
	must(t, err)
	c := &companyLife{
		T: t, app: guideApplication(), dir: &directory.Directory{}, kept: store.NewMemory(), workers: workers, renames: renames,
		clock: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), told: map[string]bool{},
	}
	c.target = &wire.Client{BaseURL: access.ProvisioningURL("http://target"), Token: token, HTTP: &http.Client{Transport: inProcess{access}}}
	if rapid.Bool().Draw(t, "delete users") {
		c.app.Deprovisioning = Delete
	}
	c.profile = rapid.SampledFrom([]Profile{
		{}, {UserUpdate: Put, GroupRename: Put, MembersAdd: AddPut, MembersRemove: RemovePut, Deactivate: Put, Reactivate: Put},
		{GroupCreate: WithMembers, MatchedUser: MatchedAll, MembersRemove: RemoveValueArray},
		{UserLookup: UserLookupExternalID, ExternalID: ExternalIDKey, UserUpdate: PatchPathless},
	}).Draw(t, "profile")
	c.app.Groups.Select = nil
	for _, name := range []string{"Red", "Green", "Blue"} {
		key := "DG" + strings.ToUpper(name) + strings.Repeat("0", 18-len(name))
		must(t, c.dir.AddGroup(directory.Group{Key: key, Name: name}))
		if name != "Blue" {
			c.app.Groups.Select = append(c.app.Groups.Select, key)
		}
	}
	c.send(http.MethodPost, "Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"local@example.com","displayName":"Local"}`)
	c.send(http.MethodPost, "Groups", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Local"}`)
	return c
}

func must(t *rapid.T, err error) {
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// inProcess hands requests to a handler without a network between.
type inProcess struct{ handler http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	served := r.Clone(r.Context())
	if served.RequestURI = served.URL.RequestURI(); served.Body == nil {
		served.Body = http.NoBody
	}
	p.handler.ServeHTTP(w, served)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (c *companyLife) send(method, endpoint, document string) *scim.Object {
	var body any
	if document != "" {
		body = []byte(document)
	}
	resp, err := c.target.Do(c.Context(), wire.Request{Method: method, Path: []string{endpoint}, Body: body, Query: page(1, 200)})
	must(c.T, err)
	o, err := resp.Object()
	must(c.T, err)
	return o
}

// live lets some cycles pass under faults, and one without.
func (c *companyLife) live(spec string, last Cycle) {
	for range rapid.IntRange(1, 5).Draw(c.T, "cycles") {
		for range rapid.IntRange(0, 6).Draw(c.T, "changes") {
			c.change()
		}
		c.cycle(spec, Cycle{Full: rapid.IntRange(0, 4).Draw(c.T, "full") == 0})
	}
	must(c.T, c.run(c.target.HTTP.Transport, &fuse{left: -1}, last))
	c.equalsDirectory()
	c.clock = c.clock.Add(settling)
	must(c.T, c.run(c.target.HTTP.Transport, &fuse{left: -1}, Cycle{})) // closes what might still have shown
	quiet := &fuse{left: -1}
	must(c.T, c.run(fusedOver{c.target.HTTP.Transport, quiet}, &fuse{left: -1}, Cycle{}))
	if quiet.burned > 0 {
		c.Errorf("a cycle without changes sends %d requests", quiet.burned/2)
	}
	c.logTellsEveryCreation()
}

// fusedOver counts requests, or kills at one.
type fusedOver struct {
	next http.RoundTripper
	fuse *fuse
}

func (t fusedOver) RoundTrip(r *http.Request) (*http.Response, error) {
	if !t.fuse.alive() {
		return nil, errKilled
	}
	resp, err := t.next.RoundTrip(r)
	if !t.fuse.alive() {
		return nil, errKilled
	}
	return resp, err
}

// cycle is a process that runs one cycle under faults and may be killed in it.
func (c *companyLife) cycle(spec string, how Cycle) {
	faults, err := chaos.New(spec, rapid.Uint64().Draw(c.T, "seed"), c.target.HTTP.Transport)
	must(c.T, err)
	f := &fuse{left: rapid.IntRange(-1, 80).Draw(c.T, "killed after")}
	_ = c.run(fusedOver{faults, f}, f, how) // whatever came of it
}

func (c *companyLife) run(transport http.RoundTripper, f *fuse, how Cycle) error {
	c.clock = c.clock.Add(time.Minute)
	client := *c.target
	client.HTTP = &http.Client{Transport: c.noting(transport)}
	p, err := New(c.app, c.profile, &client, Options{
		Store: fusedStore{c.kept, f}, MaxDeprovision: &NoLimit, Retries: rapid.IntRange(0, 2).Draw(c.T, "retries"), MaxMembersPerPatch: 3,
		Workers: c.workers,
		Now:     func() time.Time { return c.clock },
		Sleep:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	must(c.T, err)
	_, err = p.Continue(c.Context(), c.dir, how)
	return err
}

// noting remembers the ids of users whose creation was answered.
func (c *companyLife) noting(next http.RoundTripper) http.RoundTripper {
	recorder := wire.NewRecorder()
	recorder.OnExchange = func(e *wire.Exchange) {
		o, err := scim.ParseObject(e.ResponseBody)
		if e.Method == http.MethodPost && strings.HasSuffix(e.URL, "/Users") && e.Status == http.StatusCreated && err == nil && o.String("id") != "" {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.told[o.String("id")] = true
		}
	}
	return recorder.Transport(next)
}

// change is one change in Duo.
func (c *companyLife) change() {
	if c.people == 0 {
		c.join()
		return
	}
	changes := []string{"join", "join", "leave", "delete", "edit", "move", "return"}
	if c.renames {
		changes = append(changes, "rename", "group", "exchange")
	}
	switch rapid.SampledFrom(changes).Draw(c.T, "change") {
	case "join":
		c.join()
	case "leave":
		c.someone(func(u directory.User) {
			for _, g := range c.dir.GroupsOf(u.Key) {
				must(c.T, c.dir.RemoveMember(g.Key, u.Key))
			}
		})
	case "delete":
		c.someone(func(u directory.User) {
			if len(c.dir.Users) > 1 {
				must(c.T, c.dir.RemoveUser(u.Key))
			}
		})
	case "rename":
		c.someone(func(u directory.User) {
			must(c.T, c.dir.SetAttribute(u.Key, directory.Username, fmt.Sprintf("renamed%d@example.com", c.number())))
		})
	case "exchange":
		c.someone(func(u directory.User) {
			c.someone(func(other directory.User) {
				name := func(key, name string) { must(c.T, c.dir.SetAttribute(key, directory.Username, name)) }
				name(u.Key, "meanwhile@example.com")
				if other.Key != u.Key {
					name(other.Key, u.Username)
					name(u.Key, other.Username)
				} else {
					name(u.Key, u.Username)
				}
			})
		})
	case "edit":
		c.someone(func(u directory.User) {
			names := []string{"Sato", "Rojas"}
			if c.renames {
				names = append(names, "")
			}
			must(c.T, c.dir.SetAttribute(u.Key, directory.LastName, rapid.SampledFrom(names).Draw(c.T, "last name")))
		})
	case "move", "return":
		c.someone(func(u directory.User) {
			g := rapid.SampledFrom(c.dir.Groups).Draw(c.T, "group")
			if c.dir.HasMember(g.Key, u.Key) {
				must(c.T, c.dir.RemoveMember(g.Key, u.Key))
			} else {
				must(c.T, c.dir.AddMember(g.Key, u.Key))
			}
		})
	case "group":
		g := rapid.SampledFrom(c.dir.Groups).Draw(c.T, "group")
		must(c.T, c.dir.RenameGroup(g.Key, fmt.Sprintf("Group %d", c.number())))
	}
}

func (c *companyLife) number() int { c.people++; return c.people }

func (c *companyLife) join() {
	n := c.number()
	u := directory.User{Key: fmt.Sprintf("DUPERSON%012d", n), Username: fmt.Sprintf("person%d@example.com", n), DisplayName: fmt.Sprint("Person ", n), LastName: "Sato"}
	if rapid.IntRange(0, 3).Draw(c.T, "takes a free name") == 0 && n > 1 {
		u.Username = fmt.Sprintf("person%d@example.com", rapid.IntRange(1, n-1).Draw(c.T, "name"))
	}
	if _, taken := c.dir.User(u.Username); taken || c.heldByRenamed(u.Username) {
		u.Username = fmt.Sprintf("person%d@example.com", n)
	}
	must(c.T, c.dir.AddUser(u))
	must(c.T, c.dir.AddMember(rapid.SampledFrom(c.dir.Groups).Draw(c.T, "group").Key, u.Key))
}

// heldByRenamed says whether a user of Duo still has the name at the target: one
// who was renamed and is not to be provisioned any more keeps it there.
func (c *companyLife) heldByRenamed(name string) bool {
	for link, err := range c.kept.Users(c.Context()) {
		must(c.T, err)
		if _, there := c.dir.User(link.Key); there && strings.EqualFold(sentName(link), name) {
			return true
		}
	}
	return false
}

func (c *companyLife) someone(do func(directory.User)) {
	if len(c.dir.Users) > 0 {
		do(rapid.SampledFrom(c.dir.Users).Draw(c.T, "user"))
	}
}

// equalsDirectory looks at the target with other eyes than the engine's.
func (c *companyLife) equalsDirectory() {
	active, ids := map[string]*scim.Object{}, map[string]string{}
	for _, v := range c.send(http.MethodGet, "Users", "").Array("Resources") {
		u := v.(*scim.Object)
		ids[u.String("id")] = u.String("userName")
		if on, _ := u.Get("active"); on != false {
			active[u.String("userName")] = u
		}
	}
	c.same("local user", active["local@example.com"].String("displayName"), "Local")
	delete(active, "local@example.com")
	members := map[string][]string{}
	for _, g := range c.dir.Groups {
		for _, key := range g.Members {
			if u, _ := c.dir.User(key); slices.Contains(c.app.Groups.Select, g.Key) {
				members[g.Name] = append(members[g.Name], u.Username)
				c.same("last name of "+u.Username, active[u.Username].Object("name").String("familyName"), u.LastName)
				c.same("display name of "+u.Username, active[u.Username].String("displayName"), u.DisplayName)
			}
		}
		slices.Sort(members[g.Name])
	}
	for name := range active {
		if !slices.ContainsFunc(c.dir.Groups, func(g directory.Group) bool { return slices.Contains(members[g.Name], name) }) {
			c.Errorf("%s is active and should not be", name)
		}
	}
	c.groupsAre(members, ids)
}

func (c *companyLife) groupsAre(members map[string][]string, ids map[string]string) {
	seen := map[string]int{}
	for _, v := range c.send(http.MethodGet, "Groups", "").Array("Resources") {
		g := v.(*scim.Object)
		seen[g.String("displayName")]++
		var names []string
		for _, m := range g.Array("members") {
			names = append(names, ids[m.(*scim.Object).String("value")])
		}
		slices.Sort(names)
		c.same("members of "+g.String("displayName"), strings.Join(names, " "), strings.Join(members[g.String("displayName")], " "))
	}
	for _, g := range c.dir.Groups {
		if want := slices.Contains(c.app.Groups.Select, g.Key); want != (seen[g.Name] == 1) {
			c.Errorf("the group %s is there %d times", g.Name, seen[g.Name])
		}
	}
	if len(seen) != len(c.app.Groups.Select)+1 {
		c.Errorf("groups at the target: %v", seen)
	}
}

func (c *companyLife) same(what, got, want string) {
	if got != want {
		c.Errorf("%s: %q, want %q", what, got, want)
	}
}

func (c *companyLife) logTellsEveryCreation() {
	for e, err := range c.kept.Entries(c.Context(), store.Query{}) {
		must(c.T, err)
		delete(c.told, EntryOf(e).Details.String("id"))
	}
	for id := range c.told {
		c.Errorf("the log does not tell of the account %s, whose creation was answered", id)
	}
}
