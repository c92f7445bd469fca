package lab

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	maxStreams   = 64                     // at a time
	streamPause  = 200 * time.Millisecond // between two batches
	streamBatch  = 50                     // events in one
	streamTime   = 10 * time.Second       // for a reader to take a batch
	streamBeat   = 15 * time.Second       // until a comment shows that the lab is there
	eventLeftOut = "left-out"             // how many events a reader does not get, because it is slow or came late
)

// stream is GET /api/events: what happens in the lab, as text/event-stream. It resumes
// after the header Last-Event-ID, or the parameter after; without one it begins now. Of
// too many events the newest come, and an event "left-out" with the number of the others.
func (l *Lab) stream(w http.ResponseWriter, r *http.Request) {
	select {
	case l.streams <- struct{}{}:
		defer func() { <-l.streams }()
	default:
		writeJSON(w, http.StatusServiceUnavailable, errorJSON{fmt.Sprintf("%d streams are open already: close one", maxStreams)})
		return
	}
	s := &streamer{w: w, control: http.NewResponseController(w), after: l.resumeAfter(r)}
	_ = s.control.SetReadDeadline(time.Time{}) // a server of tests has none
	w.Header().Set("Content-Type", "text/event-stream")
	if s.write(s.after, "retry: 1000\n\n") != nil {
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(l.ctx, cancel)()
	for s.next(ctx, l.events) == nil {
		if !pause(ctx, streamPause) {
			return
		}
	}
}

// resumeAfter is the id of the last event that a reader has seen.
func (l *Lab) resumeAfter(r *http.Request) uint64 {
	for _, text := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")} {
		if id, err := strconv.ParseUint(text, 10, 64); err == nil {
			return id
		}
	}
	return l.events.last()
}

// streamer writes events to one reader.
type streamer struct {
	w       http.ResponseWriter
	control *http.ResponseController
	after   uint64
}

// next waits for events and writes them.
func (s *streamer) next(ctx context.Context, from *bus) error {
	beat := time.NewTimer(streamBeat)
	defer beat.Stop()
	events, leftOut, more := from.since(s.after, streamBatch)
	for len(events) == 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
			return s.write(s.after, ": still here\n\n")
		case <-more:
			events, leftOut, more = from.since(s.after, streamBatch)
		}
	}
	text := ""
	if leftOut > 0 {
		text = fmt.Sprintf("id: %d\nevent: %s\ndata: {\"count\":%d}\n\n", events[0].id-1, eventLeftOut, leftOut)
	}
	for _, e := range events {
		text += fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", e.id, e.kind, e.data)
	}
	return s.write(events[len(events)-1].id, text)
}

// write sends a text within the time that a reader has for it.
func (s *streamer) write(after uint64, text string) error {
	_ = s.control.SetWriteDeadline(time.Now().Add(streamTime)) // a recorder of tests has none
	if _, err := fmt.Fprint(s.w, text); err != nil {
		return err
	}
	s.after = after
	return s.control.Flush()
}

// pause waits, and says whether the context has not ended.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
