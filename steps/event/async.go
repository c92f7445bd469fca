package event

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps about requests that prefer to be answered asynchronously.

// prefer gives the next request the preference.
func (w *World) prefer(value string) { w.Next.Header = http.Header{"Prefer": {value}} }

// writesAsync replaces, patches or deletes; what it changes is the display name.
func (w *World) writesAsync(ctx context.Context, how, name, within string) error {
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	w.prefer("respond-async")
	if within != "" {
		w.prefer(fmt.Sprintf("respond-async, wait=%d", waited))
	}
	switch how {
	case "deletes":
		return w.Ask(ctx, http.MethodDelete, pathOf(s), nil, nil)
	case "patches":
		return w.Ask(ctx, http.MethodPatch, pathOf(s), nil, judge.PatchOp(renaming(w.changed())))
	}
	body := judge.Merge(s.Shown, scim.NewObject(scim.Member{Name: "displayName", Value: w.changed()}))
	return w.Ask(ctx, http.MethodPut, pathOf(s), nil, body)
}

// waited is how many seconds a client says that it waits.
const waited = 2

func (w *World) changed() string { return w.GroupName("later") }

func (w *World) createsAsync(ctx context.Context, name string) error {
	w.prefer("respond-async")
	return w.Ask(ctx, http.MethodPost, []string{"Users"}, nil, w.Template("Users", name))
}

func (w *World) sendsBulkAsync(ctx context.Context) error {
	if err := w.MakePlain(ctx, "bulk", "Users"); err != nil {
		return err
	}
	s, err := w.Subject("bulk")
	if err != nil {
		return err
	}
	w.prefer("respond-async")
	body := bulkOf([]any{operation(http.MethodPatch, "/Users/"+url.PathEscape(s.ID), judge.PatchOp(renaming(w.changed())))})
	return w.Ask(ctx, http.MethodPost, []string{"Bulk"}, nil, body)
}

func (w *World) patchesWithAccept(ctx context.Context, name, accept string) error {
	if err := w.writesAsync(ctx, "patches", name, ""); err != nil {
		return err
	}
	w.first = w.Last.Status
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	w.prefer("respond-async")
	w.Next.Header.Set("Accept", accept)
	return w.Ask(ctx, http.MethodPatch, pathOf(s), nil, judge.PatchOp(renaming(w.GroupName("accepted"))))
}

func (w *World) patchesTimes(ctx context.Context, name string, times int) error {
	var all []judge.Answer
	for range times {
		if err := w.writesAsync(ctx, "patches", name, ""); err != nil {
			return err
		}
		all = append(all, w.LastAnswer())
	}
	w.Several = all
	return nil
}

// isAsync says whether the last answer is a 202. One that is a success is no mistake, and
// leaves nothing to judge; what else it may be, the first requirement of the section judges.
func (w *World) isAsync() error {
	switch {
	case w.Last.Status == http.StatusAccepted:
		return nil
	case w.Last.Status/100 == 2:
		return &judge.Unsupported{Reason: "the target has answered " + w.TheRequest() + " at once, as it may"}
	}
	return &judge.Blocked{Reason: w.TheRequest() + " with Prefer: respond-async is answered " + judge.StatusOf(w.Last) + "; see RFC9967-2.5.1.1-01"}
}

// usual are the statuses of requests without a preference.
var usual = map[string][]int{
	http.MethodPost: {http.StatusCreated}, http.MethodPut: {http.StatusOK, http.StatusNoContent},
	http.MethodPatch: {http.StatusOK, http.StatusNoContent}, http.MethodDelete: {http.StatusNoContent, http.StatusOK},
	http.MethodGet: {http.StatusOK},
}

// isAsAlways lets a target answer 202 only where it announces that.
func (w *World) isAsAlways(ctx context.Context) error {
	answer, what, method, exchange := w.Last, "the answer to "+w.TheRequest()+" with Prefer: respond-async", w.Asked.Method, w.LastAnswer().Exchange
	value, there, err := w.Configured(ctx, "securityEvents.asyncRequest")
	if err != nil {
		return err
	}
	word, _ := value.(string)
	statuses := usual[method]
	want := strings.Trim(strings.ReplaceAll(fmt.Sprint(statuses), " ", " or "), "[]")
	if isAsync(word) {
		statuses = append(slices.Clone(statuses), http.StatusAccepted)
		want += ", or 202"
	} else if answer.Status == http.StatusAccepted {
		want += ", as securityEvents.asyncRequest is " + announced(value, there)
	}
	problem := judge.StatusOf(answer)
	right := slices.Contains(statuses, answer.Status)
	if right && answer.Status != http.StatusAccepted && method == http.MethodPost && answer.Header.Get("Location") == "" {
		right, want, problem = false, "201 with a Location, as without the preference", "201 without"
	}
	if !right && method == http.MethodPost && answer.Status != http.StatusAccepted {
		if right, err = w.createsPlainlySo(ctx, answer); err != nil {
			return err
		}
	}
	if right {
		return w.ExpectThat(true, "", "", "")
	}
	w.Asserted(1)
	return &judge.Mismatch{What: what, Want: want, Got: problem, About: exchange}
}

// createsPlainlySo says whether a creation without a preference is answered in the same way: what
// is wrong there is told by others.
func (w *World) createsPlainlySo(ctx context.Context, answer *wire.Response) (bool, error) {
	plain, err := w.Send(ctx, w.Client(), wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: w.Template("Users", "plainly")})
	if err != nil {
		return false, err
	}
	if plain.Status/100 == 2 {
		if err := w.Adopt(ctx, "plainly", "Users", plain); err != nil {
			return false, err
		}
	}
	return plain.Status == answer.Status && (plain.Header.Get("Location") == "") == (answer.Header.Get("Location") == ""), nil
}

func announced(value any, there bool) string {
	if !there {
		return "not announced"
	}
	return judge.Text(value)
}

func (w *World) hasNoBody() error {
	if err := w.isAsync(); err != nil {
		return err
	}
	return w.ExpectThat(len(w.Last.Body) == 0, "the 202 to "+w.TheRequest(), "no body", fmt.Sprintf("%d bytes", len(w.Last.Body)))
}

func (w *World) hasHeader(name, value string) error {
	if err := w.isAsync(); err != nil {
		return err
	}
	got := strings.Join(w.Last.Header.Values(name), ", ")
	if value == "" {
		return w.ExpectThat(strings.TrimSpace(got) != "", name+" of the 202 to "+w.TheRequest(), "a value", "none")
	}
	right := slices.ContainsFunc(strings.Split(got, ","), func(one string) bool {
		one, _, _ = strings.Cut(one, ";")
		return strings.EqualFold(strings.TrimSpace(one), value)
	})
	return w.ExpectThat(right, name+" of the 202 to "+w.TheRequest(), value, judge.QuotedOrNone(got))
}

// location is the address that a 202 leads to; nil if it has none that can be read.
func (w *World) location() *url.URL {
	text := strings.Trim(w.Last.Header.Get("Location"), `" `) // an example of the standard has quotes
	u, err := url.Parse(text)
	base, problem := url.Parse(w.Conn.URL + "/")
	if text == "" || err != nil || problem != nil {
		return nil
	}
	return base.ResolveReference(u)
}

// leadsTo reads a Location that is not the resource's, until the result is there.
func (w *World) leadsTo(ctx context.Context, name string) error {
	if err := w.isAsync(); err != nil {
		return err
	}
	s, err := w.Subject(name)
	if err != nil {
		return err
	}
	what, txn := "Location of the 202 to "+w.TheRequest(), w.Last.Header.Get("Set-Txn")
	given, to := shown(w.Last.Header.Get("Location")), w.location()
	want := "the address of " + name + ", or one where the result is read"
	if to == nil {
		return w.ExpectThat(false, what, want, judge.QuotedOrNone(given))
	}
	if id, ok := wire.IDIn(to.String(), s.Collection); ok && id == s.ID {
		return w.ExpectThat(true, "", "", "")
	}
	if !isAt(w.Session, to.String()) {
		return &judge.Untested{Reason: "the Location leads to another host, where the token of the target does not go: " + given}
	}
	var problem string
	err = w.until(ctx, func() (bool, error) {
		problem, err = w.resultAt(ctx, to.String(), txn)
		return problem == "", err
	})
	if err != nil {
		return err
	}
	return w.ExpectThat(problem == "", what, want, given+", where "+problem)
}

// resultAt says what keeps an address from being that of the result; "" if nothing.
func (w *World) resultAt(ctx context.Context, at, txn string) (string, error) {
	answer, err := send(ctx, w.Session, http.MethodGet, at, w.Conn.Token, nil)
	if err != nil {
		return err.Error(), ctx.Err()
	}
	if answer.status != http.StatusOK {
		return fmt.Sprintf("a GET is answered %d", answer.status), nil
	}
	t, err := read(judge.EventToken{Text: string(answer.body)})
	switch {
	case err != nil:
		return "there is no security event token: " + err.Error(), nil //nolint:nilerr // it is the target that is wrong
	case t.result() == nil || t.txn() != txn:
		return fmt.Sprintf("the token has the txn %q, and not the Set-Txn %q", t.txn(), txn), nil
	}
	return "", nil
}

// until looks again and again, as long as an event may take.
func (w *World) until(ctx context.Context, look func() (bool, error)) error {
	wait := time.Duration(0)
	if w.Run.Fit.Events != nil {
		wait = w.Run.Fit.Events.Time()
	} else if !w.Run.Target.IsEmbedded() {
		wait = (&judge.EventStream{}).Time()
	}
	end := time.Now().Add(wait)
	for {
		done, err := look()
		if done || err != nil || !time.Now().Before(end) {
			return err
		}
		if err := judge.Pause(ctx, pollStep); err != nil {
			return err
		}
	}
}

func (w *World) isProtected(ctx context.Context) error {
	if err := w.isAsync(); err != nil {
		return err
	}
	to := w.location()
	switch {
	case to == nil:
		return &judge.Unsupported{Reason: "the 202 leads to no address"}
	case !isAt(w.Session, to.String()):
		return &judge.Untested{Reason: "the Location leads to another host"}
	}
	answer, err := send(ctx, w.Session, http.MethodGet, to.String(), "", nil)
	if err != nil {
		return &judge.Blocked{Reason: "what is at the Location could not be read: " + err.Error()}
	}
	return w.ExpectThat(answer.status/100 != 2, "what a client without a token reads at the Location of the 202 to "+w.TheRequest(), "a refusal", fmt.Sprint(answer.status, " ", http.StatusText(answer.status)))
}

// isDone is a warning where nothing comes: nothing says how long it may take.
func (w *World) isDone(ctx context.Context, name string) error {
	if err := w.isAsync(); err != nil {
		return err
	}
	what, exchange := "the change by "+w.TheRequest()+", which was answered 202", w.LastAnswer().Exchange
	var got string
	err := w.until(ctx, func() (bool, error) {
		now, err := w.Reread(ctx, name)
		if err != nil {
			return false, err
		}
		got = now.Shown.String("displayName")
		return got == w.changed(), nil
	})
	if err != nil {
		return err
	}
	if got == w.changed() {
		return w.ExpectThat(true, "", "", "")
	}
	w.Asserted(1)
	return &judge.Mismatch{What: what, Want: "displayName " + w.changed(), Got: judge.QuotedOrNone(got), Open: true, About: exchange}
}

func (w *World) isAcceptedToo() error {
	if w.first != http.StatusAccepted {
		return &judge.Unsupported{Reason: "the target has answered " + w.TheRequest() + " at once, as it may"}
	}
	return w.ExpectThat(w.Last.Status != http.StatusNotAcceptable && w.Last.Status != http.StatusUnsupportedMediaType,
		"the answer to "+w.TheRequest()+" with an Accept that fits no body", "202, as without it", judge.StatusOf(w.Last))
}

func (w *World) hasWaited() error {
	if w.Last.Status/100 != 2 {
		return w.isAsync()
	}
	x := w.LastAnswer().Exchange
	early := w.Last.Status == http.StatusAccepted && x != nil && x.Duration < waited*time.Second
	return w.ExpectThat(!early, "the answer to "+w.TheRequest()+" with Prefer: respond-async, wait=2", "what comes within 2 seconds, or 202 after them", judge.StatusOf(w.Last)+" at once")
}

func (w *World) haveTheirOwnTxn() error {
	seen := map[string]bool{}
	for _, a := range w.Several {
		if a.Response.Status != http.StatusAccepted {
			return w.isAsync()
		}
		txn := a.Response.Header.Get("Set-Txn")
		if txn == "" {
			return &judge.Blocked{Reason: "the 202 to " + a.String() + " has no Set-Txn; see RFC9967-3-01"}
		}
		if err := w.ExpectThat(!seen[txn], "Set-Txn of the 202 to "+a.String(), "a value of its own", "that of the request before"); err != nil {
			return err
		}
		seen[txn] = true
	}
	return nil
}

func (w *World) announcesAKnownWord() error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	value, there := judge.At(answer, "securityEvents.asyncRequest")
	word, isText := value.(string)
	right := !there || isText && slices.Contains([]string{"none", "long", "request"}, strings.ToLower(word))
	return w.ExpectThat(right, "securityEvents.asyncRequest", `"none", "long" or "request"`, judge.Text(value))
}

func (w *World) announcesURIs() error {
	answer, err := w.Answered()
	if err != nil {
		return w.Missed(err)
	}
	value, there := judge.At(answer, "securityEvents.eventUris")
	list, isList := value.([]any)
	right := !there || isList
	for _, v := range list {
		text, isText := v.(string)
		u, err := url.Parse(text)
		right = right && isText && err == nil && u.IsAbs()
	}
	return w.ExpectThat(right, "securityEvents.eventUris", "a list of URIs", judge.Text(value))
}
