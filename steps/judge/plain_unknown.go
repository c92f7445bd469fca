package judge

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// How a target answers an id that it has never given: 404 (RFC 7644 section 3.12), which one
// requirement tells, and what is about deletions and conditions sees again.

// unknownHome is that requirement.
const unknownHome = "RFC7644-3.4.1-02"

// IsGone says whether the answer to a read means that there is no such resource: 404, or what
// the target answers to every id that is unknown.
func (j *Session) IsGone(ctx context.Context, collection string, answer *wire.Response) (bool, error) {
	if answer.Status == http.StatusNotFound || answer.Status < 400 {
		return answer.Status == http.StatusNotFound, nil
	}
	_, status, err := j.unknown(ctx, http.MethodGet, collection)
	return status == answer.Status, err
}

// unknownPlainly finds out whether the error that a Mismatch is about, where something that is
// not there was wanted, is what an unknown id gets as well; see FlawedPlainly.
func (j *Session) unknownPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	if judged == unknownHome || !strings.Contains(m.Want, "404") && !strings.HasPrefix(m.Want, "a status from 400") && m.Want != "a status other than 401" {
		return "", "", nil
	}
	for _, r := range j.requestsIn(m) {
		r = standsFor(m, r)
		if len(r.Path) != 2 || !slices.Contains([]string{"Users", "Groups"}, r.Path[0]) || isSearch(r) {
			continue
		}
		said, status, err := j.unknown(ctx, r.Method, r.Path[0])
		if IsLost(err) {
			return unknownHome, "", err
		}
		taken := status/100 == 2 && r.Method == http.MethodDelete && strings.HasPrefix(m.Want, "404")
		if (taken || status >= 400 && status != http.StatusNotFound) && strings.HasPrefix(m.Got, strconv.Itoa(status)) {
			return unknownHome, said, nil
		}
	}
	return "", "", nil
}

// unknown sends a request to an id that is none, once in a run. Of groups only reads and
// deletions are asked for: those are what the requirement tries.
func (j *Session) unknown(ctx context.Context, method, collection string) (said string, status int, err error) {
	if collection == "Groups" && (method == http.MethodPut || method == http.MethodPatch) {
		method = http.MethodGet
	}
	type told struct {
		said   string
		status int
	}
	t, err := SharedBy(ctx, j.Run, "an unknown id: "+method+" /"+collection, func(ctx context.Context, own *Session) (told, error) {
		r := wire.Request{Method: method, Path: []string{collection, own.Mark() + "-no-such-id"}}
		switch method {
		case http.MethodGet, http.MethodDelete:
		case http.MethodPut:
			r.Body = own.Template("Users", "plain-unknown")
		case http.MethodPatch:
			r.Body = ReplaceBody("displayName", "After")
		default:
			return told{}, nil
		}
		answer, err := own.Send(ctx, own.Client(), r)
		if err != nil {
			return told{}, err
		}
		return told{"an unknown id is answered " + StatusOf(answer) + ": " + method + " /" + strings.Join(r.Path, "/"), answer.Status}, nil
	})
	return t.said, t.status, OnlyLost(err)
}
