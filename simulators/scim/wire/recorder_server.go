package wire

import (
	"bufio"
	"net"
	"net/http"
	"strings"
)

// Handler returns a handler that records what next reads and answers. An
// exchange is recorded when next returns; the request's body is in it as far as
// next has read it.
func (r *Recorder) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		d := r.begin(req.Method, absoluteURL(req), req.Header)
		answer := &answerWriter{ResponseWriter: w, draft: d}
		problem := "the handler panicked"
		defer func() { // also when next panics, which is how net/http drops a connection
			answer.close(&problem)
			d.finish(problem)
		}()
		c := *req
		if req.Body != nil && req.Body != http.NoBody {
			c.Body = &capturedBody{ReadCloser: req.Body, capture: &d.request}
		}
		next.ServeHTTP(answer, &c)
		problem = ""
	})
}

// absoluteURL restores the URL that the client asked for, with the path as
// encoded on the wire.
func absoluteURL(req *http.Request) string {
	target := req.RequestURI
	if target == "" {
		target = req.URL.RequestURI()
	}
	if !strings.HasPrefix(target, "/") {
		return target
	}
	if req.TLS != nil {
		return "https://" + req.Host + target
	}
	return "http://" + req.Host + target
}

// answerWriter notes what a handler answers. Flushing and deadlines are reached
// through http.ResponseController.
type answerWriter struct {
	http.ResponseWriter
	draft    *draft
	started  bool
	hijacked bool
}

// Unwrap serves http.ResponseController.
func (w *answerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *answerWriter) WriteHeader(status int) {
	final := status >= 200 || status == http.StatusSwitchingProtocols
	if final && !w.started {
		w.started = true
		w.draft.answer(status, w.Header())
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *answerWriter) Write(p []byte) (int, error) {
	if !w.started {
		w.started = true
		w.draft.answer(http.StatusOK, w.Header())
	}
	n, err := w.ResponseWriter.Write(p)
	w.draft.response.write(p[:n])
	return n, err
}

// Hijack hands the connection over; the recorder sees nothing after it.
func (w *answerWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	w.hijacked = w.hijacked || err == nil
	return conn, rw, err
}

// close notes the implicit 200 of a handler that wrote nothing.
func (w *answerWriter) close(problem *string) {
	switch {
	case *problem != "":
	case w.hijacked:
		*problem = "the handler took the connection over"
	case !w.started:
		w.draft.answer(http.StatusOK, w.Header())
	}
}
