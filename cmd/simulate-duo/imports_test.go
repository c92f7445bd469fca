package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const (
	module = "github.com/simulate-duo/simulate-duo"
	root   = "../.."
)

// allowed says which packages of this module a package may import, and which
// modules of others. The two sides, duo on the one hand, provider and
// secureaccess on the other, meet over HTTP alone.
var allowed = map[string]struct{ packages, modules []string }{
	"cmd/simulate-duo": {
		packages: []string{
			"cmd/simulate-duo/lab", "features", "fixtures", "schemas", "steps", "steps/lint", "steps/report", "steps/report/format", "steps/report/format/html",
			"steps/report/format/text", "steps/report/explain", "steps/report/replay", "steps/report/words", "steps/safety", "steps/client", "steps/client/visit", "simulators/scim", "simulators/scim/wire", "simulators/scim/wire/auth", "simulators/scim/wire/har", "simulators/scim/recording", "simulators/directory",
			"simulators/duo", "simulators/duo/recognise", "simulators/duo/chaos", "simulators/duo/store", "simulators/duo/work", "simulators/duo/faults", "simulators/provider", "simulators/provider/faults", "simulators/provider/faults/rewrite", "simulators/secureaccess",
		},
		modules: []string{"github.com/fsnotify/fsnotify", "github.com/go-jose/go-jose/v4", "github.com/schollz/progressbar/v3", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/crypto/x509roots", "golang.org/x/term"},
	},
	"cmd/simulate-duo/lab": {packages: []string{
		"features", "fixtures", "fixtures/dialects", "steps", "steps/judge", "steps/laws", "steps/report", "steps/report/format/html", "steps/report/words", "simulators/directory", "simulators/duo", "simulators/duo/adminapi", "simulators/duo/chaos", "simulators/duo/store",
		"simulators/provider/faults", "simulators/scim", "simulators/scim/wire", "simulators/scim/wire/auth", "simulators/secureaccess", "schemas",
	}},
	"steps": {packages: []string{"steps/client", "steps/engine", "steps/event", "steps/guide", "steps/judge", "steps/report"}},
	"steps/engine": {
		packages: []string{
			"features", "steps/client", "steps/event", "steps/gate", "steps/guide", "steps/standard", "steps/standard/bulk", "steps/standard/dialect", "steps/standard/paging", "steps/standard/race", "steps/honesty",
			"steps/draft", "steps/login", "steps/model", "steps/population", "steps/judge", "steps/report", "steps/report/words", "steps/safety",
			"simulators/scim", "simulators/scim/wire", "simulators/scim/wire/auth", "simulators/duo", "simulators/secureaccess",
		},
		modules: []string{"github.com/cucumber/godog", "github.com/cucumber/messages/go/v34"},
	},
	"steps/event": {
		packages: []string{"steps/judge", "steps/safety", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire"},
		modules:  []string{"github.com/go-jose/go-jose/v4"},
	},
	"steps/gate": {packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"}},
	"steps/guide": {
		packages: []string{"steps/judge", "schemas", "fixtures", "simulators/scim", "simulators/scim/wire", "simulators/directory", "simulators/duo", "simulators/secureaccess"},
		modules:  []string{"github.com/cucumber/messages/go/v34"},
	},
	"steps/standard": {
		packages: []string{"steps/judge", "steps/laws", "steps/standard/paging", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire"},
		modules:  []string{"github.com/cucumber/messages/go/v34"},
	},
	"steps/standard/bulk": {
		packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"},
		modules:  []string{"github.com/cucumber/messages/go/v34"},
	},
	"steps/standard/paging": {
		packages: []string{"steps/judge", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire"},
		modules:  []string{"github.com/cucumber/messages/go/v34"},
	},
	"steps/standard/dialect": {packages: []string{"steps/judge", "fixtures/dialects", "simulators/scim", "simulators/scim/wire"}},
	"steps/standard/race": {
		packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"},
		modules:  []string{"github.com/cucumber/messages/go/v34"},
	},
	"steps/client": {packages: []string{"steps/judge", "simulators/provider/weather", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire"}},
	"steps/client/visit": {
		packages: []string{
			"steps/client", "simulators/provider", "simulators/provider/faults/rewrite", "simulators/provider/weather", "simulators/scim", "simulators/scim/wire", "simulators/secureaccess",
		},
		modules: []string{"github.com/google/uuid"},
	},
	"steps/lint":    {packages: []string{"schemas", "simulators/scim", "simulators/scim/filter", "steps/report/words"}},
	"steps/login":   {packages: []string{"steps/judge", "steps/safety", "simulators/scim", "simulators/scim/wire"}},
	"steps/honesty": {packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"}},
	"steps/draft":   {packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"}},
	"steps/model": {
		packages: []string{"steps/judge", "steps/population", "simulators/scim", "simulators/scim/filter", "simulators/scim/patch", "simulators/scim/wire"},
	},
	"steps/population": {
		packages: []string{"steps/judge", "fixtures", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire"},
		modules:  []string{"github.com/goccy/go-yaml"},
	},
	"steps/laws":  {packages: []string{"steps/judge", "simulators/scim", "simulators/scim/wire"}},
	"steps/judge": {packages: []string{"steps/safety", "schemas", "simulators/scim", "simulators/scim/filter", "simulators/scim/wire", "simulators/scim/wire/auth"}},
	"steps/safety": {
		packages: []string{"simulators/scim", "simulators/scim/wire", "simulators/scim/wire/auth"},
		modules:  []string{"golang.org/x/sys", "golang.org/x/term", "golang.org/x/time"},
	},
	"steps/report":             {packages: []string{"features", "schemas", "simulators/scim/wire", "steps/report/words"}},
	"steps/report/words":       {},
	"steps/report/explain":     {packages: []string{"features", "simulators/duo/faults", "simulators/provider/faults", "simulators/scim/wire", "steps/report", "steps/report/words"}},
	"steps/report/format":      {packages: []string{"features", "steps/report/explain", "simulators/scim/wire", "simulators/scim/wire/har", "steps/report", "steps/report/replay", "steps/report/words", "steps/report/format/html"}},
	"steps/report/format/html": {packages: []string{"steps/report/explain", "features", "simulators/duo", "simulators/scim/wire", "steps/report", "steps/report/replay", "steps/report/words"}},
	"steps/report/format/text": {packages: []string{"simulators/scim/wire", "steps/report", "steps/report/replay", "steps/report/words"}},
	"steps/report/replay":      {packages: []string{"steps/report", "steps/report/words", "simulators/scim", "simulators/scim/wire"}},
	"steps/report/reporttest":  {packages: []string{"features", "simulators/scim/wire", "steps/report", "steps/report/words"}}, // for tests alone
	"simulators/provider": {
		packages: []string{"simulators/scim", "simulators/scim/filter", "simulators/scim/patch"},
		modules:  []string{"github.com/go-jose/go-jose/v4", "github.com/google/uuid"},
	},
	"simulators/secureaccess": {packages: []string{"simulators/provider", "simulators/scim"}, modules: []string{"github.com/google/uuid"}},
	"simulators/secureaccess/container": {
		packages: []string{"simulators/secureaccess"},
		modules:  []string{"github.com/testcontainers/testcontainers-go", "github.com/moby/moby/api"},
	},
	"simulators/duo": {
		packages: []string{"simulators/scim", "simulators/scim/wire", "simulators/directory", "simulators/duo/store", "schemas"},
		modules:  []string{"github.com/google/uuid"},
	},
	"simulators/duo/store":           {modules: []string{"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3", "golang.org/x/sys", "modernc.org/sqlite"}},
	"simulators/duo/store/storetest": {}, // for tests alone
	"simulators/duo/work": {
		packages: []string{"simulators/duo", "simulators/duo/store", "simulators/directory"},
		modules:  []string{"github.com/jackc/pgx/v5", "github.com/riverqueue/river"},
	},
	"simulators/duo/chaos":     {},
	"simulators/duo/adminapi":  {packages: []string{"simulators/duo", "simulators/scim", "simulators/directory"}},
	"simulators/duo/recognise": {packages: []string{"simulators/duo", "simulators/scim", "simulators/scim/wire", "simulators/scim/wire/har"}},
	"simulators/duo/faults":    {packages: []string{"simulators/duo", "simulators/scim", "simulators/scim/wire", "simulators/directory"}},
	"simulators/directory":     {packages: []string{"schemas"}},

	"simulators/provider/weather": {packages: []string{"simulators/provider/faults/rewrite", "simulators/scim"}},

	// Inside faults: faults → a folder per folder of features, variations → rewrite.
	"simulators/provider/faults": {packages: []string{
		"simulators/provider/faults/auth0", "simulators/provider/faults/authentik", "simulators/provider/faults/keycloak", "simulators/provider/faults/onelogin",
		"simulators/provider/faults/ping", "simulators/provider/faults/scimgateway", "simulators/provider/faults/gallery", "simulators/provider/faults/oin", "simulators/provider/faults/entra", "simulators/provider/faults/guide", "simulators/provider/faults/interop01",
		"simulators/provider/faults/ipsie00al1", "simulators/provider/faults/ipsie00al2", "simulators/provider/faults/okta",
		"simulators/provider/faults/rewrite", "simulators/provider/faults/rfc7643", "simulators/provider/faults/rfc7644",
		"simulators/provider/faults/rfc9865", "simulators/provider/faults/rfc9967", "simulators/provider/faults/variations",
	}},
	"simulators/provider/faults/authentik":   faultFolder,
	"simulators/provider/faults/auth0":       faultFolder,
	"simulators/provider/faults/scimgateway": faultFolder,
	"simulators/provider/faults/keycloak":    faultFolder,
	"simulators/provider/faults/onelogin":    faultFolder,
	"simulators/provider/faults/ping":        faultFolder,
	"simulators/provider/faults/gallery":     faultFolder,
	"simulators/provider/faults/oin":         faultFolder,
	"simulators/provider/faults/entra":       faultFolder,
	"simulators/provider/faults/guide":       faultFolder,
	"simulators/provider/faults/interop01":   faultFolder,
	"simulators/provider/faults/ipsie00al1":  faultFolder,
	"simulators/provider/faults/ipsie00al2":  faultFolder,
	"simulators/provider/faults/okta":        faultFolder,
	"simulators/provider/faults/rfc7643":     faultFolder,
	"simulators/provider/faults/rfc7644":     faultFolder,
	"simulators/provider/faults/rfc9865":     faultFolder,
	"simulators/provider/faults/rfc9967":     faultFolder,
	"simulators/provider/faults/variations":  faultFolder,
	"simulators/provider/faults/rewrite":     {packages: []string{"simulators/scim", "simulators/scim/filter"}},

	// Inside scim: patch → filter → scim ← wire.
	"simulators/scim":           {modules: []string{"golang.org/x/text"}},
	"simulators/scim/filter":    {packages: []string{"simulators/scim"}},
	"simulators/scim/patch":     {packages: []string{"simulators/scim", "simulators/scim/filter"}},
	"simulators/scim/wire":      {packages: []string{"simulators/scim"}},
	"simulators/scim/wire/auth": {packages: []string{"simulators/scim/wire"}, modules: []string{"github.com/go-jose/go-jose/v4", "golang.org/x/oauth2"}},
	"simulators/scim/wire/har":  {packages: []string{"simulators/scim/wire"}},
	"simulators/scim/recording": {packages: []string{"simulators/scim", "simulators/scim/wire"}},
	"simulators/scim/scimtest":  {packages: []string{"simulators/scim", "fixtures/oracle"}}, // for tests alone

	"schemas":                {modules: []string{"github.com/goccy/go-yaml", "github.com/xeipuuv/gojsonschema"}},
	"features":               {modules: []string{"github.com/cucumber/gherkin/go/v42", "github.com/cucumber/messages/go/v34"}},
	"fixtures":               {},
	"fixtures/dialects":      {packages: []string{"simulators/scim"}, modules: []string{"github.com/goccy/go-yaml"}},
	"fixtures/oracle":        {modules: []string{"github.com/goccy/go-yaml"}}, // for tests alone
	"fixtures/targets":       {},                                              // tests alone
	"fixtures/oracle/others": {},                                              // tests alone
}

// faultFolder is what each folder of faults may import: not another folder.
var faultFolder = struct{ packages, modules []string }{
	packages: []string{"simulators/provider/faults/rewrite", "simulators/scim", "simulators/scim/filter"},
}

// testOnly are modules for tests: ours, or those of whoever imports the package
// simulators/secureaccess/container.
var testOnly = []string{
	"github.com/chromedp/cdproto", "github.com/chromedp/chromedp", "github.com/gkampitakis/go-snaps", "github.com/rogpeppe/go-internal", "pgregory.net/rapid",
	"github.com/testcontainers/testcontainers-go", "github.com/elimity-com/scim", "github.com/scim2/filter-parser", "github.com/tsenart/vegeta", "github.com/duosecurity/duo_api_golang", module + "/simulators/scim/scimtest", module + "/simulators/duo/store/storetest", module + "/fixtures/oracle", module + "/steps/report/reporttest",
}

// listed is what go list tells about a package.
type listed struct {
	ImportPath, Name                   string
	Standard                           bool
	Imports, TestImports, XTestImports []string
}

func (p listed) path() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

func (p listed) testImports() []string { return slices.Concat(p.TestImports, p.XTestImports) }

func list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Name,Standard,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, &stderr)
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// within says whether the import path belongs to one of the modules.
func within(imported string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
}

// foreign says whether the import path is neither the standard library's nor ours.
func foreign(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".") && !within(imported, []string{module})
}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	for _, p := range list(t, "./...") {
		t.Run(p.path(), func(t *testing.T) {
			may, ok := allowed[p.path()]
			if !ok {
				t.Fatal("the package is new: say in this test's table what it may import")
			}
			for _, imported := range p.Imports {
				ours, isOurs := strings.CutPrefix(imported, module+"/")
				switch {
				case isOurs && !slices.Contains(may.packages, ours):
					t.Errorf("imports %s", ours)
				case foreign(imported) && !within(imported, may.modules):
					t.Errorf("imports %s", imported)
				}
			}
			for _, imported := range p.testImports() {
				if within(imported, []string{"github.com/cucumber/godog"}) && p.path() != "steps/engine" {
					t.Errorf("its tests import %s, which is for steps/engine alone", imported)
				}
			}
		})
	}
}

func TestSidesDoNotMeetInTests(t *testing.T) {
	sides := map[string][]string{
		"simulators/duo":             {"simulators/provider", "simulators/secureaccess", "steps", "features"},
		"simulators/provider":        {"simulators/duo", "simulators/directory", "steps", "features"},
		"simulators/provider/faults": {"simulators/duo", "simulators/directory", "steps", "features"},
		"simulators/secureaccess":    {"simulators/duo", "simulators/directory", "steps", "features"},
	}
	// Duo's examples and proofs need a target with a life of its own. They talk to it over HTTP.
	meets := map[string][]string{"simulators/duo": {"simulators/secureaccess"}}
	for _, p := range list(t, "./simulators/...") {
		for _, imported := range p.testImports() {
			ours := strings.TrimPrefix(imported, module+"/")
			if slices.Contains(sides[p.path()], ours) && !slices.Contains(meets[p.path()], ours) {
				t.Errorf("the tests of %s import %s", p.path(), imported)
			}
		}
	}
}

func TestBinaryHoldsNoTestLibrary(t *testing.T) {
	for _, p := range list(t, "-deps", "./cmd/simulate-duo") {
		if within(p.ImportPath, testOnly) {
			t.Errorf("the binary links %s", p.ImportPath)
		}
	}
}

func TestPackagesAreNamedForWhatTheyAre(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, word := range append(strings.Split(p.path(), "/"), p.Name) {
			if slices.Contains([]string{"internal", "pkg", "util", "utils", "common", "helpers", "misc", "shared"}, word) {
				t.Errorf("%s: %q says nothing about what is in it", p.path(), word)
			}
		}
	}
}

func TestTheTableOfImportsNamesWhatIsThere(t *testing.T) {
	for p := range allowed {
		if _, err := os.Stat(path.Join(root, p)); err != nil {
			t.Errorf("the table names what is not there: %v", err)
		}
	}
}
