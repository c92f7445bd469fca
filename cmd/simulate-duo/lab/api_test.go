package lab

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// call asks the API and returns the status and the answer's members.
func call(t *testing.T, origin, method, path, body string) (int, any) {
	t.Helper()
	status, _, text := ask(t, method, origin+path, body)
	var got any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%s %s: %s: %v", method, path, text, err)
	}
	return status, got
}

// ask sends a request and returns the answer's status, its Content-Type and its body.
func ask(t *testing.T, method, address, body string) (status int, kind string, text []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if text, err = io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Content-Type"), text
}

func TestTheAPIAnswersInJSON(t *testing.T) {
	l, v, _ := followed(t, Options{})
	for _, test := range []struct {
		name, method, path, body string
		status                   int
		says                     string
	}{
		{"users", "GET", "/api/users", "", 200, `"username":"josue@example.com"`},
		{"a new user", "POST", "/api/users", `{"username": "ada@example.com", "attributes": {"Shoe size": "38"}}`, 200, `"key":"DU`},
		{"a user who is there", "POST", "/api/users", `{"username": "ADA@example.com"}`, 422, "there is a user"},
		{"a member that is not known", "POST", "/api/users", `{"user_name": "x"}`, 400, "unknown field"},
		{"no body", "POST", "/api/users", "", 400, "the body is empty"},
		{"broken JSON", "POST", "/api/users", "{", 400, "unexpected EOF"},
		{"members", "PUT", "/api/groups/DUO%20-%20Users/members", `["ada@example.com", "josue@example.com"]`, 200, "{}"},
		{"a member who is nobody", "PUT", "/api/groups/DUO%20-%20Users/members", `["nobody"]`, 422, "there is no user"},
		{"groups", "GET", "/api/groups", "", 200, `"name":"DUO - Users"`},
		{"a cycle", "POST", "/api/sync", "", 200, `"failed":0`},
		{"a full one", "POST", "/api/sync", `{"full": true}`, 200, `"summary"`},
		{"the other side", "GET", "/api/secure-access?q=ada", "", 200, `"upn":"ada@example.com"`},
		{"the connection", "POST", "/api/application/connect", "", 200, `"ok":true`},
		{"requests", "GET", "/api/requests?method=POST&q=ada", "", 200, `"about":"ada@example.com"`},
		{"one request", "GET", "/api/requests/1", "", 200, `"curl":"curl`},
		{"one that is not there", "GET", "/api/requests/999", "", 404, "not kept any more"},
		{"the log", "GET", "/api/log?q=ada", "", 200, `"name":"provisioning_user"`},
		{"the state", "GET", "/api/state", "", 200, `"enabled":true`},
		{"a deletion", "DELETE", "/api/users/ada@example.com", "", 200, "{}"},
		{"of nobody", "DELETE", "/api/users/ada@example.com", "", 422, "there is no user"},
		{"no more requests", "DELETE", "/api/requests", "", 200, "{}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, got := call(t, v.origin, test.method, test.path, test.body)
			text, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if status != test.status || !strings.Contains(string(text), test.says) {
				t.Errorf("%d %s, want %d and %s", status, text, test.status, test.says)
			}
		})
	}
	if n := l.SecureAccess().Counts().Users; n < 1 {
		t.Errorf("%d users", n)
	}
}

func TestWithoutAnApplicationTheAPISaysWhatIsMissing(t *testing.T) {
	_, server := newLab(t, Options{})
	for _, path := range []string{"/api/sync", "/api/application/connect"} {
		if status, got := call(t, server.URL, "POST", path, ""); status != http.StatusUnprocessableEntity || !strings.Contains(got.(map[string]any)["error"].(string), "no application yet") {
			t.Errorf("%s: %d %v", path, status, got)
		}
	}
}
