package steps

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// targets is where servers are described that nobody here wrote.
const targets = "../fixtures/targets"

// Every target in fixtures/targets fails what its baseline lists and nothing
// else. SCIM_TARGETS=name,… chooses among them; SCIM_TARGET_IMAGE=… judges any
// other image instead. SCIM_REPORTS=FOLDER keeps the JSON reports.
func TestContainers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	if everyNth > 1 && os.Getenv("SCIM_TARGET_IMAGE") == "" {
		t.Skip("runs without the race detector: the servers are not ours, and the harness is tested with it elsewhere")
	}
	docker := dockerOf(t)
	if err := reap(); err != nil {
		t.Fatal(err)
	}
	// Whoever interrupts the tests wants no container left.
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	t.Cleanup(stop)
	for file, fit := range containerTargets(t) {
		t.Run(fit.Name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Dir(file)
			if fit.Container.Build != "" {
				if _, err := exec.LookPath(fit.Container.Prepare[0]); err != nil {
					t.Skipf("its image cannot be built here: %v", err)
				}
				if err := prepared(ctx, filepath.Join(dir, fit.Container.Build), fit.Container.Prepare); err != nil {
					t.Fatal(err)
				}
			} else if err := pulled(ctx, docker.Client(), fit.Container.Image); errors.Is(err, errNoRegistry) && file != "" {
				t.Skip(err)
			} else if err != nil {
				t.Fatal(err)
			}
			judgeContainer(ctx, t, fit, dir)
		})
	}
}

// containerTargets are the targets to judge, by their files; one that only the
// environment describes has none.
func containerTargets(t *testing.T) map[string]*Fit {
	t.Helper()
	if image := os.Getenv("SCIM_TARGET_IMAGE"); image != "" {
		return map[string]*Fit{"": fitOfEnvironment(t, image)}
	}
	files, err := filepath.Glob(filepath.Join(targets, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no targets in %s: %v", targets, err)
	}
	wanted := strings.FieldsFunc(os.Getenv("SCIM_TARGETS"), func(c rune) bool { return c == ',' || c == ' ' })
	found := map[string]*Fit{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fit, err := LoadFit(file, data)
		if err != nil {
			t.Fatal(err)
		}
		if fit.Name == "" || fit.Container == nil || (fit.Container.Image == "") == (fit.Container.Build == "") {
			t.Fatalf("%s: a target here has a name, and a container with either image or build", file)
		}
		if i := slices.Index(wanted, fit.Name); i >= 0 || os.Getenv("SCIM_TARGETS") == "" {
			found[file] = fit
			wanted = slices.DeleteFunc(wanted, func(name string) bool { return name == fit.Name })
		}
	}
	if len(wanted) > 0 {
		t.Fatalf("SCIM_TARGETS names %s, which %s does not describe", strings.Join(wanted, ", "), targets)
	}
	return found
}

// fitOfEnvironment describes an image by SCIM_TARGET_PORT, _PATH, _TOKEN, _ENV
// (NAME=VALUE, separated by spaces), _COMMAND and _BASELINE.
func fitOfEnvironment(t *testing.T, image string) *Fit {
	t.Helper()
	env := func(name string) string { return os.Getenv("SCIM_TARGET_" + name) }
	port, err := strconv.Atoi(cmp.Or(env("PORT"), "8080"))
	if err != nil {
		t.Fatalf("SCIM_TARGET_PORT: %v", err)
	}
	variables := map[string]string{}
	for assignment := range strings.FieldsSeq(env("ENV")) {
		name, value, _ := strings.Cut(assignment, "=")
		variables[name] = value
	}
	return &Fit{Name: image, Baseline: env("BASELINE"), Container: &Container{
		Image: image, Port: port, BasePath: env("PATH"), Token: env("TOKEN"),
		Environment: variables, Command: strings.Fields(env("COMMAND")),
	}}
}

// judgeContainer starts the target and holds what is found against its baseline.
func judgeContainer(ctx context.Context, t *testing.T, fit *Fit, dir string) {
	t.Helper()
	running, err := start(ctx, t, fit.Container, dir)
	if err != nil {
		t.Fatal(err)
	}
	options := guideOptions(t)
	options.Target = Target{Name: fit.Name, URL: running.origin + fit.Container.BasePath, Token: fit.Container.Token}
	if len(fit.Bootstrap) > 0 {
		told, err := fit.Start(ctx, "SCIM_ORIGIN="+running.origin)
		if err != nil {
			t.Fatalf("%v\n%s", err, lastLog(running.container))
		}
		options.Target.URL = cmp.Or(told.BaseURL, options.Target.URL)
		options.Target.Token = cmp.Or(told.Token, options.Target.Token)
	}
	options.Fit, options.Profiles, options.JournalDir = *fit, AllProfiles, t.TempDir()
	result, err := Run(ctx, options)
	if err != nil {
		t.Fatalf("%v\n%s", err, lastLog(running.container))
	}
	if fit.Baseline != "" {
		result.Apply(baselineOf(t, filepath.Join(dir, fit.Baseline)))
	}
	keep(t, result)
	compare(t, result)
	if t.Failed() {
		t.Log(lastLog(running.container))
	}
}

func baselineOf(t *testing.T, file string) report.Baseline {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := loadFeatures(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	baseline, err := report.ReadBaseline(file, data, all)
	if err != nil {
		t.Fatal(err)
	}
	return baseline
}

// compare demands that what failed is known, that what is known failed, and that
// the harness could tell.
func compare(t *testing.T, result *report.Report) {
	t.Helper()
	for _, q := range result.Requirements {
		switch {
		case q.Verdict == report.Broken:
			t.Errorf("%s (%s): the harness could not tell: %s", q.ID, q.Title, q.Message)
		case q.Verdict == report.Failed && q.Known == "":
			t.Errorf("%s (%s): %s: %s%s", q.ID, q.Title, q.Message, wantAndGot(q), q.Source)
		case q.Verdict == report.Passed && q.Known != "":
			t.Errorf("%s passes now: take it off the baseline, which says %q", q.ID, q.Known)
		}
	}
	if result.Partial != "" {
		t.Errorf("the run ended early: %s", result.Partial)
	}
	for _, left := range result.LeftBehind {
		t.Logf("left behind: %s", left)
	}
	t.Logf("%d passed, %d failed, %d warned", result.Summary.Passed, result.Summary.Failed, result.Summary.Warned)
}

// wantAndGot is what was wanted and what came, of the example that failed first.
func wantAndGot(q report.Requirement) string {
	for _, e := range q.Examples {
		if e.Verdict == report.Failed && e.Want+e.Got != "" {
			return "want " + e.Want + ", got " + e.Got + "; "
		}
	}
	return ""
}

// keep writes the JSON report where SCIM_REPORTS says.
func keep(t *testing.T, result *report.Report) {
	t.Helper()
	folder := os.Getenv("SCIM_REPORTS")
	if folder == "" {
		return
	}
	name := strings.NewReplacer("/", "-", ":", "-").Replace(result.Target.Name) + ".json"
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(report.WriteJSON(file, result), file.Close()); err != nil {
		t.Error(err)
	}
}
