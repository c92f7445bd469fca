package adminapi_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// FuzzRequests holds that any request, also one that is signed, is answered with an
// envelope and never with a failure of the simulator.
func FuzzRequests(f *testing.F) {
	f.Add("GET", "/admin/v1/users", "limit=1&offset=2", "", "", true)
	f.Add("POST", "/admin/v1/users", "", "username=a&aliases=alias1%3Db", "application/x-www-form-urlencoded", true)
	f.Add("POST", "/admin/v1/groups", "", `{"name":"x"}`, "application/json", false)
	f.Add("GET", "/admin/v2/logs/activity", "mintime=0&maxtime=1&next_offset=,", "", "", true)
	f.Add("DELETE", "/admin/v1/users/%00/groups/%2F", "%zz", "\xff", "text/\x00", true)
	f.Fuzz(func(t *testing.T, method, path, query, body, mediaType string, signed bool) {
		r := newRig(t)
		r.add("jane")
		req := request(method, path, query, body)
		if req == nil {
			return
		}
		req.Header.Set("Content-Type", mediaType)
		req.Header.Set("Date", r.now.UTC().Format(time.RFC1123Z))
		if signed {
			sign(req, body)
		}
		w := httptest.NewRecorder()
		r.Config.Handler.ServeHTTP(w, req)
		var envelope struct{ Stat string }
		if err := json.Unmarshal(w.Body.Bytes(), &envelope); err != nil || envelope.Stat == "" || w.Code >= 500 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

// request is what net/http would hand on, or nil.
func request(method, path, query, body string) *http.Request {
	u, err := url.ParseRequestURI("http://api.example.com" + path)
	if err != nil || !strings.HasPrefix(path, "/") {
		return nil
	}
	u.RawQuery = query
	req := httptest.NewRequest(http.MethodGet, "http://api.example.com/", strings.NewReader(body))
	req.URL, req.Method, req.Host = u, method, "api.example.com"
	return req
}

// sign signs parameters that are simple enough; others stay wrong.
func sign(req *http.Request, body string) {
	params, _ := url.ParseQuery(req.URL.RawQuery)
	form, _ := url.ParseQuery(body)
	for name, values := range form {
		params[name] = append(params[name], values...)
	}
	lines := []string{req.Header.Get("Date"), strings.ToUpper(req.Method), req.Host, req.URL.EscapedPath(), strings.ReplaceAll(params.Encode(), "+", "%20")}
	mac := hmac.New(sha1.New, []byte(secretKey))
	mac.Write([]byte(strings.Join(lines, "\n")))
	req.SetBasicAuth(integrationKey, hex.EncodeToString(mac.Sum(nil)))
}
