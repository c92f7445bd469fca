package steps

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// The model-based checks of changes: seeded random requests go to the target and
// to our own model of RFC 7644 section 3.5, and both have to come to the same.
// Only what the standard leaves no choice about is generated and compared, so
// that every target that is right agrees.

// model is a resource at the target under random change.
type model struct {
	w       *world
	kind    string // "user" or "group"
	method  string
	t       *scim.ResourceType
	random  *rand.Rand
	keeps   keeps
	members []string // ids of users for the members of a group
	count   int      // makes values unique
}

// request is a change in parts that can be left out one by one: operations of a
// PATCH (*scim.Object), or attributes of a PUT (scim.Member).
type request struct {
	parts   []any
	refused bool         // the target has to refuse it and to change nothing
	after   *scim.Object // what the model makes of it
}

func (w *world) theTargetDoesAsTheModel(ctx context.Context, requests int, method, kind string, seed uint64) error {
	m := &model{w: w, kind: kind, method: method, random: rand.New(rand.NewPCG(seed, 0)), t: scim.UserType()}
	if kind == "group" {
		m.t = scim.GroupType()
	}
	s, err := m.begin(ctx)
	if err != nil {
		return err
	}
	state := s.shown
	for range requests {
		r, err := m.next(state)
		if err != nil {
			return fmt.Errorf("generate a request on %s: %w", textOf(state), err)
		}
		now, wrong, err := m.try(ctx, s, state, r)
		if err != nil {
			return err
		}
		if wrong != nil {
			return m.smallest(ctx, state, r, wrong)
		}
		state = now
	}
	return nil
}

// begin makes the resource, and finds out what the target stores of it.
func (m *model) begin(ctx context.Context) (*subject, error) {
	if m.kind == "group" {
		for i := range 4 {
			name := fmt.Sprintf("member%d", i)
			if err := m.w.aResource(ctx, "user", name); err != nil {
				return nil, err
			}
			m.members = append(m.members, m.w.subjects[name].id)
		}
	}
	var s *subject
	refusal := "the target stores none of the attributes that the model changes"
	for _, body := range m.firstBodies() {
		answer, err := m.w.send(ctx, m.w.judge(), scim.Request{Method: http.MethodPost, Path: []string{m.collection()}, Body: body})
		if err != nil {
			return nil, err
		}
		if answer.Status/100 != 2 {
			refusal = "the target refuses a " + m.kind + " for the model: " + statusOf(answer)
			continue
		}
		if s, err = m.adopt(ctx, answer); err != nil {
			return nil, err
		}
		m.keeps = keepsOf(body, s.shown)
		break
	}
	if s == nil || m.keeps.nothing() {
		return nil, &unsupported{refusal}
	}
	return s, nil
}

func (m *model) collection() string { return collectionOf(m.kind) }

func (m *model) adopt(ctx context.Context, answer *scim.Response) (*subject, error) {
	if err := m.w.adopt(ctx, "model", m.collection(), answer); err != nil {
		return nil, err
	}
	var s *subject
	err := m.w.eventually(ctx, func() (err error) {
		s, err = m.w.look(ctx, "model")
		return err
	})
	return s, err
}

// try sends the request and compares what a read shows then with the model. The
// difference is a Mismatch; an error means that nobody can tell.
func (m *model) try(ctx context.Context, s *subject, state *scim.Object, r request) (now *scim.Object, wrong *Mismatch, err error) {
	answer, err := m.w.send(ctx, m.w.judge(), scim.Request{Method: m.method, Path: []string{s.collection, s.id}, Body: m.body(state, r)})
	if err != nil {
		return nil, nil, err
	}
	m.w.assertions++
	switch {
	case r.refused && answer.Status/100 != 4:
		return nil, &Mismatch{What: "the answer", Want: "400", Got: statusOf(answer)}, nil
	case !r.refused && answer.Status/100 != 2:
		return nil, &Mismatch{What: "the answer", Want: "a success", Got: statusOf(answer)}, nil
	}
	err = m.w.eventually(ctx, func() error {
		seen, err := m.w.look(ctx, "model")
		if err != nil {
			return err
		}
		now = seen.shown
		return m.keeps.difference(r.after, now, m.method == http.MethodPut)
	})
	if found, ok := isMismatch(err); ok {
		return nil, found, nil
	}
	return now, nil, err
}

func (m *model) body(state *scim.Object, r request) *scim.Object {
	if m.method == http.MethodPatch {
		return patchOp(r.parts)
	}
	body := m.required(state)
	for _, p := range r.parts {
		attribute, _ := p.(scim.Member)
		body.Set(attribute.Name, attribute.Value)
	}
	return withSchemas(body)
}

// required is what a PUT has to carry: what every resource of this target needs,
// with the names that the resource has.
func (m *model) required(state *scim.Object) *scim.Object {
	body := m.w.template(m.collection(), "")
	for _, name := range []string{"userName", "displayName"} {
		if _, needed := body.Get(name); needed {
			body.Set(name, state.String(name))
		}
	}
	return body
}

// smallest shrinks a request that went wrong, and the resource that it was sent
// to, as long as it still goes wrong on a new resource.
func (m *model) smallest(ctx context.Context, state *scim.Object, r request, wrong *Mismatch) error {
	best := trial{state: m.plainState(state), request: r, wrong: wrong}
	if err := m.remove(ctx); err != nil {
		return err
	}
	again, err := m.repeat(ctx, best.state, best.request)
	if err != nil {
		return err
	}
	if again == nil { // it takes more than this state and this request
		return m.finding(state, r, wrong)
	}
	best.wrong = again
	for left := shrinkTrials; left > 0; {
		smaller, used, err := m.shrinkOnce(ctx, best, left)
		if err != nil {
			return err
		}
		left -= used
		if smaller == nil {
			break
		}
		best = *smaller
	}
	return m.finding(best.state, best.request, best.wrong)
}

// shrinkTrials bounds the requests that a shrunk finding costs, four each.
const shrinkTrials = 30

// trial is a request that goes wrong on a resource in this state.
type trial struct {
	state   *scim.Object
	request request
	wrong   *Mismatch
}

// shrinkOnce looks for a trial with one part less that still goes wrong.
func (m *model) shrinkOnce(ctx context.Context, from trial, limit int) (smaller *trial, used int, err error) {
	for _, candidate := range m.smaller(from) {
		if used == limit {
			return nil, used, nil
		}
		after, err := m.expected(candidate.state, candidate.request)
		if err != nil {
			continue // the rest makes no sense without the part
		}
		candidate.request.after = after
		used++
		if candidate.wrong, err = m.repeat(ctx, candidate.state, candidate.request); err != nil {
			return nil, used, err
		}
		if candidate.wrong != nil {
			return &candidate, used, nil
		}
	}
	return nil, used, nil
}

// smaller lists the trials with one part less: of the request, or of the state.
func (m *model) smaller(from trial) []trial {
	var all []trial
	for i := range slices.Backward(from.request.parts) {
		if len(from.request.parts) > 1 {
			r := from.request
			r.parts = slices.Delete(slices.Clone(r.parts), i, i+1)
			all = append(all, trial{state: from.state, request: r})
		}
	}
	for name := range from.state.All() {
		if slices.Contains([]string{"schemas", "userName", "displayName"}, name) {
			continue
		}
		state := from.state.Clone()
		state.Delete(name)
		all = append(all, trial{state: state, request: from.request})
	}
	return all
}

// repeat sends the request to a new resource in this state. Nil means that it
// goes as it should there, or that the target does not take the state.
func (m *model) repeat(ctx context.Context, state *scim.Object, r request) (*Mismatch, error) {
	fresh := m.w.template(m.collection(), m.unique())
	body := merge(fresh, state)
	for _, name := range []string{"userName", "displayName"} {
		if _, needed := fresh.Get(name); needed {
			body.Set(name, fresh.String(name))
		}
	}
	answer, err := m.w.send(ctx, m.w.judge(), scim.Request{Method: http.MethodPost, Path: []string{m.collection()}, Body: withSchemas(body)})
	if err != nil || answer.Status/100 != 2 {
		return nil, err
	}
	s, err := m.adopt(ctx, answer)
	if err != nil {
		return nil, err
	}
	if m.keeps.difference(body, s.shown, false) != nil {
		return nil, m.remove(ctx)
	}
	if r.after, err = m.expected(s.shown, r); err != nil {
		return nil, m.remove(ctx)
	}
	_, wrong, err := m.try(ctx, s, s.shown, r)
	if err != nil {
		return nil, err
	}
	return wrong, m.remove(ctx)
}

func (m *model) remove(ctx context.Context) error {
	s := m.w.subjects["model"]
	_, err := m.w.send(ctx, m.w.judge(), scim.Request{Method: http.MethodDelete, Path: []string{s.collection, s.id}})
	return err
}

// plainState is a resource without what the target writes and what has to be
// unique.
func (m *model) plainState(state *scim.Object) *scim.Object {
	plain := m.keeps.only(state)
	plain.Delete("externalId")
	return plain
}

// expected is what the model makes of a request.
func (m *model) expected(state *scim.Object, r request) (*scim.Object, error) {
	switch {
	case r.refused:
		if _, err := m.patched(state, r.parts); err == nil {
			return nil, fmt.Errorf("there is nothing left to refuse")
		}
		return state, nil
	case m.method == http.MethodPut:
		return m.body(state, r), nil
	}
	return m.patched(state, r.parts)
}

func (m *model) patched(state *scim.Object, parts []any) (*scim.Object, error) {
	operations, err := scim.ParsePatch(patchOp(parts))
	if err != nil {
		return nil, err
	}
	after, _, err := scim.Patch(m.t, state, operations)
	return after, err
}

func (m *model) finding(state *scim.Object, r request, wrong *Mismatch) error {
	return &Mismatch{
		What: fmt.Sprintf("%s %s to a %s with %s: %s", m.method, textOf(m.sent(r)), m.kind, textOf(m.keeps.only(state)), wrong.What),
		Want: wrong.Want, Got: wrong.Got,
	}
}

// sent is what a reader needs to see of a request.
func (m *model) sent(r request) any {
	if m.method == http.MethodPatch {
		return r.parts
	}
	body := scim.NewObject()
	for _, p := range r.parts {
		attribute, _ := p.(scim.Member)
		body.Set(attribute.Name, attribute.Value)
	}
	return body
}

func (m *model) unique() string {
	m.count++
	return fmt.Sprintf("m%d", m.count)
}
