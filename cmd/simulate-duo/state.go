package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// stateFlags name a state that is there.
type stateFlags struct {
	where       string
	application string
}

func (f *stateFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.where, "state", "", "`FILE` or postgres://… where sync keeps what it knows")
	cmd.Flags().StringVar(&f.application, "application", "", "`NAME` of the application; needed where the state has several")
}

// look opens the state for reading, also while a sync uses it.
func (f *stateFlags) look(ctx context.Context) (store.Store, error) {
	if f.where == "" {
		return nil, errNoState
	}
	s, err := store.OpenReadOnly(ctx, f.where, f.application)
	return s, thatSyncMade(err)
}

// change opens the state for writing, while nobody else does.
func (f *stateFlags) change(ctx context.Context) (store.Store, error) {
	if f.where == "" {
		return nil, errNoState
	}
	names, err := store.Applications(ctx, f.where)
	if err != nil {
		return nil, thatSyncMade(err)
	}
	if f.application == "" && len(names) == 1 {
		f.application = names[0]
	}
	for _, name := range names {
		if name == f.application {
			return store.Open(ctx, f.where, name)
		}
	}
	return nil, fmt.Errorf("--application %q: the state has the applications %q: name one of them", f.application, names)
}

// thatSyncMade says of a state that is not there which one to give.
func thatSyncMade(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("--state: %w: give the file that sync has made", err)
	}
	return err
}

var errNoState = errors.New("--state FILE or --state postgres://… says where sync keeps what it knows: give it")
