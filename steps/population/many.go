package population

import (
	"context"
	"strconv"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Paging deep into a long list. It takes many users, which a real target gets
// only if the run was told that it may.

// manyUsers takes the crowd that the run shares. To page through it, which takes
// more users than a real target may be given unasked, they become the example's own.
func (w *World) manyUsers(ctx context.Context, count, deep string) error {
	if deep == "" {
		return w.sharedCrowd(ctx, count)
	}
	if !w.Run.Target.IsEmbedded() && !w.Run.Large {
		return &judge.Untested{Reason: "creates " + count + " users, which a run does only where it is told that it may"}
	}
	if err := w.sharedCrowd(ctx, count); err != nil {
		return err
	}
	for i, id := range w.crowd {
		w.Subjects["user "+strconv.Itoa(i+1)] = &judge.Subject{Collection: "Users", ID: id}
	}
	return nil
}
