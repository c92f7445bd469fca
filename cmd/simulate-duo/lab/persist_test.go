package lab

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func TestALabThatIsStartedAgainGoesOnWhereItWas(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lab.db")
	var token string
	var before people
	t.Run("first", func(t *testing.T) {
		var l *Lab
		var v *visitor
		l, v, token = followed(t, Options{State: file})
		v.post("/duo/users/new", "username", "ada@example.com", "status", "active", "group", "DGUSERS0000000000001")
		var err error
		if before, err = l.People(t.Context(), secureaccess.ViewQuery{}); err != nil || len(before.Users) != 2 {
			t.Fatalf("%+v, %v", before, err)
		}
	})
	text, err := os.ReadFile(file + stateEnding)
	if err != nil || strings.Contains(string(text), token) {
		t.Fatalf("the state holds the token, or is not there: %v", err)
	}
	l, server := newLab(t, Options{State: file})
	v := visitorAt(t, server.URL)
	if _, err := l.Sync("a test", duo.Cycle{}); err != nil {
		t.Fatal(err)
	}
	if after, err := l.People(t.Context(), secureaccess.ViewQuery{}); err != nil || len(after.Users) != 2 || after.Users[1] != before.Users[1] || len(after.Groups) != 1 {
		t.Errorf("%+v, %v", after, err)
	}
	for _, e := range l.wire.choose(func(e *Exchange) bool { return changes(e.Method) }) {
		t.Errorf("%s %s was sent again", e.Method, e.URL)
	}
	v.want(v.get(pathProvisioning), "Enabled", "name.givenName")
	v.want(v.get(pathActivity), "User provisioning succeeded")
	v.post("/duo/users/" + key(t, l, "ada@example.com") + "/delete")
	v.want(v.get(pathActivity), "User deprovisioning succeeded")
}

// A restart is not what makes a void token good again.
func TestATokenThatWasReplacedIsStillVoidAfterARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lab.db")
	t.Run("first", func(t *testing.T) {
		l, _, _ := followed(t, Options{State: file})
		if _, err := l.generateToken(l.SecureAccess().Directories()[0]); err != nil {
			t.Fatal(err)
		}
	})
	l, _ := newLab(t, Options{State: file})
	if s := l.Status(); s.Enabled || !strings.Contains(s.Problem, "enter the token") {
		t.Errorf("%+v", s)
	}
}

func key(t *testing.T, l *Lab, user string) string {
	t.Helper()
	u, ok := l.Directory().User(user)
	if !ok {
		t.Fatalf("there is no %s", user)
	}
	return u.Key
}

func TestAStateThatCannotBeReadIsLeftAsItIs(t *testing.T) {
	for name, text := range map[string]string{"broken": "{", "newer": `{"version": 99}`} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "lab.db")
			if err := os.WriteFile(file+stateEnding, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := New(t.Context(), Options{State: file, Origin: "http://127.0.0.1:1"})
			if err == nil || !strings.Contains(err.Error(), "move it away to begin anew") {
				t.Errorf("got %v", err)
			}
			if kept, _ := os.ReadFile(file + stateEnding); string(kept) != text {
				t.Errorf("the file is %q", kept)
			}
		})
	}
}

func TestUsersOfTheStateReplaceThoseOfTheBeginning(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lab.db")
	t.Run("first", func(t *testing.T) {
		l, _ := newLab(t, Options{State: file})
		if _, err := l.Edit("a test", func(d *directory.Directory) error { return d.RemoveUser("josue@example.com") }); err != nil {
			t.Fatal(err)
		}
	})
	l, _ := newLab(t, Options{State: file})
	if _, ok := l.Directory().User("josue@example.com"); ok {
		t.Error("the user is back")
	}
}
