package engine

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// A request that was given up when another one found the target gone says nothing by itself.
func TestWhatIsGivenUpWhenTheTargetIsGoneIsNotBroken(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	canceled, refused := fmt.Errorf("GET /Users: %w", context.Canceled), errors.New("GET /Users: connection refused")
	if isGivenUp(ctx, refused) {
		t.Error("given up while the run goes on")
	}
	cancel(errAway)
	if !isGivenUp(ctx, canceled) || isGivenUp(ctx, refused) {
		t.Error("what noticed that the target is gone is not told from what was given up")
	}
}
