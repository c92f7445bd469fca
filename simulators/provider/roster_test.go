package provider_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// staff is a provider with so many users, id-1 and on, and a group of all but the last.
func staff(t *testing.T, n int) (c client, group string) {
	t.Helper()
	c = start(t, provider.Config{})
	ids := make([]string, n)
	for i := range ids {
		ids[i] = c.createUser(fmt.Sprintf(`"userName":"u%d"`, i+1))
	}
	return c, c.createGroup(`"displayName":"staff",` + member(ids[:n-1]...))
}

// membersOf are the ids of the members as a client reads them, sorted.
func (c client) membersOf(group string) []string {
	c.t.Helper()
	var ids []string
	for _, m := range c.get("/Groups/" + group).expect(http.StatusOK).body.Array("members") {
		o, _ := m.(*scim.Object)
		ids = append(ids, o.String("value"))
	}
	slices.Sort(ids)
	return ids
}

// What a large group answers and holds is what a small one would: the same
// changes in random order, compared member by member.
func TestALargeGroupChangesAsASmallOne(t *testing.T) {
	const n = 150
	c, group := staff(t, n)
	want := map[string]bool{}
	for i := 1; i < n; i++ {
		want[fmt.Sprintf("id-%d", i)] = true
	}
	random := rand.New(rand.NewPCG(1, 2))
	forms := []struct {
		in   bool
		form string
	}{
		{true, `{"op":"add","path":"members","value":[{"value":"%s"}]}`},
		{true, `{"op":"Add","path":"Members","value":[{"value":"%s"}]}`},
		{true, `{"op":"add","value":{"members":[{"value":"%s"}]}}`},
		{false, `{"op":"remove","path":"members[value eq \"%s\"]"}`},
		{false, `{"op":"remove","path":"members","value":[{"value":"%s"}]}`},
		{false, `{"op":"remove","path":"members","value":[{"value":"%s","type":"User"}]}`},
	}
	for range 200 {
		var operations []string
		for range 1 + random.IntN(4) {
			id, f := fmt.Sprintf("id-%d", 1+random.IntN(n)), forms[random.IntN(len(forms))]
			operations = append(operations, fmt.Sprintf(f.form, id))
			delete(want, id)
			if f.in {
				want[id] = true
			}
		}
		c.do(http.MethodPatch, "/Groups/"+group, patch(operations...)).expect(http.StatusOK)
	}
	got := c.membersOf(group)
	if len(got) != len(want) {
		t.Fatalf("%d members, want %d", len(got), len(want))
	}
	for _, id := range got {
		if !want[id] {
			t.Errorf("%s is a member", id)
		}
	}
	for i := 1; i <= n; i++ {
		id := fmt.Sprintf("id-%d", i)
		if in := strings.Contains(c.get("/Users/"+id).raw, group); in != want[id] {
			t.Errorf("%s shows the group: %t, want %t", id, in, want[id])
		}
	}
}

func TestAChangeOfALargeGroupIsOneModificationOrNone(t *testing.T) {
	c, group := staff(t, 120)
	version := func() string { return c.get("/Groups/" + group).header.Get("ETag") }
	for _, test := range []struct {
		operations string
		status     int
		changes    bool
	}{
		{`{"op":"add","path":"members","value":[{"value":"id-120"}]},{"op":"remove","path":"members[value eq \"id-1\"]"}`, 200, true},
		{`{"op":"add","path":"members","value":[{"value":"id-120"}]}`, 200, false},
		{`{"op":"remove","path":"members[value eq \"id-1\"]"}`, 200, false},
		{`{"op":"add","path":"members","value":[{"value":"id-1"}]},{"op":"remove","path":"members[value eq \"id-1\"]"}`, 200, false},
		{`{"op":"add","path":"members","value":[{"value":"id-1"},{"value":"nobody"}]}`, 400, false},
		{`{"op":"add","path":"members","value":[{"value":"id-1"}]},{"op":"replace","path":"displayName","value":""}`, 400, false},
		{`{"op":"add","path":"members","value":[{"value":"id-1"}]},{"op":"replace","path":"displayName","value":"all"}`, 200, true},
	} {
		before := version()
		c.do(http.MethodPatch, "/Groups/"+group, patch(test.operations)).expect(test.status)
		if after := version(); (after != before) != test.changes {
			t.Errorf("%s: the version goes from %s to %s", test.operations, before, after)
		}
	}
	before := version()
	c.do(http.MethodPatch, "/Groups/"+group, patch(`{"op":"remove","path":"members[value eq \"id-2\"]"}`), "If-Match", `W/"99"`).expect(http.StatusPreconditionFailed)
	if version() != before {
		t.Error("a change against another version was made")
	}
}

func TestADeletedUserLeavesALargeGroup(t *testing.T) {
	c, group := staff(t, 120)
	c.do(http.MethodDelete, "/Users/id-7", "").expect(http.StatusNoContent)
	got := c.membersOf(group)
	if len(got) != 118 || slices.Contains(got, "id-7") {
		t.Errorf("%d members: %v", len(got), got)
	}
}

func TestAPatchOfAVeryLargeGroupIsNotSentBackUnlessAsked(t *testing.T) {
	c, group := staff(t, 1200)
	add := patch(`{"op":"add","path":"members","value":[{"value":"id-1200"}]}`)
	a := c.do(http.MethodPatch, "/Groups/"+group, add).expect(http.StatusNoContent)
	if a.raw != "" || a.header.Get("ETag") == "" || !strings.HasSuffix(a.header.Get("Location"), group) {
		t.Errorf("got %q, %v", a.raw, a.header)
	}
	c.do(http.MethodPatch, "/Groups/"+group+"?excludedAttributes=members", add).expect(http.StatusOK).has("displayName", `"staff"`).has("members", "")
	c.do(http.MethodPatch, "/Groups/"+group+"?attributes=members", add).expect(http.StatusOK).has("members.1199.value", `"id-1200"`)
	rename := patch(`{"op":"replace","path":"displayName","value":"all"}`)
	c.do(http.MethodPatch, "/Groups/"+group, rename).expect(http.StatusNoContent)
}
