package judge

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Writes that succeed, and are answered with another status than the standard gives them: one
// requirement tells it, and those that make such a write on their way wait for it.

var plainSuccesses = slices.Concat(
	succeedsOtherwise("RFC7644-3.3-03", http.MethodPost, func(collection string) func(context.Context, *Session) (wire.Request, error) {
		return func(_ context.Context, own *Session) (wire.Request, error) {
			return wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: own.Template(collection, "plain-success")}, nil
		}
	}, http.StatusCreated),
	succeedsOtherwise("RFC7644-3.5.1-08", http.MethodPut, plainPut, http.StatusOK),
	succeedsOtherwise("RFC7644-3.5.2-14", http.MethodPatch, plainPatch, http.StatusOK, http.StatusNoContent),
	succeedsOtherwise("RFC7644-3.6-01", http.MethodDelete, plainDeletion, http.StatusNoContent),
)

// succeedsOtherwise are the looks at the plainest request of the method, for users and for groups.
func succeedsOtherwise(home, method string, plain func(collection string) func(context.Context, *Session) (wire.Request, error), right ...int) []plainAnswer {
	var all []plainAnswer
	for _, collection := range []string{"Users", "Groups"} {
		start := "the answer to " + method + " /" + collection
		is := func(m *Mismatch, _ wire.Request) bool {
			got, err := strconv.Atoi(m.Got)
			return err == nil && got/100 == 2 && strings.HasPrefix(m.What, start)
		}
		all = append(all, plainAnswer{home, is, func(ctx context.Context, own *Session) (string, error) {
			r, err := plain(collection)(ctx, own)
			if err != nil {
				return "", err
			}
			answer, err := own.Send(ctx, own.Client(), r)
			if err != nil || answer.Status/100 != 2 || slices.Contains(right, answer.Status) {
				return "", err
			}
			return "the plainest write succeeds with another status: " + RequestText(r) + " is answered " + StatusOf(answer), nil
		}})
	}
	return all
}
