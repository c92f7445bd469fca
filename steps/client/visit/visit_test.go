package visit

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/steps/client"
)

const token = "token-of-the-visit-41c8"

// told is what a host says.
type told struct {
	mu    sync.Mutex
	lines []string
}

func (t *told) tell(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, line)
}

func (t *told) count(part string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, line := range t.lines {
		if strings.Contains(line, part) {
			n++
		}
	}
	return n
}

func open(t *testing.T, o Options) (*Host, *told) {
	t.Helper()
	said := &told{}
	o.Token, o.Tell = token, said.tell
	h, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h, said
}

func get(t *testing.T, address, bearer string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+bearer)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// write sends bytes and waits for the end of the connection.
func write(t *testing.T, h *Host, text string) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.servers[0].Addr)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, text)
	_, _ = io.Copy(io.Discard, conn)
	_ = conn.Close()
}

func TestAWrongTokenIsSaidAfterAFewRequests(t *testing.T) {
	h, said := open(t, Options{})
	for range 2 {
		get(t, h.BaseURL()+"/Users", "wrong")
	}
	if said.count("right token") != 0 {
		t.Error("it is said too early")
	}
	for range 5 {
		get(t, h.BaseURL()+"/Users", "wrong")
	}
	if n := said.count("right token"); n != 1 {
		t.Errorf("said %d times", n)
	}
	if status := get(t, h.BaseURL()+"/Users", token); status != http.StatusOK {
		t.Errorf("the right token: %d", status)
	}
}

func TestAWrongBaseURLIsSaid(t *testing.T) {
	h, said := open(t, Options{})
	get(t, strings.TrimSuffix(h.BaseURL(), "/identity/v2/scim")+"/scim/v2/Users", token)
	if said.count(h.BaseURL()) != 1 {
		t.Error(said.lines)
	}
}

func certificate() *tls.Certificate {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	return &server.TLS.Certificates[0]
}

func TestTheWrongProtocolIsSaid(t *testing.T) {
	plain, said := open(t, Options{})
	write(t, plain, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
	if said.count("speaks TLS here") != 1 {
		t.Error(said.lines)
	}
	secure, said := open(t, Options{Certificate: certificate()})
	write(t, secure, "GET /identity/v2/scim/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "+token+"\r\n\r\n")
	if said.count("speaks plain HTTP here") != 1 {
		t.Error(said.lines)
	}
	for _, x := range secure.recorded().Exchanges {
		if x.Misread != client.PlainHere || strings.Contains(string(x.RequestBody), token) {
			t.Errorf("%+v", x)
		}
	}
}

func TestWhatCannotBeListenedOnIsSaid(t *testing.T) {
	h, _ := open(t, Options{})
	if _, err := Open(Options{Token: token, Listen: h.servers[0].Addr}); err == nil || !strings.Contains(err.Error(), "port 0") {
		t.Error(err)
	}
	if _, err := Open(Options{}); err == nil {
		t.Error("it takes no token")
	}
}

// asked is a task that somebody is asked to do.
func asked(seen func() bool, traffic chan struct{}) Asked {
	return Asked{Place: 1, Of: 2, Name: "task", Ask: "Do it.", Checks: seen != nil, Traffic: traffic, Seen: func() bool { return seen != nil && seen() }}
}

// spoken has a person answer with these lines.
func spoken(t *testing.T, a Asked, lines ...string) (Outcome, string) {
	t.Helper()
	var out bytes.Buffer
	said := make(chan string, len(lines))
	for _, line := range lines {
		said <- line
	}
	close(said)
	never := func(time.Duration) <-chan time.Time { return nil }
	outcome, err := Person{Out: &out, Lines: said, After: never}.Do(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return outcome, out.String()
}

func TestAPersonSaysWhatBecameOfATask(t *testing.T) {
	yes, no := func() bool { return true }, func() bool { return false }
	for name, c := range map[string]struct {
		seen  func() bool
		lines []string
		want  Outcome
		says  string
	}{
		"done, and nothing can show it":         {nil, []string{""}, Outcome{}, "Do it."},
		"done, and the target shows it":         {yes, []string{""}, Outcome{}, "Do it."},
		"done twice, and it does not show":      {no, []string{"", ""}, Outcome{}, "does not show it yet"},
		"it cannot be done":                     {no, []string{"s"}, Outcome{Skip: "somebody said that this client cannot do it"}, ""},
		"the end":                               {no, []string{"q"}, Outcome{Quit: true}, ""},
		"something else first":                  {nil, []string{"what?", ""}, Outcome{}, "Enter: done."},
		"the input ends before it shows":        {no, nil, Outcome{Quit: true}, ""},
		"done once, and then the input ends":    {no, []string{""}, Outcome{Quit: true}, "does not show it yet"},
		"out of habit the whole word, and then": {nil, []string{"done", "s"}, Outcome{Skip: "somebody said that this client cannot do it"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			outcome, out := spoken(t, asked(c.seen, nil), c.lines...)
			if outcome != c.want || !strings.Contains(out, c.says) {
				t.Errorf("got %+v, want %+v; it says %s", outcome, c.want, out)
			}
		})
	}
}

func TestATaskGoesOnWhenTheTargetShowsItAndNothingMoreComes(t *testing.T) {
	traffic, passed := make(chan struct{}, 1), make(chan time.Time, 1)
	traffic <- struct{}{}
	passed <- time.Time{}
	after := func(d time.Duration) <-chan time.Time {
		if d == quiet {
			return passed
		}
		return nil
	}
	outcome, err := Person{Out: io.Discard, Lines: make(chan string), After: after}.Do(t.Context(), asked(func() bool { return true }, traffic))
	if err != nil || outcome != (Outcome{}) {
		t.Error(outcome, err)
	}
}

func TestSomebodyIsAskedWhereNothingComes(t *testing.T) {
	var out bytes.Buffer
	passed, lines := make(chan time.Time), make(chan string)
	go func() {
		passed <- time.Time{}
		lines <- "q"
	}()
	after := func(time.Duration) <-chan time.Time { return passed }
	if _, err := (Person{Out: &out, Lines: lines, After: after}).Do(t.Context(), asked(nil, nil)); err != nil || !strings.Contains(out.String(), "Nothing has come") {
		t.Error(err, out.String())
	}
}

func TestAScriptLearnsWhatToDoFromItsEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "act")
	text := "#!/bin/sh\necho \"$SCIM_TASK|$SCIM_USER|$SCIM_DISPLAY_NAME|$SCIM_GROUP|$SCIM_LEAVE|$SCIM_BASE_URL|$SCIM_TOKEN\"\nexit ${EXIT:-0}\n"
	if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	said := &told{}
	s := Script{Path: file, BaseURL: "http://base", Token: token, Out: &out, Tell: said.tell}
	a := Asked{Name: "trouble", User: client.Person{UserName: "ada", DisplayName: "Ada King"}, Group: "Engineers", Leave: []client.Person{{UserName: "bob"}, {UserName: "carol"}}}
	for exit, want := range map[string]Outcome{"0": {}, "1": {}, "77": {Skip: "the script said that this client cannot do it"}} {
		t.Setenv("EXIT", exit)
		if outcome, err := s.Do(t.Context(), a); err != nil || outcome != want {
			t.Errorf("exit status %s: %+v, %v", exit, outcome, err)
		}
	}
	if line := "trouble|ada|Ada King|Engineers|bob\ncarol|http://base|" + token + "\n"; strings.Count(out.String(), line) != 3 {
		t.Error(out.String())
	}
	if said.count("exit status 1") != 1 {
		t.Error(said.lines)
	}
	s.Path = filepath.Join(t.TempDir(), "missing")
	if _, err := s.Do(t.Context(), a); err == nil || !strings.Contains(err.Error(), s.Path) {
		t.Error(err)
	}
}

func TestTheTasksAreWhole(t *testing.T) {
	var names, titles []string
	for i, a := range Tasks() {
		of := plan[i]
		if a.Name == "" || a.Ask == "" || of.Title == "" || slices.Contains(names, a.Name) || slices.Contains(titles, of.Title) {
			t.Errorf("%+v", a)
		}
		for _, name := range append(append([]string{}, of.Join...), of.Leave...) {
			if client.People[name] == (client.Person{}) {
				t.Errorf("task %s: nobody is called %s", a.Name, name)
			}
		}
		if of.User != "" && client.People[of.User] == (client.Person{}) {
			t.Errorf("task %s: nobody is called %s", a.Name, of.User)
		}
		names, titles = append(names, a.Name), append(titles, of.Title)
	}
}

func TestAVisitThatIsInterruptedKeepsWhatWasRecorded(t *testing.T) {
	h, _ := open(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	rec, err := h.Play(ctx, func(ctx context.Context, a Asked) (Outcome, error) {
		get(t, h.BaseURL()+"/Users", token)
		if a.Name == "unchanged" {
			cancel()
			return Outcome{}, ctx.Err()
		}
		return Outcome{}, nil
	})
	if err != nil || len(rec.Exchanges) != 3 || len(rec.Tasks) != len(plan) {
		t.Fatalf("%v, %d exchanges, %d tasks", err, len(rec.Exchanges), len(rec.Tasks))
	}
	if rec.Tasks[0].State != client.Done || rec.Tasks[1].State != client.Undone || rec.Tasks[2].State != client.Skipped || rec.Tasks[5].State != client.Skipped {
		t.Errorf("%+v", rec.Tasks)
	}
}

func TestADoerThatFailsEndsTheVisit(t *testing.T) {
	h, _ := open(t, Options{})
	broken := errors.New("no such program")
	rec, err := h.Play(t.Context(), func(context.Context, Asked) (Outcome, error) { return Outcome{}, broken })
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "task connect") || rec == nil {
		t.Error(err)
	}
}

// A wrong token may be right somewhere else.
func TestNoTokenIsRecordedRightOrWrong(t *testing.T) {
	const wrong = "somebody-elses-token-77"
	h, _ := open(t, Options{})
	get(t, h.BaseURL()+"/Users?access_token="+wrong, wrong)
	get(t, h.BaseURL()+"/Users?access_token="+token, token)
	form := "access_token=" + wrong
	write(t, h, "POST /identity/v2/scim/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "+strconv.Itoa(len(form))+"\r\n\r\n"+form)
	write(t, h, "GET /identity/v2/scim/Users?a b&access_token="+wrong+" HTTP/1.1\r\nHost: x\r\n\r\n")
	exchanges := h.recorded().Exchanges
	if len(exchanges) != 4 {
		t.Fatalf("%d exchanges", len(exchanges))
	}
	for _, x := range exchanges {
		text, err := json.Marshal(x.Exchange)
		if err != nil || strings.Contains(string(text), wrong) || strings.Contains(string(text), token) {
			t.Errorf("%s, %v", text, err)
		}
	}
	if !exchanges[1].Token.Address || !exchanges[1].Token.Header || exchanges[0].Token.Anywhere() {
		t.Errorf("%+v, %+v", exchanges[0].Token, exchanges[1].Token)
	}
}
