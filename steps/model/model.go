package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/patch"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The model-based checks of changes: seeded random requests go to the target and
// to our own model of RFC 7644 section 3.5, and both have to come to the same.
// Only what the standard leaves no choice about is generated and compared, so
// that every target that is right agrees.

// model is a resource at the target under random change.
type model struct {
	w       *World
	kind    string // "user" or "group"
	method  string
	t       *scim.ResourceType
	random  *rand.Rand
	keeps   keeps
	members []string // ids of users for the members of a group
	count   int      // makes values unique
	dense   bool     // few requests are sent, so that each has to say much
}

// request is a change in parts that can be left out one by one: operations of a
// PATCH (*scim.Object), or attributes of a PUT (scim.Member).
type request struct {
	parts   []any
	refused bool         // the target has to refuse it and to change nothing
	after   *scim.Object // what the model makes of it
}

func (w *World) followTheModel(ctx context.Context, requests int, method, kind string, seed uint64) error {
	m := &model{w: w, kind: kind, method: method, random: rand.New(rand.NewPCG(seed, 0)), t: scim.UserType()} //nolint:gosec // repeatable on purpose
	if kind == "group" {
		m.t = scim.GroupType()
	}
	s, err := m.begin(ctx)
	if err != nil {
		return err
	}
	state, few := s.Shown, w.fewer(requests)
	m.dense = few < requests
	for range few {
		r, err := m.next(state)
		if err != nil {
			return fmt.Errorf("generate a request on %s: %w", judge.Text(state), err)
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
func (m *model) begin(ctx context.Context) (*judge.Subject, error) {
	if m.kind == "group" {
		for i := range 4 {
			name := fmt.Sprintf("member%d", i)
			if err := m.w.Make(ctx, name, "Users", m.w.Template("Users", name)); err != nil {
				return nil, err
			}
			m.members = append(m.members, m.w.Subjects[name].ID)
		}
	}
	var s *judge.Subject
	refusal := "the target stores none of the attributes that the model changes"
	for _, body := range m.firstBodies() {
		answer, err := m.w.Send(ctx, m.w.Client(), wire.Request{Method: http.MethodPost, Path: []string{m.collection()}, Body: body})
		if err != nil {
			return nil, err
		}
		if answer.Status/100 != 2 {
			refusal = "the target refuses a " + m.kind + " for the model: " + judge.StatusOf(answer)
			continue
		}
		if s, err = m.adopt(ctx, answer); err != nil {
			return nil, err
		}
		m.keeps = keepsOf(body, s.Shown)
		break
	}
	if s == nil || m.keeps.nothing() {
		return nil, &judge.Unsupported{Reason: refusal}
	}
	return s, nil
}

func (m *model) collection() string { return judge.CollectionOf(m.kind) }

func (m *model) adopt(ctx context.Context, answer *wire.Response) (*judge.Subject, error) {
	if err := m.w.Adopt(ctx, "model", m.collection(), answer); err != nil {
		return nil, err
	}
	var s *judge.Subject
	err := m.w.Eventually(ctx, func() (err error) {
		s, err = m.w.Reread(ctx, "model")
		return err
	})
	return s, err
}

// try sends the request and compares what a read shows then with the model. The
// difference is a Mismatch; an error means that nobody can tell.
func (m *model) try(ctx context.Context, s *judge.Subject, state *scim.Object, r request) (now *scim.Object, wrong *judge.Mismatch, err error) {
	answer, err := m.w.Send(ctx, m.w.Client(), wire.Request{Method: m.method, Path: []string{s.Collection, s.ID}, Body: m.body(state, r)})
	if err != nil {
		return nil, nil, err
	}
	m.w.Asserted(1)
	switch {
	case r.refused && answer.Status/100 != 4:
		return nil, m.wrong("400", answer), nil
	case !r.refused && answer.Status/100 != 2:
		return nil, m.wrong("a success", answer), nil
	}
	err = m.w.Eventually(ctx, func() error {
		seen, err := m.w.Reread(ctx, "model")
		if err != nil {
			return err
		}
		now = seen.Shown
		return m.keeps.difference(r.after, now, m.method == http.MethodPut)
	})
	if found, ok := judge.IsMismatch(err); ok {
		found.About = m.w.Decided(nil)
		return nil, found, nil
	}
	return now, nil, err
}

// wrong says that the answer to the last request is.
func (m *model) wrong(want string, answer *wire.Response) *judge.Mismatch {
	return &judge.Mismatch{What: "the answer", Want: want, Got: judge.StatusOf(answer), About: m.w.Decided(nil)}
}

func (m *model) body(state *scim.Object, r request) *scim.Object {
	if m.method == http.MethodPatch {
		return judge.PatchOp(r.parts)
	}
	body := m.required(state)
	for _, p := range r.parts {
		attribute, _ := p.(scim.Member)
		body = judge.Merge(body, scim.NewObject(attribute)) // a complex attribute keeps the parts that the target demands
	}
	return judge.WithSchemas(body)
}

// required is what a PUT has to carry: what every resource of this target needs,
// with the names that the resource has.
func (m *model) required(state *scim.Object) *scim.Object {
	body := m.w.Template(m.collection(), "")
	for _, name := range []string{"userName", "displayName"} {
		if _, needed := body.Get(name); needed {
			body.Set(name, state.String(name))
		}
	}
	return body
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
	operations, err := patch.Parse(judge.PatchOp(parts))
	if err != nil {
		return nil, err
	}
	after, _, err := patch.Apply(m.t, state, operations)
	return after, err
}

func (m *model) unique() string {
	m.count++
	return fmt.Sprintf("m%d", m.count)
}
