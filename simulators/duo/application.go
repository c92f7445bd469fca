package duo

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// MaxGroups is how many groups an application can have (Duo documentation, rate
// limits; that the Provisioning tab holds to it is inferred).
const MaxGroups = 100

// Application is the Provisioning tab of an application (Cisco guide 225885).
// The token is no part of it: the scim.Client has it.
type Application struct {
	Name           string          `yaml:"name"`
	Type           ApplicationType `yaml:"type"`
	BaseURL        string          `yaml:"base_url"` // "" if the caller fills it
	Mapping        []Row           `yaml:"attribute_mapping"`
	Groups         GroupSelection  `yaml:"groups"`
	SSOAccess      []string        `yaml:"sso_access"` // names or keys of the groups that may sign in
	Deprovisioning Deprovisioning  `yaml:"deprovisioning"`
	Enabled        bool            `yaml:"enabled"` // whether the settings want provisioning on
}

// Row is one row of the attribute mapping.
type Row struct {
	Duo         string `yaml:"duo"`         // label of the Duo user attribute
	Application string `yaml:"application"` // one of the ApplicationType's Attributes
}

// GroupSelection is the part Groups of the Provisioning tab.
type GroupSelection struct {
	Select                  []string `yaml:"select"` // "Select groups": names or keys
	Use                     GroupUse `yaml:"use"`    // or "Use groups with SSO access"
	ExcludeGroupInformation bool     `yaml:"exclude_group_information"`
}

// GroupUse is what the part Groups uses instead of selected groups.
type GroupUse string

// SSOAccess uses the groups that may sign in to the application.
const SSOAccess GroupUse = "sso_access"

// Deprovisioning is the "User deprovisioning behavior".
type Deprovisioning string

// The two behaviours (Cisco guide 225885).
const (
	Deactivate Deprovisioning = "deactivate" // "Deactivate Users": kept at the target, disabled
	Delete     Deprovisioning = "delete"     // "Delete Users": permanently deleted at the target
)

// LoadApplication reads an application file (YAML, schema application.json).
// The error is a *schemas.Invalid that names file, line and remedy.
func LoadApplication(file string, data []byte) (*Application, error) {
	app := &Application{Deprovisioning: Deactivate, Enabled: true}
	positions, err := schemas.DecodeYAML(schemas.Application, file, data, app)
	if err != nil {
		return nil, err
	}
	var problems []schemas.Problem
	for _, f := range app.findings() {
		problems = append(problems, positions.Problem(f.path, "%s", f.message))
	}
	if err := positions.Invalid(problems...); err != nil {
		return nil, err
	}
	return app, nil
}

// Check says what is wrong with the settings: no name, an unknown type, a
// required attribute that is not mapped, an attribute that the application does
// not have or that is mapped twice, both ways of choosing groups at once, more
// than MaxGroups groups. All findings are joined in one error.
func (a *Application) Check() error {
	var errs []error
	for _, f := range a.findings() {
		errs = append(errs, fmt.Errorf("application %s: %s: %s", quote(a.Name), f.path, f.message))
	}
	return errors.Join(errs...)
}

// CheckAgainst is Check with a directory, in which every Duo attribute of the
// mapping and every chosen group has to exist.
func (a *Application) CheckAgainst(dir *directory.Directory) error {
	errs := []error{a.Check()}
	labels := dir.AttributeLabels()
	for i, row := range a.Mapping {
		if !slices.Contains(labels, row.Duo) {
			errs = append(errs, fmt.Errorf("application %s: attribute_mapping[%d]: no user in Duo has the attribute %s%s",
				quote(a.Name), i, quote(row.Duo), didYouMean(row.Duo, labels)))
		}
	}
	for _, ref := range a.chosenGroups() {
		if _, ok := dir.Group(ref); !ok {
			errs = append(errs, fmt.Errorf("application %s: groups: Duo has no group %s: create it, or choose another",
				quote(a.Name), quote(ref)))
		}
	}
	return errors.Join(errs...)
}

// chosenGroups lists the names or keys of the groups that the settings choose.
func (a *Application) chosenGroups() []string {
	if a.Groups.Use == SSOAccess {
		return a.SSOAccess
	}
	return a.Groups.Select
}

// finding is one thing that is wrong, at a path of the application file.
type finding struct{ path, message string }

func (a *Application) findings() []finding {
	var all []finding
	add := func(path, format string, args ...any) {
		all = append(all, finding{path, fmt.Sprintf(format, args...)})
	}
	if strings.TrimSpace(a.Name) == "" {
		add("name", "the name is empty: give the application's name in Duo")
	}
	if a.Type.Attributes() == nil {
		add("type", "unknown type %s: use cisco-secure-access, cisco-webex or generic", quote(string(a.Type)))
	} else {
		all = append(all, a.mappingFindings()...)
	}
	if a.Deprovisioning != Deactivate && a.Deprovisioning != Delete {
		add("deprovisioning", "unknown behavior %s: use deactivate or delete", quote(string(a.Deprovisioning)))
	}
	return append(all, a.groupFindings()...)
}

func (a *Application) mappingFindings() []finding {
	var all []finding
	known := a.Type.Attributes()
	rowOf := map[string]int{}
	for i, row := range a.Mapping {
		path := schemas.Path("attribute_mapping", i, "application")
		first, twice := rowOf[row.Application]
		switch {
		case !slices.Contains(known, row.Application):
			all = append(all, finding{path, "the application has no attribute " + quote(row.Application) + didYouMean(row.Application, known)})
		case twice:
			all = append(all, finding{path, fmt.Sprintf("%s is mapped already by row %d: keep one of both", quote(row.Application), first+1)})
		default:
			rowOf[row.Application] = i
		}
		if strings.TrimSpace(row.Duo) == "" {
			all = append(all, finding{schemas.Path("attribute_mapping", i, "duo"), "the Duo user attribute is empty: choose one, such as Username"})
		}
	}
	if _, ok := rowOf[RequiredAttribute]; !ok {
		all = append(all, finding{"attribute_mapping", "the required attribute userName is not mapped: add a row such as {duo: Username, application: userName}"})
	}
	return all
}

func (a *Application) groupFindings() []finding {
	var all []finding
	if a.Groups.Use != "" && a.Groups.Use != SSOAccess {
		all = append(all, finding{"groups.use", "unknown choice " + quote(string(a.Groups.Use)) + ": use sso_access, or list groups under select"})
	}
	if a.Groups.Use == SSOAccess && len(a.Groups.Select) > 0 {
		all = append(all, finding{"groups", "groups are both selected and taken from SSO access: keep one of select and use"})
	}
	path := "groups.select"
	if a.Groups.Use == SSOAccess {
		path = "sso_access"
	}
	if n := len(a.chosenGroups()); n > MaxGroups {
		all = append(all, finding{path, fmt.Sprintf("%d groups are chosen, an application takes at most %d: choose fewer", n, MaxGroups)})
	}
	return all
}

// clone returns a copy that shares nothing with the application.
func (a *Application) clone() Application {
	c := *a
	c.Mapping = slices.Clone(a.Mapping)
	c.Groups.Select = slices.Clone(a.Groups.Select)
	c.SSOAccess = slices.Clone(a.SSOAccess)
	return c
}
