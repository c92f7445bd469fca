package provider_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// seven has the users u1 to u7, the last two without a title, and a group.
func seven(t *testing.T, config provider.Config) client {
	t.Helper()
	c := start(t, config)
	for i, title := range []string{"b", "a", "B", "a", "c"} {
		c.createUser(fmt.Sprintf(`"userName":"u%d","title":%q`, i+1, title))
	}
	c.createUser(`"userName":"u6"`)
	c.createUser(`"userName":"u7"`)
	c.createGroup(`"displayName":"G"`)
	return c
}

// walkForward follows nextCursor from the beginning and returns the pages.
func (c client) walkForward(query string) []reply {
	c.t.Helper()
	var pages []reply
	cursor := ""
	for range 20 {
		page := c.get("/Users?" + query + "&cursor=" + cursor).expect(http.StatusOK)
		pages = append(pages, page)
		if cursor = page.body.String("nextCursor"); cursor == "" {
			return pages
		}
	}
	c.t.Fatal("the pages have no end")
	return nil
}

func idsOn(pages ...reply) string {
	var all []string
	for _, p := range pages {
		all = append(all, strings.ReplaceAll(p.list("id"), "id-", ""))
	}
	return strings.Join(all, " | ")
}

func TestACursorLeadsThroughAllPagesInOrder(t *testing.T) {
	c := seven(t, provider.Config{DefaultCount: 4})
	for query, want := range map[string]string{
		"":                                   "1 2 3 4 | 5 6 7",
		"count=3":                            "1 2 3 | 4 5 6 | 7",
		"count=7":                            "1 2 3 4 5 6 7",
		"count=100":                          "1 2 3 4 5 6 7",
		"count=2&filter=title+pr":            "1 2 | 3 4 | 5",
		"count=2&sortBy=title":               "2 4 | 1 3 | 5 6 | 7",
		"count=2&filter=userName+eq+%22x%22": "",
		"count=3&sortBy=title&sortOrder=descending":                     "6 7 5 | 1 3 2 | 4",
		"count=2&sortBy=title&filter=title+ne+%22c%22&attributes=title": "2 4 | 1 3 | 6 7",
	} {
		t.Run(query, func(t *testing.T) {
			pages := client{t, c.Provider}.walkForward(query)
			if got := idsOn(pages...); got != want {
				t.Errorf("the pages are %q, want %q", got, want)
			}
			for i, p := range pages {
				next, previous := p.body.String("nextCursor"), p.body.String("previousCursor")
				if _, there := p.body.Get("startIndex"); there {
					t.Errorf("page %d has a startIndex", i)
				}
				if (next == "") != (i == len(pages)-1) || (previous == "") != (i == 0) {
					t.Errorf("page %d of %d has nextCursor %q and previousCursor %q", i, len(pages), next, previous)
				}
				if !regexp.MustCompile(`^[A-Za-z0-9._~-]*$`).MatchString(next + previous) {
					t.Errorf("cursors are not unreserved: %q %q", next, previous)
				}
			}
		})
	}
}

func TestAPreviousCursorLeadsBackPageByPage(t *testing.T) {
	c := seven(t, provider.Config{})
	for _, query := range []string{"count=3", "count=3&sortBy=title", "count=3&sortBy=title&sortOrder=descending", "count=3&filter=userName+pr"} {
		t.Run(query, func(t *testing.T) {
			c := client{t, c.Provider}
			pages := c.walkForward(query)
			for i := len(pages) - 1; i > 0; i-- {
				back := c.get("/Users?" + query + "&cursor=" + pages[i].body.String("previousCursor")).expect(http.StatusOK)
				if got, want := idsOn(back), idsOn(pages[i-1]); got != want {
					t.Errorf("before page %d comes %q, want %q", i+1, got, want)
				}
				if _, there := back.body.Get("previousCursor"); there == (i == 1) {
					t.Errorf("page %d reached backwards: previousCursor is there: %t", i, there)
				}
				again := c.get("/Users?" + query + "&cursor=" + back.body.String("nextCursor")).expect(http.StatusOK)
				if got, want := idsOn(again), idsOn(pages[i]); got != want {
					t.Errorf("and then forwards %q, want %q", got, want)
				}
			}
		})
	}
}

func TestACursorKeepsItsPlaceWhenResourcesComeAndGo(t *testing.T) {
	for _, query := range []string{"count=3", "count=3&sortBy=userName", "count=3&filter=userName+pr"} {
		t.Run(query, func(t *testing.T) {
			c := seven(t, provider.Config{})
			first := c.get("/Users?" + query + "&cursor").expect(http.StatusOK)
			c.do(http.MethodDelete, "/Users/id-1", "").expect(http.StatusNoContent)
			c.do(http.MethodDelete, "/Users/id-3", "").expect(http.StatusNoContent) // the entry at the edge
			second := c.get("/Users?" + query + "&cursor=" + first.body.String("nextCursor")).expect(http.StatusOK)
			if got := idsOn(second); got != "4 5 6" {
				t.Errorf("after 1 2 3 comes %q, want 4 5 6", got)
			}
			second.has("totalResults", "5")
		})
	}
}

func TestACursorSurvivesValuesThatAURLCannotHold(t *testing.T) {
	c := start(t, provider.Config{})
	long := "x" + strings.Repeat("é", 2000)
	for i := range 5 {
		c.createUser(fmt.Sprintf(`"userName":"u%d","title":"%s%d"`, i+1, long, 5-i))
	}
	pages := c.walkForward("count=2&sortBy=title")
	if got := idsOn(pages...); got != "1 2 | 3 4 | 5" {
		t.Errorf("the pages are %q, want each user once", got)
	}
	if n := len(pages[0].body.String("nextCursor")); n > 1000 {
		t.Errorf("a cursor has %d bytes", n)
	}
}

func TestACursorIsGoodForItsOwnQueryOnly(t *testing.T) {
	clock := time.Date(2026, 3, 18, 15, 0, 0, 0, time.UTC)
	c := seven(t, provider.Config{CursorTimeout: time.Minute, Now: func() time.Time { return clock }})
	const query = "/Users?count=2&filter=title+pr&sortBy=title&cursor="
	cursor := c.get(query).body.String("nextCursor")
	others := seven(t, provider.Config{}).get(query).body.String("nextCursor")
	c.get(query + cursor).expect(http.StatusOK)
	said := map[string]bool{}
	for name, target := range map[string]string{
		"nonsense":         query + "nonsense",
		"not even base64":  query + "%F0%9F%98%80",
		"another query's":  "/Users?count=2&filter=title+pr&cursor=" + cursor,
		"another order":    query + cursor + "&sortOrder=descending",
		"another endpoint": "/Groups?count=2&filter=displayName+pr&cursor=" + cursor,
		"other attributes": query + cursor + "&attributes=id",
		"cut short":        query + cursor[:len(cursor)-1],
		"changed":          query + cursor[:len(cursor)-4] + "AAAA",
		"another server's": query + others,
	} {
		t.Run(name, func(t *testing.T) {
			a := client{t, c.Provider}.get(target)
			a.fails(http.StatusBadRequest, "invalidCursor")
			said[a.body.String("detail")] = true
		})
	}
	if len(said) != 1 {
		t.Errorf("the refusals differ and so tell something: %v", said)
	}
	c.get(strings.Replace(query, "count=2", "count=3", 1)+cursor).fails(http.StatusBadRequest, "invalidCount")
	c.get(strings.Replace(query, "count=2&", "", 1)+cursor).fails(http.StatusBadRequest, "invalidCount")
	c.get("/Users?cursor&count=many").fails(http.StatusBadRequest, "invalidCount")
	c.get("/Users?cursor&startIndex=1").fails(http.StatusBadRequest, "invalidValue")
	c.get("/Users?cursor=&cursor=").fails(http.StatusBadRequest, "invalidValue")
	clock = clock.Add(time.Minute)
	c.get(query + cursor).expect(http.StatusOK)
	clock = clock.Add(time.Second)
	c.get(query+cursor).fails(http.StatusBadRequest, "expiredCursor")
}

func TestACountOfZeroOrLessIsAskedWithACursorToo(t *testing.T) {
	c := seven(t, provider.Config{})
	for _, count := range []string{"0", "-3"} {
		a := c.get("/Users?cursor&count="+count).expect(http.StatusOK).has("totalResults", "7").has("itemsPerPage", "0")
		if got := idsOn(a); got != "" {
			t.Errorf("count %s shows %q", count, got)
		}
		if _, there := a.body.Get("nextCursor"); there {
			t.Errorf("count %s has a nextCursor that would never end", count)
		}
	}
}

func TestASearchAndTheRootArePagedByCursorsAsWell(t *testing.T) {
	c := seven(t, provider.Config{})
	search := func(members string) string { return `{"schemas":["` + scim.SearchRequestURN + `"],` + members + `}` }
	first := c.do(http.MethodPost, "/Users/.search", search(`"cursor":"","count":4`)).expect(http.StatusOK)
	second := c.do(http.MethodPost, "/Users/.search", search(`"count":4,"cursor":"`+first.body.String("nextCursor")+`"`)).expect(http.StatusOK)
	if got := idsOn(first, second); got != "1 2 3 4 | 5 6 7" {
		t.Errorf("the pages are %q", got)
	}
	c.do(http.MethodPost, "/Users/.search", search(`"cursor":7`)).fails(http.StatusBadRequest, "invalidValue")
	if got := idsOn(c.get("/?cursor").expect(http.StatusOK)); got != "1 2 3 4 5 6 7 8" {
		t.Errorf("the root shows %q", got)
	}
}

func TestTheConfigurationSaysHowListsArePaged(t *testing.T) {
	c := start(t, provider.Config{DefaultCount: 30, MaxResults: 20, CursorTimeout: 90 * time.Second})
	got, err := c.get("/ServiceProviderConfig").body.Object("pagination").MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":20,"maxPageSize":20,"cursorTimeout":90}`
	if string(got) != want {
		t.Errorf("pagination is %s, want %s", got, want)
	}
}

func FuzzACursorThatNobodyGaveIsRefused(f *testing.F) {
	for _, value := range []string{"x", "AAAA", strings.Repeat("A", 5000), "=", "\x00", "é", "e30"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if value == "" {
			return // begins
		}
		seven(t, provider.Config{}).get("/Users?cursor="+escape(value)).fails(http.StatusBadRequest, "invalidCursor")
	})
}
