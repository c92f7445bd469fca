package duo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/chaos"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// childTask makes this test program a process that provisions: state file, base
// URL, token and round, separated by spaces.
const childTask = "DUO_CHILD"

const joiners = 25 // in each round

// historyAt is the company after so many rounds of joiners, movers and leavers.
func historyAt(round int) *directory.Directory {
	random := rand.New(rand.NewPCG(1, 2))
	dir := &directory.Directory{}
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	check(dir.AddGroup(directory.Group{Key: "DGSTAFF0000000000000", Name: "Staff"}))
	for r := range round + 1 {
		for n := range joiners {
			name := fmt.Sprintf("person%d-%d", r, n)
			check(dir.AddUser(directory.User{Key: fmt.Sprintf("DU%09d%09d", r, n), Username: name + "@example.com", DisplayName: name}))
			check(dir.AddMember("Staff", name+"@example.com"))
		}
		for range 3 {
			u := dir.Users[random.IntN(len(dir.Users))]
			switch random.IntN(3) {
			case 0:
				check(dir.RemoveUser(u.Key))
			case 1:
				check(dir.SetAttribute(u.Key, directory.DisplayName, fmt.Sprintf("%s in round %d", u.DisplayName, r)))
			case 2:
				check(dir.SetAttribute(u.Key, directory.Username, fmt.Sprintf("r%d-%s", r, u.Username)))
			}
		}
	}
	return dir
}

func staffApplication() Application {
	return Application{
		Name: "Secure Access", Type: CiscoSecureAccess, Deprovisioning: Deactivate, Groups: GroupSelection{Select: []string{"Staff"}},
		Mapping: []Row{{"Username", "userName"}, {"Display Name", "displayName"}},
	}
}

// child is the process that the test kills.
func child(task string) error {
	fields := strings.Fields(task)
	round, err := strconv.Atoi(fields[3])
	if err != nil {
		return err
	}
	kept, err := store.Open(context.Background(), fields[0], "Secure Access")
	if err != nil {
		return err
	}
	defer func() { _ = kept.Close() }()
	failing, err := chaos.New("busy=0.02,unavailable=0.02,failure=0.02,gateway=0.03,reset-before=0.03,reset-after=0.03,truncated=0.03,duplicate=0.03", uint64(round), nil)
	if err != nil {
		return err
	}
	_, err = provisionStaff(kept, fields[1], fields[2], historyAt(round), failing)
	return err
}

func provisionStaff(kept store.Store, url, token string, dir *directory.Directory, transport http.RoundTripper) (*Provisioner, error) {
	p, err := New(staffApplication(), Profile{}, &wire.Client{BaseURL: url, Token: token, HTTP: &http.Client{Transport: transport}}, Options{
		Store: kept, Workers: 4, Retries: 2, MaxDeprovision: &NoLimit, MaxMembersPerPatch: 10,
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		return nil, err
	}
	_, err = p.Continue(context.Background(), dir, Cycle{})
	return p, err
}

// Fifty processes provision over a failing wire, and each is killed at some moment.
// Then one cycle without either makes the target equal to the directory.
func TestFiftyKilledProcessesLeaveNothingWrong(t *testing.T) {
	if testing.Short() {
		t.Skip("starts fifty processes")
	}
	access, err := secureaccess.New(secureaccess.Config{Organization: "Example"})
	fatal(t, err)
	integrated, err := access.IntegrateDirectory("Staff", secureaccess.Duo)
	fatal(t, err)
	token, err := integrated.GenerateToken()
	fatal(t, err)
	server := httptest.NewServer(access)
	t.Cleanup(server.Close)
	state, url := filepath.Join(t.TempDir(), "state.db"), access.ProvisioningURL(server.URL)
	random := rand.New(rand.NewPCG(3, 4))
	killed, round := 0, 0
	for ; killed < 50 && round < 200; round++ {
		if killChild(t, fmt.Sprintf("%s %s %s %d", state, url, token, round), time.Duration(30+random.IntN(150))*time.Millisecond) {
			killed++
		}
	}
	t.Logf("%d of %d processes were killed", killed, round)
	kept, err := store.Open(t.Context(), state, "Secure Access")
	fatal(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	dir := historyAt(round)
	p, err := provisionStaff(kept, url, token, dir, nil)
	fatal(t, err)
	c, err := p.Verify(t.Context(), dir)
	fatal(t, err)
	if !c.Same() || len(c.Extra) > 0 || c.Equal < len(dir.Users)+1 {
		t.Errorf("the target differs from the directory: %+v", c)
	}
	if n, persons := access.Counts().Users, (round+1)*joiners; n > persons {
		t.Errorf("%d accounts for %d persons", n, persons)
	}
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// killChild starts a process and kills it after a time; it says whether it was
// still running.
func killChild(t *testing.T, task string, after time.Duration) bool {
	t.Helper()
	self, err := os.Executable()
	fatal(t, err)
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^$")
	cmd.Env = append(os.Environ(), childTask+"="+task)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	fatal(t, cmd.Start())
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err = cmd.Wait()
	if err != nil && cmd.ProcessState.Exited() && !strings.Contains(out.String(), "chaos") && !strings.Contains(out.String(), "cannot connect") {
		t.Fatalf("the process failed: %v\n%s", err, &out)
	}
	return err != nil && !cmd.ProcessState.Exited()
}
