package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cucumber/godog"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The steps of changes: what has to be stored before it can be changed, and what
// a change leaves alone.

// changeClaims are about what a target says of itself, held against what it does.
var changeClaims = map[string]claim{
	"the answer fits what the target declares of PATCH":                       (*world).theAnswerFitsTheDeclarationOfPatch,
	"the answer fits what the target declares of sorting":                     (*world).theAnswerFitsTheDeclarationOfSorting,
	"the answer is none, or comes with the permanent location of the subject": (*world).comesWithThePermanentLocation,
	"a member that nobody knows is treated alike by POST, PUT and PATCH":      (*world).unknownMembersAreTreatedAlike,
	"no change that was answered with a success is lost":                      (*world).noChangeIsLost,
}

// isStored reads the resource again and holds it against the document.
func (w *world) isStored(ctx context.Context, name string, doc *godog.DocString) error {
	want, err := w.object(doc)
	if err != nil {
		return err
	}
	return w.eventually(ctx, func() error {
		now, err := w.look(ctx, name)
		if err != nil {
			return err
		}
		w.subjects[name] = now
		return difference(name+" as it is stored", want, now.shown)
	})
}

// theTargetCanDoWithout: what the user had to say that this target demands
// cannot be removed.
func (w *world) theTargetCanDoWithout(attribute string) error {
	for _, needed := range []*scim.Object{w.run.options.Fit.User, w.run.options.Fit.Group} {
		if _, found := needed.Get(attribute); found {
			return &unsupported{"the target needs " + attribute + ", says the configuration of this run"}
		}
	}
	return nil
}

// refresh makes "as before" mean before the request that is about to be sent. A
// target that shows nothing leaves the subject as it was last seen.
func (w *world) refresh(ctx context.Context, name string) {
	if now, err := w.look(ctx, name); err == nil {
		w.subjects[name] = now
	}
}

// aMomentHasPassed waits until a new modification time would differ from the
// last one: a second and a little more where the target's times are whole seconds.
func (w *world) aMomentHasPassed(ctx context.Context, name string) error {
	now, err := w.look(ctx, name)
	if err != nil {
		return err
	}
	w.subjects[name] = now
	changed, err := modified(now)
	if err != nil {
		return err
	}
	pause := 20 * time.Millisecond
	if changed.Nanosecond() == 0 {
		pause = 1100 * time.Millisecond
	}
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// modified is the moment in a resource's meta.lastModified.
func modified(s *subject) (time.Time, error) {
	text := s.shown.Object("meta").String("lastModified")
	if text == "" {
		return time.Time{}, &unsupported{"the target shows no meta.lastModified"}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, &Mismatch{What: "meta.lastModified", Want: "a dateTime", Got: text}
	}
	return at, nil
}

func (w *world) theModificationTimeIs(ctx context.Context, name, state string) error {
	was, err := w.subject(name)
	if err != nil {
		return err
	}
	before, err := modified(was)
	if err != nil {
		return err
	}
	return w.reread(ctx, name, func(now *subject) error {
		after, err := modified(now)
		if err != nil {
			return w.missed(err)
		}
		what := "meta.lastModified of " + name + " as it is read now"
		switch state {
		case "as before":
			return w.expectThat(after.Equal(before), what, before.String(), after.String())
		case "not older":
			return w.expectThat(!after.Before(before), what, "not before "+before.String(), after.String())
		}
		if err := w.expectThat(after.After(before), what, "later than "+before.String(), after.String()); err != nil {
			return err
		}
		return w.expectNewVersion(name, was, now)
	})
}

// expectNewVersion compares the versions where the target has any.
func (w *world) expectNewVersion(name string, was, now *subject) error {
	for what, pair := range map[string][2]string{
		"meta.version": {was.shown.Object("meta").String("version"), now.shown.Object("meta").String("version")},
		"the ETag":     {was.etag, now.etag},
	} {
		if pair[0] == "" || pair[1] == "" {
			continue
		}
		if err := w.expectThat(pair[0] != pair[1], what+" of "+name+" as it is read now", "anything but "+pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

// theAnswerShows holds the body of a change, if there is one, against a read.
func (w *world) theAnswerShows(ctx context.Context, name string) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	if w.last.Status == http.StatusNoContent {
		w.assertions++
		return nil
	}
	answer, err := w.answered()
	if err != nil {
		return w.missed(err)
	}
	return w.reread(ctx, name, func(now *subject) error {
		w.assertions++
		return representationDifference("the answer to "+w.theRequest(), now.shown, answer)
	})
}

// theHeadersFit compares what the headers of a change say with a read. A target
// may leave them out.
func (w *world) theHeadersFit(ctx context.Context, name string) error {
	if w.last == nil {
		return fmt.Errorf("nothing was asked")
	}
	now, err := w.look(ctx, name)
	if err != nil {
		return w.missed(err)
	}
	w.assertions++
	location, shown := w.last.Header.Get("Location"), now.shown.Object("meta").String("location")
	if absolute.MatchString(location) && absolute.MatchString(shown) {
		if err := w.expect("Location of the answer to "+w.theRequest(), shown, location); err != nil {
			return err
		}
	}
	etag := w.last.Header.Get("ETag")
	if etag == "" || now.etag == "" {
		return nil
	}
	return w.expect("ETag of the answer to "+w.theRequest(), strings.TrimPrefix(now.etag, "W/"), strings.TrimPrefix(etag, "W/"))
}

// onlyIsPrimary looks for the element by its value; without a mark an element
// is not primary (RFC 7643 section 2.4).
func (w *world) onlyIsPrimary(ctx context.Context, value, attribute, name string) error {
	value, err := w.expand(value)
	if err != nil {
		return err
	}
	return w.reread(ctx, name, func(now *subject) error {
		var primary []string
		for _, v := range now.shown.Array(attribute) {
			if o, ok := v.(*scim.Object); ok {
				if marked, _ := o.Get("primary"); marked == true {
					primary = append(primary, o.String("value"))
				}
			}
		}
		return w.expect("the primary "+attribute+" of "+name+" as it is read now", value, strings.Join(primary, ", "))
	})
}

// theAnswerFitsTheDeclarationOfPatch: who declares PATCH serves it; who declares
// that there is none refuses it as something that does not exist here.
func (w *world) theAnswerFitsTheDeclarationOfPatch(ctx context.Context) error {
	declared, found := at(w.describes(ctx, "ServiceProviderConfig"), "patch.supported")
	if !found {
		return w.expectStatus(func(s int) bool { return s == 200 || s == 204 || s == 501 || s == 405 || s == 404 }, "200 or 204, or 501 without PATCH")
	}
	if declared == true {
		return w.expectStatus(func(s int) bool { return s == 200 || s == 204 }, "200 or 204, as /ServiceProviderConfig declares patch.supported")
	}
	return w.expectStatus(func(s int) bool { return s == 501 || s == 405 || s == 404 || s == 403 }, "501, as /ServiceProviderConfig declares that PATCH is not supported")
}
