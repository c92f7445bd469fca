package standard

import (
	"context"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of entity tags (RFC 7644 section 3.14).

func (w *World) theTimeOrTagIs(ctx context.Context, what, name, state string) error {
	if what == "tag" {
		return w.theTagIs(ctx, name, state)
	}
	return w.theModificationTimeIs(ctx, name, state)
}

// theTagIs compares the tag in the header, and meta.version where there is one,
// with what they were when the resource was last seen; then that is now.
func (w *World) theTagIs(ctx context.Context, name, state string) error {
	was, err := w.Subject(name)
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		before, after := tagsOf(was), tagsOf(now)
		for i, what := range []string{"the ETag of " + name, "meta.version of " + name} {
			if before[i] == "" && i == 1 {
				continue
			}
			if state == "new" && before[i] == after[i] && hasNotChanged(was, now) {
				return &judge.Blocked{Reason: "the change has not changed " + name + ", and so its tag stays: that is the finding of another requirement"}
			}
			right := (before[i] == after[i]) == (state == "as before") && after[i] != ""
			if err := w.ExpectThat(right, what, map[string]string{"new": "another one than " + before[i], "as before": before[i]}[state], judge.QuotedOrNone(after[i])); err != nil {
				return err
			}
		}
		w.Subjects[name] = now
		return nil
	})
}

// hasNotChanged says whether a group, all of whose attributes can be seen, is as before.
func hasNotChanged(was, now *judge.Subject) bool {
	before, after := *was, *now
	before.Shown, after.Shown = was.Shown.Clone(), now.Shown.Clone()
	before.Shown.Delete("meta")
	after.Shown.Delete("meta")
	return was.Collection == "Groups" && judge.Unchanged("", &before, &after) == nil
}

func tagsOf(s *judge.Subject) [2]string {
	return [2]string{s.Etag, s.Shown.Object("meta").String("version")}
}

// theAnswerCarriesTheTag holds the tag in the answer to a change against a read.
func (w *World) theAnswerCarriesTheTag(ctx context.Context, which, name string) error {
	if err := w.ExpectSuccess(); err != nil {
		return err
	}
	got := w.Last.Header.Get("ETag")
	if got == "" && which != "the tag" {
		return nil
	}
	what := "the header ETag of the answer to " + w.TheRequest()
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		w.Subjects[name] = now
		return w.Expect(what, now.Etag, got)
	})
}
