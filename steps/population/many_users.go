package population

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Many users are for groups of many members and for long lists. They are made once in a
// run, as many as the first example needs.

// madeUsers is as it was made.
type madeUsers struct {
	ids  []string
	mark string // their names begin with it and a hyphen
}

// creators is how many of them are created at a time.
const creators = 8

func (w *World) sharedUsers(ctx context.Context, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	made, err := judge.Shared(ctx, w.Session, "crowd", func(ctx context.Context, own *judge.Session) (*madeUsers, error) { return New(own).makeMany(ctx, n) })
	if err != nil {
		return err
	}
	w.many, w.Remembered["crowd"] = made.ids, made.mark
	return nil
}

// makeMany creates the users, several at a time, and returns their ids.
func (w *World) makeMany(ctx context.Context, n int) (*madeUsers, error) {
	ids, errs := make([]string, n), make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range creators {
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
	return &madeUsers{ids, w.Mark() + "-crowd"}, nil
}

func (w *World) makeOne(ctx context.Context, i int) (string, error) {
	body := w.Template("Users", "crowd-"+strconv.Itoa(i))
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
	if err != nil {
		return "", err
	}
	made, err := answer.Object()
	if answer.Status/100 != 2 || err != nil || made.String("id") == "" {
		return "", &judge.Mismatch{What: "POST /Users " + judge.Text(body), Want: "201 with the user", Got: judge.StatusOf(answer)}
	}
	return made.String("id"), nil
}

// manyMembers changes a group by all of the many users, or by some of them. What the
// group has to hold afterwards is remembered for hasExactlyTheMembers.
func (w *World) manyMembers(ctx context.Context, what, count string) error {
	n := len(w.many) / 2
	if count != "half" {
		n, _ = strconv.Atoi(count)
	}
	if n > len(w.many) {
		return fmt.Errorf("the run has only %d users for this", len(w.many))
	}
	name := strings.Split(what, `"`)[1]
	chosen := w.many[:n]
	switch {
	case strings.HasPrefix(what, "creates"):
		body := w.Template("Groups", name)
		body.Set("members", judge.MemberList(chosen))
		w.given = chosen
		return w.Creating(ctx, "group", name, body)
	case strings.HasPrefix(what, "adds"):
		w.given = chosen
		return w.patchMany(ctx, name, judge.AddMembers(judge.MemberList(chosen)))
	case strings.HasPrefix(what, "removes"):
		w.given = w.many[n:]
		return w.patchMany(ctx, name, removeMembers(chosen))
	}
	w.given = chosen
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	body := w.Template("Groups", name)
	body.Set("members", judge.MemberList(chosen))
	return w.Ask(ctx, http.MethodPut, []string{"Groups", s.ID}, nil, body)
}

func (w *World) patchMany(ctx context.Context, name string, body *scim.Object) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	return w.Ask(ctx, http.MethodPatch, []string{"Groups", s.ID}, nil, body)
}

// removeMembers has one operation for each of them.
func removeMembers(ids []string) *scim.Object {
	operations := make([]any, len(ids))
	for i, id := range ids {
		operations[i] = scim.NewObject(
			scim.Member{Name: "op", Value: "remove"},
			scim.Member{Name: "path", Value: "members[value eq " + judge.Text(id) + "]"},
		)
	}
	return judge.PatchOp(operations)
}

func (w *World) hasExactlyTheMembers(ctx context.Context, name string) error {
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		return w.sameMembers("the members of "+name, judge.MembersOf(now.Shown))
	})
}

// sameMembers tells how many are missing or too many: the ids would fill a page.
func (w *World) sameMembers(what string, got []string) error {
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
	return w.ExpectThat(missing == 0 && len(got) == len(w.given), what, fmt.Sprintf("%d members", len(w.given)), found)
}

// Paging deep into a long list. It takes many users, which a real target gets
// only if the run was told that it may.

// manyUsers takes the users that the run shares. To page through it, which takes
// more users than a real target may be given unasked, they become the example's own.
func (w *World) manyUsers(ctx context.Context, count, deep string) error {
	if deep == "" {
		return w.sharedUsers(ctx, count)
	}
	if !w.Run.Target.IsEmbedded() && !w.Run.Large {
		return &judge.Untested{Reason: "creates " + count + " users, which a run does only where it is told that it may"}
	}
	if err := w.sharedUsers(ctx, count); err != nil {
		return err
	}
	for i, id := range w.many {
		w.Subjects["user "+strconv.Itoa(i+1)] = &judge.Subject{Collection: "Users", ID: id}
	}
	return nil
}
