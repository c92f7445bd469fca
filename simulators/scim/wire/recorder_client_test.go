package wire

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// recorded returns a client whose exchanges go to the recorder.
func recorded(r *Recorder, base string) *Client {
	return &Client{BaseURL: base, Token: "s3cr3t-t0k3n", HTTP: &http.Client{Transport: r.Transport(nil)}}
}

func only(t *testing.T, r *Recorder) *Exchange {
	t.Helper()
	exchanges := r.Exchanges()
	if len(exchanges) != 1 {
		t.Fatalf("got %d exchanges, want 1", len(exchanges))
	}
	return exchanges[0]
}

func TestTransportRecordsAnExchange(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `W/"1"`)
		w.WriteHeader(http.StatusCreated)
		_, _ = io.Copy(w, r.Body)
	}))
	defer srv.Close()
	var hooked []*Exchange
	r := NewRecorder("s3cr3t-t0k3n")
	r.OnExchange = func(e *Exchange) { hooked = append(hooked, e) }
	resp := do(t, recorded(r, srv.URL), Request{Method: "POST", Path: []string{"Users"}, Body: scim.NewObject(scim.Member{Name: "userName", Value: "x"})})

	e := only(t, r)
	if e.Seq != 1 || e.Method != "POST" || e.URL != srv.URL+"/Users" || e.Status != 201 || e.Err != "" || e.Started.IsZero() || e.Duration <= 0 {
		t.Errorf("got %+v", e)
	}
	if e.RequestHeader.Get("Authorization") != "Bearer [hidden]" || e.ResponseHeader.Get("ETag") != `W/"1"` {
		t.Errorf("got the headers %v and %v", e.RequestHeader, e.ResponseHeader)
	}
	if string(e.RequestBody) != `{"userName":"x"}` || string(e.ResponseBody) != `{"userName":"x"}` || string(resp.Body) != `{"userName":"x"}` {
		t.Errorf("got the bodies %s and %s, the client %s", e.RequestBody, e.ResponseBody, resp.Body)
	}
	if len(hooked) != 1 || hooked[0] != e {
		t.Errorf("the hook was called with %v", hooked)
	}
}

func TestTransportLimitsWhatItKeepsAndNothingElse(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // all of it: HTTP/1 does not read on while it answers
		_, _ = w.Write(body)
	}))
	defer srv.Close()
	for size, truncated := range map[int]bool{9: false, 10: false, 11: true, 100_000: true} {
		r := NewRecorder()
		r.MaxBody = 10
		body := bytes.Repeat([]byte("x"), size)
		resp := do(t, recorded(r, srv.URL), Request{Method: "PUT", Body: body})
		if !bytes.Equal(resp.Body, body) {
			t.Errorf("of %d bytes %d arrived", size, len(resp.Body))
		}
		e := only(t, r)
		if len(e.RequestBody) != min(size, 10) || len(e.ResponseBody) != min(size, 10) || e.RequestTruncated != truncated || e.Truncated != truncated {
			t.Errorf("of %d bytes %d (truncated %v) and %d (truncated %v) were kept", size, len(e.RequestBody), e.RequestTruncated, len(e.ResponseBody), e.Truncated)
		}
	}
}

func TestTransportRecordsWhatBreaks(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, c := range []struct {
		name, url string
		status    int
		body, err string
	}{
		{"no connection", closed.URL, 0, "", "connection refused"},
		{"no answer", raw(t, ""), 0, "", "EOF"},
		{"half an answer", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"), 200, "{", "unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewRecorder()
			if _, err := recorded(r, c.url).Do(t.Context(), Request{Method: "POST"}); err == nil {
				t.Fatal("there is an answer")
			}
			e := only(t, r)
			if e.Status != c.status || string(e.ResponseBody) != c.body || !strings.Contains(e.Err, c.err) {
				t.Errorf("got %d %q %q", e.Status, e.ResponseBody, e.Err)
			}
		})
	}
}

func TestTransportRecordsAnAnswerThatIsNotReadToItsEnd(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "0123456789") }))
	defer srv.Close()
	for n, problem := range map[int]string{4: "the client closed the answer before its end", 10: ""} {
		r := NewRecorder()
		req, err := http.NewRequestWithContext(t.Context(), "GET", srv.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := r.Transport(nil).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(resp.Body, make([]byte, n)); err != nil {
			t.Fatal(err)
		}
		if n < 10 && len(r.Exchanges()) != 0 {
			t.Error("recorded before the answer was complete")
		}
		for range 2 {
			if err := resp.Body.Close(); err != nil {
				t.Error(err)
			}
		}
		if e := only(t, r); e.Err != problem || len(e.ResponseBody) != n {
			t.Errorf("after %d bytes: got %q %q", n, e.ResponseBody, e.Err)
		}
	}
}

// roundTrip is a transport that is a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTransportRecordsABodyThatIsSentTwiceOnce(t *testing.T) {
	next := roundTrip(func(r *http.Request) (*http.Response, error) {
		_, _ = io.ReadFull(r.Body, make([]byte, 3)) // the connection was stale: net/http starts again
		again, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		_, _ = io.Copy(io.Discard, again)
		return nil, errors.New("that is all")
	})
	r := NewRecorder()
	req, err := http.NewRequestWithContext(t.Context(), "PUT", "http://host/", strings.NewReader("0123456789"))
	if err != nil {
		t.Fatal(err)
	}
	body := req.Body
	if _, err := r.Transport(next).RoundTrip(req); err == nil {
		t.Fatal("no error")
	}
	if e := only(t, r); string(e.RequestBody) != "0123456789" {
		t.Errorf("got %q", e.RequestBody)
	}
	if req.Body != body {
		t.Error("the caller's request was changed")
	}
}

// Who might have to send a body again asks for it before, and then does not.
func TestTransportKeepsABodyThatIsAskedForAgainAndNotSent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer server.Close()
	var recorder Recorder
	asking := askingAgain{http.DefaultTransport}
	client := &Client{BaseURL: server.URL, HTTP: &http.Client{Transport: recorder.Transport(asking)}}
	if _, err := client.Do(t.Context(), Request{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"a":1}`)}); err != nil {
		t.Fatal(err)
	}
	if got := string(recorder.Exchanges()[0].RequestBody); got != `{"a":1}` {
		t.Errorf("the body is %q", got)
	}
}

// askingAgain asks for the body of every request once more.
type askingAgain struct{ next http.RoundTripper }

func (a askingAgain) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := a.next.RoundTrip(r)
	if again, ok := Repeat(r); ok && again.Body != nil {
		_ = again.Body.Close()
	}
	return answer, err
}

func TestRecorderSince(t *testing.T) {
	srv, _ := echo(t)
	for _, c := range []struct {
		name       string
		keep, from int
		want       string
	}{
		{"all", 0, 0, "1 2 3 4 5"},
		{"those that follow", 0, 3, "4 5"},
		{"none yet", 0, 5, ""},
		{"none for long", 0, 99, ""},
		{"the newest of which are kept", 2, 0, "4 5"},
		{"some of those", 2, 4, "5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewRecorder()
			r.Keep = c.keep
			client := recorded(r, srv.URL)
			for range 5 {
				do(t, client, Request{Method: "GET"})
			}
			var got []string
			for _, e := range r.Since(c.from) {
				got = append(got, strconv.Itoa(e.Seq))
			}
			if strings.Join(got, " ") != c.want || r.Last() != 5 {
				t.Errorf("got %v of %d, want %s", got, r.Last(), c.want)
			}
		})
	}
}

func TestRecorderIsSafeForConcurrentUse(t *testing.T) {
	r := NewRecorder()
	srv := httptest.NewServer(r.Handler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { _, _ = io.Copy(w, req.Body) })))
	client := recorded(r, srv.URL)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			r.AddSecret("another-secret-" + strconv.Itoa(i))
			if _, err := client.Do(t.Context(), Request{Method: "POST", Body: []byte("0123456789")}); err != nil {
				t.Error(err)
			}
			r.Since(i)
		})
	}
	wg.Wait()
	srv.Close() // waits for the handlers
	for i, e := range r.Exchanges() {
		if e.Seq != i+1 {
			t.Errorf("exchange %d has the number %d", i+1, e.Seq)
		}
	}
	if r.Last() != 40 {
		t.Errorf("got %d exchanges, want 20 of the client and 20 of the server", r.Last())
	}
}
