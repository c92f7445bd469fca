package engine

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A hurried server stores what it then cannot show: it answers a creation 500, tells no id,
// and shows no list any more. Nobody can remove that from outside. What an example of abuse
// would create is therefore made of a user or group first whose id is known.

// errRehearsed ends an example whose creation is not sent.
var errRehearsed = errors.New("the target is not well after a user or group was given what this would create")

// rehearsed is what the target was not well after.
type rehearsed struct {
	wrong    string
	evidence []*wire.Exchange
}

// rehearsal is the name of the resources that may become whatever an example would create.
const rehearsal = "rehearsal"

// rehearse lets a resource that can be removed, whatever becomes of it, be what the example is
// about to create. The error says that the target shows its list no more since.
func (h *health) rehearse(ctx context.Context, by *judge.Session, r wire.Request) error {
	if r.Method != http.MethodPost || len(r.Path) != 1 || r.Path[0] != "Users" && r.Path[0] != "Groups" || h.rehearsed != nil {
		return nil
	}
	look, ok := h.lookAt(r.Path[0])
	if !ok {
		return nil // it has nothing to lose
	}
	body := bodyOf(r.Body)
	if len(body) == 0 {
		return nil
	}
	known := h.known(ctx, r.Path[0])
	if known == nil {
		return &judge.Blocked{Reason: "not sent: nothing plain can be created in /" + r.Path[0] + " of which the id is told, so that nobody could remove what this might leave"}
	}
	before := len(h.session.Wire.Exchanges())
	named := bytes.ReplaceAll(body, []byte(by.Mark()), []byte(h.session.Mark())) // the names of the example stay free
	put := wire.Request{Method: http.MethodPut, Path: []string{known.Collection, known.ID}, Header: r.Header, Body: named}
	if answer, err := h.session.Send(ctx, h.session.Client(), put); judge.IsHeldBack(err) || err == nil && answer.Status/100 == 4 {
		return nil
	}
	wrong := h.lookWhole(ctx, look)
	if h.died() {
		wrong = gone
	}
	if wrong == "" {
		put.Header, put.Body = nil, h.session.Template(known.Collection, rehearsal)
		if answer, err := h.session.Send(ctx, h.session.Client(), put); err != nil || answer.Status/100 != 2 {
			h.drop(ctx, known)
		}
		return nil
	}
	h.rehearsed = &rehearsed{wrong, h.session.Wire.Exchanges()[before:]}
	h.drop(ctx, known)
	return errRehearsed
}

// lookAt is a look that the target has answered well: at the collection, or at anything.
func (h *health) lookAt(collection string) (look wire.Request, ok bool) {
	for i, l := range h.looks {
		if i == 0 || l.Path[0] == collection && len(l.Path) == 1 {
			look, ok = l, true
		}
	}
	return look, ok
}

// known is the resource of the collection that may become anything, or nil.
func (h *health) known(ctx context.Context, collection string) *judge.Subject {
	name := rehearsal + collection
	if h.session.Subjects[name] == nil {
		_ = h.session.Make(ctx, name, collection, h.session.Template(collection, rehearsal)) // where that fails there is none
	}
	return h.session.Subjects[name]
}

// drop removes what may have become anything.
func (h *health) drop(ctx context.Context, s *judge.Subject) {
	_, _ = h.session.Send(ctx, h.session.Client(), wire.Request{Method: http.MethodDelete, Path: []string{s.Collection, s.ID}}) // the clean-up does it again
	delete(h.session.Subjects, rehearsal+s.Collection)
}

// tell makes the finding of what a rehearsal has shown.
func (h *health) tell(ctx context.Context, a *attempt, e *report.Example) {
	lasting := ", until that was removed"
	switch {
	case h.rehearsed.wrong == gone:
		lasting = ""
	case h.check(ctx, h.rehearsed.evidence) != "":
		lasting = ", and it stays so when that is removed"
	}
	h.fail(a, e, "the target is not well after a user or group was given by PUT what this would create: "+h.rehearsed.wrong+lasting, h.rehearsed.wrong)
	e.Exchanges, e.Decided = append(e.Exchanges, h.rehearsed.evidence...), 0
}

// bodyOf is a body as it is sent; nil if it cannot be.
func bodyOf(body any) []byte {
	text, ok := body.([]byte)
	if !ok {
		text, _ = scim.Marshal(body)
	}
	return text
}
