package har_test

import (
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/har"
)

func exchange(path string) *wire.Exchange {
	return &wire.Exchange{
		Started: time.Date(2026, 3, 18, 21, 11, 51, 0, time.UTC), Duration: 5 * time.Millisecond,
		Method: http.MethodPost, URL: "https://scim.example.com" + path, Status: 201,
		RequestHeader: http.Header{"Content-Type": {"application/scim+json"}}, RequestBody: []byte(`{"userName":"zoë"}`),
		ResponseHeader: http.Header{"Etag": {`W/"1"`}}, ResponseBody: []byte(`{"id":"1"}`),
	}
}

// all reads a text.
func all(text string) ([]*wire.Exchange, har.Found, error) {
	var list []*wire.Exchange
	found, err := har.Read(strings.NewReader(text), func(x *wire.Exchange) error {
		list = append(list, x)
		return nil
	})
	return list, found, err
}

func TestAFileIsWholeAfterEachExchange(t *testing.T) {
	name := filepath.Join(t.TempDir(), "duo.har")
	f, err := har.Create(name, har.Creator{Name: "test", Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	var wrote []*wire.Exchange
	for n := range 4 {
		text, err := os.ReadFile(name) // as it is if the process is killed now
		if err != nil {
			t.Fatal(err)
		}
		list, found, err := all(string(text))
		if err != nil || found.Cut || found.Entries != n || found.Creator.Name != "test" {
			t.Fatalf("after %d: %+v, %v\n%s", n, found, err, text)
		}
		for i, x := range list {
			x.Seq = 0
			if !reflect.DeepEqual(x, wrote[i]) {
				t.Errorf("wrote %+v, read %+v", wrote[i], x)
			}
		}
		wrote = append(wrote, exchange("/Users/"+strings.Repeat("x", 40*(4-n)))) // each shorter than the one before
		if err := f.Add(wrote[n]); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil || f.Len() != 4 {
		t.Errorf("%d exchanges, %v", f.Len(), err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	if _, err := har.Create(name, har.Creator{}); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a recording is written over: %v", err)
	}
}

func TestTheArchivesOfOthersAreRead(t *testing.T) {
	const user = `{"userName":"jane"}`
	for program, text := range map[string]string{
		"Firefox": `{"log":{"version":"1.2","creator":{"name":"Firefox","version":"132.0"},"browser":{"name":"Firefox"},"pages":[{"id":"page_1"}],"entries":[
			{"startedDateTime":"2026-03-18T22:11:51.123+01:00","request":{"bodySize":19,"method":"POST","url":"https://x.example/Users","httpVersion":"HTTP/2","headers":[{"name":"Content-Type","value":"application/scim+json"}],"cookies":[],"queryString":[],"headersSize":90,"postData":{"mimeType":"application/scim+json","params":[],"text":"{\"userName\":\"jane\"}"}},
			"response":{"status":201,"statusText":"","httpVersion":"HTTP/2","headers":[{"name":"content-type","value":"application/scim+json"}],"cookies":[],"content":{"mimeType":"application/scim+json","size":19,"text":"{\"userName\":\"jane\"}"},"redirectURL":"","headersSize":10,"bodySize":20},
			"cache":{},"timings":{"blocked":0,"ssl":-1},"time":17,"_securityState":"secure","serverIPAddress":"1.2.3.4"}]}}`,
		"Chromium": `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[
			{"_initiator":{"type":"script"},"_priority":"High","cache":{},"connection":"1","request":{"method":"POST","url":"https://x.example/Users","httpVersion":"h2","headers":[{"name":":method","value":"POST"},{"name":"content-type","value":"application/scim+json"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":19,"postData":{"mimeType":"application/scim+json","text":"{\"userName\":\"jane\"}"}},
			"response":{"status":201,"statusText":"","httpVersion":"h2","headers":[],"cookies":[],"content":{"size":19,"mimeType":"application/scim+json","text":"eyJ1c2VyTmFtZSI6ImphbmUifQ==","encoding":"base64"},"redirectURL":"","_transferSize":1,"_error":null},
			"serverIPAddress":"1.2.3.4","startedDateTime":"2026-03-18T21:11:51.123Z","time":17.5,"timings":{"_blocked_queueing":1.2}}]}}`,
		"mitmproxy": `{"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"11","comment":""},"pages":[],"entries":[
			{"startedDateTime":"2026-03-18T21:11:51.123456+00:00","time":17.1,"request":{"method":"POST","url":"https://x.example/Users","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Content-Type","value":"application/scim+json"}],"queryString":[],"headersSize":1,"bodySize":19,"postData":{"mimeType":"application/scim+json","text":"{\"userName\":\"jane\"}","params":[]}},
			"response":{"status":201,"statusText":"Created","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":19,"compression":0,"mimeType":"","text":"{\"userName\":\"jane\"}"},"redirectURL":"","headersSize":1,"bodySize":19},"cache":{},"timings":{"connect":-1.0}}]}}`,
		"Charles": "\xef\xbb\xbf" + `{"log":{"version":"1.2","creator":{"name":"Charles Proxy","version":"4.6"},"entries":[
			{"startedDateTime":"2026-03-18T22:11:51.123+01:00","time":null,"request":{"method":"POST","url":"https://x.example/Users","headers":[{"name":"Content-Type","value":"application/scim+json"}],"postData":{"mimeType":"application/scim+json","text":"{\"userName\":\"jane\"}"}},
			"response":{"_charlesStatus":"COMPLETE","status":"201","headers":[],"content":{"size":19,"mimeType":"application/scim+json","text":"eyJ1c2VyTmFtZSI6ImphbmUifQ==","encoding":"base64"}},"cache":null,"timings":null}]}}`,
	} {
		list, found, err := all(text)
		if err != nil || len(list) != 1 || found.Creator.Version == "" {
			t.Errorf("%s: %d entries, %+v, %v", program, len(list), found, err)
			continue
		}
		x := list[0]
		if x.Method != "POST" || x.Status != 201 || string(x.RequestBody) != user || string(x.ResponseBody) != user || x.RequestHeader.Get("Content-Type") != "application/scim+json" || len(x.RequestHeader) != 1 {
			t.Errorf("%s: %+v", program, x)
		}
		if x.Started.UTC().Format(time.TimeOnly) != "21:11:51" {
			t.Errorf("%s: it began at %v", program, x.Started)
		}
	}
}

func TestAFileThatEndsEarlyIsReadAsFarAsItGoes(t *testing.T) {
	name := filepath.Join(t.TempDir(), "duo.har")
	f, err := har.Create(name, har.Creator{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := f.Add(exchange("/Users")); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for end := range text {
		list, found, err := all(string(text[:end]))
		switch {
		case len(list) == 0 && err == nil && !found.Cut && end < len(text)-4:
			t.Errorf("%d bytes are nothing, and no error", end)
		case len(list) > 0 && err != nil:
			t.Errorf("%d bytes: %v", end, err)
		}
	}
}

func TestWhatIsNoArchiveIsSaidSo(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "the file is empty",
		"\x1f\x8b\x08":             "compressed",
		"PK\x03\x04":               "export it as HAR",
		"<har/>":                   "no JSON",
		"[]":                       "has to begin with {",
		"{}":                       "no log.entries",
		`{"openapi":"3.1.0"}`:      "no log.entries",
		`{"log":[]}`:               "log has to begin with {",
		`{"log":{"entries":{}}}`:   "log.entries has to begin with [",
		`{"log":{"entries":[1]}}`:  "entry 1",
		`{"log":{"entries":[{}]}}`: "entry 1: request.method or request.url is missing",
		`{"log":{"entries":[`:      "ends before the first entry",
		`{"log":{"entries":[{"startedDateTime":"today","request":{"method":"GET","url":"x"}}]}}`:                                "entry 1: startedDateTime",
		`{"log":{"entries":[{"request":{"method":"GET","url":"x","headers":"none"}}]}}`:                                         "entry 1: request.headers has the wrong type, string",
		`{"log":{"entries":[{"request":{"method":"GET","url":"x"},"response":{"content":{"text":"%%","encoding":"base64"}}}]}}`: "not base64",
		`{"log":{"entries":[{"request":{"method":"GET","url":"x"}}, nonsense]}}`:                                                "entry 2",
	} {
		if _, _, err := all(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"log":{"entries":[{"startedDateTime":"2026-03-18T21:11:51Z","time":1,"request":{"method":"GET","url":"x","postData":{"text":"eA==","encoding":"base64"}},"response":{"status":200}}]}}`)
	f.Add(`{"a":[[[`)
	f.Fuzz(func(t *testing.T, text string) {
		list, found, err := all(text)
		if err == nil && len(list) != found.Entries {
			t.Errorf("%d entries are told, %d were read", found.Entries, len(list))
		}
	})
}
