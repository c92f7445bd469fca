package provider_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// company is a provider with n users as an identity store sends them and one
// group of so many of them. It returns their ids.
func company(tb testing.TB, n, members int) (p *provider.Provider, users []string, group string) {
	tb.Helper()
	p, err := provider.New(provider.Config{})
	if err != nil {
		tb.Fatal(err)
	}
	resources := make([]*scim.Object, n)
	for i := range resources {
		name := fmt.Sprintf("user-%07d@example.com", i)
		resources[i] = scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
			scim.Member{Name: "userName", Value: name},
			scim.Member{Name: "displayName", Value: fmt.Sprintf("Ada Lovelace %d", i)},
			scim.Member{Name: "name", Value: scim.NewObject(scim.Member{Name: "familyName", Value: "Lovelace"}, scim.Member{Name: "givenName", Value: "Ada"})},
			scim.Member{Name: "emails", Value: []any{scim.NewObject(scim.Member{Name: "value", Value: name}, scim.Member{Name: "type", Value: "work"}, scim.Member{Name: "primary", Value: true})}},
		)
	}
	if users, err = p.Load("User", resources); err != nil {
		tb.Fatal(err)
	}
	elements := make([]any, members)
	for i := range elements {
		elements[i] = scim.NewObject(scim.Member{Name: "value", Value: users[i]})
	}
	groups, err := p.Load("Group", []*scim.Object{scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.GroupURN}},
		scim.Member{Name: "displayName", Value: "All Employees"},
		scim.Member{Name: "members", Value: elements},
	)})
	if err != nil {
		tb.Fatal(err)
	}
	return p, users, groups[0]
}

// BenchmarkScale compares what a provisioner does at a small and at a large
// target; a request should cost the same at both.
func BenchmarkScale(b *testing.B) {
	for _, size := range []struct{ users, members int }{{2_000, 1_000}, {1_000_000, 100_000}} {
		p, users, group := company(b, size.users, size.members)
		runtime.GC()
		last := len(users) - 1
		for _, test := range []struct {
			name string
			ask  func(i int) *http.Request
		}{
			{"GET by id", func(int) *http.Request { return request(b, "GET", "/Users/"+users[last], "") }},
			{"filter by userName", func(int) *http.Request {
				return request(b, "GET", "/Users?filter="+escape(fmt.Sprintf(`userName eq "user-%07d@example.com"`, last)), "")
			}},
			{"PATCH of one member", func(i int) *http.Request {
				if i%2 == 0 {
					return request(b, "PATCH", "/Groups/"+group, patch(`{"op":"add","path":"members","value":[{"value":"`+users[last]+`"}]}`))
				}
				return request(b, "PATCH", "/Groups/"+group, patch(`{"op":"remove","path":"members[value eq \"`+users[last]+`\"]"}`))
			}},
		} {
			b.Run(fmt.Sprintf("%s/%d", test.name, size.users), func(b *testing.B) {
				i := 0
				for b.Loop() {
					w := httptest.NewRecorder()
					p.ServeHTTP(w, test.ask(i))
					i++
					if w.Code >= 300 {
						b.Fatal(w.Body)
					}
				}
			})
		}
	}
}

func request(tb testing.TB, method, target, body string) *http.Request {
	tb.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	q := httptest.NewRequestWithContext(tb.Context(), method, target, r)
	q.Header.Set("Content-Type", scim.MediaType)
	return q
}
