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
}

// examine takes the looks that the target answers well: lists, and one user of this run.
// A target that answers none of them has nothing to lose.
func (r *run) examine(ctx context.Context) *health {
	s, err := r.judge.NewSession()
	if err != nil {
		return &health{}
	}
	h := &health{session: s}
	all := []wire.Request{judge.Reading("Users"), judge.Reading("Groups")}
	if s.Make(ctx, "health", "Users", s.Template("Users", "health")) == nil {
		if one, err := s.Subject("health"); err == nil {
			all = append(all, judge.Reading("Users", one.ID))
		}
	}
	for _, look := range all {
		if _, why := h.look(ctx, look); why == "" {
			h.looks = append(h.looks, look)
		}
	}
	return h
}

// lastUsers is how many users at the end of the list a look shows: what was created last
// stands there, and a first page may not reach it.
const lastUsers = 10

// end is a look at the end of the list of users; false where the list that was shown
// reaches it, or does not tell.
func end(shown *scim.Object) (wire.Request, bool) {
	total, _ := shown.Get("totalResults")
	number, _ := total.(json.Number)
	n, err := strconv.Atoi(number.String())
	if err != nil || n <= len(shown.Array("Resources")) {
		return wire.Request{}, false
	}
	look := judge.Reading("Users")
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

// check takes the looks, each twice before it finds the target unwell: it may only have
// been busy. The groups are looked at after something that was about groups.
func (h *health) check(ctx context.Context, after []*wire.Exchange) string {
	groups := slices.ContainsFunc(after, func(e *wire.Exchange) bool {
		return strings.Contains(e.URL, "/Groups") || bytes.Contains(e.RequestBody, []byte("/Groups"))
	})
	looks := slices.Clone(h.looks)
	for i := 0; i < len(looks); i++ {
		if looks[i].Path[0] == "Groups" && !groups {
			continue
		}
		shown, why := h.look(ctx, looks[i])
		if why != "" {
			shown, why = h.look(ctx, looks[i])
		}
		if why != "" {
			return why
		}
		if last, more := end(shown); more && looks[i].Path[0] == "Users" && looks[i].Query == nil {
			looks = append(looks, last)
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
	e.Verdict, e.Message = report.Failed, "the target is not well after this: "+why+", "+lasting
	e.Want, e.Got = "an endpoint that answers as before", why
	e.Exchanges, e.Decided = append(e.Exchanges, evidence...), 0
	h.unwell = fmt.Sprintf("the target is not well since %s, %s: %s", a.requirement.ID, a.example, why)
}
