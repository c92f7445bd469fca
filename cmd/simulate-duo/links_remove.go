package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func removeLinkCommand(env environment) *cobra.Command {
	var state stateFlags
	var group bool
	cmd := &cobra.Command{
		Use:   "remove NAME|KEY",
		Short: "Forget one link; the target keeps the account",
		Long: `Forgets which account of the target belongs to one user in Duo, or which group to one group
with --group. Nothing is sent. The next sync matches or creates it anew. No sync may be
running on the state.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return removeLink(cmd.Context(), env, state, args[0], group)
		},
	}
	state.register(cmd)
	cmd.Flags().BoolVar(&group, "group", false, "it is a group")
	return cmd
}

func removeLink(ctx context.Context, env environment, state stateFlags, name string, group bool) (err error) {
	s, err := state.change(ctx)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w; a link can be removed while no sync is running", err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	found, err := findLink(ctx, s, name, group)
	if err != nil {
		return err
	}
	ref := []store.Ref{{Kind: found.Kind, Key: found.Key}}
	b := store.Batch{CloseIntents: ref, DeleteFailures: ref}
	if group {
		b.DeleteGroups = []string{found.Key}
	} else {
		b.DeleteUsers = []string{found.Key}
		if b.PutGroups, err = unsettled(ctx, s, found.Key); err != nil {
			return err
		}
	}
	if err := s.Commit(ctx, b); err != nil {
		return err
	}
	fmt.Fprintf(env.stdout, "removed the link of the %s %s (%s) to %s; the target keeps it, the next sync matches it anew\n",
		found.Kind, words.Visible(found.Name), found.Key, words.Visible(found.Target))
	return nil
}

// unsettled are the groups that the user is known to be in, marked to be compared
// member by member: the memberships go with the link, and have to be made known
// again when the user is matched.
func unsettled(ctx context.Context, s store.Store, user string) ([]store.Group, error) {
	var groups []store.Group
	for g, err := range s.Groups(ctx) {
		if err != nil {
			return nil, err
		}
		for member, err := range s.Members(ctx, g.Key) {
			if err != nil {
				return nil, err
			}
			if member == user {
				g.Size, g.Sum = g.Size-1, 0
				groups = append(groups, g)
				break
			}
		}
	}
	return groups, nil
}

// findLink finds the one link with this key, name in any case, or id of the target.
func findLink(ctx context.Context, s store.Store, name string, group bool) (found link, err error) {
	kind, n := store.UserKind, 0
	if group {
		kind = store.GroupKind
	}
	for l, err := range allLinks(ctx, s, map[store.Ref]store.Failure{}) {
		switch {
		case err != nil:
			return link{}, err
		case l.Kind != kind || l.Target == "":
		case l.Key == name:
			return l, nil
		case strings.EqualFold(l.Name, name) || l.Target == name:
			found = l
			n++
		}
	}
	switch n {
	case 0:
		return link{}, fmt.Errorf("no %s %q is linked: simulate-duo links lists what is", kind, name)
	case 1:
		return found, nil
	}
	return link{}, fmt.Errorf("%d links go by %q: give the key of one", n, name)
}
