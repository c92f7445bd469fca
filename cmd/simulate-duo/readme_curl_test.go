package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// curlLines are the lines with curl in a section of README.md.
func curlLines(t *testing.T, title string) []string {
	t.Helper()
	text, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## "+title+"\n")
	if !found {
		t.Fatalf("README.md has no section %q", title)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var lines []string
	for line := range strings.Lines(section) {
		if command, ok := strings.CutPrefix(line, "$ curl "); ok {
			lines = append(lines, "curl "+strings.TrimSpace(command))
		}
	}
	return lines
}

// runCurl runs a line at another origin. A stream is read for a second.
func runCurl(t *testing.T, line, origin string) {
	t.Helper()
	const streamEnded = 28 // curl's exit code after --max-time
	limit := "60"
	if strings.HasPrefix(line, "curl -sN") {
		limit = "1"
	}
	line = strings.Replace(line, "curl ", "curl --noproxy '*' --fail-with-body --max-time "+limit+" ", 1)
	line = strings.ReplaceAll(line, "http://127.0.0.1:8443", origin)
	out, err := exec.CommandContext(t.Context(), "sh", "-c", line).CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && limit == "1" && exit.ExitCode() == streamEnded {
		err = nil
	}
	if err != nil || len(out) == 0 {
		t.Errorf("%s: %v\n%s", line, err, out)
	}
}

func TestTheCurlLinesOfTheREADMEWork(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl")
	}
	t.Run("lab", func(t *testing.T) {
		url, end := startLab(t, withVariables(nil))
		lines := curlLines(t, "The lab: the guide in a browser")
		for _, line := range lines {
			runCurl(t, line, strings.TrimSuffix(url, "/"))
		}
		if code := end(); code != exitPassed || len(lines) < 10 {
			t.Errorf("exit code %d after %d lines", code, len(lines))
		}
	})
	t.Run("secure-access", func(t *testing.T) {
		c := startSecureAccess(t, map[string]string{"SCIM_TOKEN": canary})
		create(t, c, "grace@example.com") // what a client does meanwhile
		lines := curlLines(t, "Secure Access for your own SCIM client")
		for _, line := range lines {
			runCurl(t, line, strings.TrimSuffix(c.APIURL, "/api"))
		}
		if len(lines) < 5 {
			t.Errorf("only %d lines", len(lines))
		}
	})
}
