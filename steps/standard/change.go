package standard

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v34"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps of changes: what has to be stored before it can be changed, and what
// a change leaves alone.

// isStored holds the resource against the document as it is read again, unless that is
// known to show the same as its creation did. Parts that the target does not keep are not missed where the example does not come
// back to them: other requirements tell that.
func (w *World) isStored(ctx context.Context, name string, doc *messages.PickleDocString) error {
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	if now := w.Known(name); now != nil && judge.Difference("", w.withoutUnkept(want, now.Shown), now.Shown) == nil {
		w.Subjects[name] = now
		return nil
	}
	return w.Eventually(ctx, func() error {
		now, err := w.Reread(ctx, name)
		if err != nil {
			return err
		}
		w.Subjects[name] = now
		return judge.Difference(name+" as it is stored", w.withoutUnkept(want, now.Shown), now.Shown)
	})
}

// withoutUnkept leaves out the parts of complex attributes that are shown nowhere in them, but
// for the values themselves, and for what the example names later.
func (w *World) withoutUnkept(want, shown *scim.Object) *scim.Object {
	kept := want.Clone()
	for name, v := range want.All() {
		if strings.HasPrefix(strings.ToLower(name), "urn:") {
			continue
		}
		whole, is := shown.Get(name)
		there := judge.ObjectsOf(whole)
		if !is || len(there) == 0 {
			continue
		}
		v = scim.CloneValue(v)
		for _, o := range judge.ObjectsOf(v) {
			for part := range o.All() {
				shows := func(x *scim.Object) bool { _, is := x.Get(part); return is }
				if !strings.EqualFold(part, "value") && !strings.Contains(w.Later, strings.ToLower(part)) && !slices.ContainsFunc(there, shows) {
					o.Delete(part)
				}
			}
		}
		kept.Set(name, v)
	}
	return kept
}

// theTargetDoesNotRequire: what the user had to say that this target demands
// cannot be removed. A target may also add the attribute by itself: then a resource without it cannot be had either.
func (w *World) theTargetDoesNotRequire(ctx context.Context, attribute string) error {
	for _, needed := range []*scim.Object{w.Run.Fit.User, w.Run.Fit.Group} {
		if _, found := needed.Get(attribute); found {
			return &judge.Unsupported{Reason: "the target needs " + attribute + ", says the configuration of this run"}
		}
	}
	added, err := w.AddedByItself(ctx)
	if err == nil && slices.Contains(added, attribute) {
		return &judge.Unsupported{Reason: "every user has " + attribute + " at this target, which adds them by itself"}
	}
	return err
}

// aMomentHasPassed waits until a new modification time would differ from the
// last one: a second and a little more where the target's times are whole seconds.
func (w *World) aMomentHasPassed(ctx context.Context, name string) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return err
	}
	w.Subjects[name] = now
	changed, err := modified(now)
	if err != nil {
		return err
	}
	wait := 20 * time.Millisecond
	if changed.Nanosecond() == 0 {
		wait = 1100 * time.Millisecond
	}
	return judge.Pause(ctx, wait)
}

// modified is the moment in a resource's meta.lastModified.
func modified(s *judge.Subject) (time.Time, error) {
	text := s.Shown.Object("meta").String("lastModified")
	if text == "" {
		return time.Time{}, &judge.Unsupported{Reason: "the target shows no meta.lastModified"}
	}
	at, err := judge.Instant(text)
	if err != nil {
		return time.Time{}, &judge.Mismatch{What: "meta.lastModified", Want: "a dateTime", Got: text}
	}
	return at, nil
}

func (w *World) theModificationTimeIs(ctx context.Context, name, state string) error {
	was, err := w.Subject(name)
	if err != nil {
		return err
	}
	before, err := modified(was)
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		after, err := modified(now)
		if err != nil {
			return w.Missed(err)
		}
		what := "meta.lastModified of " + name + " as it is read now"
		switch state {
		case "as before":
			return w.ExpectThat(after.Equal(before), what, before.String(), after.String())
		case "not older":
			return w.ExpectThat(!after.Before(before), what, "not before "+before.String(), after.String())
		}
		if err := w.ExpectThat(after.After(before), what, "later than "+before.String(), after.String()); err != nil {
			return err
		}
		return w.expectNewVersion(name, was, now)
	})
}

// expectNewVersion compares the versions where the target has any.
func (w *World) expectNewVersion(name string, was, now *judge.Subject) error {
	for what, pair := range map[string][2]string{
		"meta.version": {was.Shown.Object("meta").String("version"), now.Shown.Object("meta").String("version")},
		"the ETag":     {was.Etag, now.Etag},
	} {
		if pair[0] == "" || pair[1] == "" {
			continue
		}
		if err := w.ExpectThat(pair[0] != pair[1], what+" of "+name+" as it is read now", "anything but "+pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

// theAnswerShows holds the body of a change, if there is one, against a read.
func (w *World) theAnswerShows(ctx context.Context, name string) error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	if w.Last.Status == http.StatusNoContent {
		w.Asserted(1)
		return nil
	}
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		w.Asserted(1)
		return judge.RepresentationDifference("the answer to "+w.TheRequest(), now.Shown, answer)
	})
}

// theHeadersFit compares what the headers of a change say with a read. A target
// may leave them out.
func (w *World) theHeadersFit(ctx context.Context, name string) error {
	if w.Last == nil {
		return fmt.Errorf("nothing was asked")
	}
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	w.Asserted(1)
	location, shown := w.Last.Header.Get("Location"), now.Shown.Object("meta").String("location")
	if judge.Absolute.MatchString(location) && judge.Absolute.MatchString(shown) {
		if err := w.Expect("Location of the answer to "+w.TheRequest(), shown, location); err != nil {
			return err
		}
	}
	etag := w.Last.Header.Get("ETag")
	if etag == "" || now.Etag == "" {
		return nil
	}
	return w.Expect("ETag of the answer to "+w.TheRequest(), strings.TrimPrefix(now.Etag, "W/"), strings.TrimPrefix(etag, "W/"))
}

// onlyIsPrimary looks for the element by its value; without a mark an element
// is not primary (RFC 7643 section 2.4).
func (w *World) onlyIsPrimary(ctx context.Context, value, attribute, name string) error {
	value, err := w.Expand(value)
	if err != nil {
		return err
	}
	return w.RereadUntil(ctx, name, func(now *judge.Subject) error {
		var primary []string
		for _, v := range now.Shown.Array(attribute) {
			if o, ok := v.(*scim.Object); ok {
				if marked, _ := o.Get("primary"); marked == true {
					primary = append(primary, o.String("value"))
				}
			}
		}
		return w.Expect("the primary "+attribute+" of "+name+" as it is read now", value, strings.Join(primary, ", "))
	})
}

// fitsTheDeclarationOfPatch: who declares PATCH serves it; who declares
// that there is none refuses it as something that does not exist here.
func (w *World) fitsTheDeclarationOfPatch(ctx context.Context) error {
	declared, found, err := w.Configured(ctx, "patch.supported")
	if err != nil {
		return err
	}
	if !found {
		return w.ExpectStatus(func(s int) bool { return s == 200 || s == 204 || s == 501 || s == 405 || s == 404 }, "200 or 204, or 501 without PATCH")
	}
	if declared == true {
		return w.ExpectStatus(func(s int) bool { return s == 200 || s == 204 }, "200 or 204, as /ServiceProviderConfig declares patch.supported")
	}
	return w.ExpectStatus(func(s int) bool { return s == 501 || s == 405 || s == 404 || s == 403 }, "501, as /ServiceProviderConfig declares that PATCH is not supported")
}
