package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// lockNotAvailable is the code of a lock_timeout.
const lockNotAvailable = "55P03"

// database is a PostgreSQL database with the states of any number of applications.
type database struct{ url string }

//go:embed migrations/postgres
var postgresMigrations embed.FS

func (d *database) open(ctx context.Context, application string) (*SQL, error) {
	db, err := sql.Open("pgx", d.url)
	if err != nil {
		return nil, err
	}
	app, err := d.prepare(ctx, db, application)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	connect := func(ctx context.Context) (*sql.Conn, error) { return d.writing(ctx, db, app) }
	conn, err := connect(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	return newSQL(&SQL{place: d, db: db, app: app}, conn, connect, func(context.Context, *sql.Conn) error { return nil }), nil
}

func (d *database) prepare(ctx context.Context, db *sql.DB, application string) (app int64, err error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return 0, err
	}
	p, err := provider(goose.DialectPostgres, db, postgresMigrations, "migrations/postgres", goose.WithSessionLocker(locker))
	if err != nil {
		return 0, err
	}
	if err := d.check(ctx, db); err != nil {
		return 0, err
	}
	if _, err := p.Up(ctx); err != nil {
		return 0, err
	}
	return register(ctx, d, db, application)
}

// check refuses a database that a newer version has changed.
func (d *database) check(ctx context.Context, db *sql.DB) error {
	p, err := provider(goose.DialectPostgres, db, postgresMigrations, "migrations/postgres")
	if err != nil {
		return err
	}
	var table *string
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('goose_db_version')::text").Scan(&table); err != nil || table == nil {
		return err
	}
	version, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	newest := int64(0)
	for _, m := range p.ListSources() {
		newest = max(newest, m.Version)
	}
	if version > newest {
		return fmt.Errorf("%w: it has version %d, this program knows versions up to %d: use the newer program, or another database", ErrNewer, version, newest)
	}
	return nil
}

// writing returns the connection that writes. It holds a lock on the application's
// state, which ends with it. The lock's number is the mark of states and the
// application's number.
func (d *database) writing(ctx context.Context, db *sql.DB, app int64) (*sql.Conn, error) {
	return locked(ctx, db, fmt.Errorf("%w: wait until it has ended, or end it; two of them would undo each other's work", ErrInUse),
		statement{"SELECT pg_advisory_lock($1)", []any{int64(applicationMark)<<32 | app}})
}

// statement is a query with its arguments.
type statement struct {
	query string
	args  []any
}

// locked returns a connection that holds these locks, or the error inUse where another
// process holds one of them.
func locked(ctx context.Context, db *sql.DB, inUse error, locks ...statement) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	wait := statement{query: "SET lock_timeout = '2s'"} // the server takes a moment to see that a process was killed
	for _, s := range slices.Concat([]statement{wait}, locks, []statement{{query: "RESET lock_timeout"}}) {
		if _, err = conn.ExecContext(ctx, s.query, s.args...); err != nil {
			break
		}
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == lockNotAvailable {
		err = inUse
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func (d *database) look(ctx context.Context) (*sql.DB, error) {
	db, err := sql.Open("pgx", d.url)
	if err != nil {
		return nil, err
	}
	if err := d.check(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (*database) text(query string) string { return query }

func (*database) within(of Slots) (string, []any) {
	return " AND slot >= $2 AND slot < $3", []any{of.From, of.To}
}

// lost says whether the connection ended, so that the next batch takes a new one.
func (*database) lost(err error) bool {
	var broken net.Error
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.As(err, &broken) {
		return true
	}
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return !ok || refused.Code[:2] == "57" // an operator's intervention, such as a shutdown
}

func (d *database) explain(err error) error {
	why := err
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		if remedy := postgresRemedies[e.Code]; remedy != "" {
			why = fmt.Errorf("%w: %s", err, remedy)
		}
	} else if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		why = errors.New("no connection: see that the server runs and that the URL names its host, port, database and user")
	}
	return fmt.Errorf("state %s: %w", d.withoutPassword(), why)
}

func (d *database) withoutPassword() string {
	u, err := url.Parse(d.url)
	if err != nil {
		return "in PostgreSQL"
	}
	u.RawQuery = ""
	return u.Redacted()
}

// postgresRemedies says what to do about an error of PostgreSQL, by its code.
var postgresRemedies = map[string]string{
	"25006": "the server takes no changes: connect to its primary",
	"28000": "check the user and the password in the URL, or PGPASSWORD",
	"28P01": "check the user and the password in the URL, or PGPASSWORD",
	"3D000": "make the database first: createdb",
	"42501": "allow the user to make tables in the database: GRANT CREATE ON SCHEMA public",
	"42P01": "nothing was provisioned from here yet: run sync first",
	"53100": "free space on the server's disk and run again; nothing is sent before it is noted here",
	"53300": "the server has too many connections: end some, or raise max_connections",
}
