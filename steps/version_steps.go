package steps

import (
	"context"
)

// The steps of entity tags (RFC 7644 section 3.14).

func (w *world) theTimeOrTagIs(ctx context.Context, what, name, state string) error {
	if what == "tag" {
		return w.theTagIs(ctx, name, state)
	}
	return w.theModificationTimeIs(ctx, name, state)
}

// theTagIs compares the tag in the header, and meta.version where there is one,
// with what they were when the resource was last seen; then that is now.
func (w *world) theTagIs(ctx context.Context, name, state string) error {
	was, err := w.subject(name)
	if err != nil {
		return err
	}
	return w.reread(ctx, name, func(now *subject) error {
		before, after := tagsOf(was), tagsOf(now)
		for i, what := range []string{"the ETag of " + name, "meta.version of " + name} {
			if before[i] == "" && i == 1 {
				continue
			}
			right := (before[i] == after[i]) == (state == "as before") && after[i] != ""
			if err := w.expectThat(right, what, map[string]string{"new": "another one than " + before[i], "as before": before[i]}[state], quotedOrNone(after[i])); err != nil {
				return err
			}
		}
		w.subjects[name] = now
		return nil
	})
}

func tagsOf(s *subject) [2]string {
	return [2]string{s.etag, s.shown.Object("meta").String("version")}
}

// theAnswerCarriesTheTag holds the tag in the answer to a change against a read.
func (w *world) theAnswerCarriesTheTag(ctx context.Context, which, name string) error {
	if err := w.theAnswerIsASuccess(); err != nil {
		return err
	}
	got := w.last.Header.Get("ETag")
	if got == "" && which != "the tag" {
		return nil
	}
	what := "the header ETag of the answer to " + w.theRequest()
	return w.reread(ctx, name, func(now *subject) error {
		w.subjects[name] = now
		return w.expect(what, now.etag, got)
	})
}
