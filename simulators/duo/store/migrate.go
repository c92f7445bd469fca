package store

import (
	"database/sql"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// provider applies the migrations of a folder, those of this package alone.
func provider(dialect goose.Dialect, db *sql.DB, all fs.FS, folder string, options ...goose.ProviderOption) (*goose.Provider, error) {
	here, err := fs.Sub(all, folder)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, here, append(options, goose.WithDisableGlobalRegistry(true))...)
}
