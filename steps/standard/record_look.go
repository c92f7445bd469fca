package standard

import (
	"context"
	"fmt"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// lostAgain says that a creation of the record got no answer for the second time, while other
// requests do; nil otherwise. The first time the record is made again, with other names.
func (w *World) lostAgain(ctx context.Context, collection string, n int, err error) error {
	what := fmt.Sprintf("POST /%s, body %d of the record", collection, n+1)
	if !judge.IsUnanswered(err) || !w.Run.LostBefore(what) {
		return nil
	}
	if found := w.Confirm(ctx, what, err); found != nil {
		return found
	}
	return nil
}
