package steps

import (
	"context"
	"strconv"
)

// Paging deep into a long list. It takes many users, which a real target gets
// only if the run was told that it may.

// manyUsers takes the crowd that the run shares. To page through it, which takes
// more users than a real target may be given unasked, they become the example's own.
func (w *world) manyUsers(ctx context.Context, count, deep string) error {
	if deep == "" {
		return w.sharedCrowd(ctx, count)
	}
	if !w.run.options.Target.IsEmbedded() && !w.run.options.Large {
		return &untested{"creates " + count + " users, which a run does only where it is told that it may"}
	}
	if err := w.sharedCrowd(ctx, count); err != nil {
		return err
	}
	common, err := w.run.commonWorld()
	if err != nil {
		return err
	}
	w.remembered["crowd"] = common.mark() + "-crowd"
	for i, id := range w.crowd {
		w.subjects["user "+strconv.Itoa(i+1)] = &subject{collection: "Users", id: id}
	}
	return nil
}
