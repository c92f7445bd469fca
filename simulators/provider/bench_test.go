package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func benchUser(i int) *scim.Object {
	return scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
		scim.Member{Name: "userName", Value: fmt.Sprintf("user-%07d@example.com", i)},
		scim.Member{Name: "externalId", Value: fmt.Sprintf("x-%07d", i)},
	)
}

// populated is a provider with n users and n/10 groups, and the id of the last user.
func populated(b *testing.B, n int) (*provider.Provider, string) {
	b.Helper()
	p, err := provider.New(provider.Config{})
	if err != nil {
		b.Fatal(err)
	}
	users, groups := make([]*scim.Object, n), make([]*scim.Object, n/10)
	for i := range users {
		users[i] = benchUser(i)
	}
	for i := range groups {
		groups[i] = scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.GroupURN}},
			scim.Member{Name: "displayName", Value: fmt.Sprintf("group-%07d", i)},
		)
	}
	if _, err := p.Load("Group", groups); err != nil {
		b.Fatal(err)
	}
	ids, err := p.Load("User", users)
	if err != nil {
		b.Fatal(err)
	}
	return p, ids[n-1]
}

// BenchmarkLookup shows that finding one resource costs the same however many
// there are, and that a page costs nearly so wherever it begins.
func BenchmarkLookup(b *testing.B) {
	for _, n := range []int{10, 10_000, 1_000_000} {
		p, id := populated(b, n)
		last := n - 1
		filter := func(text string, args ...any) string { return "?filter=" + escape(fmt.Sprintf(text, args...)) }
		for _, test := range []struct{ name, target string }{
			{"id", "/Users/" + id},
			{"userName", "/Users" + filter(`userName eq "USER-%07d@example.com"`, last)},
			{"externalId", "/Users" + filter(`externalId eq "x-%07d"`, last)},
			{"displayName", "/Groups" + filter(`displayName eq "group-%07d"`, n/10-1)},
			{"conjunct", "/Users" + filter(`active eq true and userName eq "user-%07d@example.com"`, last)},
			{"root", "/" + filter(`userName eq "user-%07d@example.com"`, last)},
			{"last page", fmt.Sprintf("/Users?startIndex=%d&count=10", n-9)},
		} {
			b.Run(fmt.Sprintf("%s/%d", test.name, n), func(b *testing.B) {
				for b.Loop() {
					w := httptest.NewRecorder()
					p.ServeHTTP(w, httptest.NewRequestWithContext(b.Context(), http.MethodGet, test.target, nil))
					if w.Code != http.StatusOK {
						b.Fatal(w.Body)
					}
				}
			})
		}
	}
}
