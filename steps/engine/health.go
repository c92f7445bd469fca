package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

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
}

// examine takes the looks that the target answers well: lists, and one user of this run.
// A target that answers none of them has nothing to lose.
func (r *run) examine(ctx context.Context) *health {
	s, err := r.judge.NewSession()
	if err != nil {
		return &health{}
	}
	h := &health{session: s}
	all := []wire.Request{
		{Method: http.MethodGet, Path: []string{"Users"}},
		{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"startIndex", "1"}, {"count", "1"}}},
		{Method: http.MethodGet, Path: []string{"Groups"}},
	}
	if s.Make(ctx, "health", "Users", s.Template("Users", "health")) == nil {
		if one, err := s.Subject("health"); err == nil {
			all = append(all, wire.Request{Method: http.MethodGet, Path: []string{"Users", one.ID}})
		}
	}
	for _, look := range all {
		if h.wrong(ctx, look) == "" {
			h.looks = append(h.looks, look)
		}
	}
	return h
}

// lastUsers is how many users at the end of the list a look shows: what was created last
// stands there, and a first page may not reach it.
const lastUsers = 10

// end is a look at the end of the list of users; false where the target does not count.
func (h *health) end(ctx context.Context) (wire.Request, bool) {
	look := wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"startIndex", "1"}, {"count", "1"}}}
	answer, err := h.session.Send(ctx, h.session.Client(), look)
	if err != nil {
		return look, false
	}
	shown, _, _ := scim.ParseLeniently(answer.Body)
	list, _ := shown.(*scim.Object)
	total, _ := list.Get("totalResults")
	number, _ := total.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n <= lastUsers {
		return look, false
	}
	look.Query = [][2]string{{"startIndex", strconv.Itoa(n - lastUsers + 1)}, {"count", strconv.Itoa(lastUsers)}}
	return look, true
}

// wrong says what is wrong with the answer to a look, or "".
func (h *health) wrong(ctx context.Context, look wire.Request) string {
	what := "GET /" + judge.JoinPath(look.Path) + judge.QueryText(look)
	answer, err := h.session.Send(ctx, h.session.Client(), look)
	if err != nil {
		return what + " got no answer: " + err.Error()
	}
	if answer.Status != http.StatusOK {
		return what + " is answered " + judge.StatusOf(answer)
	}
	if _, err := scim.ParseObject(answer.Body); err != nil {
		return what + " cannot be read: " + err.Error()
	}
	return ""
}

// check looks twice before it finds the target unwell: it may only have been busy.
func (h *health) check(ctx context.Context) string {
	looks := h.looks
	if end, counts := h.end(ctx); counts {
		looks = append(slices.Clone(looks), end)
	}
	for _, look := range looks {
		if h.wrong(ctx, look) == "" {
			continue
		}
		if why := h.wrong(ctx, look); why != "" {
			return why
		}
	}
	return ""
}

// after judges an example of abuse by the health of the target. What the example has
// created is removed first if the target is not well.
func (h *health) after(ctx context.Context, a *attempt, e *report.Example) {
	if len(h.looks) == 0 || ctx.Err() != nil {
		return
	}
	before := len(h.session.Wire.Exchanges())
	why := h.check(ctx)
	evidence := h.session.Wire.Exchanges()[before:]
	a.scenario.CleanUp(ctx)
	if why == "" {
		return
	}
	lasting := "and it stays so when what this had created is removed"
	if h.check(ctx) == "" {
		lasting = "until what this had created was removed"
	}
	e.Verdict, e.Message = report.Failed, "the target is not well after this: "+why+", "+lasting
	e.Want, e.Got = "an endpoint that answers as before", why
	e.Exchanges, e.Decided = append(e.Exchanges, evidence...), 0
	h.unwell = fmt.Sprintf("the target is not well since %s, %s: %s", a.requirement.ID, a.example, why)
}
