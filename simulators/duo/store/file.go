package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// file is a state in an SQLite file.
type file struct{ name string }

//go:embed migrations/sqlite
var sqliteMigrations embed.FS

// errFolder says that the name is not that of a file.
var errFolder = errors.New("it is a folder: name a file")

// applicationMark is the application_id of a state: "SDuo".
const applicationMark = 0x5344756F

// readers is how many sequences and look-ups may be under way at a time before
// one waits for another.
const readers = 16

func (f *file) open(ctx context.Context, application string) (s *SQL, err error) {
	lock, err := f.lock()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, lock.Close())
		}
	}()
	if err := f.make(ctx); err != nil {
		return nil, err
	}
	db, err := f.connect("_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=foreign_keys(off)&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(16000)")
	if err != nil {
		return nil, err
	}
	app, err := f.prepare(ctx, db, application)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return newSQL(&SQL{place: f, db: db, app: app, lock: lock}, nil, db.Conn, checkpoint), nil
}

// lock makes sure that one process at a time writes. The lock is on a file of
// its own, because SQLite's locks on the state end when any other handle of the
// state is closed.
func (f *file) lock() (io.Closer, error) {
	if _, err := os.Stat(filepath.Dir(f.name)); err != nil {
		return nil, fmt.Errorf("its folder is not there: make it first: %w", err)
	}
	lock, err := os.OpenFile(f.name+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(lock); err != nil {
		_ = lock.Close()
		return nil, fmt.Errorf("%w: wait until it has ended, or end it; two of them would undo each other's work (%w)", ErrInUse, err)
	}
	return lock, nil
}

// make makes the file if it is not there. It is made under another name, so that
// a kill leaves no half of a state behind.
func (f *file) make(ctx context.Context) error {
	switch info, err := os.Stat(f.name); {
	case err == nil && info.IsDir():
		return errFolder
	case err == nil && info.Size() == 0:
		return fmt.Errorf("%w: the file is empty, which a state never is: bring back a copy, or remove the file to begin anew; then everybody is matched again", ErrCorrupt)
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	fresh := &file{f.name + ".new"}
	if err := fresh.remove(); err != nil {
		return err
	}
	if err := fresh.create(ctx); err != nil {
		return err
	}
	return os.Rename(fresh.name, f.name)
}

func (f *file) remove() error {
	for _, name := range []string{f.name, f.name + "-journal"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (f *file) create(ctx context.Context) error {
	made, err := os.OpenFile(f.name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // it names people
	if err != nil {
		return err
	}
	if err := made.Close(); err != nil {
		return err
	}
	db, err := f.connect("_pragma=journal_mode(delete)")
	if err != nil {
		return err
	}
	return errors.Join(f.migrate(ctx, db), db.Close())
}

func (f *file) connect(parameters string) (*sql.DB, error) {
	path, err := filepath.Abs(f.name)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file://"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+parameters)
	if err == nil {
		db.SetMaxOpenConns(readers)
		db.SetMaxIdleConns(readers)
	}
	return db, err
}

// prepare checks that the file is a state of this version or older, brings it to
// this version and registers the application.
func (f *file) prepare(ctx context.Context, db *sql.DB, application string) (app int64, err error) {
	if err := f.check(ctx, db); err != nil {
		return 0, err
	}
	if err := f.migrate(ctx, db); err != nil {
		return 0, err
	}
	return register(ctx, f, db, application)
}

func (f *file) check(ctx context.Context, db *sql.DB) error {
	var mark, version, newest int64
	if err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)").Scan(&mark, &version); err != nil {
		return err
	}
	if mark != applicationMark {
		return fmt.Errorf("%w: it is a database of another program: name another file", ErrCorrupt)
	}
	p, err := f.migrations(db)
	if err != nil {
		return err
	}
	for _, m := range p.ListSources() {
		newest = max(newest, m.Version)
	}
	if version > newest {
		return fmt.Errorf("%w: it has version %d, this program knows versions up to %d: use the newer program, or begin a new state", ErrNewer, version, newest)
	}
	return nil
}

func (f *file) migrations(db *sql.DB) (*goose.Provider, error) {
	return provider(goose.DialectSQLite3, db, sqliteMigrations, "migrations/sqlite")
}

func (f *file) migrate(ctx context.Context, db *sql.DB) error {
	p, err := f.migrations(db)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

func (f *file) look(ctx context.Context) (*sql.DB, error) {
	switch info, err := os.Stat(f.name); {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	}
	db, err := f.connect("mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, err
	}
	if err := f.check(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// checkpoint moves what was written into the file itself, so that the file alone
// is the whole state whenever nothing is being written.
func checkpoint(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func (*file) text(query string) string { return strings.ReplaceAll(query, "$", "?") }

func (*file) within(Slots) (string, []any) { return "", nil }

func (*file) lost(error) bool { return false }

func (f *file) explain(err error) error {
	why := err
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch says := sqliteReasons[e.Code()&0xff]; {
		case says.is != nil:
			why = fmt.Errorf("%w (%w): %s", says.is, err, says.remedy)
		case says.remedy != "":
			why = fmt.Errorf("%w: %s", err, says.remedy)
		}
	} else if errors.Is(err, os.ErrPermission) {
		why = fmt.Errorf("%w: %s", err, sqliteReasons[sqlite3.SQLITE_PERM].remedy)
	}
	return fmt.Errorf("state %s: %w", f.name, why)
}

// sqliteReasons says what a result code of SQLite means and what to do.
var sqliteReasons = map[int]struct {
	is     error
	remedy string
}{
	sqlite3.SQLITE_CORRUPT:  {ErrCorrupt, "bring back a copy, or move the file away to begin anew; then everybody is matched again"},
	sqlite3.SQLITE_NOTADB:   {ErrCorrupt, "bring back a copy, or move the file away to begin anew; then everybody is matched again"},
	sqlite3.SQLITE_FULL:     {nil, "free space on the disk and run again; nothing is sent before it is noted here"},
	sqlite3.SQLITE_READONLY: {nil, "allow this user to write the file and its folder, or name another file"},
	sqlite3.SQLITE_CANTOPEN: {nil, "allow this user to read and write the file and its folder, or name another file"},
	sqlite3.SQLITE_PERM:     {nil, "allow this user to read and write the file and its folder, or name another file"},
	sqlite3.SQLITE_IOERR:    {nil, "the disk fails: look at the system's log, then run again"},
	sqlite3.SQLITE_BUSY:     {ErrInUse, "another program holds the file: end it and run again"},
	sqlite3.SQLITE_LOCKED:   {ErrInUse, "another program holds the file: end it and run again"},
}
