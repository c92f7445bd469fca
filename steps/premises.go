package steps

import (
	"context"
	"fmt"
)

// premises are what a target need not offer, by the words of the features: an
// example about it is left out where it does not.
var premises = map[string]func(*world, context.Context) error{
	"announces how it pages":                           (*world).theTargetAnnouncesPaging,
	"publishes its schemas":                            (*world).theSchemasOfTheTarget,
	"shows a user and a group in every kind of answer": (*world).anExhibition,
	"users show their groups":                          (*world).usersShowTheirGroups,
	"the second client is of another tenant":           (*world).theSecondClientIsOfAnotherTenant,
	"the time of the cursor is over":                   (*world).theTimeOfTheCursorIsOver,
}

func (w *world) aTargetWhere(ctx context.Context, words string) error {
	premise, ok := premises[words]
	if !ok {
		return fmt.Errorf("there is no premise %q", words)
	}
	return premise(w, ctx)
}
