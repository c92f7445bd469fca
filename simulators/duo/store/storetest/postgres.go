// Package storetest starts a PostgreSQL server for tests.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	accounts "os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Postgres returns the URL of an empty database on a private server on loopback, which
// all tests of a package share; Stop ends it. Where PostgreSQL is not installed the test
// is skipped, or fails if REQUIRE_POSTGRES is set.
func Postgres(t *testing.T) string {
	t.Helper()
	s, err := startPostgres()
	if err != nil {
		if os.Getenv("REQUIRE_POSTGRES") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	name := fmt.Sprintf("test%d", databases.Add(1))
	if out, err := s.run("createdb", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", "postgres", name); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return s.database(name)
}

// Stop ends the server if a test has started one. It is for TestMain.
func Stop() {
	if running != nil {
		_, _ = running.run("pg_ctl", "-D", filepath.Join(running.dir, "data"), "-m", "immediate", "stop")
		_ = os.RemoveAll(running.dir)
	}
}

var (
	databases     atomic.Int32
	running       *server
	startPostgres = sync.OnceValues(func() (*server, error) {
		s, err := newServer()
		running = s
		return s, err
	})
)

// server is a PostgreSQL server with its data in a temporary folder.
type server struct {
	dir  string
	port int
	bin  string
}

func (s *server) database(name string) string {
	return (&url.URL{Scheme: "postgres", User: url.User("postgres"), Host: "127.0.0.1:" + strconv.Itoa(s.port), Path: name, RawQuery: "sslmode=disable"}).String()
}

func newServer() (*server, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return nil, fmt.Errorf("no PostgreSQL here: install Debian's package postgresql (%w)", os.ErrNotExist)
	}
	s := &server{bin: found[len(found)-1]}
	if s.dir, err = os.MkdirTemp("", "postgres"); err != nil {
		return nil, err
	}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	if os.Geteuid() == 0 { // the server refuses to run as root
		if err := chown(s.dir, "postgres"); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(s.dir, "data")
	for _, args := range [][]string{
		{"initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
		{"pg_ctl", "-D", data, "-w", "-l", filepath.Join(s.dir, "log"), "-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -k %s -c fsync=off", s.port, s.dir), "start"},
	} {
		if out, err := s.run(args...); err != nil {
			return s, fmt.Errorf("%v: %w\n%s", args, err, out)
		}
	}
	return s, nil
}

func (s *server) run(args ...string) ([]byte, error) {
	args[0] = filepath.Join(s.bin, args[0])
	if os.Geteuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // PostgreSQL's own programs
	cmd.Dir = s.dir
	cmd.WaitDelay = time.Second // the server keeps what it inherited open
	var out strings.Builder
	cmd.Stderr = &out
	err := cmd.Run()
	return []byte(out.String()), err
}

func freePort() (int, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	address, ok := l.Addr().(*net.TCPAddr)
	if err := l.Close(); err != nil || !ok {
		return 0, errors.Join(err, errors.New("no port on loopback"))
	}
	return address.Port, nil
}

func chown(path, name string) error {
	u, err := accounts.Lookup(name)
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	return os.Chown(path, uid, gid)
}
