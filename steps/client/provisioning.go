package client

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/weather"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What becomes of people and groups at the target, and what it costs.

func (w *World) itSendsSomething() error {
	if len(w.chosen) == 0 {
		return untested("the client sent nothing meanwhile")
	}
	return nil
}

func (w *World) itChangesNothing() error {
	for _, x := range w.chosen {
		if x.Changes() {
			return w.expectOf(x, false, "%s", "no request that changes something", "one that may")
		}
	}
	return w.expect(true, "", "", "")
}

func (w *World) isActive(person string) error {
	user := People[person].UserName
	return w.expect(w.task.After.IsActive(user), user+" at the target, after the client was asked to "+w.task.Title, "an active user", accountOf(w.task.After, user))
}

func accountOf(s State, userName string) string {
	user := s.User(userName)
	switch {
	case user == nil:
		return "no such user"
	case s.IsActive(userName):
		return "an active user"
	}
	return "a user who is not active"
}

func (w *World) isNoLongerActive(person string) error {
	user := People[person].UserName
	return w.expect(!w.task.After.IsActive(user), user+" at the target, after the client was asked to "+w.task.Title, "no user, or one who is not active", accountOf(w.task.After, user))
}

func (w *World) oneIsNoLongerActive(a, b string) error {
	first, second := People[a].UserName, People[b].UserName
	after := w.task.After
	holds := !after.IsActive(first) || !after.IsActive(second)
	if failed := slices.ContainsFunc(w.chosen, func(x *Exchange) bool { return x.Met == weather.Refusal }); holds && !failed {
		return untested("no request failed meanwhile, so that nothing could be skipped")
	}
	return w.expect(holds, first+" and "+second+" at the target, though other requests failed", "at least one of them gone or not active", "both active")
}

// activeBefore is what a Given says: who has to be active when the task begins.
func (w *World) activeBefore(person, title string) error {
	if err := w.find(title); err != nil {
		return err
	}
	user := People[person].UserName
	if err := blockedUnless(w.task.Before.IsActive(user), "%s was not active at the target when the client was asked to %s", user, title); err != nil {
		return err
	}
	return blockedUnless(w.hasSeen(idOf(w.task.Before, person)), "the client has never learnt the id of %s, so that it cannot deprovision", user)
}

// hasSeen says whether an answer to the client had the id.
func (w *World) hasSeen(id string) bool {
	text, _ := scim.Marshal(id)
	return slices.ContainsFunc(w.rec.Exchanges, func(x *Exchange) bool { return bytes.Contains(x.ResponseBody, text) })
}

func (w *World) bothActiveBefore(a, b, title string) error {
	if err := w.activeBefore(a, title); err != nil {
		return err
	}
	return w.activeBefore(b, title)
}

func (w *World) hasADeactivatedAccount(person, title string) error {
	if err := w.find(title); err != nil {
		return err
	}
	user := People[person].UserName
	if w.task.Before.User(user) == nil {
		return untested("%s has no account when the client is asked to %s: this client deletes, or has made none", user, title)
	}
	return blockedUnless(!w.task.Before.IsActive(user), "%s was still active when the client was asked to %s", user, title)
}

func (w *World) everybodyElseIsAsActive(person string) error {
	for _, user := range w.task.Before.Users {
		name := user.String("userName")
		if strings.EqualFold(name, People[person].UserName) {
			continue
		}
		if err := w.expect(w.task.Before.IsActive(name) == w.task.After.IsActive(name), name+" at the target", accountOf(w.task.Before, name)+", as before", accountOf(w.task.After, name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) theDisplayNameIs(person, want string) error {
	user := w.task.After.User(People[person].UserName)
	got := "no such user"
	if user != nil {
		got = quoted(user.String("displayName"))
	}
	return w.expect(got == quoted(want), "displayName of "+People[person].UserName+" at the target", quoted(want), got)
}

// told are the exchanges that said when to come back.
func (w *World) told() []*Exchange {
	var all []*Exchange
	for _, x := range w.chosen {
		if x.ResponseHeader.Get("Retry-After") != "" {
			all = append(all, x)
		}
	}
	return all
}

func (w *World) itIsToldToWait() error {
	if len(w.told()) == 0 {
		return untested("the client changed no user meanwhile, so that it was not told to wait")
	}
	return nil
}

// itComesBackNoSooner judges the same request alone: what else is under way may go on.
func (w *World) itComesBackNoSooner() error {
	judged := false
	for _, told := range w.told() {
		due := dueAfter(told)
		for _, x := range w.chosen[slices.Index(w.chosen, told)+1:] {
			if x.Method != told.Method || x.Path() != told.Path() {
				continue
			}
			judged = true
			early := due.Sub(x.Began)
			if err := w.expectOf(x, early <= weather.Leeway, "%s, sent again", "not before "+told.ResponseHeader.Get("Retry-After")+" (Retry-After)", early.Round(time.Millisecond).String()+" too early"); err != nil {
				return err
			}
			break
		}
	}
	if !judged {
		return untested("the client did not come back meanwhile")
	}
	return nil
}

// dueAfter is when a request may come again by the Retry-After of its answer.
func dueAfter(x *Exchange) time.Time {
	wait, told := (&wire.Response{Header: x.ResponseHeader}).RetryAfter(x.Ended)
	if !told {
		return time.Time{}
	}
	return x.Ended.Add(wait)
}

func (w *World) noneRepeatsTheAccepted() error {
	accepted := map[string]*Exchange{} // the last change of each resource that has succeeded
	return w.each("%s", "no change that the target has accepted already", func(x *Exchange) string {
		if w.typeOf(x) == nil || len(w.rec.Path(x)) != 2 {
			return skip
		}
		before := accepted[x.Path()]
		if x.Succeeded() {
			accepted[x.Path()] = x
		}
		if before != nil && before.Method == x.Method && x.Method != http.MethodDelete && string(before.RequestBody) == string(x.RequestBody) {
			return "the same again, after it was answered " + strconv.Itoa(before.Status)
		}
		return ""
	})
}

func (w *World) itIsAnswered204() error {
	if w.silent() == nil {
		return untested("the client sent no PATCH meanwhile")
	}
	return nil
}

func (w *World) silent() *Exchange {
	for _, x := range w.chosen {
		if x.Met == weather.NoBody {
			return x
		}
	}
	return nil
}

// itDoesNotSendTheSameAgain looks at the rest of the recording.
func (w *World) itDoesNotSendTheSameAgain() error {
	silent := w.silent()
	for _, x := range w.rec.Exchanges[slices.Index(w.rec.Exchanges, silent)+1:] {
		same := x.Method == silent.Method && x.Path() == silent.Path() && string(x.RequestBody) == string(silent.RequestBody)
		if same {
			return w.expectOf(x, false, "%s, which was answered 204", "not the same again", "the same again")
		}
		if x.Changes() && x.Path() == silent.Path() {
			break
		}
	}
	return w.expect(true, "", "", "")
}

func (w *World) itMeets(what string) error {
	if !slices.ContainsFunc(w.chosen, func(x *Exchange) bool { return x.Met == what }) {
		return untested("the client met no such thing: it sent nothing meanwhile, or nothing of the kind")
	}
	return nil
}

func (w *World) itMeetsARedirect() error { return w.itMeets(weather.Redirect) }

// itIsShownTheOddForm says whether a look has found the user in the unusual form: who did
// not look has misread nothing.
func (w *World) itIsShownTheOddForm(person string) error {
	for _, x := range w.chosen {
		isOdd := x.Met == weather.Unusual
		if isOdd && isQuery(x) && x.Succeeded() && bytes.Contains(x.ResponseBody, []byte(People[person].UserName)) {
			return nil
		}
	}
	return untested("the client did not look for %s meanwhile", People[person].UserName)
}

// theGroup is the first group before or after the task, under either of its names.
func theGroup(s State) *scim.Object {
	for _, name := range []string{Group, RenamedGroup} {
		if g := s.Group(name); g != nil {
			return g
		}
	}
	return nil
}

func members(s State) []string {
	var ids []string
	for _, v := range theGroup(s).Array("members") {
		if o, ok := v.(*scim.Object); ok {
			ids = append(ids, o.String("value"))
		}
	}
	slices.Sort(ids)
	return ids
}

func (w *World) isInTheGroup(person string) error {
	if theGroup(w.task.After) == nil {
		return untested("the client provisions no groups")
	}
	is := slices.Contains(members(w.task.After), idOf(w.task.After, person))
	user := People[person].UserName
	return w.expect(is, "the members of the group", user+" among them", "without "+user)
}

func (w *World) allFiveAreInTheGroup() error {
	for _, name := range Newcomers {
		if err := w.isInTheGroup(name); err != nil {
			return err
		}
	}
	return nil
}

func (w *World) theyJoinByFewerThanFive() error {
	if theGroup(w.task.After) == nil {
		return untested("the client provisions no groups")
	}
	for _, name := range Newcomers {
		is := slices.Contains(members(w.task.After), idOf(w.task.After, name))
		if err := blockedUnless(is, "%s did not join the group, so that the requests of all five cannot be counted", People[name].UserName); err != nil {
			return err
		}
	}
	n := 0
	for _, x := range w.chosen {
		if path := w.rec.Path(x); len(path) == 2 && path[0] == "Groups" && x.Changes() && x.Succeeded() {
			n++
		}
	}
	return w.expect(n < len(Newcomers), "requests that change the group while five join", "fewer than five", fmt.Sprint(n))
}

func (w *World) theGroupHasTheNewName() error {
	before, after := w.task.Before.Group(Group), w.task.After.Group(RenamedGroup)
	if before == nil {
		return untested("the client has provisioned no group %s", Group)
	}
	got := "no group of that name"
	if after != nil {
		got = after.String("id")
	}
	return w.expect(got == before.String("id"), "the group "+RenamedGroup+" at the target", "the id "+before.String("id"), got)
}

func (w *World) itsMembersAreThoseOfBefore() error { return w.membersBut("") }

func (w *World) membersButFor(person string) error { return w.membersBut(person) }

func (w *World) membersBut(person string) error {
	without := func(ids []string) []string {
		return slices.DeleteFunc(ids, func(id string) bool { return person != "" && id == idOf(w.task.Before, person) })
	}
	before, after := without(members(w.task.Before)), without(members(w.task.After))
	return w.expect(slices.Equal(before, after), "the other members of the group", words(len(before), "member")+", as before", words(len(after), "member"))
}

func (w *World) isInTheGroupBefore(person, title string) error {
	if err := w.find(title); err != nil {
		return err
	}
	if theGroup(w.task.Before) == nil {
		return untested("the client provisions no groups")
	}
	return blockedUnless(slices.Contains(members(w.task.Before), idOf(w.task.Before, person)), "%s was not in the group when the client was asked to %s", People[person].UserName, title)
}

func (w *World) isNotInTheGroup(person string) error {
	is := slices.Contains(members(w.task.After), idOf(w.task.Before, person))
	return w.expect(!is, "the members of the group", "without "+People[person].UserName, People[person].UserName+" among them")
}

func words(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
