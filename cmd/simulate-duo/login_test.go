package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

// probedPassword is the password of every person: no report may show it.
const probedPassword = "canary-Pa55-3f81c6d02b"

// probe runs the requirements on logins against a target with this login_probe, and
// returns all that the program wrote, a report in each of the formats included.
func probe(t *testing.T, target http.Handler, loginProbe string, formats ...string) (code int, written string) {
	t.Helper()
	server := httptest.NewServer(target)
	defer server.Close()
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", dir)
	file := filepath.Join(dir, "target.yaml")
	text := "passwords: [" + probedPassword + ", " + probedPassword + "-2]\n" + loginProbe
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{
		"--target", server.URL + secureaccess.ProvisioningPath, "--target-config", file, "--no-sweep", "--evidence", "all", "--trace",
		"--tags", "@CSA-LOGIN-01,@CSA-LOGIN-02,@CSA-LOGIN-03,@CSA-LOGIN-04,@CSA-LOGIN-05",
	}
	for _, f := range formats {
		args = append(args, "--report", f+"="+filepath.Join(dir, "report."+f))
	}
	var b strings.Builder
	env := withVariables(map[string]string{"SCIM_TOKEN": canary})
	env.stdout, env.stderr = &b, &b
	code = run(t.Context(), args, env)
	for _, f := range formats {
		data, err := os.ReadFile(filepath.Join(dir, "report."+f))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return code, b.String()
}

// letting is the simulator with a login, behind a fault or none.
func letting(t *testing.T, fault string) http.Handler {
	t.Helper()
	t.Setenv("SCIM_TOKEN", canary)
	server, _, err := integratedServer(environment{getenv: os.Getenv}, "", secureaccess.Config{Login: true})
	if err != nil {
		t.Fatal(err)
	}
	if fault == "" {
		return server
	}
	f, err := faults.Find(fault)
	if err != nil {
		t.Fatal(err)
	}
	return f.Wrap(server)
}

const goodProbe = `login_probe:
  url: /login
  body: '{"userName": "{userName}", "password": "{password}"}'
  session: {take: token, url: /session, headers: {Authorization: "Bearer {session}"}}
`

func TestALoginProbeTellsWhoGetsIn(t *testing.T) {
	for _, c := range []struct {
		name, fault, probe string
		code               int
		says               string
	}{
		{"a target that locks out", "", goodProbe, exitPassed, "Passed. Everything that was judged holds."},
		{"the flag is only stored", "CSA-LOGIN-01", goodProbe, exitFailed, "POST /login: expected locked out, got let in: 200 OK"},
		{"a session survives", "CSA-LOGIN-04", goodProbe, exitFailed, "GET /session: expected locked out, got let in: 200 OK"},
		{"never let in again", "CSA-LOGIN-02", goodProbe, exitFailed, "POST /login: expected let in, got locked out: 401 Unauthorized"},
		{"no probe", "", "", exitCannot, "whether somebody gets in cannot be told: give the target file a login_probe"},
		{"no session", "", "login_probe: {url: /login, body: '{\"userName\": \"{userName}\", \"password\": \"{password}\"}'}\n", exitPassed,
			"what becomes of a session cannot be told: the login_probe of the target file has no session"},
		{"in for everybody", "", strings.Replace(goodProbe, "  body", "  in: [200, 401]\n  out: [403]\n  body", 1), exitCannot,
			"the login probe lets everybody in: POST /login with a wrong password gave 401 Unauthorized"},
		{"out for everybody", "", strings.Replace(goodProbe, "{password}", "password", 1), exitCannot,
			"the login probe lets nobody in: POST /login of a new, active person with the right password gave 401 Unauthorized"},
		{"neither", "", strings.Replace(goodProbe, "  body", "  out: [403]\n  body", 1), exitCannot,
			"the login probe could not tell: POST /login gave 401 Unauthorized, which is neither among in nor among out (with a wrong password)"},
		{"nobody there", "", strings.Replace(goodProbe, "/login", "http://127.0.0.1:1/login", 1), exitCannot,
			"the login probe could not tell: POST http://127.0.0.1:1/login gave no answer: dial tcp"},
		{"a session for everybody", "", strings.Replace(goodProbe, "url: /session", "url: /session, in: [200, 401], out: [403]", 1), exitCannot,
			"the session probe lets in with a session that nobody has"},
		{"no session given", "", strings.Replace(goodProbe, "take: token", "take: jwt", 1), exitCannot,
			"the login gave no session to try again"},
		{"a command that always says out", "", "login_probe: {command: [sh, -c, 'echo $LOGIN_PASSWORD; echo $LOGIN_PASSWORD >&2; exit 1']}\n", exitCannot,
			"the login probe lets nobody in: the command sh of a new, active person with the right password gave exit code 1"},
		{"a command that hangs", "", "login_probe: {command: [sleep, '60'], timeout: 20ms}\n", exitCannot,
			"the login probe could not tell: the command sleep gave no end within 20ms"},
		{"a command that is not there", "", "login_probe: {command: [./no-such-command]}\n", exitCannot,
			"the command ./no-such-command of the login probe cannot be run: no such file or directory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, written := probe(t, letting(t, c.fault), c.probe, "json")
			if code != c.code || !strings.Contains(strings.Join(strings.Fields(written), " "), c.says) {
				t.Errorf("exit %d, and not a word of %q:\n%.3000s", code, c.says, written)
			}
			if strings.Contains(written, probedPassword) {
				t.Error("the password is shown")
			}
		})
	}
}

// A login that gives the password back, as plain text or in a cookie, does not bring it
// into a report.
func TestNoReportShowsThePasswordThatALoginGivesBack(t *testing.T) {
	target := letting(t, "CSA-LOGIN-01")
	told := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, ok := r.BasicAuth(); ok {
			w.Header().Set("X-Echo", user+":"+password)
			w.Header().Set("Set-Cookie", "s="+password)
			http.Error(w, "welcome "+password, http.StatusOK)
			return
		}
		target.ServeHTTP(w, r)
	})
	var formats []string
	for _, f := range everyFormat() {
		formats = append(formats, f.Name)
	}
	code, written := probe(t, told, `login_probe: {url: "/?p={password}", headers: {Authorization: "Basic {basic}"}, in: [200, 302], out: [401]}`, formats...)
	if code != exitCannot || !strings.Contains(written, "lets everybody in") {
		t.Errorf("exit %d:\n%.2000s", code, written)
	}
	if strings.Contains(written, probedPassword) {
		t.Error("the password is shown")
	}
}

func TestALoginProbeThatMakesNoSenseIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		"login_probe: {}\n":                                                "login_probe: give a url or a command",
		"login_probe: {url: /x, command: [x]}\n":                           "login_probe: give a url or a command, not both",
		"login_probe: {command: [x], body: y}\n":                           "method, headers and body go with a url",
		"login_probe: {url: /x, in: [200], out: [200]}\n":                  "login_probe: 200 says both in and out",
		"login_probe: {url: ftp://x}\n":                                    "use an http or https URL",
		"login_probe: {url: /x, methd: GET}\n":                             "methd",
		"login_probe: {url: /x, session: {}}\n":                            "login_probe.session: give a url or a command",
		"login_probe: {url: /x, timeout: soon}\n":                          "use a number and a unit",
		"login_probe: {url: /x, session: {url: /y, session: {url: /z}}}\n": "session",
		"login_probe: {command: []}\n":                                     "command",
		"login_probe: {url: /x, in: [ok]}\n":                               "in",
	} {
		file := filepath.Join(t.TempDir(), "target.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		env := withVariables(map[string]string{"SCIM_TOKEN": canary})
		env.stderr = &out
		if code := run(t.Context(), []string{"--target", "http://127.0.0.1:1", "--target-config", file}, env); code != exitCannot || !strings.Contains(out.String(), says) {
			t.Errorf("%q: exit %d: %s", text, code, &out)
		}
	}
}
