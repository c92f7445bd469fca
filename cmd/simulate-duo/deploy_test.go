package main

import (
	"os"
	"path"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// What the manifest may say, by the names of Kubernetes' API (v1 and apps/v1). A
// misspelt field is none of these, and Kubernetes would ignore it.
type (
	meta struct {
		Name   string
		Labels map[string]string
	}
	secret struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   meta
		Type       string
		StringData map[string]string `yaml:"stringData"`
	}
	configMap struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   meta
		Immutable  bool
		Data       map[string]string
	}
	deployment struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   meta
		Spec       struct {
			Replicas int
			Selector struct {
				MatchLabels map[string]string `yaml:"matchLabels"`
			}
			Template struct {
				Metadata meta
				Spec     pod
			}
		}
	}
	pod struct {
		AutomountServiceAccountToken  bool `yaml:"automountServiceAccountToken"`
		TerminationGracePeriodSeconds int  `yaml:"terminationGracePeriodSeconds"`
		SecurityContext               struct {
			RunAsNonRoot   bool                  `yaml:"runAsNonRoot"`
			RunAsUser      int                   `yaml:"runAsUser"`
			RunAsGroup     int                   `yaml:"runAsGroup"`
			SeccompProfile struct{ Type string } `yaml:"seccompProfile"`
		} `yaml:"securityContext"`
		Containers []container
		Volumes    []struct {
			Name      string
			ConfigMap struct{ Name string } `yaml:"configMap"`
		}
	}
	container struct {
		Name, Image     string
		Args            []string
		Env             []variable
		Resources       struct{ Requests, Limits map[string]string }
		SecurityContext struct {
			AllowPrivilegeEscalation bool                    `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool                    `yaml:"readOnlyRootFilesystem"`
			Capabilities             struct{ Drop []string } `yaml:"capabilities"`
		} `yaml:"securityContext"`
		VolumeMounts []struct {
			Name      string
			MountPath string `yaml:"mountPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	}
	variable struct {
		Name, Value string
		ValueFrom   struct {
			SecretKeyRef struct{ Name, Key string } `yaml:"secretKeyRef"`
		} `yaml:"valueFrom"`
	}
)

// manifest reads the three documents of the manifest, strictly.
func manifest(t *testing.T) (s secret, c configMap, d deployment) {
	t.Helper()
	text, err := os.ReadFile(path.Join(root, "fixtures/deploy/workers.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	documents := strings.Split(string(text), "\n---\n")
	into := []any{&s, &c, &d}
	if len(documents) != len(into) {
		t.Fatalf("%d documents, want %d", len(documents), len(into))
	}
	for i, document := range documents {
		if err := yaml.UnmarshalWithOptions([]byte(document), into[i], yaml.Strict()); err != nil {
			t.Fatal(err)
		}
	}
	return s, c, d
}

func TestTheManifestsWorkerHasArgumentsThatTheCommandTakes(t *testing.T) {
	s, c, d := manifest(t)
	worker := d.Spec.Template.Spec.Containers[0]
	cmd := workerCommand(environment{})
	if worker.Args[0] != cmd.Name() {
		t.Fatalf("the command is %q", worker.Args[0])
	}
	if err := cmd.ParseFlags(worker.Args[1:]); err != nil {
		t.Fatal(err)
	}
	for flag, name := range map[string]string{"config": "application.yaml", "directory": "directory.jsonl"} {
		value := cmd.Flag(flag).Value.String()
		if dir, file := path.Split(value); file != name || path.Clean(dir) != worker.VolumeMounts[0].MountPath || c.Data[file] == "" {
			t.Errorf("--%s %s is not in the ConfigMap, or not mounted there", flag, value)
		}
	}
	if state := cmd.Flag("state").Value.String(); state != "$(STATE)" {
		t.Errorf("--state %s does not come from the Secret", state)
	}
	if _, err := store.OpenShared(t.Context(), strings.Replace(s.StringData["state"], "postgres:5432", "127.0.0.1:1", 1), "A"); err == nil ||
		!strings.Contains(err.Error(), "no connection") {
		t.Errorf("the state of the Secret is none that workers share: %v", err)
	}
}

func TestTheManifestsPartsFitTogether(t *testing.T) {
	s, c, d := manifest(t)
	worker := d.Spec.Template.Spec.Containers[0]
	for _, v := range worker.Env {
		ref := v.ValueFrom.SecretKeyRef
		if v.Value == "" && (ref.Name != s.Metadata.Name || s.StringData[ref.Key] == "") {
			t.Errorf("$%s is not in the Secret", v.Name)
		}
	}
	volume := d.Spec.Template.Spec.Volumes[0]
	if volume.ConfigMap.Name != c.Metadata.Name || volume.Name != worker.VolumeMounts[0].Name {
		t.Errorf("the volume %+v is not the ConfigMap %s, mounted", volume, c.Metadata.Name)
	}
	for name, value := range d.Spec.Selector.MatchLabels {
		if d.Spec.Template.Metadata.Labels[name] != value {
			t.Errorf("the selector %s=%s does not find the pods", name, value)
		}
	}
	for kind, got := range map[string]string{"Secret": s.Kind, "ConfigMap": c.Kind, "Deployment": d.Kind} {
		if got != kind {
			t.Errorf("a %s where a %s is expected", got, kind)
		}
	}
	if strings.Contains(s.StringData["state"], ":fill-in@") || strings.Contains(strings.Join(worker.Args, " "), "password") {
		t.Error("a password is where others can read it")
	}
}

func TestTheManifestsFilesCanBeRead(t *testing.T) {
	_, c, _ := manifest(t)
	app, err := duo.LoadApplication("application.yaml", []byte(c.Data["application.yaml"]))
	if err != nil {
		t.Fatal(err)
	}
	name := path.Join(t.TempDir(), "directory.jsonl")
	if err := os.WriteFile(name, []byte(c.Data["directory.jsonl"]), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, err := directory.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := app.CheckAgainst(dir); err != nil {
		t.Error(err)
	}
}
