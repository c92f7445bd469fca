package standard

import (
	"context"
	"net/http"
	"slices"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about what a target knows of resources, and how resources refer to
// each other.

// usersShowTheirGroups tries it out, once in a run: "groups" need not be offered.
func (w *World) usersShowTheirGroups(ctx context.Context) error {
	_, err := judge.SharedBy(ctx, w.Run, "whether users show their groups", func(ctx context.Context, own *judge.Session) (struct{}, error) {
		return struct{}{}, showsGroups(ctx, own)
	})
	if judge.IsRefusal(err) {
		return &judge.Unsupported{Reason: "a user in a group shows no groups at this target"}
	}
	return err
}

func showsGroups(ctx context.Context, own *judge.Session) error {
	if err := own.Make(ctx, "Probe", "Users", own.Template("Users", "probe")); err != nil {
		return err
	}
	group := own.Template("Groups", "probe")
	group.Set("members", judge.MemberList([]string{own.Subjects["Probe"].ID}))
	if err := own.Make(ctx, "Probes", "Groups", group); err != nil {
		return err
	}
	return own.Eventually(ctx, func() error {
		now, err := own.Reread(ctx, "Probe")
		if err == nil && len(now.Shown.Array("groups")) == 0 {
			err = &judge.Mismatch{What: "groups", Want: "the group", Got: "none"}
		}
		return err
	})
}

// thoseThatExist are the users among the members, sorted.
func (w *World) thoseThatExist(ctx context.Context, members []string) ([]string, error) {
	var found []string
	for _, id := range members {
		answer, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodGet, Path: []string{"Users", id}})
		if err != nil {
			return nil, err
		}
		if answer.Status == http.StatusOK {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found, nil
}

// doesNotHave takes a table of paths and values.
func (w *World) doesNotHave(ctx context.Context, name string, table *messages.PickleTable) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	for _, row := range table.Rows {
		not, err := w.Expand(row.Cells[1].Value)
		if err != nil {
			return err
		}
		got, _ := judge.At(now.Shown, row.Cells[0].Value)
		what := row.Cells[0].Value + " of " + name + " as it is read now"
		if err := w.ExpectThat(judge.Plain(got) != not, what, "anything but "+not, judge.Plain(got)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) isAOrAbsent(ctx context.Context, path, name, kind string) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	got, _ := judge.At(now.Shown, path)
	right := scim.IsUnassigned(got) || judge.IsA(got, kind)
	return w.ExpectThat(right, path+" of "+name+" as it is read now", "a value of type "+kind+", or none", judge.Text(got))
}
