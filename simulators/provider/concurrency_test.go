package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

// atOnce runs n requests in parallel and counts their statuses.
func atOnce(p http.Handler, n int, request func(i int) *http.Request) map[int]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	statuses := map[int]int{}
	for i := range n {
		r := request(i)
		if r.Method != http.MethodGet {
			r.Header.Set("Content-Type", "application/scim+json")
		}
		wg.Go(func() {
			w := httptest.NewRecorder()
			p.ServeHTTP(w, r)
			mu.Lock()
			defer mu.Unlock()
			statuses[w.Code]++
		})
	}
	wg.Wait()
	return statuses
}

func send(t *testing.T, method, target, body string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
}

func TestOfConcurrentCreationsOfOneNameOneWins(t *testing.T) {
	c := start(t, provider.Config{NewID: uuid.NewString})
	got := atOnce(c, 20, func(int) *http.Request { return send(t, "POST", "/Users", user(`"userName":"u"`)) })
	if got[201] != 1 || got[409] != 19 || c.Len("User") != 1 {
		t.Errorf("statuses %v", got)
	}
}

func TestNoMemberIsLostWhenManyAreAddedAtOnce(t *testing.T) {
	c := start(t, provider.Config{NewID: uuid.NewString})
	ids := make([]string, 50)
	for i := range ids {
		ids[i] = c.createUser(fmt.Sprintf(`"userName":"u%d"`, i))
	}
	g := c.createGroup(`"displayName":"g"`)
	add := func(i int) *http.Request {
		return send(t, "PATCH", "/Groups/"+g, patch(`{"op":"add","path":"members","value":[{"value":"`+ids[i]+`"}]}`))
	}
	if got := atOnce(c, len(ids), add); got[200] != len(ids) {
		t.Errorf("statuses %v", got)
	}
	if n := len(c.get("/Groups/" + g).body.Array("members")); n != len(ids) {
		t.Errorf("%d members of %d", n, len(ids))
	}
}

func TestOfConcurrentConditionalWritesOneWins(t *testing.T) {
	c := start(t, provider.Config{NewID: uuid.NewString})
	id := c.createUser(`"userName":"u"`)
	got := atOnce(c, 20, func(i int) *http.Request {
		r := send(t, "PUT", "/Users/"+id, user(fmt.Sprintf(`"userName":"u%d"`, i)))
		r.Header.Set("If-Match", `W/"1"`)
		return r
	})
	if got[200] != 1 || got[412] != 19 {
		t.Errorf("statuses %v", got)
	}
}

func TestReadersAndWritersDoNotDisturbEachOther(t *testing.T) {
	c := start(t, provider.Config{NewID: uuid.NewString})
	keep := c.createUser(`"userName":"keep","emails":[{"value":"a@X.example"}]`)
	g := c.createGroup(`"displayName":"g",` + member(keep))
	got := atOnce(c, 120, func(i int) *http.Request {
		switch i % 6 {
		case 0:
			return send(t, "POST", "/Users", user(fmt.Sprintf(`"userName":"u%d"`, i)))
		case 1:
			return send(t, "GET", "/Users?sortBy=userName&filter="+escape(`emails co "x" or groups pr`), "")
		case 2:
			return send(t, "GET", "/Groups/"+g, "")
		case 3:
			return send(t, "PATCH", "/Users/"+keep, patch(fmt.Sprintf(`{"op":"add","path":"title","value":"t%d"}`, i)))
		case 4:
			return send(t, "PATCH", "/Groups/"+g, patch(`{"op":"remove","path":"members"}`, `{"op":"add","path":"members","value":{"value":"`+keep+`"}}`))
		}
		_ = c.Snapshot("User")
		return send(t, "GET", "/", "")
	})
	if got[200]+got[201] != 120 {
		t.Errorf("statuses %v", got)
	}
	c.get("/Users/"+keep).has("groups.0.value", `"`+g+`"`)
}

func TestTheClockAndTheSourceOfIdsNeedNotBeSafeForConcurrentUse(t *testing.T) {
	now, n := time.Date(2026, 3, 18, 0, 0, 0, 0, time.UTC), 0
	c := start(t, provider.Config{
		Now:   func() time.Time { now = now.Add(time.Second); return now },
		NewID: func() string { n++; return fmt.Sprintf("id-%d", n) },
	})
	got := atOnce(c, 40, func(i int) *http.Request {
		if i%2 == 0 {
			return send(t, "POST", "/Users", user(fmt.Sprintf(`"userName":"u%d"`, i)))
		}
		return send(t, "GET", "/Users?cursor&count=1", "") // the life of a cursor is read from the clock
	})
	if got[200]+got[201] != 40 || c.Len("User") != 20 {
		t.Errorf("statuses %v", got)
	}
}
