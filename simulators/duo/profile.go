package duo

import (
	"fmt"
	"slices"
	"strings"
)

// Profile answers the questions about Duo's behaviour that no public source
// answers, one field for each. An empty field has its default, so the zero
// Profile is the default one. Fields explains the questions and the choices.
type Profile struct {
	Probe         Probe
	Discovery     Discovery
	MediaType     MediaType
	UserAgent     UserAgent
	Retry         Retry
	UserLookup    UserLookup
	Paging        Paging
	MatchedUser   MatchedUser
	SchemasList   SchemasList
	ExternalID    ExternalID
	CreateActive  CreateActive
	EmailsShape   EmailsShape
	EmptyValue    EmptyValue
	UserUpdate    Modification
	ClearedValue  ClearedValue
	Deactivate    Modification
	Reactivate    Modification
	DisabledUser  DisabledUser
	OperationCase OperationCase
	GroupLookup   GroupLookup
	GroupCreate   GroupCreate
	GroupRename   Modification
	MembersAdd    MembersAdd
	MembersRemove MembersRemove
	MemberShape   MemberShape
	GroupRemoval  GroupRemoval
}

// Answer returns the profile's choice for the field, or the field's default. An
// unknown field has no answer: "".
func (p Profile) Answer(f Field) Choice {
	info, err := fieldInfo(f)
	if err != nil {
		return ""
	}
	return info.answer(p)
}

// With returns a copy of the profile in which the field has this choice, and
// the fields that the choice needs have theirs. An unknown field or choice is
// an error that lists the known ones.
func (p Profile) With(f Field, c Choice) (Profile, error) {
	info, err := fieldInfo(f)
	if err != nil {
		return p, err
	}
	choice, err := info.choice(c)
	if err != nil {
		return p, err
	}
	return p.with(info, choice), nil
}

func (p Profile) with(info *FieldInfo, choice *ChoiceInfo) Profile {
	info.set(&p, choice.Choice)
	for _, other := range Fields {
		if needed := other.get(&choice.Needs); needed != "" {
			other.set(&p, needed)
		}
	}
	return p
}

// Check says what is wrong with the profile, or nil: a field with a choice that
// it does not have, or a choice without the other one that it needs. The error
// names the field and the choices that are possible.
func (p Profile) Check() error {
	for _, info := range Fields {
		choice, err := info.choice(info.answer(p))
		if err != nil {
			return err
		}
		for _, other := range Fields {
			if needed := other.get(&choice.Needs); needed != "" && other.answer(p) != needed {
				return fmt.Errorf("profile: %s=%s needs %s=%s: set it, or make another choice",
					info.Field, choice.Choice, other.Field, needed)
			}
		}
	}
	return nil
}

// Alternative is a profile that differs from another in one field (and in what that
// choice needs).
type Alternative struct {
	Field   Field
	Choice  Choice
	Beyond  string // see ChoiceInfo
	Profile Profile

	base Profile
}

// String is the alternative as "field=choice".
func (a Alternative) String() string { return string(a.Field) + "=" + string(a.Choice) }

// Concerns says whether the alternative answers one of these fields
// (Provisioner.Consulted) otherwise than the profile to which it is one.
func (a Alternative) Concerns(consulted []Field) bool {
	return slices.ContainsFunc(consulted, func(f Field) bool { return a.Profile.Answer(f) != a.base.Answer(f) })
}

// Alternatives are those to the default profile.
func Alternatives() []Alternative { return Profile{}.Alternatives() }

// Alternatives lists every other choice of the fields that the profile leaves empty,
// one at a time, in the order of Fields. A choice that needs another answer than the
// profile gives is none.
func (p Profile) Alternatives() []Alternative {
	var all []Alternative
	for _, info := range Fields {
		if info.get(&p) != "" {
			continue
		}
		for i := range info.Choices[1:] {
			c := &info.Choices[i+1]
			if other := p.with(info, c); p.keptBy(other) {
				all = append(all, Alternative{info.Field, c.Choice, c.Beyond, other, p})
			}
		}
	}
	return all
}

// keptBy says whether another profile gives all the answers that this one gives.
func (p Profile) keptBy(other Profile) bool {
	return !slices.ContainsFunc(Fields, func(f *FieldInfo) bool { return f.get(&p) != "" && f.get(&p) != f.get(&other) })
}

// unknown is the error for a name that is not among the known ones.
func unknown[T ~string](what string, known []T) error {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	return fmt.Errorf("profile: %s: use one of %s", what, strings.Join(names, ", "))
}
