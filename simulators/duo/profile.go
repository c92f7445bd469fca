package duo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Field is one question about Duo's behaviour that no public source answers.
type Field string

// Choice is one plausible answer to a Field.
type Choice string

// FieldInfo describes a field: the question, what is known, and the answers.
type FieldInfo struct {
	Field    Field
	Question string
	Evidence Mark
	Why      string       // what speaks for the default, with the source
	Choices  []ChoiceInfo // the first is the default
}

// ChoiceInfo describes one answer.
type ChoiceInfo struct {
	Choice  Choice
	Meaning string
	// Needs are answers to other fields without which this one makes no sense;
	// Profile.With gives them too.
	Needs Profile
	// Beyond says what the choice does that RFC 7644 does not define, so that a
	// target may refuse it and still be right; "" for a choice within the RFC.
	Beyond string
}

// Profile answers the fields. A field that it does not mention has its default,
// so the nil Profile is the default one.
type Profile map[Field]Choice

// DefaultProfile answers every field with its default.
func DefaultProfile() Profile {
	p := make(Profile, len(Fields))
	for _, f := range Fields {
		p[f.Field] = f.Choices[0].Choice
	}
	return p
}

// Answer returns the profile's choice for the field, or the field's default.
func (p Profile) Answer(f Field) Choice {
	if c, ok := p[f]; ok {
		return c
	}
	if info := fieldInfo(f); info != nil {
		return info.Choices[0].Choice
	}
	return ""
}

// With returns a copy of the profile in which the field has this choice, and
// the fields that the choice needs have theirs. An unknown field or choice is
// an error that lists the known ones.
func (p Profile) With(f Field, c Choice) (Profile, error) {
	info, err := choiceInfo(f, c)
	if err != nil {
		return nil, err
	}
	with := maps.Clone(p)
	if with == nil {
		with = Profile{}
	}
	with[f] = c
	maps.Copy(with, info.Needs)
	return with, nil
}

// Check returns an error for the first field or choice that is not in Fields,
// in alphabetical order of the fields.
func (p Profile) Check() error {
	for _, f := range slices.Sorted(maps.Keys(p)) {
		if _, err := choiceInfo(f, p[f]); err != nil {
			return err
		}
	}
	return nil
}

// Alternative is a profile that differs from the default in one field (and in
// what that choice needs).
type Alternative struct {
	Field   Field
	Choice  Choice
	Beyond  string // see ChoiceInfo
	Profile Profile
}

// String is the alternative as "field=choice".
func (a Alternative) String() string { return string(a.Field) + "=" + string(a.Choice) }

// Concerns says whether the alternative can make a difference to somebody who
// consulted these fields (Provisioner.Consulted) under the default profile.
func (a Alternative) Concerns(consulted []Field) bool {
	return slices.ContainsFunc(consulted, func(f Field) bool { return a.Profile.Answer(f) != Profile(nil).Answer(f) })
}

// Alternatives lists every choice that is not a default, one at a time, in the
// order of Fields.
func Alternatives() []Alternative {
	var all []Alternative
	for _, f := range Fields {
		for _, c := range f.Choices[1:] {
			with := DefaultProfile()
			with[f.Field] = c.Choice
			maps.Copy(with, c.Needs)
			all = append(all, Alternative{f.Field, c.Choice, c.Beyond, with})
		}
	}
	return all
}

func fieldInfo(f Field) *FieldInfo {
	if i := slices.IndexFunc(Fields, func(info FieldInfo) bool { return info.Field == f }); i >= 0 {
		return &Fields[i]
	}
	return nil
}

func choiceInfo(f Field, c Choice) (*ChoiceInfo, error) {
	info := fieldInfo(f)
	if info == nil {
		known := make([]string, len(Fields))
		for i := range Fields {
			known[i] = string(Fields[i].Field)
		}
		return nil, fmt.Errorf("profile: unknown field %q: use one of %s", f, strings.Join(known, ", "))
	}
	known := make([]string, len(info.Choices))
	for i := range info.Choices {
		if info.Choices[i].Choice == c {
			return &info.Choices[i], nil
		}
		known[i] = string(info.Choices[i].Choice)
	}
	return nil, fmt.Errorf("profile: field %s has no choice %q: use one of %s", f, c, strings.Join(known, ", "))
}
