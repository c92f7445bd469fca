package guide

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// The steps that let Duo provision, and those that look at what it sent.

func (w *World) duoProvisions(ctx context.Context) error {
	p, err := w.provisioner()
	if err != nil {
		return err
	}
	w.caughtUp()
	_, err = p.Sync(ctx, w.directory)
	return err
}

// duoHasProvisioned does all that it takes: members, selection, enabling if
// need be, and demands that the target took everything.
func (w *World) duoHasProvisioned(ctx context.Context, list, group string) error {
	if group == "" {
		group = w.roles.guide.Groups[0].Name
	}
	if err := w.theDuoGroupWithTheMembers(group, list); err != nil {
		return err
	}
	if err := w.selectGroup(group); err != nil {
		return err
	}
	failed := len(w.failures())
	if err := w.enableOrSync(ctx); err != nil {
		return err
	}
	if more := w.failures()[failed:]; len(more) > 0 {
		return w.mismatchOf(fmt.Sprintf("provision %q into the group %q", list, group), fmt.Errorf("%s", failureText(more[0])))
	}
	w.caughtUp()
	return w.rememberCreated(ctx, judge.Listed(list), group)
}

func (w *World) enableOrSync(ctx context.Context) error {
	if w.Duo == nil || !w.Duo.Enabled() {
		if err := w.saveAndEnable(ctx); err != nil {
			return err
		}
		return w.mismatchOf("save and enable provisioning", w.duoErr)
	}
	if err := w.save(); err != nil {
		return err
	}
	_, err := w.Duo.Sync(ctx, w.directory)
	return err
}

func (w *World) hasLeftAndWasDeprovisioned(ctx context.Context, name, group string) error {
	if err := w.leaves(name, group); err != nil {
		return err
	}
	failed := len(w.failures())
	if err := w.duoProvisions(ctx); err != nil {
		return err
	}
	if more := w.failures()[failed:]; len(more) > 0 {
		return w.mismatchOf("deprovision "+name, fmt.Errorf("%s", failureText(more[0])))
	}
	w.caughtUp()
	return nil
}

// caughtUp remembers how much Duo has sent, for "nothing more".
func (w *World) caughtUp() { w.sent = len(w.DuoWire.Exchanges()) }

// failures are the log entries that tell a failure, oldest first.
func (w *World) failures() []duo.Entry {
	var failed []duo.Entry
	for _, e := range w.Entries() {
		if e.Outcome() == duo.Failure {
			failed = append(failed, e)
		}
	}
	slices.Reverse(failed)
	return failed
}

func isWrite(e *wire.Exchange) bool { return e.Method != http.MethodGet }

func (w *World) duoHasWrittenNothing() error {
	if w.Duo == nil {
		return fmt.Errorf("the administrator has done nothing yet")
	}
	return w.Expect("requests of Duo that write", "none", describe(w.writesSince(0)))
}

func (w *World) nothingMoreIsWritten() error {
	return w.Expect("requests of Duo that write, since the change", "none", describe(w.writesSince(w.sent)))
}

func (w *World) writesSince(n int) []*wire.Exchange {
	var writes []*wire.Exchange
	for _, e := range w.DuoWire.Exchanges()[n:] {
		if isWrite(e) {
			writes = append(writes, e)
		}
	}
	return writes
}

// describe lists requests for a message.
func describe(exchanges []*wire.Exchange) string {
	if len(exchanges) == 0 {
		return "none"
	}
	lines := make([]string, len(exchanges))
	for i, e := range exchanges {
		lines[i] = e.Method + " " + pathOf(e)
	}
	return strings.Join(lines, ", ")
}

func pathOf(e *wire.Exchange) string {
	u, err := url.Parse(e.URL)
	if err != nil {
		return e.URL
	}
	return u.EscapedPath()
}

// about says whether the request names the user: in its query or body, or by the id that the target gave.
func (w *World) about(e *wire.Exchange, text string) bool {
	query, _ := url.QueryUnescape(e.URL)
	quoted, _ := scim.Marshal(text)
	return strings.Contains(query, text) || bytes.Contains(e.RequestBody, bytes.Trim(quoted, `"`))
}

func (w *World) isAboutUser(e *wire.Exchange, name string) (bool, error) {
	userName, err := w.userName(name)
	if err != nil {
		return false, err
	}
	id := w.ids["user "+name]
	return w.about(e, userName) || id != "" && strings.HasSuffix(pathOf(e), "/Users/"+url.PathEscape(id)), nil
}

func (w *World) isSentAbout(what, theGroup, name string) error {
	if what == "something" {
		return w.somethingIsSentAbout(name)
	}
	return w.nothingIsSentAbout(theGroup, name)
}

func (w *World) somethingIsSentAbout(name string) error {
	for _, e := range w.writesSince(w.sent) {
		if about, err := w.isAboutUser(e, name); err != nil || about {
			w.Asserted(1)
			return err
		}
	}
	return w.Expect("requests of Duo about "+name, "at least one", "none")
}

func (w *World) nothingIsSentAbout(theGroup, name string) error {
	if len(w.DuoWire.Exchanges()) == 0 {
		return w.Expect("requests of Duo", "some", "none at all")
	}
	isAbout := func(e *wire.Exchange) (bool, error) { return w.isAboutUser(e, name) }
	if theGroup != "" {
		group, err := w.groupName(name)
		if err != nil {
			return err
		}
		isAbout = func(e *wire.Exchange) (bool, error) { return w.about(e, group), nil }
	}
	for _, e := range w.DuoWire.Exchanges() {
		about, err := isAbout(e)
		if err != nil {
			return err
		}
		if err := w.ExpectThat(!about, "requests of Duo about "+theGroup+name, "none", describe([]*wire.Exchange{e})); err != nil {
			return err
		}
	}
	return nil
}

// creation finds the requests that create the user or group with this name.
func (w *World) creations(collection, name string) []int {
	var at []int
	for i, e := range w.DuoWire.Exchanges() {
		if e.Method == http.MethodPost && strings.HasSuffix(pathOf(e), "/"+collection) && w.about(e, name) {
			at = append(at, i)
		}
	}
	return at
}

func (w *World) duoSendsBeforeTheGroup(name, group string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	groupName, err := w.groupName(group)
	if err != nil {
		return err
	}
	users, groups := w.creations("Users", userName), w.creations("Groups", groupName)
	if len(users) == 0 || len(groups) == 0 {
		return w.Expect("the user and the group are created", "1 and 1", fmt.Sprintf("%d and %d", len(users), len(groups)))
	}
	return w.ExpectThat(users[0] < groups[0], "the order of the requests", name+" before "+group, group+" before "+name)
}

func (w *World) duoLooksBeforeItCreates(name string) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	created := w.creations("Users", userName)
	if len(created) == 0 {
		return w.Expect("the user "+name+" is created", "once", "never")
	}
	asked := slices.ContainsFunc(w.DuoWire.Exchanges()[:created[0]], func(e *wire.Exchange) bool {
		return e.Method == http.MethodGet && strings.HasSuffix(pathOf(e), "/Users") && w.about(e, userName)
	})
	return w.ExpectThat(asked, "before the user is created", "a look-up of "+name, "none")
}

func (w *World) expectCreations(name string, n int) error {
	userName, err := w.userName(name)
	if err != nil {
		return err
	}
	if len(w.DuoWire.Exchanges()) == 0 {
		return w.Expect("requests of Duo", "some", "none at all")
	}
	return w.Expect("requests that create "+name, n, len(w.creations("Users", userName)))
}

// duoNever counts what Duo has created or deleted: nothing, or one thing.
func (w *World) duoNever(never, verb, name string) error {
	n := 1
	if never != "" {
		n = 0
	}
	if verb == "creates" {
		return w.expectCreations(name, n)
	}
	return w.expectDeletions(name, n)
}

func (w *World) expectDeletions(name string, n int) error {
	id := w.ids["user "+name]
	if id == "" {
		return fmt.Errorf("the id of %s at the target is not known", name)
	}
	deleted := 0
	for _, e := range w.DuoWire.Exchanges() {
		if e.Method == http.MethodDelete && strings.HasSuffix(pathOf(e), "/Users/"+url.PathEscape(id)) {
			deleted++
		}
	}
	return w.Expect("requests that delete "+name, n, deleted)
}
