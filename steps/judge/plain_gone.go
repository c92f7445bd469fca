package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Users who are gone when they are changed; see FlawedPlainly.

// gonePlainly finds out whether somebody who cannot be read any more is gone after a PATCH in
// its plainest form; see FlawedPlainly.
func (j *Session) gonePlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if !strings.HasPrefix(m.Got, "404") {
		return "", "", nil
	}
	for _, p := range []struct {
		home string
		is   func(wire.Request) bool
		flaw func(ctx context.Context, own *Session) (string, error)
	}{
		{"RFC7644-3.5.2.1-03", isPatch, losesWhoIsChanged},
		{"RFC7643-4.1.1-11", deactivates, losesWhoIsDeactivated},
	} {
		changed := slices.ContainsFunc(j.Wire.Exchanges(), func(x *wire.Exchange) bool { return x.Status/100 == 2 && p.is(j.requestOf(x)) })
		if judged == p.home || !changed {
			continue
		}
		why, err = SharedBy(ctx, j.Run, "a user who is gone by a change, of "+p.home, p.flaw)
		if why != "" || IsLost(err) {
			return p.home, why, OnlyLost(err)
		}
	}
	return "", "", nil
}

// deactivates recognises a request that makes a user inactive, by whatever method.
func deactivates(r wire.Request) bool {
	return isPatch(r) && haveOne("", func(o *scim.Object) bool {
		return makesActive(false)(o) || hasPath("active")(o) && strings.EqualFold(o.String("value"), "false")
	})(objectsIn(operationsIn(r))) || value(bodyOf(r), "active") == false
}

func losesWhoIsDeactivated(ctx context.Context, own *Session) (string, error) {
	r, err := own.plainPatchBy(ctx, "deactivated", MustObject(`{"op": "replace", "path": "active", "value": false}`))
	if err != nil {
		return "", err
	}
	return own.isGoneAfter(ctx, r, "a user is gone after the plainest deactivation")
}

// isGoneAfter sends a change of P, and says what is wrong if P cannot be read then.
func (j *Session) isGoneAfter(ctx context.Context, r wire.Request, wrong string) (string, error) {
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := j.Send(ctx, j.Client(), Reading("Users", j.Subjects["P"].ID))
	if err != nil || now.Status != http.StatusNotFound {
		return "", err
	}
	return wrong + ": after " + RequestText(r) + " GET is answered " + StatusOf(now), nil
}

func losesWhoIsChanged(ctx context.Context, own *Session) (string, error) {
	mail := scim.NewObject(scim.Member{Name: "value", Value: own.UserName("mail")}, scim.Member{Name: "type", Value: "work"})
	add := scim.NewObject(scim.Member{Name: "op", Value: "add"}, scim.Member{Name: "path", Value: "emails"}, scim.Member{Name: "value", Value: []any{mail}})
	r, err := own.plainPatchBy(ctx, "mail", add)
	if err != nil {
		return "", err
	}
	return own.isGoneAfter(ctx, r, "a user is gone after the plainest PATCH of the e-mail addresses")
}
