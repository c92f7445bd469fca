package duo

import (
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/schemas"
)

// LoadProfile reads a profile file (YAML, schema duo-profile.json): fields by name
// with their choices. A field that is left out has its default. The error is a
// *schemas.Invalid that names file, line and remedy.
func LoadProfile(file string, data []byte) (Profile, error) {
	var p Profile
	choices := map[string]string{}
	positions, err := schemas.DecodeYAML(schemas.DuoProfile, file, data, &choices)
	if err != nil {
		return p, err
	}
	var problems []schemas.Problem
	for _, name := range slices.Sorted(maps.Keys(choices)) {
		info, err := fieldInfo(Field(name))
		if err != nil {
			problems = append(problems, positions.KeyProblem(schemas.Path(name), "unknown field: %s", schemas.Suggestion(name, fieldNames())))
			continue
		}
		choice, err := info.choice(Choice(choices[name]))
		if err != nil {
			problems = append(problems, positions.Problem(schemas.Path(name), "unknown choice: %s", schemas.Suggestion(choices[name], info.choiceNames())))
			continue
		}
		info.set(&p, choice.Choice)
	}
	if err := positions.Invalid(problems...); err != nil {
		return p, err
	}
	if err := p.Check(); err != nil {
		return p, positions.Invalid(positions.Problem("", "%s", strings.TrimPrefix(err.Error(), "profile: ")))
	}
	return p, nil
}

func fieldNames() []string {
	names := make([]string, len(Fields))
	for i, f := range Fields {
		names[i] = string(f.Field)
	}
	return names
}

func (f *FieldInfo) choiceNames() []string {
	names := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		names[i] = string(c.Choice)
	}
	return names
}
