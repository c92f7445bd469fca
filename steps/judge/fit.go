package judge

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire/auth"
)

// Fit is what a target needs beyond the standard, so that it takes the test
// data: read from a target file, or set by flags.
type Fit struct {
	Name           string
	Implementation string // which server it is
	BaseURL        string
	Bootstrap      []string            // a command that prepares the target; see Fit.Start
	UserDomain     string              // of the user names that the scenarios make up
	Settle         time.Duration       // how long the target may take until a change shows
	Passwords      []string            // that the target's policy accepts, at least two
	User           *scim.Object        // attributes that every user needs
	Group          *scim.Object        // attributes that every group needs
	Mapped         map[string][]string // attributes that Entra ID maps, by collection; see Mapping
	Baseline       string              // file of its known failures, beside the target file
	Login          *LoginProbe         // how to find out whether a person gets in; nil if nobody can tell
	Events         *EventStream        // where its security events are found; nil if nobody tells
	Auth           auth.Way            // how the target is shown who asks; the files that it names lie beside the target file
	Trust          auth.Trust          // which servers are trusted
	Container      *Container          // how to start it in a container, which only the tests do
}

// Container is a target as an image.
type Container struct {
	Image       string   // what to pull, if it is not there
	Build       string   // or a folder with a Dockerfile, beside the target file
	Prepare     []string // a command that makes in Build what the Dockerfile copies
	Environment map[string]string
	Command     []string
	Port        int
	BasePath    string        `yaml:"base_path"`
	Token       string        // "" if the bootstrap command tells it
	Ready       string        // path of which any answer below 500 says that the target is up; default BasePath
	Startup     time.Duration // how long it may take until then; default 60 s
}

// LoadFit reads a target file (YAML, schema target.json). What is wrong with it
// is a *schemas.Invalid with file, line and remedy.
func LoadFit(file string, data []byte) (*Fit, error) {
	var f struct {
		Name           string         `yaml:"name"`
		Implementation string         `yaml:"implementation"`
		BaseURL        string         `yaml:"base_url"`
		Bootstrap      []string       `yaml:"bootstrap"`
		UserDomain     string         `yaml:"user_domain"`
		Settle         string         `yaml:"settle"`
		Passwords      []string       `yaml:"passwords"`
		User           map[string]any `yaml:"user"`
		Group          map[string]any `yaml:"group"`
		Mapped         struct {
			Users  []string `yaml:"users"`
			Groups []string `yaml:"groups"`
		} `yaml:"entra_mapping"`
		Baseline  string       `yaml:"baseline"`
		Login     *LoginProbe  `yaml:"login_probe"`
		Events    *EventStream `yaml:"events"`
		Container *Container   `yaml:"container"`
		Auth      auth.Way     `yaml:"auth"`
		CAFile    string       `yaml:"ca_file"`
		Insecure  bool         `yaml:"insecure_skip_verify"`
	}
	if _, err := schemas.DecodeYAML(schemas.Target, file, data, &f); err != nil {
		return nil, err
	}
	fit := &Fit{
		Name: f.Name, Implementation: f.Implementation, BaseURL: f.BaseURL, Bootstrap: f.Bootstrap, UserDomain: f.UserDomain, Passwords: f.Passwords,
		Mapped:   map[string][]string{"Users": f.Mapped.Users, "Groups": f.Mapped.Groups},
		Baseline: f.Baseline, Login: f.Login, Events: f.Events, Container: f.Container, Auth: f.Auth, Trust: auth.Trust{CAFile: f.CAFile, InsecureSkipVerify: f.Insecure},
	}
	if err := fit.Auth.Check(); err != nil {
		return nil, fmt.Errorf("%s: auth: %w", file, err)
	}
	fit.findFiles(filepath.Dir(file))
	if len(fit.Passwords) == 1 {
		return nil, fmt.Errorf("%s: passwords: give two or more, so that one can be changed into another", file)
	}
	if f.Login != nil {
		if err := f.Login.complete("login_probe"); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	if f.Events != nil {
		if err := f.Events.complete(); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	var errs [3]error
	if f.Settle != "" {
		fit.Settle, errs[0] = time.ParseDuration(f.Settle)
	}
	fit.User, errs[1] = objectOf(f.User)
	fit.Group, errs[2] = objectOf(f.Group)
	if err := errors.Join(append(errs[:], marked("user", fit.User, "userName"), marked("group", fit.Group, "displayName"))...); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return fit, fit.CheckDomain()
}

// findFiles finds the files that the target file names beside it.
func (f *Fit) findFiles(dir string) {
	files := append(f.Auth.Files(), &f.Trust.CAFile)
	if f.Events != nil {
		files = append(files, &f.Events.TokenFile, &f.Events.File, &f.Events.KeysFile)
	}
	for _, name := range files {
		if *name != "" && !filepath.IsAbs(*name) {
			*name = filepath.Join(dir, *name)
		}
	}
}

// marked refuses a value for the attribute that carries the run's mark: without it neither
// clean-up nor a sweep would find what a run has made.
func marked(whose string, given *scim.Object, attribute string) error {
	for _, name := range []string{attribute, "id", "schemas"} {
		if _, said := given.Get(name); said {
			return fmt.Errorf("%s: %s cannot be set: the run gives it a value of its own, by which it is found again", whose, name)
		}
	}
	return nil
}

// domain is a domain name as e-mail addresses have it.
var domain = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$`)

// CheckDomain refuses what no e-mail address can have behind its @.
func (f *Fit) CheckDomain() error {
	if f.UserDomain != "" && !domain.MatchString(f.UserDomain) {
		return fmt.Errorf("%q is no domain for user names; write it like example.com", f.UserDomain)
	}
	return nil
}

// SamplePasswords are sent to a target that has no policy of its own for them.
var SamplePasswords = []string{"sduo-Pa55-w0rd-never-shown", "sduo-Pa55-w0rd-changed"}

// Complete fills in what neither a file nor a flag has said.
func (f *Fit) Complete() {
	f.UserDomain = cmp.Or(f.UserDomain, "example.com")
	if len(f.Passwords) == 0 {
		f.Passwords = SamplePasswords
	}
}

// Password is one of those that the target accepts; neighbours differ.
func (f *Fit) Password(n int) string { return f.Passwords[n%len(f.Passwords)] }

// passwordPart is the first password or a part of it, or the second one as "b".
func (f *Fit) passwordPart(which string) string {
	whole := f.Password(0)
	third := (len(whole) + 2) / 3
	switch which {
	case "b":
		return f.Password(1)
	case "beginning":
		return whole[:third]
	case "middle":
		return whole[third : len(whole)-third]
	case "end":
		return whole[len(whole)-third:]
	}
	return whole
}

func objectOf(values map[string]any) (*scim.Object, error) {
	text, err := json.Marshal(values)
	if err != nil || values == nil {
		return nil, err
	}
	return scim.ParseObject(text)
}

// Set gives every user an attribute: "name.familyName=Doe", "active=true",
// "urn:…:User:department=IT". A value that is JSON is taken as such, everything
// else as text.
func (f *Fit) Set(assignment string) error {
	path, text, ok := strings.Cut(assignment, "=")
	if !ok || path == "" {
		return fmt.Errorf("%q: write it as ATTRIBUTE=VALUE, such as name.familyName=Doe", assignment)
	}
	value, err := scim.Parse([]byte(text))
	if err != nil {
		value = text
	}
	if urn, name, ok := CutURN(path); ok {
		inner := scim.NewObject()
		set(inner, name, value)
		f.User = Merge(f.User, scim.NewObject(scim.Member{Name: urn, Value: inner}))
		return nil
	}
	over := scim.NewObject()
	set(over, path, value)
	if err := marked(path, over, "userName"); err != nil {
		return err
	}
	f.User = Merge(f.User, over)
	return nil
}

// set gives a value its place by a dotted path.
func set(o *scim.Object, path string, value any) {
	parent, sub, ok := strings.Cut(path, ".")
	if !ok {
		o.Set(path, value)
		return
	}
	inner := scim.NewObject()
	set(inner, sub, value)
	o.Set(parent, inner)
}

// Started is what a bootstrap command tells. Token is the secret of the way in: a bearer
// token, a password, an API key, a client secret.
type Started struct{ BaseURL, Token string }

// Start runs the bootstrap command, with some more variables in its environment,
// and reads the lines SCIM_BASE_URL=… and SCIM_TOKEN=… of its output, or in place of the
// latter that with the variable of the way in, such as SCIM_PASSWORD=…. The command
// has to end by itself; what it says beside these lines is quoted if it fails,
// without the token.
func (f *Fit) Start(ctx context.Context, variables ...string) (Started, error) {
	var s Started
	secret := f.Auth.Secret().Variable
	cmd := exec.CommandContext(ctx, f.Bootstrap[0], f.Bootstrap[1:]...) //nolint:gosec // the user's own command
	cmd.Env = append(os.Environ(), variables...)
	out, err := cmd.Output()
	for line := range strings.Lines(string(out)) {
		if url, ok := strings.CutPrefix(strings.TrimSpace(line), "SCIM_BASE_URL="); ok {
			s.BaseURL = url
		}
		if token, ok := strings.CutPrefix(strings.TrimSpace(line), secret+"="); ok && secret != "" {
			s.Token = token
		}
	}
	if err != nil {
		said := ""
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			said = ": " + strings.TrimSpace(string(exit.Stderr[:min(len(exit.Stderr), 500)]))
		}
		return s, fmt.Errorf("the bootstrap command %q failed: %w%s", f.Bootstrap[0], err, said)
	}
	if s.BaseURL == "" && f.BaseURL == "" {
		return s, fmt.Errorf("the bootstrap command %q printed no line SCIM_BASE_URL=…", f.Bootstrap[0])
	}
	return s, nil
}
