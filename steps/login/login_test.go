package login

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestWhatStandsForAPersonIsEscapedForItsPlace(t *testing.T) {
	who := &person{userName: `jo "x"&y@example.com`, password: `p/+"\ %`, id: "7", session: "s"}
	for _, c := range []struct {
		text, mediaType, want string
	}{
		{`{"u": "{userName}", "p": "{password}"}`, "application/json", `{"u": "jo \"x\"\u0026y@example.com", "p": "p/+\"\\ %"}`},
		{"u={userName}&p={password}", "application/x-www-form-urlencoded; charset=UTF-8", "u=jo+%22x%22%26y%40example.com&p=p%2F%2B%22%5C+%25"},
		{"{id} {session} {other} {}", "application/json", "7 s {other} {}"},
		{"{basic}", "application/json", "am8gIngiJnlAZXhhbXBsZS5jb206cC8rIlwgJQ=="},
	} {
		if got := who.fill(c.text, escapeFor(c.mediaType)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestAVariableOfTheEnvironmentIsASecret(t *testing.T) {
	t.Setenv("CLIENT_SECRET", "nobody-may-see-this")
	p := &judge.LoginProbe{URL: "https://example.com/token?s={env:CLIENT_SECRET}"}
	who := &person{password: "pass-word"}
	if got := who.fill(p.URL, plain); !strings.HasSuffix(got, "nobody-may-see-this") {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(secretsOf(p, who), " "); !strings.Contains(got, "nobody-may-see-this") || !strings.Contains(got, "pass-word") {
		t.Errorf("got %s", got)
	}
}

func TestOnlyWhatIsListedSaysInOrOut(t *testing.T) {
	p := &judge.LoginProbe{In: []int{200, 302}, Out: []int{401}}
	for code, want := range map[int][2]bool{200: {true, false}, 302: {true, false}, 401: {false, true}, 403: {false, false}, 500: {false, false}, 0: {false, false}} {
		if s := told(p, code); s.in != want[0] || s.out != want[1] {
			t.Errorf("%d: got %v %v", code, s.in, s.out)
		}
	}
}

func TestACommandSaysInOrOutByItsExitCode(t *testing.T) {
	who := &person{userName: "josue", password: "pass word", id: "7"}
	for _, c := range []struct {
		name    string
		command []string
		in, out bool
		how     string
		session string
	}{
		{"in", []string{"sh", "-c", "echo token-1"}, true, false, "exit code 0", "token-1"},
		{"out", []string{"sh", "-c", "exit 1"}, false, true, "exit code 1", ""},
		{"neither", []string{"sh", "-c", "echo $LOGIN_PASSWORD >&2; exit 3"}, false, false, "exit code 3", ""},
		{"environment", []string{"sh", "-c", `test "$LOGIN_USER_NAME $LOGIN_PASSWORD $LOGIN_ID" = "josue pass word 7"`}, true, false, "exit code 0", ""},
		{"arguments", []string{"sh", "-c", `test "$0" = josue`, "{userName}"}, true, false, "exit code 0", ""},
		{"no shell", []string{"test", "{password}", "=", "pass word"}, true, false, "exit code 0", ""},
		{"hangs", []string{"sh", "-c", "sleep 60 & wait"}, false, false, "no end within 50ms", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &judge.LoginProbe{Command: c.command, In: []int{0}, Out: []int{1}, Timeout: "10s"}
			if c.name == "hangs" {
				p.Timeout = "50ms"
			}
			s, err := ask(t.Context(), nil, p, who, "")
			if err != nil {
				t.Fatal(err)
			}
			if s.in != c.in || s.out != c.out || s.how != c.how || s.session != c.session {
				t.Errorf("got %+v", s)
			}
			if strings.Contains(s.what+s.how, who.password) {
				t.Errorf("the password is shown: %+v", s)
			}
		})
	}
}

func TestACommandThatIsNotThereIsSaid(t *testing.T) {
	p := &judge.LoginProbe{Command: []string{"./no-such-command", "{password}"}, In: []int{0}, Out: []int{1}}
	_, err := ask(t.Context(), nil, p, &person{password: "pass-word"}, "")
	if err == nil || !strings.Contains(err.Error(), "./no-such-command of the login probe cannot be run: no such file or directory") || strings.Contains(err.Error(), "pass-word") {
		t.Errorf("got %v", err)
	}
}
