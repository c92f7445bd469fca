package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Open opens the state of an application for use by this process alone, and
// makes it if it is not there. where is the name of an SQLite file, or the URL of
// a PostgreSQL database, postgres://…, which holds the states of any number of
// applications. An error says which state, why and what to do; it is one of
// ErrInUse, ErrNewer and ErrCorrupt where that is the reason.
func Open(ctx context.Context, where, application string) (Store, error) {
	if application == "" {
		return nil, errors.New("a state belongs to an application: give its name")
	}
	place := placeOf(where)
	s, err := place.open(ctx, application)
	if err != nil {
		return nil, place.explain(err)
	}
	return s, nil
}

// OpenReadOnly opens a state that is there to look at it, also while another
// process uses it. Without an application's name it opens the only one. Its
// Commit and Forget are errors.
func OpenReadOnly(ctx context.Context, where, application string) (Store, error) {
	place := placeOf(where)
	s, err := openReadOnly(ctx, place, application)
	if err != nil {
		return nil, place.explain(err)
	}
	return s, nil
}

// Applications lists the names of the applications whose states are there.
func Applications(ctx context.Context, where string) ([]string, error) {
	place := placeOf(where)
	db, err := place.look(ctx)
	if err != nil {
		return nil, place.explain(err)
	}
	defer func() { _ = db.Close() }()
	names, err := applications(ctx, db)
	if err != nil {
		return nil, place.explain(err)
	}
	return names, nil
}

// place is where states are kept.
type place interface {
	// open opens a state for writing.
	open(ctx context.Context, application string) (*SQL, error)
	// look opens what is there for reading.
	look(ctx context.Context) (*sql.DB, error)
	// text gives a query the placeholders of the place.
	text(query string) string
	// within is a condition on linked_user that holds for the users in these slots, "" if
	// the place does not know who they are; its placeholders begin with $2.
	within(of Slots) (condition string, args []any)
	// lost says whether the error ended the connection.
	lost(err error) bool
	// explain says what an error means and what to do about it.
	explain(err error) error
}

func placeOf(where string) place {
	for _, scheme := range []string{"postgres://", "postgresql://"} {
		if strings.HasPrefix(where, scheme) {
			return &database{url: where}
		}
	}
	return &file{name: where}
}

func openReadOnly(ctx context.Context, p place, application string) (*SQL, error) {
	db, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	app, err := applicationID(ctx, p, db, application)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &SQL{place: p, db: db, app: app}, nil
}

func applications(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM application ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func applicationID(ctx context.Context, p place, db *sql.DB, application string) (id int64, err error) {
	names, err := applications(ctx, db)
	if err != nil {
		return 0, err
	}
	if application == "" && len(names) == 1 {
		application = names[0]
	}
	if application == "" {
		return 0, fmt.Errorf("it holds the states of %d applications: name one of %q", len(names), names)
	}
	err = db.QueryRowContext(ctx, p.text("SELECT id FROM application WHERE name = $1"), application).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("it holds no state of the application %q, only of %q: name one of these", application, names)
	}
	return id, err
}

// register makes the application known and notes that its state was opened, which
// shows as well whether the state can be written.
func register(ctx context.Context, p place, db *sql.DB, application string) (id int64, err error) {
	err = db.QueryRowContext(ctx, p.text(`INSERT INTO application (name, opened) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET opened = excluded.opened RETURNING id`), application, time.Now().UnixNano()).Scan(&id)
	return id, err
}
