package steps

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// A crowd is more users than anybody looks at one by one, for groups of many
// members. It is made once in a run, as large as the first example needs it.

// crowdWorkers is how many of them are created at a time.
const crowdWorkers = 8

func (w *world) sharedCrowd(ctx context.Context, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	common, err := w.run.commonWorld()
	if err != nil {
		return err
	}
	w.move(common)
	w.crowd, err = w.run.shared.crowd.get(func() ([]string, error) { return common.makeCrowd(ctx, n) })
	return err
}

// makeCrowd creates the users, several at a time, and returns their ids.
func (w *world) makeCrowd(ctx context.Context, n int) ([]string, error) {
	ids, errs := make([]string, n), make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range crowdWorkers {
		workers.Go(func() {
			for i := range next {
				ids[i], errs[i] = w.makeOne(ctx, i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (w *world) makeOne(ctx context.Context, i int) (string, error) {
	body := w.template("Users", "crowd-"+strconv.Itoa(i))
	answer, err := w.send(ctx, w.judge(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
	if err != nil {
		return "", err
	}
	made, err := answer.Object()
	if answer.Status/100 != 2 || err != nil || made.String("id") == "" {
		return "", &Mismatch{What: "POST /Users " + textOf(body), Want: "201 with the user", Got: statusOf(answer)}
	}
	return made.String("id"), nil
}

// manyMembers changes a group by all of the crowd, or by as many of it. What the
// group has to hold afterwards is remembered for hasExactlyTheMembers.
func (w *world) manyMembers(ctx context.Context, what, count string) error {
	n := len(w.crowd) / 2
	if count != "half" {
		n, _ = strconv.Atoi(count)
	}
	if n > len(w.crowd) {
		return fmt.Errorf("the crowd has only %d users", len(w.crowd))
	}
	name := strings.Split(what, `"`)[1]
	chosen := w.crowd[:n]
	switch {
	case strings.HasPrefix(what, "creates"):
		body := w.template("Groups", name)
		body.Set("members", memberList(chosen))
		w.given = chosen
		return w.creating(ctx, "group", name, body)
	case strings.HasPrefix(what, "adds"):
		w.given = chosen
		return w.patchMany(ctx, name, addMembers(memberList(chosen)))
	case strings.HasPrefix(what, "removes"):
		w.given = w.crowd[n:]
		return w.patchMany(ctx, name, removeMembers(chosen))
	}
	w.given = chosen
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	body := w.template("Groups", name)
	body.Set("members", memberList(chosen))
	return w.ask(ctx, http.MethodPut, []string{"Groups", s.id}, nil, body)
}

func (w *world) patchMany(ctx context.Context, name string, body *scim.Object) error {
	s, err := w.subject(name)
	if err != nil {
		return err
	}
	return w.ask(ctx, http.MethodPatch, []string{"Groups", s.id}, nil, body)
}

func memberList(ids []string) []any {
	members := make([]any, len(ids))
	for i, id := range ids {
		members[i] = scim.NewObject(scim.Member{Name: "value", Value: id})
	}
	return members
}

// removeMembers has one operation for each of them.
func removeMembers(ids []string) *scim.Object {
	operations := make([]any, len(ids))
	for i, id := range ids {
		operations[i] = scim.NewObject(
			scim.Member{Name: "op", Value: "remove"},
			scim.Member{Name: "path", Value: "members[value eq " + textOf(id) + "]"},
		)
	}
	return patchOp(operations)
}

func (w *world) hasExactlyTheMembers(ctx context.Context, name string) error {
	return w.reread(ctx, name, func(now *subject) error {
		return w.sameMembers("the members of "+name, theirs(now.shown))
	})
}

// sameMembers tells how many are missing or too many: the ids would fill a page.
func (w *world) sameMembers(what string, got []string) error {
	missing, seen := 0, map[string]int{}
	for _, id := range got {
		seen[id]++
	}
	for _, id := range w.given {
		if seen[id] == 0 {
			missing++
		}
	}
	found := fmt.Sprintf("%d members, of which %d are missing", len(got), missing)
	return w.expectThat(missing == 0 && len(got) == len(w.given), what, fmt.Sprintf("%d members", len(w.given)), found)
}
