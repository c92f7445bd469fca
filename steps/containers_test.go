package steps

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/moby/moby/client"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// targets is where servers are described that nobody here wrote.
const targets = "../fixtures/targets"

// Every target in fixtures/targets fails what its baseline lists and nothing
// else. Those that are built from source are always judged; those that are pulled
// if SCIM_TARGETS names them, or is "all". SCIM_TARGET_IMAGE=… judges any other
// image instead. SCIM_REPORTS=FOLDER keeps the JSON reports.
func TestContainers(t *testing.T) {
	if asked := flag.Lookup("test.run").Value.String(); !strings.Contains(asked, "Containers") {
		t.Skip("takes minutes: ask for it with -run Containers, as make containers does")
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
			if fit.Container == nil {
				t.Skip("it is not described as one container: its file says how to run it")
			}
			provide(ctx, t, docker.Client(), fit.Container, file)
			judgeContainer(ctx, t, fit, file)
		})
	}
}

// provide makes the target's image possible, or skips the test where it is not.
func provide(ctx context.Context, t *testing.T, docker client.APIClient, c *Container, file string) {
	t.Helper()
	if c.Build != "" {
		err := prepared(ctx, filepath.Join(filepath.Dir(file), c.Build), c.Prepare)
		switch {
		case errors.Is(err, errMissing):
			t.Skipf("its image cannot be built here: %v", err)
		case err != nil:
			t.Fatal(err)
		}
		return
	}
	if file != "" && os.Getenv("SCIM_TARGETS") == "" {
		t.Skip("its image is pulled: name it in SCIM_TARGETS, which may be all")
	}
	err := pulled(ctx, docker, c.Image)
	switch {
	case errors.Is(err, errNoRegistry) && file != "":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
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
		if c := fit.Container; fit.Name == "" || c != nil && (c.Image == "") == (c.Build == "") {
			t.Fatalf("%s: a target here has a name, and its container either image or build", file)
		}
		if len(wanted) == 0 || slices.Contains(wanted, "all") || slices.Contains(wanted, fit.Name) {
			found[file] = fit
		}
	}
	for _, name := range wanted {
		if name != "all" && !slices.ContainsFunc(slices.Collect(maps.Values(found)), func(f *Fit) bool { return f.Name == name }) {
			t.Fatalf("SCIM_TARGETS names %s, which %s does not describe", name, targets)
		}
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
// What has a file and no baseline was never looked at: its findings are only told.
func judgeContainer(ctx context.Context, t *testing.T, fit *Fit, file string) {
	t.Helper()
	dir := filepath.Dir(file)
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
	options.Fit, options.Profiles, options.JournalDir = *fit, features.Profiles(), t.TempDir()
	result, err := Run(ctx, options)
	if err != nil {
		t.Fatalf("%v\n%s", err, lastLog(running.container))
	}
	if fit.Baseline != "" {
		result.Apply(baselineOf(t, filepath.Join(dir, fit.Baseline)))
	}
	keep(t, result)
	fail := t.Errorf
	if file != "" && fit.Baseline == "" {
		fail = t.Logf
	}
	compare(t, result, fail)
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
func compare(t *testing.T, result *report.Report, fail func(format string, args ...any)) {
	t.Helper()
	for _, q := range result.Requirements {
		switch {
		case q.Verdict == report.Broken:
			fail("%s (%s): the harness could not tell: %s", q.ID, q.Title, q.Message)
		case q.Verdict == report.Failed && q.Known == "":
			fail("%s (%s): %s: %s%s", q.ID, q.Title, q.Message, wantAndGot(q), q.Source)
		case q.Verdict == report.Passed && q.Known != "":
			fail("%s passes now: take it off the baseline, which says %q", q.ID, q.Known)
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
