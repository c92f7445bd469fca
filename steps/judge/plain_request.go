package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The plain form comes first. Where a target does not serve the plainest request of a kind,
// one requirement tells it, its home; all others of the kind are blocked by it.

// plainRequest is the plainest request of a kind.
type plainRequest struct {
	home string // the requirement of the standard that tells that it is not served, "" if none is about all of them
	duo  string // the requirement of the guide that tells it, "" if Duo sends none of the kind
	is   func(wire.Request) bool
	ask  func(ctx context.Context, own *Session) (wire.Request, error) // without a method if a plainer one is served
}

var plainRequests = []plainRequest{
	{creationHome, "CSA-SYNC-01", isCreation("Users"), emptyCreation("Users")},
	{creationHome, "CSA-SYNC-02", isCreation("Groups"), emptyCreation("Groups")},
	{"RFC7643-4.2-09", "CSA-SYNC-02", createsWithMembers, plainMembers},
	{"RFC7644-3.5.2.3-08", "CSA-MAP-06", changes(http.MethodPatch, "Users"), plainPatch("Users")},
	{"RFC7644-3.5.2.3-08", "CSA-SYNC-02", changes(http.MethodPatch, "Groups"), plainPatch("Groups")},
	{"RFC7644-3.5.1-01", "CSA-MAP-06", changes(http.MethodPut, "Users"), plainPut("Users")},
	{"RFC7644-3.5.1-01", "CSA-SYNC-02", changes(http.MethodPut, "Groups"), plainPut("Groups")},
	{"RFC7644-3.6-01", "CSA-DEPROV-02", changes(http.MethodDelete, "Users"), plainDeletion("Users")},
	{"RFC7644-3.6-01", "", changes(http.MethodDelete, "Groups"), plainDeletion("Groups")},
	{"RFC7644-3.4.1-01", "CSA-VERIFY-07", changes(http.MethodGet, "Users"), plainRead("Users")},
	{"RFC7644-3.4.1-01", "CSA-SYNC-02", changes(http.MethodGet, "Groups"), plainRead("Groups")},
	{creationHome, "CSA-SYNC-02", atOne("Groups"), emptyCreation("Groups")},
	{"RFC7644-3.4.2-01", "CSA-SYNC-05", lists("Users"), plainList("Users")},
	{"RFC7644-3.4.2-01", "CSA-SYNC-02", lists("Groups"), plainList("Groups")},
	{"RFC7644-3.5.2.2-02", "", removesMembers, plainRemoval},
	{"RFC7644-3.5.2.3-01", "", namesExtension, plainExtension},
	{"RFC7644-3.5.2.1-04", "", addsExternalID, plainAddition},
	{"RFC7644-3.4.3-01", "", isSearch, plainSearch},
	{"RFC7644-3.4.3-01", "", searchesForAll, plainSearchForAll},
	{"RFC7644-3.4.2.5-05", "", choosesAPart, plainChoice},
	{"RFC7644-3.7-01", "", isBulk, plainBulk},
	{"RFC7644-3.4.2.2-29", "", filtersByURN, filterByURN},
	{"", "CSA-SYNC-05", looksUp("Users"), plainLookUp("Users")},
	{"", "CSA-SYNC-02", looksUp("Groups"), plainLookUp("Groups")},
}

// NotServedPlainly finds out whether the answer that a Mismatch is about is the error that the
// plainest request of its kind gets as well: then it says why, and which requirement is the
// home of that. It says nothing of that requirement itself. Each is asked for once in a run.
// The error is the network's.
func (j *Session) NotServedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	return j.notServed(ctx, j.refusedRequests(m), judged, func(p plainRequest) string { return p.home })
}

// NotServedToDuo finds out the same of what Duo sent, and which requirement of the guide tells it.
func (j *Session) NotServedToDuo(ctx context.Context, sent []*wire.Exchange, judged string) (home, why string, err error) {
	return j.notServed(ctx, j.refusedOf(sent), judged, func(p plainRequest) string { return p.duo })
}

func (j *Session) notServed(ctx context.Context, refused []wire.Request, judged string, homeOf func(plainRequest) string) (home, why string, err error) {
	for _, r := range refused {
		for i, p := range plainRequests {
			if home := homeOf(p); !p.is(r) || home == "" || home == judged {
				continue
			}
			refusal, err := SharedBy(ctx, j.Run, "the plain request "+strconv.Itoa(i), p.refusal)
			if refusal != "" || IsLost(err) {
				return homeOf(p), refusal, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// refusal is how the request is refused, twice: once may be by chance.
func (p plainRequest) refusal(ctx context.Context, own *Session) (string, error) {
	r, err := p.ask(ctx, own)
	if err != nil || r.Method == "" {
		return "", err
	}
	var answer *wire.Response
	for range 2 {
		if answer, err = own.Send(ctx, own.Client(), r); err != nil || answer.Status < 400 || saysLater(answer.Status) {
			return "", err
		}
	}
	return "the plainest request of this kind is not served: " + RequestText(r) + " is answered " + StatusOf(answer), nil
}

// AnswersIn are those of the last answers, one or several, that a Mismatch is about.
func (j *Session) AnswersIn(m *Mismatch) []Answer {
	switch {
	case len(j.Several) > 0:
		return slices.DeleteFunc(slices.Clone(j.Several), func(a Answer) bool { return !strings.Contains(m.What, a.String()) })
	case j.Last != nil:
		return []Answer{{Request: j.Asked, Response: j.Last}}
	}
	return nil
}

// refusedAnswers are those that are errors.
func (j *Session) refusedAnswers(m *Mismatch) []Answer {
	return slices.DeleteFunc(j.AnswersIn(m), func(a Answer) bool {
		return a.Response.Status < 400 || !strings.Contains(m.Got, strconv.Itoa(a.Response.Status))
	})
}

// refusedRequests are the requests whose refusal a Mismatch is about: those that it names, or,
// if it is about what came of them, whatever was to change something.
func (j *Session) refusedRequests(m *Mismatch) []wire.Request {
	var all []wire.Request
	for _, a := range j.AnswersIn(m) {
		if a.Response.Status >= 400 && (strings.Contains(m.Got, strconv.Itoa(a.Response.Status)) || strings.HasPrefix(m.What, "scimType of ")) {
			all = append(all, a.Request)
		}
	}
	if randomChange.MatchString(m.What) && m.Got >= "4" && m.Got < "6" {
		collection, operations := j.changeIn(m)
		list := make([]any, len(operations))
		for i := range operations {
			list[i] = operations[i]
		}
		all = append(all, wire.Request{Method: http.MethodPatch, Path: []string{collection, ""}, Body: PatchOp(list)})
	}
	if x := j.Decided(m); x != nil && x.Status >= 400 && strings.Contains(m.Got, strconv.Itoa(x.Status)) {
		all = append(all, j.requestOf(x))
	}
	if strings.Contains(m.What, "answer to ") && !aboutStatus.MatchString(m.Want) {
		return all // about its form
	}
	return append(all, slices.DeleteFunc(j.refusedOf(slices.Concat(j.Borrowed, j.Wire.Exchanges())), func(r wire.Request) bool {
		return r.Method == http.MethodGet || isSearch(r)
	})...)
}

// aboutStatus is what is wanted where one status or several will do.
var aboutStatus = regexp.MustCompile(`^\d{3}\b|^a status from `)

// refusedOf are the requests that were answered by an error.
func (j *Session) refusedOf(sent []*wire.Exchange) []wire.Request {
	var all []wire.Request
	for _, x := range sent {
		if x.Status >= 400 {
			all = append(all, j.requestOf(x))
		}
	}
	return all
}

// saysLater says whether an error is about now, and not about the request.
func saysLater(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}
