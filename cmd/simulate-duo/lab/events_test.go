package lab

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestReadersGetWhatHappenedSinceAndHowMuchWasLeftOut(t *testing.T) {
	b := newBus()
	start := b.last()
	for i := range 10 {
		b.publish("kind", i)
	}
	for _, test := range []struct {
		name    string
		after   uint64
		most    int
		first   string
		count   int
		leftOut uint64
	}{
		{"all", start, 100, "0", 10, 0},
		{"the newest", start, 3, "7", 3, 7},
		{"since the middle", start + 5, 100, "5", 5, 0},
		{"nothing new", start + 10, 100, "", 0, 0},
		{"an id of an earlier process", 17, 100, "0", 10, 0},
		{"an id of the future", start + 99, 100, "0", 10, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			events, leftOut, _ := b.since(test.after, test.most)
			if len(events) != test.count || leftOut != test.leftOut {
				t.Fatalf("%d events, %d left out", len(events), leftOut)
			}
			if len(events) > 0 && string(events[0].data) != test.first {
				t.Errorf("the first is %s", events[0].data)
			}
		})
	}
}

func TestOnlyTheNewestEventsAreKept(t *testing.T) {
	b := newBus()
	start := b.last()
	for i := range ringSize + 5 {
		b.publish("kind", i)
	}
	events, leftOut, _ := b.since(start, ringSize+5)
	if len(events) != ringSize || leftOut != 5 || events[0].id != start+6 {
		t.Errorf("%d events from %d, %d left out", len(events), events[0].id-start, leftOut)
	}
}

// reader reads a stream.
type reader struct {
	*testing.T
	lines *bufio.Scanner
	stop  context.CancelFunc
}

func read(t *testing.T, url, after string) *reader {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%s, %s", answer.Status, kind)
	}
	s := &reader{t, bufio.NewScanner(answer.Body), cancel}
	s.next("retry: ")
	return s
}

// next is the next line that begins so, without the beginning.
func (r *reader) next(beginning string) string {
	r.Helper()
	for r.lines.Scan() {
		if rest, ok := strings.CutPrefix(r.lines.Text(), beginning); ok {
			return rest
		}
	}
	r.Fatalf("the stream ended before a line with %q: %v", beginning, r.lines.Err())
	return ""
}

func TestAStreamResumesWhereItWasLeft(t *testing.T) {
	l, server := newLab(t, Options{})
	first := read(t, server.URL, "")
	l.changed("one", "first")
	id := first.next("id: ")
	if kind := first.next("event: "); kind != "one" {
		t.Errorf("event %s", kind)
	}
	first.stop()
	l.changed("two", "second")
	l.changed("three", "third")
	again := read(t, server.URL, id)
	for _, want := range []string{"two", "three"} {
		if kind := again.next("event: "); kind != want {
			t.Errorf("event %s, want %s", kind, want)
		}
	}
}

func TestAStreamSaysHowManyEventsItLeavesOut(t *testing.T) {
	l, server := newLab(t, Options{})
	start := l.events.last()
	for i := range 1000 {
		l.changed("many", "%d", i)
	}
	s := read(t, server.URL, fmt.Sprint(start))
	if kind, data := s.next("event: "), s.next("data: "); kind != eventLeftOut || data != fmt.Sprintf(`{"count":%d}`, 1000-streamBatch) {
		t.Errorf("%s %s", kind, data)
	}
	for i := range streamBatch {
		if data := s.next("data: "); data != fmt.Sprintf(`{"what":"%d"}`, 1000-streamBatch+i) {
			t.Fatalf("event %s", data)
		}
	}
}

func TestThereAreOnlySoManyStreams(t *testing.T) {
	l, server := newLab(t, Options{})
	for range maxStreams {
		l.streams <- struct{}{}
	}
	status, got := call(t, server.URL, "GET", "/api/events", "")
	if problem, ok := got.(map[string]any)["error"].(string); status != http.StatusServiceUnavailable || !ok || !strings.Contains(problem, "close one") {
		t.Errorf("%d %v", status, got)
	}
}
