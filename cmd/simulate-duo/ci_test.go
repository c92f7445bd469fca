package main

import (
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// actionInputs are the inputs of a job, over those that action.yml has by default.
type actionInputs map[string]string

// runAction runs the shell part of action.yml as a runner would, against a Secure
// Access of its own, and returns the exit code, what was said, and the folder.
func runAction(t *testing.T, inputs actionInputs) (code int, said, dir string) {
	t.Helper()
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	decodeYAML(t, "action.yml", &action)
	dir = t.TempDir()
	if err := os.WriteFile(dir+"/token", []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	simulator, err := secureAccessAt(dir + "/token")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(simulator)
	defer server.Close()
	values := actionInputs{"target": server.URL + "/identity/v2/scim", "token": canary}
	for name, input := range action.Inputs {
		if input.Default != "" {
			values[name] = input.Default
		}
	}
	maps.Copy(values, inputs)
	folder, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	step := action.Runs.Steps[len(action.Runs.Steps)-1]
	cmd := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", step.Run)
	cmd.Dir, cmd.Env = dir, append(os.Environ(),
		"RUNNER_TEMP="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir(), "GOCACHE="+buildCache)
	for name, expression := range step.Env {
		value := strings.ReplaceAll(expression, "${{ github.action_path }}", folder)
		if input, ok := strings.CutPrefix(expression, "${{ inputs."); ok {
			value = values[strings.TrimSuffix(input, " }}")]
		}
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out), dir
}

func decodeYAML(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func TestTheActionJudgesAndSaysSo(t *testing.T) {
	const quick = "--no-sweep --tags @CSA-CONNECT-01"
	for _, c := range []struct {
		what   string
		inputs actionInputs
		code   int
		says   string
		file   string
	}{
		{"passes and writes reports", actionInputs{"arguments": quick, "report": "json=a.json\nmarkdown=b.md\n"}, 0, "Passed.", "b.md"},
		{"cannot reach the target", actionInputs{"target": "http://127.0.0.1:1/scim", "fail-on": "never"}, 2, "unreachable", ""},
		{"is told to fail on nonsense", actionInputs{"fail-on": "mondays"}, 2, "--fail-on mondays: known are duo, rfc, entra, entra-gallery, okta, okta-oin, authentik, auth0, scimgateway, keycloak, onelogin, ping, interop@01, ipsie-al1@00, ipsie-al2@00, must, should and never", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			code, said, dir := runAction(t, c.inputs)
			if code != c.code || !strings.Contains(said, c.says) {
				t.Errorf("exit code %d, want %d, saying %q; it said\n%s", code, c.code, c.says, said)
			}
			if strings.Contains(said, canary) {
				t.Error("it tells the token")
			}
			if _, err := os.Stat(filepath.Join(dir, c.file)); c.file != "" && err != nil {
				t.Error(err)
			}
		})
	}
}

// The job for GitLab is run without its image and its installation. What counts
// is that it comes as far as the target, where nobody is, and fails.
func TestTheGitLabJobJudges(t *testing.T) {
	var file map[string]struct {
		Script    []string
		Artifacts struct{ Paths []string }
	}
	decodeYAML(t, "fixtures/ci/gitlab-ci.yml", &file)
	job := file["scim"]
	dir := t.TempDir()
	program, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", strings.Join(job.Script, "\n"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH"), "SCIM_TARGET=http://127.0.0.1:1/scim", "SCIM_TOKEN="+canary, "XDG_CACHE_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != exitCannot || !strings.Contains(string(out), "unreachable") {
		t.Errorf("%v\n%s", err, out)
	}
	if len(job.Artifacts.Paths) != 1 || !strings.Contains(strings.Join(job.Script, "\n"), "junit="+job.Artifacts.Paths[0]) {
		t.Errorf("it keeps %q, which it does not write", job.Artifacts.Paths)
	}
}
