package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// populated is a provider with users and a group of the first of them.
type populated struct {
	*provider.Provider
	last, lastName, group string
}

func populate(t *testing.T, users, members int) populated {
	t.Helper()
	p, err := provider.New(provider.Config{})
	if err != nil {
		t.Fatal(err)
	}
	resources := make([]*scim.Object, users)
	name := ""
	for i := range resources {
		name = fmt.Sprintf("user-%07d@example.com", i)
		resources[i] = scim.NewObject(
			scim.Member{Name: "schemas", Value: []any{scim.UserURN}},
			scim.Member{Name: "userName", Value: name},
			scim.Member{Name: "displayName", Value: "Ada Lovelace"},
			scim.Member{Name: "name", Value: scim.NewObject(scim.Member{Name: "familyName", Value: "Lovelace"}, scim.Member{Name: "givenName", Value: "Ada"})},
			scim.Member{Name: "emails", Value: []any{scim.NewObject(scim.Member{Name: "value", Value: name})}},
		)
	}
	ids, err := p.Load("User", resources)
	if err != nil {
		t.Fatal(err)
	}
	elements := make([]any, members)
	for i := range elements {
		elements[i] = scim.NewObject(scim.Member{Name: "value", Value: ids[i]})
	}
	groups, err := p.Load("Group", []*scim.Object{scim.NewObject(
		scim.Member{Name: "schemas", Value: []any{scim.GroupURN}}, scim.Member{Name: "displayName", Value: "All"}, scim.Member{Name: "members", Value: elements},
	)})
	if err != nil {
		t.Fatal(err)
	}
	return populated{p, ids[users-1], name, groups[0]}
}

// time is how long one request takes, without a network.
func (c populated) time(t *testing.T, request func(c populated, i int) (method, path, body string)) time.Duration {
	t.Helper()
	const n = 100
	began := time.Now()
	for i := range n {
		method, path, body := request(c, i)
		c.ask(t, method, path, body)
	}
	return time.Since(began) / n
}

func (c populated) ask(t *testing.T, method, path, body string) []byte {
	t.Helper()
	q := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	q.Header.Set("Content-Type", scim.MediaType)
	w := httptest.NewRecorder()
	c.ServeHTTP(w, q)
	if w.Code >= http.StatusMultipleChoices {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

func listenLoopback() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }

// markdown is BENCHMARKS.md.
func (r *results) markdown() string {
	var b strings.Builder
	b.WriteString(`# Benchmarks

Written by ` + "`make bench`" + `. Only ratios within one run are judged: they say the same on a fast and
on a slow machine. Raw figures are of this machine.

| what | wanted | measured | holds |
|---|---|---|---|
`)
	for _, f := range r.figures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.what, f.wanted, f.got, map[bool]string{true: "yes", false: "**no**"}[f.holds])
	}
	b.WriteString(`
## Method

- The target is ` + "`simulators/provider`" + ` over loopback, in a process of its own for the engine's figures. The
  directory is that of ` + "`simulate-duo directory generate`" + `, all of its groups are provisioned.
- A first synchronisation looks up and creates each user, then creates the groups and adds their members,
  1,000 at a time, with 16 workers. vegeta sends the same requests on users to a new target, with 16 workers
  and as many connections, as fast as it can. Engine, vegeta and engine with SQLite take turns.
- Ten changes are five attributes, two joiners, two leavers, and one user who joins another group.
- Memory is the live heap after a collection. SQLite's page cache, 16 MiB, is outside of the heap.
- The provider's times are of calls of its handler, small and large in turn; the rates are over loopback.
- What is compared takes turns. A ratio of rates is the median of the rounds' ratios, a ratio of times that
  of the quickest rounds. Processor time, of engine or vegeta and the target together, tells what is left
  of a ratio on a machine that others use as well.

## Machine and raw figures

`)
	fmt.Fprintf(&b, "%s, %d CPUs, %s/%s, %s, %s\n\n", cpuModel(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), time.Now().UTC().Format(time.DateOnly))
	for _, f := range r.figures {
		fmt.Fprintf(&b, "- %s: %s\n", f.what, f.raw)
	}
	return b.String()
}

func cpuModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "CPU unknown"
	}
	for line := range strings.Lines(string(text)) {
		if name, found := strings.CutPrefix(line, "model name"); found {
			return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
		}
	}
	return "CPU unknown"
}
