package duo

import (
	"fmt"
	"sync"
)

// Field is the name of a question about Duo's behaviour, such as "user-lookup".
type Field string

// Choice is the name of one plausible answer to a question, such as "list-all".
type Choice string

// FieldInfo describes a field of Profile: the question, what is known, and the
// answers.
type FieldInfo struct {
	Field    Field
	Question string
	Evidence Mark
	Why      string       // what speaks for the default, with the source
	Choices  []ChoiceInfo // the first is the default

	get func(*Profile) Choice
	set func(*Profile, Choice)
}

// ChoiceInfo describes one answer.
type ChoiceInfo struct {
	Choice  Choice
	Meaning string
	// Needs are answers to other fields without which this one makes no sense;
	// Profile.With gives them too, and Profile.Check demands them.
	Needs Profile
	// Beyond says what the choice does that RFC 7644 does not define, so that a
	// target may refuse it and still be right; "" for a choice within the RFC.
	Beyond string
}

// Fields lists every field in the order in which a first synchronization meets
// it. All are assumed: no capture of Duo's SCIM traffic is public.
var Fields = []*FieldInfo{
	fieldProbe.FieldInfo, fieldDiscovery.FieldInfo, fieldMediaType.FieldInfo, fieldUserAgent.FieldInfo, fieldRetry.FieldInfo,
	fieldUserLookup.FieldInfo, fieldPaging.FieldInfo, fieldMatchedUser.FieldInfo, fieldSchemasList.FieldInfo,
	fieldExternalID.FieldInfo, fieldCreateActive.FieldInfo, fieldEmailsShape.FieldInfo, fieldEmptyValue.FieldInfo,
	fieldUserUpdate.FieldInfo, fieldClearedValue.FieldInfo, fieldDeactivate.FieldInfo, fieldReactivate.FieldInfo,
	fieldDisabledUser.FieldInfo, fieldOperationCase.FieldInfo,
	fieldGroupLookup.FieldInfo, fieldGroupCreate.FieldInfo, fieldGroupRename.FieldInfo, fieldMembersAdd.FieldInfo,
	fieldMembersRemove.FieldInfo, fieldMemberShape.FieldInfo, fieldGroupRemoval.FieldInfo,
}

func fieldInfo(f Field) (*FieldInfo, error) {
	known := make([]Field, len(Fields))
	for i, info := range Fields {
		if info.Field == f {
			return info, nil
		}
		known[i] = info.Field
	}
	return nil, unknown(fmt.Sprintf("unknown field %q", f), known)
}

func (f *FieldInfo) choice(c Choice) (*ChoiceInfo, error) {
	known := make([]Choice, len(f.Choices))
	for i := range f.Choices {
		if f.Choices[i].Choice == c {
			return &f.Choices[i], nil
		}
		known[i] = f.Choices[i].Choice
	}
	return nil, unknown(fmt.Sprintf("field %s has no choice %q", f.Field, c), known)
}

// answer is the profile's choice, or the default.
func (f *FieldInfo) answer(p Profile) Choice {
	if c := f.get(&p); c != "" {
		return c
	}
	return f.Choices[0].Choice
}

// field is a FieldInfo whose choices have the type of the profile's field.
type field[T ~string] struct{ *FieldInfo }

// option is a choice of a field.
type option[T ~string] struct {
	choice  T
	meaning string
	needs   Profile
	beyond  string
}

// newField describes the field of Profile that at points to.
func newField[T ~string](info FieldInfo, at func(*Profile) *T, options ...option[T]) field[T] {
	info.get = func(p *Profile) Choice { return Choice(*at(p)) }
	info.set = func(p *Profile, c Choice) { *at(p) = T(c) }
	for _, o := range options {
		info.Choices = append(info.Choices, ChoiceInfo{Choice(o.choice), o.meaning, o.needs, o.beyond})
	}
	return field[T]{&info}
}

// ask returns the answer and notes that the field was consulted.
func (f field[T]) ask(a *answers) T {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.consulted == nil {
		a.consulted = map[Field]bool{}
	}
	a.consulted[f.Field] = true
	return T(f.answer(a.profile))
}

// answers is a profile that notes which of its fields were consulted. It is
// safe for concurrent use.
type answers struct {
	profile   Profile
	mu        sync.Mutex
	consulted map[Field]bool
}

// fields lists what was consulted, in the order of Fields.
func (a *answers) fields() []Field {
	a.mu.Lock()
	defer a.mu.Unlock()
	var fields []Field
	for _, info := range Fields {
		if a.consulted[info.Field] {
			fields = append(fields, info.Field)
		}
	}
	return fields
}
