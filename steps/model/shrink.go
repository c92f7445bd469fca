package model

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// How a request that went wrong is made as small as it can be.

// smallest shrinks a request that went wrong, and the resource that it was sent
// to, as long as it still goes wrong on a new resource.
func (m *model) smallest(ctx context.Context, state *scim.Object, r request, wrong *judge.Mismatch) error {
	best := trial{state: m.plainState(state), request: r, wrong: wrong}
	if err := m.remove(ctx); err != nil {
		return err
	}
	again, err := m.repeat(ctx, best.state, best.request)
	if err != nil {
		return err
	}
	if again == nil || !sameReason(again, wrong) { // it takes more than this state and this request
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
	wrong   *judge.Mismatch
}

// shrinkOnce looks for a trial with one part less that still goes wrong.
func (m *model) shrinkOnce(ctx context.Context, from trial, limit int) (smaller *trial, used int, err error) {
	for _, candidate := range m.smaller(from) {
		if used == limit {
			return nil, used, nil
		}
		after, impossible := m.expected(candidate.state, candidate.request)
		if impossible != nil || !m.makesSense(candidate) {
			continue // without the part, a target that is right may refuse the rest
		}
		candidate.request.after = after
		used++
		var err error
		if candidate.wrong, err = m.repeat(ctx, candidate.state, candidate.request); err != nil {
			return nil, used, err
		}
		if candidate.wrong != nil && sameReason(candidate.wrong, from.wrong) {
			return &candidate, used, nil
		}
	}
	return nil, used, nil
}

// makesSense says whether the standard says what comes of the trial.
func (m *model) makesSense(x trial) bool {
	return m.method != http.MethodPatch || x.request.refused || m.defined(x.state, x.request.parts)
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
func (m *model) repeat(ctx context.Context, state *scim.Object, r request) (*judge.Mismatch, error) {
	fresh := m.w.Template(m.collection(), m.unique())
	body := judge.Merge(fresh, state)
	for _, name := range []string{"userName", "displayName"} {
		if _, needed := fresh.Get(name); needed {
			body.Set(name, fresh.String(name))
		}
	}
	answer, err := m.w.Send(ctx, m.w.Client(), wire.Request{Method: http.MethodPost, Path: []string{m.collection()}, Body: judge.WithSchemas(body)})
	if err != nil || answer.Status/100 != 2 {
		return nil, err
	}
	s, err := m.adopt(ctx, answer)
	if err != nil {
		return nil, err
	}
	if m.keeps.difference(body, s.Shown, false) != nil {
		return nil, m.remove(ctx)
	}
	if r.after, err = m.expected(s.Shown, r); err != nil {
		return nil, m.remove(ctx)
	}
	_, wrong, err := m.try(ctx, s, s.Shown, r)
	if err != nil {
		return nil, err
	}
	return wrong, m.remove(ctx)
}

func (m *model) remove(ctx context.Context) error {
	s := m.w.Subjects["model"]
	_, err := m.w.Send(ctx, m.w.Client(), wire.Request{Method: http.MethodDelete, Path: []string{s.Collection, s.ID}})
	return err
}

// plainState is a resource without what the target writes and what has to be
// unique.
func (m *model) plainState(state *scim.Object) *scim.Object {
	plain := m.keeps.only(state)
	plain.Delete("externalId")
	return plain
}

func (m *model) finding(state *scim.Object, r request, wrong *judge.Mismatch) error {
	return &judge.Mismatch{
		What: fmt.Sprintf("%s %s to a %s with %s: %s", m.method, judge.Text(m.sent(r)), m.kind, judge.Text(m.keeps.only(state)), wrong.What),
		Want: wrong.Want, Got: wrong.Got, About: wrong.About,
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
