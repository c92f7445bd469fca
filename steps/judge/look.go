package judge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// How the judge looks at a target: always anew, by SCIM, and believing only
// what fits what it asked for.

// Send is one request of the judge's. A read that gets no answer, or half of one, is
// sent once more on a new connection: something on the way may have broken the first,
// and many servers cut connections that are idle. If it gets none again while the target
// answers something else, the target fails on this request. What changes something is
// sent once: the engine repeats the whole example.
func (j *Session) Send(ctx context.Context, c *wire.Client, r wire.Request) (*wire.Response, error) {
	j.proveBefore(ctx, r)
	answer, err := j.answerTo(ctx, c, r)
	if err == nil {
		j.noteAnswer(r, answer)
		j.Run.taking.note(r, answer)
		j.Run.lists.look(ctx, j, c, r, answer)
	}
	return answer, err
}

func (j *Session) answerTo(ctx context.Context, c *wire.Client, r wire.Request) (*wire.Response, error) {
	if before, empty := emptySegment(r.Path); empty {
		return nil, &Blocked{fmt.Sprintf("no request is sent to %s/ without the id that belongs there: the target has told none", before)}
	}
	if why := j.Run.hangsOnSorting(r); why != "" {
		return nil, &Blocked{why}
	}
	answer, err := j.do(ctx, c, r)
	if err == nil {
		return answer, nil
	}
	if _, refused := errors.AsType[*auth.NoCertificateError](err); refused {
		return nil, &Untested{"the target ends the connection of a client without a certificate: that is a refusal, and no answer that could be judged"}
	}
	if isRead(r) && IsUnanswered(err) && !errors.Is(err, safety.ErrLate) {
		if answer, err = j.do(wire.OnNewConnection(ctx), c, r); err == nil {
			return answer, nil
		}
		if confirmed := j.Confirm(ctx, RequestText(r), err); confirmed != nil {
			j.trySorting(ctx, c, r)
			return nil, confirmed
		}
	}
	return nil, TargetFault(r.Method+" /"+strings.Join(r.Path, "/"), err)
}

// MaxAnswer is how many bytes of an answer are read, and mostOverlong how many longer ones are
// taken before the run is told that they have no end.
const (
	MaxAnswer    = 16 << 20
	mostOverlong = 10
	keptOverlong = 64 << 10 // bytes: what was cut off cannot be read as a whole, and nobody reads half of it
)

// do sends a request, and keeps little of an answer that is too long to be read.
func (j *Session) do(ctx context.Context, c *wire.Client, r wire.Request) (*wire.Response, error) {
	whole := listsWithoutEnd(r)
	if whole && j.Run.longLists.Load() >= mostLongLists {
		return nil, longList(r)
	}
	answer, err := c.Do(ctx, r)
	if err != nil || !answer.Truncated {
		return answer, err
	}
	if whole {
		if j.Run.longLists.Add(1) == 1 && j.Run.Note != nil {
			j.Run.Note(longList(r).Reason)
		}
		return nil, longList(r)
	}
	answer.Body = bytes.Clone(answer.Body[:min(len(answer.Body), keptOverlong)])
	if j.Run.overlong.Add(1) == mostOverlong && j.Run.Overlong != nil {
		j.Run.Overlong()
	}
	return answer, nil
}

// mostLongLists is after how many lists that are too long no further one is asked for without
// saying how much of it.
const mostLongLists = 3

// listsWithoutEnd says whether a request asks for a list, and leaves to the target how much of
// it is shown. One that knows no pages shows a company of 20,000 people at once.
func listsWithoutEnd(r wire.Request) bool {
	return r.Method == http.MethodGet && len(r.Path) == 1 && (r.Path[0] == "Users" || r.Path[0] == "Groups") &&
		ParameterOf(r, "count") == ""
}

func longList(r wire.Request) *Untested {
	return &Untested{fmt.Sprintf("GET /%s without a count is answered with more than %d MiB at once, of which no more is read: what needs such a list is not judged, and pages are where the target honours count", r.Path[0], MaxAnswer>>20)}
}

// Confirm looks whether the target answers something harmless. If it does, the request
// that got no answer for the second time is what it fails on: a Mismatch. Without an
// answer nothing is said about the target, and Confirm returns nil.
func (j *Session) Confirm(ctx context.Context, request string, err error) *Mismatch {
	var lost *wire.TransportError
	if !errors.As(err, &lost) || !IsUnanswered(err) {
		return nil
	}
	probe := Reading("ServiceProviderConfig")
	answer, probeErr := j.Client().Do(wire.OnNewConnection(ctx), probe)
	if probeErr != nil {
		return nil //nolint:nilerr // then the network is at fault
	}
	got := fmt.Sprintf("none, twice (%s), while %s is answered %d", lost.Kind, RequestText(probe), answer.Status)
	return &Mismatch{What: request, Want: wantsAnswer, Got: got}
}

func isRead(r wire.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodPost && slices.Contains(r.Path, ".search")
}

// HeldBack says whether this program itself has not sent the request.
func HeldBack(x *wire.Exchange) bool {
	return x.Status == 0 && strings.HasPrefix(x.Err, safety.HeldBack)
}

// IsHeldBack says whether the error is that of such a request.
func IsHeldBack(err error) bool {
	var blocked *Blocked
	return errors.As(err, &blocked) && strings.HasPrefix(blocked.Reason, safety.HeldBack)
}

// wantsAnswer is what is wanted where a request got none, and others do.
const wantsAnswer = "an answer"

// IsCut says whether a request got no answer because the connection was cut.
func IsCut(err error) bool {
	var t *wire.TransportError
	return errors.As(err, &t) && t.Kind == wire.Dropped
}

// IsUnanswered says whether a request was sent, and got no answer that can be read.
func IsUnanswered(err error) bool {
	if m, wrong := IsMismatch(err); wrong && m.Want == wantsAnswer {
		return true
	}
	var t *wire.TransportError
	return errors.As(err, &t) && (t.Kind == wire.Dropped || t.Kind == wire.Malformed || t.Kind == wire.Timeout)
}

// List reads one page.
func (j *Session) List(ctx context.Context, c *wire.Client, collection string, query ...[2]string) (*scim.List, error) {
	ask := j.Send
	if len(query) > 0 && query[0][0] == "filter" { // pages are read one after the other, and anew
		ask = j.look
	}
	answer, err := ask(ctx, c, wire.Request{Method: http.MethodGet, Path: []string{collection}, Query: query})
	if err != nil {
		return nil, err
	}
	what := "GET /" + collection
	if len(query) > 0 {
		what += "?" + query[0][0] + "=" + query[0][1]
	}
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: StatusOf(answer)}
	}
	list, err := ListIn(answer)
	if err != nil {
		return nil, &Mismatch{What: what, Want: "a list", Got: err.Error()}
	}
	return list, nil
}

// Find looks a resource up by a filter, and goes through all pages where the
// target has no filters. Only exact matches count.
func (j *Session) Find(ctx context.Context, c *wire.Client, collection, attribute, value string) ([]*scim.Object, error) {
	text, err := scim.Marshal(value)
	if err != nil {
		return nil, err
	}
	list, err := j.List(ctx, c, collection, [2]string{"filter", attribute + " eq " + string(text)})
	if err != nil {
		if _, wrong := IsMismatch(err); !wrong {
			return nil, err
		}
		all, walkErr := j.ReadAll(ctx, c, collection)
		if walkErr != nil {
			return nil, err
		}
		return Matching(all, attribute, value), nil
	}
	return Matching(list.Resources, attribute, value), nil
}

// Matching are the resources whose attribute has the value, in any case of letters.
func Matching(resources []*scim.Object, attribute, value string) []*scim.Object {
	var found []*scim.Object
	for _, r := range resources {
		if strings.EqualFold(r.String(attribute), value) {
			found = append(found, r)
		}
	}
	return found
}

// lastPage bounds a walk through a target that never ends its list.
const lastPage = 1000

// ReadAll reads all pages of a collection. It gives up as soon as no end is in sight.
func (j *Session) ReadAll(ctx context.Context, c *wire.Client, collection string) ([]*scim.Object, error) {
	var all []*scim.Object
	for range lastPage {
		list, err := j.List(ctx, c, collection, [2]string{"startIndex", strconv.Itoa(len(all) + 1)}, [2]string{"count", "100"})
		if err != nil {
			return nil, err
		}
		all = append(all, list.Resources...)
		if len(list.Resources) == 0 || len(all) >= list.TotalResults {
			return all, nil
		}
		if (list.TotalResults-len(all))/len(list.Resources) > lastPage {
			break
		}
	}
	return nil, &Mismatch{What: "GET /" + collection, Want: "a last page", Got: fmt.Sprintf("none within %d pages", lastPage)}
}

// Read gets one resource by its id.
func (j *Session) Read(ctx context.Context, collection, id string) (*scim.Object, error) {
	answer, err := j.look(ctx, j.Client(), Reading(collection, id))
	if err != nil {
		return nil, err
	}
	what := "GET /" + collection + "/" + id
	if answer.Status != http.StatusOK {
		return nil, &Mismatch{What: what, Want: "200", Got: StatusOf(answer)}
	}
	object, err := ResourceIn(answer, id)
	if err != nil {
		return nil, &Mismatch{What: what, Want: "the resource", Got: err.Error()}
	}
	return object, nil
}

// TargetFault turns an error of the network into a Mismatch where the target
// may be to blame: it answered, but not to the end, or sends the client elsewhere. What this program itself did not
// send blocks the example.
func TargetFault(what string, err error) error {
	if why := safety.BrakeOn(err); why != nil {
		return &Untested{Reason: why.Error()}
	}
	if errors.Is(err, safety.ErrLate) {
		return &Mismatch{What: "the answer to " + what, Want: "one, as with the usual form of the token", Got: safety.ErrLate.Error()}
	}
	var t *wire.TransportError
	if refused, ok := errors.AsType[*safety.Refusal](err); ok {
		return &Blocked{refused.Error()}
	}
	if errors.As(err, &t) && t.Kind == wire.Redirected {
		return &Mismatch{What: what, Want: "an answer, and no redirection that leads nowhere", Got: t.Error()}
	}
	if !errors.Is(err, safety.ErrMaxRequests) && errors.As(err, &t) && (t.Kind == wire.Dropped || t.Kind == wire.Malformed) {
		return &Mismatch{What: what, Want: "a complete answer", Got: t.Error(), Lost: t}
	}
	return fmt.Errorf("%s: %w", what, err)
}
