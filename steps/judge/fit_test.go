package judge

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestTargetFileSaysWhatTheTargetNeeds(t *testing.T) {
	fit, err := LoadFit("target.yaml", []byte(`
name: my server
base_url: https://scim.example.com/v2
user_domain: test.example.com
settle: 1500ms
passwords: [Str0ng!one, Str0ng!two]
user:
  name: {familyName: Doe}
  title: Engineer
group:
  externalId: g-1
`))
	if err != nil {
		t.Fatal(err)
	}
	if fit.Settle != 1500*time.Millisecond || fit.UserDomain != "test.example.com" {
		t.Errorf("got settle %s, domain %s", fit.Settle, fit.UserDomain)
	}
	if fit.Password(0) != "Str0ng!one" || fit.Password(1) != "Str0ng!two" {
		t.Errorf("got passwords %q", fit.Passwords)
	}
	if got := Text(fit.User); got != `{"name":{"familyName":"Doe"},"title":"Engineer"}` {
		t.Errorf("user: %s", got)
	}
	if got := Text(fit.Group); got != `{"externalId":"g-1"}` {
		t.Errorf("group: %s", got)
	}
}

func TestTargetFileIsRefusedWithPlaceAndRemedy(t *testing.T) {
	for name, c := range map[string]struct{ file, says string }{
		"an unknown key":        {"nmae: x\n", `target.yaml:1:1`},
		"a URL with a query":    {"base_url: https://x/?a=b\n", "without query"},
		"a settle without unit": {"settle: \"5\"\n", "such as 500ms or 2s"},
		"one password only":     {"passwords: [Str0ng!one]\n", "passwords"},
		"a token":               {"token: abc\n", "token"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := LoadFit("target.yaml", []byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestSetGivesEveryUserAnAttribute(t *testing.T) {
	var fit Fit
	for _, assignment := range []string{
		"name.familyName=Doe", "name.givenName=Jane", "active=true", "title=2", "nickName=a=b",
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department=IT",
	} {
		if err := fit.Set(assignment); err != nil {
			t.Fatal(err)
		}
	}
	const want = `{"name":{"familyName":"Doe","givenName":"Jane"},"active":true,"title":2,"nickName":"a=b",` +
		`"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"IT"}}`
	if got := Text(fit.User); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if err := fit.Set("familyName"); err == nil {
		t.Error("an assignment without a value was taken")
	}
}

func TestBootstrapCommandTellsAddressAndToken(t *testing.T) {
	fit := Fit{Bootstrap: []string{"sh", "-c", "echo hello; echo SCIM_BASE_URL=http://127.0.0.1:1/v2; echo SCIM_TOKEN=abc"}}
	got, err := fit.Start(t.Context())
	if err != nil || got != (Started{"http://127.0.0.1:1/v2", "abc"}) {
		t.Errorf("got %v, %v", got, err)
	}
	for name, c := range map[string]struct{ script, says string }{
		"it fails":     {"echo no database >&2; exit 3", "exit status 3: no database"},
		"it is silent": {"true", "printed no line SCIM_BASE_URL"},
	} {
		t.Run(name, func(t *testing.T) {
			fit := Fit{Bootstrap: []string{"sh", "-c", c.script}}
			if _, err := fit.Start(t.Context()); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestATargetFileDescribesAContainer(t *testing.T) {
	fit, err := LoadFit("server.yaml", []byte(`
name: server
baseline: server.baseline
container:
  image: example/server:1
  environment: {TOKEN: abc}
  command: [serve, --quick]
  port: 8080
  base_path: /scim/v2
  token: abc
  startup: 90s
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Container{
		Image: "example/server:1", Environment: map[string]string{"TOKEN": "abc"}, Command: []string{"serve", "--quick"},
		Port: 8080, BasePath: "/scim/v2", Token: "abc", Startup: 90 * time.Second,
	}
	if fit.Baseline != "server.baseline" || !reflect.DeepEqual(fit.Container, want) {
		t.Errorf("got %+v with %+v, want %+v", fit, fit.Container, want)
	}
	_, err = LoadFit("server.yaml", []byte("container: {image: a, port: 0, base_path: scim}"))
	if err == nil || !strings.Contains(err.Error(), "start with /") {
		t.Errorf("got %v", err)
	}
}

func TestWhatCarriesTheMarkCannotBeSet(t *testing.T) {
	for _, assignment := range []string{"userName=ann", "USERNAME=ann", "id=7", `schemas=[]`} {
		if err := (&Fit{}).Set(assignment); err == nil || !strings.Contains(err.Error(), "cannot be set") {
			t.Errorf("%s: %v", assignment, err)
		}
	}
	for _, text := range []string{"user: {userName: ann}", "group: {displayName: staff}"} {
		if _, err := LoadFit("target.yaml", []byte("base_url: https://example.com\n"+text+"\n")); err == nil || !strings.Contains(err.Error(), "cannot be set") {
			t.Errorf("%s: %v", text, err)
		}
	}
	for domain, right := range map[string]bool{"example.com": true, "x": true, "a b": false, "@example.com": false, "": true, "ex_ample.com": false, ".com": false} {
		if err := (&Fit{UserDomain: domain}).CheckDomain(); (err == nil) != right {
			t.Errorf("%q: %v", domain, err)
		}
	}
}
