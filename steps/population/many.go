package population

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// Many users, for groups of many members and for long lists. They are made once in a
// run, as many as the first example needs.

// manyName tells them from what else this run has made.
const manyName = "many"

// madeUsers are they as they were made.
type madeUsers struct {
	ids    []string
	prefix string // their user names begin with it
}

// manyAtARealTarget is how many a real target gets that may not be given hundreds: enough
// to see how it serves a large group.
const manyAtARealTarget = 50

// ManyUsers is the name under which the sessions of a run share them.
const ManyUsers = "many users"

// fewEnough is how many users of n the target may be given.
func (w *World) fewEnough(n int) int {
	if w.Run.Target.IsEmbedded() || w.Run.Large {
		return n
	}
	return min(n, manyAtARealTarget)
}

func (w *World) manyUsers(ctx context.Context, n int) error {
	made, err := judge.Shared(ctx, w.Session, ManyUsers, func(ctx context.Context, own *judge.Session) (*madeUsers, error) {
		return New(own).makeMany(ctx, w.fewEnough(n))
	})
	if err != nil {
		return err
	}
	w.many, w.Remembered["many"] = made.ids, made.prefix
	return nil
}

// manyUsersOfItsOwn are the example's own. That is for paging through a long list, for
// which a real target gets so many users only if the run was told that it may.
func (w *World) manyUsersOfItsOwn(ctx context.Context, n int) error {
	if !w.Run.Target.IsEmbedded() && !w.Run.Large {
		return &judge.Untested{Reason: fmt.Sprintf("creates %d users, which a run does only where it is told that it may", n)}
	}
	if err := w.manyUsers(ctx, n); err != nil {
		return err
	}
	for i, id := range w.many {
		w.Subjects["user "+strconv.Itoa(i+1)] = &judge.Subject{Collection: "Users", ID: id}
	}
	return nil
}

// makeMany creates the users, as many at a time as the run has workers, and returns their ids.
func (w *World) makeMany(ctx context.Context, n int) (*madeUsers, error) {
	ids, errs := make([]string, n), make([]error, n)
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(w.Run.Workers, 1) {
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
	return &madeUsers{ids, w.Mark() + "-" + manyName}, nil
}

func (w *World) makeOne(ctx context.Context, i int) (string, error) {
	body := w.Template("Users", manyName+"-"+strconv.Itoa(i))
	answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: body})
	if err != nil {
		return "", err
	}
	made, _ := judge.ObjectIn(answer)
	id := scim.IDOf(made)
	if id == "" {
		id, _ = wire.IDIn(answer.Header.Get("Location"), "Users")
	}
	if answer.Status/100 != 2 || id == "" {
		return "", &judge.Mismatch{What: "POST /Users " + judge.Text(body), Want: "201 with the user", Got: judge.StatusOf(answer)}
	}
	return id, nil
}

// chosen are the first n of the users, which a group is to have afterwards.
func (w *World) chosen(n int) ([]string, error) {
	n = w.fewEnough(n)
	if n > len(w.many) {
		return nil, fmt.Errorf("the example has only %d users", len(w.many))
	}
	w.given = w.many[:n]
	return w.given, nil
}

func (w *World) theClientCreatesWithMany(ctx context.Context, name string, n int) error {
	chosen, err := w.chosen(n)
	if err != nil {
		return err
	}
	body := w.Template("Groups", name)
	body.Set("members", judge.MemberList(chosen))
	return w.Creating(ctx, "group", name, body)
}

func (w *World) theClientReplacesByMany(ctx context.Context, name string, n int) error {
	chosen, err := w.chosen(n)
	if err != nil {
		return err
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	body := w.Template("Groups", name)
	body.Set("members", judge.MemberList(chosen))
	return w.Ask(ctx, http.MethodPut, []string{"Groups", s.ID}, nil, body)
}

func (w *World) theClientAddsMany(ctx context.Context, n int, name string) error {
	chosen, err := w.chosen(n)
	if err != nil {
		return err
	}
	return w.patchMany(ctx, name, judge.AddMembers(judge.MemberList(chosen)))
}

func (w *World) theClientRemovesHalf(ctx context.Context, name string) error {
	half := len(w.many) / 2
	w.given = w.many[half:]
	return w.patchMany(ctx, name, removeMembers(w.many[:half]))
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
