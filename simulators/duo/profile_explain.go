package duo

import "strings"

// Explain finds the field and the choice of an alternative by its name, "field=choice" as
// Alternative.String writes it. It returns nil where this version does not know them.
func Explain(alternative string) (*FieldInfo, *ChoiceInfo) {
	field, choice, _ := strings.Cut(alternative, "=")
	info, err := fieldInfo(Field(field))
	if err != nil {
		return nil, nil
	}
	c, err := info.choice(Choice(choice))
	if err != nil {
		return nil, nil
	}
	return info, c
}

// NeedsWords lists the choices of other fields that go with this one, as "field=choice".
func (c *ChoiceInfo) NeedsWords() []string {
	var needs []string
	for _, other := range Fields {
		if needed := other.get(&c.Needs); needed != "" {
			needs = append(needs, string(other.Field)+"="+string(needed))
		}
	}
	return needs
}
