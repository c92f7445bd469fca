package main

import (
	"context"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store/storetest"
	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

func TestMain(m *testing.M) {
	testscript.Main(stopping{m}, map[string]func(){benchTargetName: serveBenchTarget, "scim-post": post, "simulate-duo": func() {
		os.Exit(run(context.Background(), os.Args[1:], environment{getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}))
	}})
}

// post is a client for scripts: it sends the body that is its second argument to the address
// that is its first.
func post() {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, os.Args[1], strings.NewReader(os.Args[2]))
	if err != nil {
		os.Exit(1)
	}
	r.Header.Set("Content-Type", scim.MediaType)
	r.Header.Set("Authorization", "Bearer "+os.Getenv("SCIM_TOKEN"))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		os.Exit(1)
	}
	_ = answer.Body.Close()
	os.Exit(0)
}

// stopping runs the tests, and ends what they share.
type stopping struct{ *testing.M }

func (m stopping) Run() int {
	debug.SetMemoryLimit(math.MaxInt64 - 1) // a run within the process of the tests spares no memory: they need more
	defer storetest.Stop()
	defer func() {
		if built.path != "" {
			_ = os.RemoveAll(filepath.Dir(built.path))
		}
	}()
	return m.M.Run()
}

// built is the program as its users build it: without the race detector, under which it takes
// ten times as long. What races does so within the process of the tests, too.
var built struct {
	sync.Once
	path string
	err  error
}

// builtProgram builds it once for all tests, and returns its path; its name is simulate-duo.
func builtProgram() (string, error) {
	built.Do(func() {
		dir, err := os.MkdirTemp("", "simulate-duo-test")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "simulate-duo")
		build := exec.CommandContext(context.Background(), "go", "build", "-o", built.path, ".")
		build.Env = append(os.Environ(), "GOCACHE="+buildCache)
		if out, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	return built.path, built.err
}

// The command line as its users see it: the scripts in testdata/script. Each
// finds in $SECURE_ACCESS and $SCIM_TOKEN a target of its own, and in
// $NOT_FOUND, $BROKEN, $HTML, $SILENT and $ABSENT servers that are none; the one
// at $FLAWED does not meet CSA-SYNC-06 and RFC7643-5-08.
func TestCommandLine(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			program, err := builtProgram()
			if err != nil {
				return err
			}
			env.Setenv("PATH", filepath.Dir(program)+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			env.Setenv("SCIM_TOKEN", canary)
			if err := os.WriteFile(env.WorkDir+"/token", []byte(canary+"\n"), 0o600); err != nil {
				return err
			}
			target, err := secureAccessAt(env.WorkDir + "/token")
			if err != nil {
				return err
			}
			another, err := secureAccessAt(env.WorkDir + "/token")
			if err != nil {
				return err
			}
			for name, handler := range map[string]http.Handler{
				"NOT_FOUND": http.NotFoundHandler(),
				"BROKEN":    answers(http.StatusInternalServerError, "text/plain", "stack trace"),
				"HTML":      answers(http.StatusOK, "text/html", "<title>Sign in</title>"),
				"REFUSING":  answers(http.StatusUnauthorized, "application/json", `{"error":"no"}`),
				"SILENT":    http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
				"TARGET":    target,
				"FLAWED":    flawed(another),
			} {
				server := httptest.NewServer(handler)
				env.Defer(server.Close)
				env.Setenv(name, server.URL)
			}
			secure := httptest.NewUnstartedServer(target)
			secure.Config.ErrorLog = log.New(io.Discard, "", 0)
			secure.StartTLS()
			env.Defer(secure.Close)
			env.Setenv("SELF_SIGNED", secure.URL+"/identity/v2/scim")
			certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
			if err := os.WriteFile(env.WorkDir+"/self-signed.pem", certificate, 0o600); err != nil {
				return err
			}
			if err := serveWays(env, target); err != nil {
				return err
			}
			env.Setenv("ABSENT", "http://127.0.0.1:1") // reserved: never given out as a free port
			env.Setenv("SECURE_ACCESS", env.Getenv("TARGET")+"/identity/v2/scim")
			env.Setenv("FLAWED", env.Getenv("FLAWED")+"/identity/v2/scim")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"empty": emptyTarget, "nocanary": noCanary, "spoil": spoil, "fourlines": fourLines},
	})
}

// canary is the token of every script: it may appear nowhere.
const canary = "canary-8f2d1c7be94a6035"

func secureAccessAt(tokenFile string) (http.Handler, error) {
	server, _, err := integratedServer(environment{getenv: os.Getenv}, tokenFile, secureaccess.Config{Login: true})
	return server, err
}

// flawed is the target with two faults: by the one it fails CSA-SYNC-06, for
// the other RFC7643-5-08, which only recommends, warns.
func flawed(target http.Handler) http.Handler {
	for id, name := range map[string]string{
		"CSA-SYNC-06":  "a duplicate answers 400",
		"RFC7643-5-08": "a scheme's type is a word of the server's own",
	} {
		of := faults.Of(id)
		target = of[slices.IndexFunc(of, func(f faults.Fault) bool { return f.Name == name })].Wrap(target)
	}
	return target
}

func answers(status int, mediaType, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	})
}

// emptyTarget demands that the script's Secure Access holds nobody.
func emptyTarget(ts *testscript.TestScript, _ bool, _ []string) {
	for _, collection := range []string{"Users", "Groups"} {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, ts.Getenv("SECURE_ACCESS")+"/"+collection, nil)
		ts.Check(err)
		request.Header.Set("Authorization", "Bearer "+canary)
		answer, err := http.DefaultClient.Do(request)
		ts.Check(err)
		body := make([]byte, 4096)
		n, _ := answer.Body.Read(body)
		_ = answer.Body.Close()
		if !strings.Contains(string(body[:n]), `"totalResults":0`) {
			ts.Fatalf("%s is not empty: %s", collection, body[:n])
		}
	}
}

// spoil renames the first user of the script's Secure Access and adds a stranger,
// as somebody else may do at a target.
func spoil(ts *testscript.TestScript, _ bool, _ []string) {
	client := &wire.Client{BaseURL: ts.Getenv("SECURE_ACCESS"), Token: canary}
	found, err := client.Do(context.Background(), wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"filter", `userName eq "ada@example.org"`}}})
	ts.Check(err)
	list, err := found.Object()
	ts.Check(err)
	ada, _ := list.Array("Resources")[0].(*scim.Object)
	for _, r := range []wire.Request{
		{Method: http.MethodPatch, Path: []string{"Users", ada.String("id")}, Body: []byte(`{"schemas":["` + scim.PatchOpURN + `"],"Operations":[{"op":"replace","path":"displayName","value":"spoilt"}]}`)},
		{Method: http.MethodPost, Path: []string{"Users"}, Body: []byte(`{"schemas":["` + scim.UserURN + `"],"userName":"stranger@example.org"}`)},
	} {
		answer, err := client.Do(context.Background(), r)
		ts.Check(err)
		if answer.Status >= http.StatusMultipleChoices {
			ts.Fatalf("%s: %d %s", r.Method, answer.Status, answer.Body)
		}
	}
}

// noCanary demands that no secret of the scripts is in any of the files, "stdout" or "stderr": token,
// password, client secret, API key, private key, access token or assertion.
func noCanary(ts *testscript.TestScript, _ bool, files []string) {
	secrets := []string{canary, clientCanary, grantedCanary, assertionBegins}
	if key := strings.Split(ts.ReadFile("client-key.pem"), "\n"); len(key) > 1 {
		secrets = append(secrets, key[1])
	}
	for _, file := range files {
		text := ts.ReadFile(file)
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				ts.Fatalf("%s contains the secret %s…", file, secret[:8])
			}
		}
	}
}
