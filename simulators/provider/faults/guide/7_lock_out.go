package guide

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// lockOutFaults violate features/guide/7_lock_out.feature.
func lockOutFaults() rewrite.Table {
	anybody := func(*account) bool { return true }
	inactive := func(a *account) bool { return !a.active && !a.deleted }
	return rewrite.Table{
		{"CSA-LOGIN-01", "active is stored, and nobody looks at it when somebody logs in", lettingIn(inactive)},
		{"CSA-LOGIN-01", "who was let in once is let in for good", lettingIn(func(a *account) bool { return inactive(a) && a.wasIn })},
		{"CSA-LOGIN-01", "only a PUT locks out", lettingIn(func(a *account) bool { return inactive(a) && a.by == http.MethodPatch })},
		{"CSA-LOGIN-01", "who was activated once stays active to the login", lettingIn(func(a *account) bool { return inactive(a) && a.returned })},

		{"CSA-LOGIN-02", "who was locked out is never let in again", keepingOut(func(a *account) bool { return a.active && a.returned })},
		{"CSA-LOGIN-02", "who was created inactive is never let in", keepingOut(func(a *account) bool { return a.active && a.returned && !a.wasIn })},

		{"CSA-LOGIN-03", "a deleted person is let in", lettingIn(func(a *account) bool { return a.deleted })},
		{"CSA-LOGIN-03", "who was deactivated and then deleted is let in", lettingIn(func(a *account) bool { return a.deleted && !a.active })},

		{"CSA-LOGIN-04", "a session lasts as long as its token", lastingSessions(anybody)},
		{"CSA-LOGIN-04", "a session survives that its person is deactivated", lastingSessions(inactive)},
		{"CSA-LOGIN-04", "a session survives that its person is deleted", lastingSessions(func(a *account) bool { return a.deleted })},

		{"CSA-LOGIN-05", "the password belongs to the name, also when the person is gone", lettingIn(func(a *account) bool { return a.deleted })},
		{"CSA-LOGIN-05", "the name of a deleted person never gets in again", keepingOut(func(a *account) bool { return a.namesake })},
	}
}

// account is what a server like those of the faults knows of somebody.
type account struct {
	userName, password        string
	active, deleted           bool
	returned, wasIn, namesake bool   // it was activated again; it got in; somebody had its name before
	by                        string // the method of the last change
}

// accounts follows who is who by the requests.
type accounts struct {
	mu     sync.Mutex
	byID   map[string]*account
	tokens map[string]*account
}

// following keeps book of everybody by the requests, and lets do change the answer to each.
func following(do func(book *accounts, r *http.Request, sent *scim.Object, a *rewrite.Answer)) rewrite.Wrap {
	return rewrite.Stateful(func() rewrite.Wrap {
		book := &accounts{byID: map[string]*account{}, tokens: map[string]*account{}}
		return rewrite.Handle(rewrite.Anywhere, func(next http.Handler, r *http.Request) *rewrite.Answer {
			sent := rewrite.BodyOf(r)
			a := rewrite.Serve(next, r)
			book.mu.Lock()
			defer book.mu.Unlock()
			book.note(r, sent, a)
			do(book, r, sent, a)
			return a
		})
	})
}

// note takes over what a request that the provider took says of somebody.
func (b *accounts) note(r *http.Request, sent *scim.Object, a *rewrite.Answer) {
	segments := rewrite.Segments(r)
	switch {
	case !a.OK() || segments[0] != "Users":
	case r.Method == http.MethodPost && len(segments) == 1:
		made := &account{userName: a.Body.String("userName"), password: sent.String("password"), active: rewrite.IsActiveUser(a.Body), by: r.Method}
		for _, other := range b.byID {
			made.namesake = made.namesake || other.userName == made.userName
		}
		b.byID[a.Body.String("id")] = made
	case len(segments) == 2 && b.byID[segments[1]] != nil:
		b.byID[segments[1]].change(r.Method, a)
	}
}

func (of *account) change(method string, a *rewrite.Answer) {
	switch method {
	case http.MethodDelete:
		of.deleted = true
	case http.MethodPatch, http.MethodPut:
		was := of.active
		of.active, of.by = rewrite.IsActiveUser(a.Body), method
		of.returned = of.returned || of.active && !was
	}
}

// lettingIn lets the chosen in if they have the right password.
func lettingIn(chosen func(*account) bool) rewrite.Wrap {
	return following(func(b *accounts, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
		for _, of := range b.logging(r, sent) {
			of.wasIn = of.wasIn || a.OK()
			if chosen(of) {
				*a = *rewrite.NewAnswer(http.StatusOK, scim.NewObject(scim.Member{Name: "token", Value: "given-all-the-same"}))
			}
		}
	})
}

// keepingOut lets the chosen not in.
func keepingOut(chosen func(*account) bool) rewrite.Wrap {
	return following(func(b *accounts, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
		for _, of := range b.logging(r, sent) {
			if chosen(of) {
				*a = *rewrite.NewAnswer(http.StatusUnauthorized, nil)
			}
			of.wasIn = of.wasIn || a.OK()
		}
	})
}

// lastingSessions takes the sessions of the chosen whatever has become of them.
func lastingSessions(chosen func(*account) bool) rewrite.Wrap {
	return following(func(b *accounts, r *http.Request, sent *scim.Object, a *rewrite.Answer) {
		for _, of := range b.logging(r, sent) {
			if a.OK() {
				b.tokens[a.Body.String("token")] = of
			}
		}
		of := b.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
		if of != nil && rewrite.At(http.MethodGet, "/session")(r) && chosen(of) {
			*a = *rewrite.NewAnswer(http.StatusOK, nil)
		}
	})
}

// logging are those whose name and password a login has.
func (b *accounts) logging(r *http.Request, sent *scim.Object) []*account {
	var found []*account
	if rewrite.At(http.MethodPost, "/login")(r) {
		for _, of := range b.byID {
			if strings.EqualFold(of.userName, sent.String("userName")) && of.password == sent.String("password") {
				found = append(found, of)
			}
		}
	}
	return found
}
