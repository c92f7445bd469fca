package engine

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// believe keeps a target from passing by refusing everything: an example in which
// nothing was answered with success counts only if the target has taken a user
// in this run. Against a dead server nothing passes.
func (r *run) believe(ctx context.Context, a *attempt, e report.Example) report.Example {
	if e.Verdict != report.Passed || judgesDuo(a.requirement.ID) || len(e.Exchanges) == 0 || anySuccess(e.Exchanges) {
		return e
	}
	_, err := judge.SharedBy(ctx, &r.judge, "a user that the target has taken", func(ctx context.Context, own *judge.Session) (struct{}, error) {
		return struct{}{}, own.Make(ctx, "alive", "Users", own.Template("Users", "alive"))
	})
	switch {
	case err == nil, errors.Is(err, safety.ErrStays): // so many that it keeps them all
	case judge.IsLost(err):
		e.Verdict, e.Message = report.Broken, "whether the target takes any user could not be found out: "+err.Error()
	default:
		e.Verdict, e.Message = report.Blocked, "a refusal proves nothing about a target that takes no user: "+err.Error()
	}
	return e
}

// anySuccess looks for a success that shows something: a web page for everything
// is none.
func anySuccess(exchanges []*wire.Exchange) bool {
	for _, x := range exchanges {
		shows := x.Status >= 200 && x.Status < 300 && bytes.HasPrefix(bytes.TrimSpace(x.ResponseBody), []byte("{"))
		if shows || x.Status == http.StatusNoContent || x.Status == http.StatusNotModified {
			return true
		}
	}
	return false
}
