package honesty

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// writing is one request that wrote samples, and what came of it. A request
// that was refused has one sample: batches are split until the target says
// which one it does not take.
type writing struct {
	collection string
	samples    []sample
	answer     judge.Answer
	before     *scim.Object // as the resource was read before; nil for a creation
	after      *scim.Object // as it was read afterwards; nil if a creation was refused
	naming     string       // value of the attribute that names the resource
}

func (wr writing) accepted() bool { return wr.answer.Response.Status/100 == 2 }

// methods are how the sentences say that a client writes.
var methods = map[string]string{
	"creates a resource like": http.MethodPost, "replaces": http.MethodPut, "patches": http.MethodPatch,
}

// choice makes the samples of a resource type that are to be written.
type choice func(s *sampler, t *scim.ResourceType) []sample

// writes makes the step that writes what is chosen, all of it in one request. Values of
// a creation differ from those that the others put in their place.
func (w *World) writes(choose choice) func(ctx context.Context, how, name string) error {
	return func(ctx context.Context, how, name string) error {
		samples, err := w.chosen(ctx, choose, how, name)
		if err != nil || len(samples) == 0 {
			return err
		}
		return w.writeAll(ctx, name, methods[how], samples)
	}
}

// chosen are the samples for the type of this resource.
func (w *World) chosen(ctx context.Context, choose choice, how, name string) ([]sample, error) {
	subject, err := w.Subject(name)
	if err != nil {
		return nil, err
	}
	t, err := w.typeOf(ctx, subject.Collection)
	if err != nil {
		return nil, err
	}
	turn := 1
	if methods[how] == http.MethodPost {
		turn = 0
	}
	return choose(w.sampler(turn, name), t), nil
}

// writesReadOnly patches them one by one: one that is refused would hide the others.
func (w *World) writesReadOnly(ctx context.Context, how, name string) error {
	if methods[how] != http.MethodPatch {
		return w.writes(readOnlySamples)(ctx, how, name)
	}
	samples, err := w.chosen(ctx, readOnlySamples, how, name)
	if err != nil {
		return err
	}
	for p := range slices.Chunk(samples, 1) {
		if err := w.writeAll(ctx, name, http.MethodPatch, p); err != nil {
			return err
		}
	}
	return nil
}

// writesImmutable gives the resource a first value of each: what is to be changed has to
// have one. A list can be replaced as a whole, its elements cannot be edited.
func (w *World) writesImmutable(ctx context.Context, how, name string) error {
	first, err := w.chosen(ctx, immutableSamples, "creates a resource like", name)
	if err != nil {
		return err
	}
	collection := w.Subjects[name].Collection
	if err := w.Make(ctx, name, collection, w.bodyWith(collection, "immutable", first)); err != nil {
		return err
	}
	return w.writes(func(s *sampler, t *scim.ResourceType) []sample {
		samples := immutableSamples(s, t)
		if methods[how] == http.MethodPut {
			samples = slices.DeleteFunc(samples, func(p sample) bool { return p.element != "" })
		}
		return samples
	})(ctx, how, name)
}

// writeAll writes the samples in one request, and in halves if it is refused.
func (w *World) writeAll(ctx context.Context, name, method string, samples []sample) error {
	wr, err := w.write(ctx, name, method, samples)
	if err != nil {
		return err
	}
	if wr.accepted() || len(samples) == 1 {
		w.writings = append(w.writings, *wr)
		return nil
	}
	half := len(samples) / 2
	if err := w.writeAll(ctx, name, method, samples[:half]); err != nil {
		return err
	}
	return w.writeAll(ctx, name, method, samples[half:])
}

func (w *World) write(ctx context.Context, name, method string, samples []sample) (*writing, error) {
	if method == http.MethodPost {
		return w.writeByPost(ctx, name, samples)
	}
	s, err := w.lastSeen(ctx, name, samples)
	if err != nil {
		return nil, err
	}
	wr := &writing{collection: s.Collection, samples: samples, before: s.Shown, naming: s.Shown.String(judge.Naming(s.Collection))}
	var body *scim.Object
	if method == http.MethodPut {
		body = scim.NewObject(scim.Member{Name: judge.Naming(s.Collection), Value: wr.naming})
		body = judge.Merge(w.Template(s.Collection, "put"), body)
		for _, p := range samples {
			p.put(body)
		}
		body = judge.WithSchemas(body)
	} else {
		body = judge.PatchOp(operations(samples))
	}
	if wr.answer, err = w.Visit(ctx, wire.Request{Method: method, Path: []string{s.Collection, s.ID}, Body: body}); err != nil {
		return nil, err
	}
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	now, err := w.lookFor(ctx, name, samples)
	if err != nil {
		return nil, err
	}
	wr.after = now.Shown
	return wr, nil
}

// lastSeen is the subject as it was read after the writing before, or as it is now.
func (w *World) lastSeen(ctx context.Context, name string, samples []sample) (*judge.Subject, error) {
	s, err := w.Subject(name)
	if err != nil {
		return nil, err
	}
	if n := len(w.writings); n > 0 && scim.IDOf(w.writings[n-1].after) == s.ID {
		return &judge.Subject{Collection: s.Collection, ID: s.ID, Shown: w.writings[n-1].after}, nil
	}
	return w.lookFor(ctx, name, samples)
}

// lookFor is look, and asks for what is shown on request only.
func (w *World) lookFor(ctx context.Context, name string, samples []sample) (*judge.Subject, error) {
	s, err := w.Reread(ctx, name)
	if err != nil {
		return nil, err
	}
	var asked []sample
	for _, p := range samples {
		if p.attribute.Returned == scim.OnRequest {
			asked = append(asked, p)
		}
	}
	if len(asked) == 0 {
		return s, nil
	}
	more, err := w.Visit(ctx, wire.Request{
		Method: http.MethodGet, Path: []string{s.Collection, s.ID},
		Query: [][2]string{{"attributes", strings.ReplaceAll(names(asked), ", ", ",")}},
	})
	if err == nil && more.Body != nil && more.Response.Status == http.StatusOK {
		s.Shown = judge.Merge(s.Shown, more.Body)
	}
	return s, err
}

func operations(samples []sample) []any {
	var all []any
	for _, p := range samples {
		all = append(all, scim.NewObject(
			scim.Member{Name: "op", Value: "replace"},
			scim.Member{Name: "path", Value: p.path()},
			scim.Member{Name: "value", Value: scim.CloneValue(p.value)},
		))
	}
	return all
}

// writeByPost creates a resource beside the subject.
func (w *World) writeByPost(ctx context.Context, name string, samples []sample) (*writing, error) {
	collection := w.Subjects[name].Collection
	w.written++
	body := w.bodyWith(collection, strconv.Itoa(w.written), samples)
	wr := &writing{collection: collection, samples: samples, naming: body.String(judge.Naming(collection))}
	var err error
	if wr.answer, err = w.Visit(ctx, wire.Request{Method: http.MethodPost, Path: []string{collection}, Body: body}); err != nil || !wr.accepted() {
		return wr, err
	}
	made := name + strconv.Itoa(w.written)
	if err := w.Adopt(ctx, made, collection, wr.answer.Response); err != nil {
		return nil, err
	}
	if err := w.Settle(ctx); err != nil {
		return nil, err
	}
	now, err := w.lookFor(ctx, made, samples)
	if err != nil {
		return nil, err
	}
	wr.after = now.Shown
	return wr, nil
}

// bodyWith is the smallest resource that the target accepts, with the samples.
func (w *World) bodyWith(collection, which string, samples []sample) *scim.Object {
	body := w.Template(collection, which)
	for _, p := range samples {
		p.put(body)
	}
	return judge.WithSchemas(body)
}

// names lists what samples are about.
func names(samples []sample) string {
	paths := make([]string, len(samples))
	for i, p := range samples {
		paths[i] = p.path()
	}
	slices.Sort(paths)
	return strings.Join(paths, ", ")
}
