package standard

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/laws"
)

// The steps that follow the references of a resource.

// followed is a reference with the answer to a GET of it.
type followed struct {
	reference string
	id        string         // what stands beside it
	problem   string         // why it cannot be followed; "" if it can
	answer    *wire.Response // nil with a problem
	at        *wire.Exchange // what was sent for it
}

func (w *World) referenceSteps(on judge.Vocabulary) {
	on(`^the client follows "meta\.location" and each "\$ref" of "(\w+)"$`, w.theClientFollows)
	on(`^each of them leads to the resource that it names$`, w.eachLeadsToTheResource)
}

// theClientFollows takes meta.location and each $ref that stands beside an id. One
// that is not there is no fault: neither has to be shown.
func (w *World) theClientFollows(ctx context.Context, name string) error {
	now, err := w.Reread(ctx, name)
	if err != nil {
		return w.Missed(err)
	}
	w.followed = nil
	for reference, id := range referencesIn(now) {
		f, err := w.follow(ctx, reference, id)
		if err != nil {
			return err
		}
		w.followed = append(w.followed, f)
	}
	return nil
}

func referencesIn(s *judge.Subject) map[string]string {
	references := map[string]string{}
	if location := s.Shown.Object("meta").String("location"); location != "" {
		references[location] = s.ID
	}
	laws.EachObject(s.Shown, 0, func(o *scim.Object, _ int) {
		if ref, id := o.String("$ref"), scim.ValueOf(o); ref != "" {
			references[ref] = id
		}
	})
	return references
}

// follow reads what a reference names.
func (w *World) follow(ctx context.Context, reference, id string) (followed, error) {
	f := followed{reference: reference, id: id}
	var path []string
	if path, f.problem = w.pathOf(reference); f.problem != "" {
		return f, nil
	}
	var err error
	f.answer, err = w.Send(ctx, w.ClientAt(judge.Origin(w.Conn.URL), w.Conn.Token), wire.Request{Method: http.MethodGet, Path: path})
	f.at = w.Decided(nil)
	return f, err
}

// pathOf is the path of a reference. A relative one starts at the service root (RFC
// 7643 section 2.3.7). The host is that of the base URL, whatever the reference says:
// the token goes nowhere else.
func (w *World) pathOf(reference string) (path []string, problem string) {
	base, err := url.Parse(strings.TrimSuffix(w.Conn.URL, "/") + "/")
	if err != nil {
		return nil, err.Error()
	}
	target, err := base.Parse(reference)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" {
		return nil, "no HTTP address"
	}
	for segment := range strings.SplitSeq(strings.Trim(target.EscapedPath(), "/"), "/") {
		if segment, err = url.PathUnescape(segment); err != nil {
			return nil, err.Error()
		}
		path = append(path, segment)
	}
	return path, ""
}

func (w *World) eachLeadsToTheResource() error {
	w.Asserted(1)
	for _, f := range w.followed {
		what := "GET of the reference " + f.reference
		if f.problem != "" {
			return w.ExpectThat(false, what, "an HTTP address", f.problem)
		}
		object, err := judge.ObjectIn(f.answer)
		if strings.HasSuffix(f.reference, "/"+url.PathEscape(f.id)) { // an address of its own, and not that of a list
			object, err = judge.ResourceIn(f.answer, f.id)
		}
		if f.answer.Status != http.StatusOK || err != nil {
			return &judge.Mismatch{What: what, Want: "200 with the resource " + f.id, Got: judge.StatusOf(f.answer), About: f.at}
		}
		if err := w.Expect("id of what the reference "+f.reference+" names", f.id, scim.IDOf(object)); err != nil {
			return err
		}
	}
	return nil
}
