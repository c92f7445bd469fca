package steps

import (
	"context"
	"strconv"

	"github.com/cucumber/godog"
)

// Paging deep into a long list. It takes many users, which a real target gets
// only if the run was told that it may.

func (w *world) deepSteps(sc *godog.ScenarioContext) {
	w.on(sc, `^(\d+) users to page through$`, w.manyUsersToPageThrough)
}

// manyUsersToPageThrough makes the users of the crowd the example's own.
func (w *world) manyUsersToPageThrough(ctx context.Context, count string) error {
	if !w.run.options.Target.IsEmbedded() && !w.run.options.Large {
		return &untested{"creates " + count + " users, which a run does only where it is told that it may"}
	}
	if err := w.manyUsers(ctx, count); err != nil {
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
