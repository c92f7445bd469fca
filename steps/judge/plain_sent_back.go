package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Most changes by PUT send back what a read has shown, but for what changes. A target that
// refuses that refuses all of them: RFC 7644 section 3.5.1 has it ignore what is readOnly.

const (
	metaHome     = "RFC7643-3.1-12" // what a client says of meta is ignored
	sentBackHome = "RFC7644-3.5.1-11"
)

// sentBackPlainly finds out whether an example sent back what a read has shown, and the target
// refuses that always; see FlawedPlainly. What then comes of the example says nothing.
func (j *Session) sentBackPlainly(ctx context.Context, _ *Mismatch, judged string) (home, why string, err error) {
	if judged == metaHome {
		return "", "", nil
	}
	if slices.ContainsFunc(j.Wire.Exchanges(), refusesMeta(http.MethodPost)) {
		why, err = SharedBy(ctx, j.Run, "a POST with meta", refusesNewMeta)
		if why != "" || IsLost(err) {
			return metaHome, why, OnlyLost(err)
		}
	}
	if !slices.ContainsFunc(j.Wire.Exchanges(), refusesMeta(http.MethodPut)) {
		return "", "", nil
	}
	told, err := SharedBy(ctx, j.Run, "a PUT of what a read shows", refusesWhatItShows)
	if home, why, _ = strings.Cut(told, " "); home == judged || home == "" {
		return "", "", OnlyLost(err)
	}
	return home, why, nil
}

// refusesMeta recognises a POST or PUT with meta, as what a read has shown has it, that is refused.
func refusesMeta(method string) func(*wire.Exchange) bool {
	return func(x *wire.Exchange) bool {
		if x.Method != method || !declines(x.Status) {
			return false
		}
		body, err := scim.ParseObject(x.RequestBody)
		return err == nil && body.Object("meta") != nil
	}
}

// refusesNewMeta creates a user with dates, and without.
func refusesNewMeta(ctx context.Context, own *Session) (string, error) {
	dated := Merge(own.Template("Users", "plain-dated"), MustObject(`{"meta": {"created": "2011-05-13T04:42:34Z", "lastModified": "2011-05-13T04:42:34Z"}}`))
	refusal, err := own.Send(ctx, own.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: dated})
	if err != nil || !declines(refusal.Status) {
		return "", err
	}
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-dated")); err != nil {
		return "", err
	}
	return "a new user with meta is refused, and without it is taken: the POST is answered " + StatusOf(refusal), nil
}

// refusesWhatItShows changes nothing of a user, with and without meta: it says which
// requirement tells the refusal, and why.
func refusesWhatItShows(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-sent-back")); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	r := wire.Request{Method: http.MethodPut, Path: []string{"Users", now.ID}, Body: now.Shown.Clone()}
	refusal, err := own.Send(ctx, own.Client(), r)
	if err != nil || !declines(refusal.Status) {
		return "", err
	}
	bare := now.Shown.Clone()
	bare.Delete("meta")
	answer, err := own.Send(ctx, own.Client(), wire.Request{Method: r.Method, Path: r.Path, Body: bare})
	if err != nil {
		return "", err
	}
	if answer.Status/100 == 2 {
		return metaHome + " a PUT with the meta that a read shows is refused, and without it is taken: it is answered " + StatusOf(refusal), nil
	}
	return sentBackHome + " a PUT of what a read shows is refused: it is answered " + StatusOf(refusal), nil
}
