package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// health is how the target answered simple looks before the abuse.
type health struct {
	session *judge.Session
	looks   []wire.Request // those that were answered well
	unwell  string         // what is wrong since, and after what; "" as long as nothing is

	returns   func() int64 // how often the target came back after it had taken no connection
	returned  int64        // how often that was before the example
	rehearsed *rehearsed   // what has shown that the target is not well; nil as long as nothing has
}

// examine takes the looks that the target answers well: lists, and one user of this run.
// A target that answers none of them has nothing to lose.
func (r *run) examine(ctx context.Context) *health {
	s, err := r.judge.NewSession()
	if err != nil {
		return &health{returns: r.liveness.returns.Load}
	}
	h := &health{session: s, returns: r.liveness.returns.Load}
	all := []wire.Request{judge.Reading("Users"), judge.Reading("Groups")}
	if s.Make(ctx, "health", "Users", s.Template("Users", "health")) == nil {
		if one, err := s.Subject("health"); err == nil {
			all = append(all, judge.Reading("Users", one.ID))
		}
	}
	for _, look := range all {
		_, why := h.look(ctx, look)
		if why != "" && len(look.Path) == 1 { // the whole list may be too long
			look.Query = [][2]string{{"count", strconv.Itoa(lastUsers)}}
			_, why = h.look(ctx, look)
		}
		if why == "" {
			h.looks = append(h.looks, look)
		}
	}
	h.returned = h.returns()
	return h
}

// lastUsers is how many at the end of a list a look shows: what was created last
// stands there, and a first page may not reach it.
const lastUsers = 10

// end is a look at the end of a list; false where the list that was shown
// reaches it, or does not tell.
func end(collection string, shown *scim.Object) (wire.Request, bool) {
	total, _ := shown.Get("totalResults")
	number, _ := total.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n <= len(shown.Array("Resources")) {
		return wire.Request{}, false
	}
	look := judge.Reading(collection)
	look.Query = [][2]string{{"startIndex", strconv.Itoa(max(n-lastUsers, 0) + 1)}, {"count", strconv.Itoa(lastUsers)}}
	return look, true
}

// look says what is wrong with the answer to a look, or "" with what it shows.
func (h *health) look(ctx context.Context, look wire.Request) (shown *scim.Object, wrong string) {
	what := "GET /" + judge.JoinPath(look.Path) + judge.QueryText(look)
	answer, err := h.session.Send(ctx, h.session.Client(), look)
	if err != nil {
		return nil, what + " got no answer: " + err.Error()
	}
	if answer.Status != http.StatusOK {
		return nil, what + " is answered " + judge.StatusOf(answer)
	}
	if shown, err = scim.ParseObject(answer.Body); err != nil {
		return nil, what + " cannot be read: " + err.Error()
	}
	return shown, ""
}

// lookTwice looks again before it finds the target unwell: it may only have been busy.
func (h *health) lookTwice(ctx context.Context, look wire.Request) (shown *scim.Object, wrong string) {
	if shown, wrong = h.look(ctx, look); wrong == "" {
		return shown, ""
	}
	return h.look(ctx, look)
}

// died says whether the target was gone and has come back since this was asked last.
func (h *health) died() bool {
	before := h.returned
	h.returned = h.returns()
	return h.returned > before
}

const gone = "it took no connection for a while, as one that is started anew"

// check takes the looks. The groups are looked at after something that was about groups.
func (h *health) check(ctx context.Context, after []*wire.Exchange) string {
	groups := slices.ContainsFunc(after, func(e *wire.Exchange) bool {
		return strings.Contains(e.URL, "/Groups") || bytes.Contains(e.RequestBody, []byte("/Groups"))
	})
	for _, look := range h.looks {
		if look.Path[0] == "Groups" && !groups {
			continue
		}
		if why := h.lookWhole(ctx, look); why != "" {
			return why
		}
	}
	return ""
}

// lookWhole takes a look and, at a list, one at its end.
func (h *health) lookWhole(ctx context.Context, look wire.Request) (wrong string) {
	shown, wrong := h.lookTwice(ctx, look)
	if wrong != "" || len(look.Path) > 1 {
		return wrong
	}
	if last, more := end(look.Path[0], shown); more {
		_, wrong = h.lookTwice(ctx, last)
	}
	return wrong
}

// after judges an example of abuse by the health of the target. What the example has
// created is removed first if the target is not well.
func (h *health) after(ctx context.Context, a *attempt, e *report.Example) {
	if ctx.Err() != nil {
		return
	}
	switch died := h.died(); {
	case h.rehearsed != nil:
		a.scenario.CleanUp(ctx)
		h.tell(ctx, a, e)
		return
	case died:
		a.scenario.CleanUp(ctx)
		h.fail(a, e, "the target died of this: "+gone, gone)
		return
	case len(h.looks) == 0:
		return
	}
	before := len(h.session.Wire.Exchanges())
	why := h.check(ctx, e.Exchanges)
	evidence := h.session.Wire.Exchanges()[before:]
	a.scenario.CleanUp(ctx)
	if why == "" {
		return
	}
	lasting := "and it stays so when what this had created is removed"
	if h.check(ctx, e.Exchanges) == "" {
		lasting = "until what this had created was removed"
	}
	h.fail(a, e, "the target is not well after this: "+why+", "+lasting, why)
	e.Exchanges, e.Decided = append(e.Exchanges, evidence...), 0
}

// fail makes the finding that ends the abuse.
func (h *health) fail(a *attempt, e *report.Example, message, why string) {
	e.Verdict, e.Message = report.Failed, message
	e.Want, e.Got = "an endpoint that answers as before", why
	h.unwell = fmt.Sprintf("the target is not well since %s, %s: %s", a.requirement.ID, a.example, why)
}
