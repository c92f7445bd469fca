package chaos

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// counting is a target that counts requests and answers with their number.
func counting(t *testing.T) (url string, n *int) {
	t.Helper()
	n = new(int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		*n++
		w.Header().Set("Content-Type", "application/scim+json")
		_, _ = io.WriteString(w, `{"totalResults": `+strings.Repeat("1", *n)+`}`)
	}))
	t.Cleanup(s.Close)
	return s.URL, n
}

// send returns status and body, or the error.
func send(t *testing.T, c *Transport, method, url string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.RoundTrip(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

func TestEachKindDoesWhatItsNameSays(t *testing.T) {
	for _, k := range []struct {
		kind     Kind
		method   string
		status   int
		broken   bool
		received int
	}{
		{Busy, "POST", 429, false, 0},
		{Unavailable, "POST", 503, false, 0},
		{Failure, "POST", 500, false, 0},
		{Gateway, "POST", 502, false, 1},
		{Latency, "POST", 200, false, 1},
		{ResetBefore, "POST", 0, true, 0},
		{ResetAfter, "POST", 0, true, 1},
		{Truncated, "POST", 200, true, 1},
		{Duplicate, "POST", 200, false, 2},
		{Stale, "POST", 200, false, 1},
		{Empty, "GET", 200, false, 0},
		{Empty, "POST", 200, false, 1},
	} {
		t.Run(string(k.kind)+" "+k.method, func(t *testing.T) {
			url, n := counting(t)
			spec := string(k.kind) + "=1"
			if k.kind == Latency {
				spec += ":1ms"
			}
			c, err := New(spec, 1, nil)
			if err != nil {
				t.Fatal(err)
			}
			status, _, err := send(t, c, k.method, url+"/Users")
			if status != k.status && !k.broken || (err != nil) != k.broken || *n != k.received {
				t.Errorf("status %d, %d requests received, error %v", status, *n, err)
			}
			c.Stop()
			before := *n
			if status, _, err := send(t, c, k.method, url+"/Users"); status != 200 || err != nil || *n != before+1 {
				t.Errorf("after the end: status %d, error %v", status, err)
			}
		})
	}
}

func TestAStaleReadRepeatsTheAnswerBefore(t *testing.T) {
	url, n := counting(t)
	c, err := New("stale=1", 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, first, _ := send(t, c, "GET", url+"/Users")
	_, second, _ := send(t, c, "GET", url+"/Users")
	if *n != 1 || first != second {
		t.Errorf("%d requests, %q and %q", *n, first, second)
	}
}

func TestTheSameSeedMeansTheSameFaults(t *testing.T) {
	url, _ := counting(t)
	run := func(seed uint64) string {
		c, err := New("all=0.08,latency=0.08:1ms", seed, nil)
		if err != nil {
			t.Fatal(err)
		}
		var told strings.Builder
		for range 50 {
			status, _, err := send(t, c, "GET", url)
			told.WriteString(http.StatusText(status))
			if err != nil {
				told.WriteString("x")
			}
		}
		return told.String()
	}
	first, again, other := run(1), run(1), run(2)
	if first != again || first == other {
		t.Error("the faults do not follow from the seed")
	}
}

func TestASpecThatIsWrongIsRefusedWithWhatIsPossible(t *testing.T) {
	for spec, want := range map[string]string{
		"busi=0.1":        `unknown kind "busi": use all, busy, `,
		"busy":            "kind=probability",
		"busy=2":          "between 0 and 1",
		"busy=NaN":        "between 0 and 1",
		"busy=0.1:2s":     "only latency takes a duration",
		"all=0.5":         "add up to 5.5",
		"latency=0.1:-1s": "only latency takes a duration",
	} {
		if _, err := New(spec, 1, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", spec, err)
		}
	}
	if _, err := New(" busy=0.1, stale=0.1,", 1, nil); err != nil {
		t.Error(err)
	}
}
