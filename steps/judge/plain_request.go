package judge

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// The plain form comes first. Where a target does not serve the plainest request of a kind,
// one requirement tells it, its home; all others of the kind are blocked by it.

// plainRequest is the plainest request of a kind.
type plainRequest struct {
	home string // the requirement of the standard that tells that it is not served, "" if none is about all of them
	duo  string // the requirement of the guide that tells it, "" if Duo sends none of the kind
	is   func(wire.Request) bool
	// refusal is how the target refuses it in its plainest form; "" if it does not
	refusal func(ctx context.Context, own *Session) (string, error)
}

var plainRequests = []plainRequest{
	{creationHome, "CSA-SYNC-01", isCreation("Users"), refusesCreation("Users")},
	{creationHome, "CSA-SYNC-02", isCreation("Groups"), refusesCreation("Groups")},
	{"RFC7643-4.2-09", "CSA-SYNC-02", createsWithMembers, refusalOf(plainMembers)},
	{"RFC7643-3.1-12", "", sendsTimes, refusalOf(plainTimes)},
	{"RFC7644-3.5.2.3-08", "CSA-MAP-06", changes(http.MethodPatch, "Users"), refusalOf(plainPatch("Users"))},
	{"RFC7644-3.5.2.3-08", "CSA-SYNC-02", changes(http.MethodPatch, "Groups"), refusalOf(plainPatch("Groups"))},
	{"RFC7644-3.5.2.3-08", "", changesNothing, refusalOf(plainPatch("Users"))},
	{"RFC7644-3.5.1-01", "CSA-MAP-06", changes(http.MethodPut, "Users"), refusalOf(plainPut("Users"))},
	{"RFC7644-3.5.1-01", "CSA-SYNC-02", changes(http.MethodPut, "Groups"), refusalOf(plainPut("Groups"))},
	{"RFC7644-3.6-01", "CSA-DEPROV-02", changes(http.MethodDelete, "Users"), refusesDeletion("Users")},
	{"RFC7644-3.6-01", "", changes(http.MethodDelete, "Groups"), refusesDeletion("Groups")},
	{"RFC7644-3.4.1-01", "CSA-VERIFY-07", changes(http.MethodGet, "Users"), refusalOf(plainRead("Users"))},
	{"RFC7644-3.4.1-01", "CSA-SYNC-02", changes(http.MethodGet, "Groups"), refusalOf(plainRead("Groups"))},
	{creationHome, "CSA-SYNC-02", atOne("Groups"), refusesCreation("Groups")},
	{"RFC7644-3.4.2-01", "CSA-SYNC-05", lists("Users"), refusalOf(plainList("Users"))},
	{"RFC7644-3.4.2-01", "CSA-SYNC-02", lists("Groups"), refusalOf(plainList("Groups"))},
	{"RFC7644-3.5.2.2-02", "", removesMembers, refusalOf(plainRemoval)},
	{"RFC7644-3.5.2.3-01", "", namesExtension, refusalOf(plainExtension)},
	{"RFC7644-3.5.2.1-04", "", addsExternalID, refusalOf(plainAddition)},
	{"RFC7644-3.4.3-01", "", isSearch, refusalOf(plainSearch)},
	{"RFC7644-3.4.3-01", "", searchesForAll, refusalOf(plainSearchForAll)},
	{"RFC7644-3.4.2.5-05", "", choosesAPart, refusalOf(plainChoice)},
	{"RFC7644-3.7-01", "", isBulk, refusalOf(plainBulk)},
	{"RFC7644-3.4.2.2-29", "", filtersByURN, refusalOf(filterByURN)},
	{"", "CSA-SYNC-05", looksUp("Users"), refusalOf(plainLookUp("Users"))},
	{"", "CSA-SYNC-02", looksUp("Groups"), refusalOf(plainLookUp("Groups"))},
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

// refusalOf asks for it twice: once may be by chance. The request is without a method if a plainer
// one is served.
func refusalOf(ask func(ctx context.Context, own *Session) (wire.Request, error)) func(ctx context.Context, own *Session) (string, error) {
	return func(ctx context.Context, own *Session) (string, error) {
		r, err := ask(ctx, own)
		if err != nil || r.Method == "" {
			return "", err
		}
		var answer *wire.Response
		for range 2 {
			if answer, err = own.Send(ctx, own.Client(), r); err != nil || answer.Status < 400 || safety.IsBusy(answer.Status) {
				return "", err
			}
		}
		return notServedText(r, answer), nil
	}
}

func notServedText(r wire.Request, refusal *wire.Response) string {
	return "the plainest request of this kind is not served: " + RequestText(r) + " is answered " + StatusOf(refusal)
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
var aboutStatus = regexp.MustCompile(`^\d{3}\b|^a status |^a success`)

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
