package adminapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/admin"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/adminapi"
)

const (
	integrationKey = "DIXXXXXXXXXXXXXXXXXX"
	secretKey      = "a-secret-key-of-forty-characters-in-all!"
)

// rig is an Admin API over a directory that the test looks into.
type rig struct {
	*httptest.Server
	t   *testing.T
	mu  sync.RWMutex
	dir *directory.Directory
	log *duo.Log
	now time.Time

	logErr error
}

func newRig(t *testing.T, with ...func(*adminapi.Options)) *rig {
	t.Helper()
	r := &rig{t: t, dir: &directory.Directory{}, log: &duo.Log{}, now: time.Now().Truncate(time.Second)}
	o := adminapi.Options{
		IntegrationKey: integrationKey, SecretKey: secretKey,
		Read: func(use func(*directory.Directory)) {
			r.mu.RLock()
			defer r.mu.RUnlock()
			use(r.dir)
		},
		Change: func(change func(*directory.Directory) error) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			return change(r.dir)
		},
		Log: func(time.Time, time.Time) (*duo.Log, error) { return r.log, r.logErr },
		Now: func() time.Time { return r.now },
	}
	for _, w := range with {
		w(&o)
	}
	r.Server = httptest.NewTLSServer(adminapi.New(o))
	t.Cleanup(r.Close)
	return r
}

// host is what clients call the API hostname.
func (r *rig) host() string { return strings.TrimPrefix(r.URL, "https://") }

// duoClient is Duo's own client.
func (r *rig) duoClient() *admin.Client {
	base := duoapi.NewDuoApi(integrationKey, secretKey, r.host(), "test")
	base.SetCustomHTTPClient(r.Client())
	return admin.New(*base)
}

// fails sends the request and demands this code, and what the detail says.
func (r *rig) fails(req *http.Request, code int, detail string) {
	r.t.Helper()
	status, body := r.send(req)
	var got struct {
		Stat          string
		Code          int
		Message       string
		MessageDetail string `json:"message_detail"`
	}
	if err := json.Unmarshal(body, &got); err != nil {
		r.t.Fatalf("%v: %s", err, body)
	}
	if got.Stat != "FAIL" || got.Code != code || status != code/100 || got.Message == "" || !strings.Contains(got.MessageDetail, detail) {
		r.t.Errorf("%s %s: %d %s, want the code %d and %q", req.Method, req.URL, status, body, code, detail)
	}
}

func (r *rig) send(req *http.Request) (int, []byte) {
	r.t.Helper()
	resp, err := r.Client().Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var body json.RawMessage
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, body
}

// add puts people into the directory, and into a group.
func (r *rig) add(names ...string) {
	r.t.Helper()
	for _, name := range names {
		r.must(r.dir.AddUser(directory.User{Username: name, Email: name + "@example.com"}))
	}
	r.must(r.dir.AddGroup(directory.Group{Name: "DUO - Users", Members: names}))
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// ok demands that a call of Duo's client was answered with success.
func ok[T any](t *testing.T, stat func(T) duoapi.StatResult) func(T, error) T {
	return func(result T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if s := stat(result); s.Stat != "OK" {
			t.Fatalf("%s: %s", text(s.Message), text(s.Message_Detail))
		}
		return result
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("user-%04d", i)
	}
	return names
}
