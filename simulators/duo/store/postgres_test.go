package store_test

import (
	"context"
	"database/sql"
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

// postgres returns the URL of an empty database on a private server, which all
// tests of the package share. Where PostgreSQL is not installed the test is
// skipped, or fails if REQUIRE_POSTGRES is set.
func postgres(t *testing.T) string {
	t.Helper()
	server, err := startPostgres()
	if err != nil {
		if os.Getenv("REQUIRE_POSTGRES") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	name := fmt.Sprintf("test%d", databases.Add(1))
	admin, err := sql.Open("pgx", server.database("postgres"))
	if err == nil {
		_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := admin.Close(); err != nil {
		t.Fatal(err)
	}
	return server.database(name)
}

var databases atomic.Int32

// server is a PostgreSQL server on loopback, with its data in a temporary folder.
type server struct {
	dir  string
	port int
	bin  string
}

func (s *server) database(name string) string {
	return (&url.URL{Scheme: "postgres", User: url.User("postgres"), Host: "127.0.0.1:" + strconv.Itoa(s.port), Path: name, RawQuery: "sslmode=disable"}).String()
}

var (
	running       *server
	startPostgres = sync.OnceValues(func() (*server, error) {
		s, err := newServer()
		running = s
		return s, err
	})
)

// TestMain stops the server that a test has started. A process with $STORE_CHILD
// is a child of a test.
func TestMain(m *testing.M) {
	if where := os.Getenv(childState); where != "" {
		os.Exit(child(where, os.Getenv(childTask)))
	}
	code := m.Run()
	if running != nil {
		running.stop()
	}
	os.Exit(code)
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
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = s.dir
	cmd.WaitDelay = time.Second // the server keeps what it inherited open
	var out strings.Builder
	cmd.Stderr = &out
	err := cmd.Run()
	return []byte(out.String()), err
}

func (s *server) stop() {
	_, _ = s.run("pg_ctl", "-D", filepath.Join(s.dir, "data"), "-m", "immediate", "stop")
	_ = os.RemoveAll(s.dir)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func chown(path, name string) error {
	u, err := accounts.Lookup(name)
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return os.Chown(path, uid, gid)
}
