package duo

import (
	"reflect"
	"strings"
	"testing"
)

func TestEveryFieldIsExplained(t *testing.T) {
	seen := map[Field]bool{}
	for _, f := range Fields {
		if seen[f.Field] {
			t.Errorf("%s is there twice", f.Field)
		}
		seen[f.Field] = true
		if !strings.HasSuffix(f.Question, "?") || f.Why == "" || f.Evidence == "" || len(f.Choices) < 2 {
			t.Errorf("%s is not explained: %+v", f.Field, f)
		}
		choices := map[Choice]bool{}
		for _, c := range f.Choices {
			if c.Choice == "" || c.Meaning == "" || choices[c.Choice] {
				t.Errorf("%s=%s is not explained, or there twice", f.Field, c.Choice)
			}
			choices[c.Choice] = true
			if err := c.Needs.Check(); err != nil {
				t.Error(err)
			}
		}
	}
	if n := reflect.TypeFor[Profile]().NumField(); n != len(Fields) {
		t.Errorf("the profile has %d fields, %d are explained", n, len(Fields))
	}
}

func TestEachFieldOfTheProfileIsSetAndReadByItsName(t *testing.T) {
	for _, f := range Fields {
		if got := (Profile{}).Answer(f.Field); got != f.Choices[0].Choice {
			t.Errorf("the empty profile answers %s with %q", f.Field, got)
		}
		last := f.Choices[len(f.Choices)-1]
		p, err := Profile{}.With(f.Field, last.Choice)
		if err != nil || p.Answer(f.Field) != last.Choice {
			t.Errorf("%s=%s: %v, error %v", f.Field, last.Choice, p, err)
		}
		for _, other := range Fields {
			if other != f && p.Answer(other.Field) != (Profile{}).Answer(other.Field) && other.get(&last.Needs) == "" {
				t.Errorf("%s=%s changes %s", f.Field, last.Choice, other.Field)
			}
		}
	}
}

func TestWithChangesOneFieldAndWhatItNeeds(t *testing.T) {
	before := Profile{}
	p, err := before.With("user-lookup", "external-id-first")
	if err != nil {
		t.Fatal(err)
	}
	if want := (Profile{UserLookup: UserLookupExternalID, ExternalID: ExternalIDKey}); p != want {
		t.Errorf("%+v", p)
	}
	if before != (Profile{}) {
		t.Error("the profile itself was changed")
	}
}

func TestAProfileThatMakesNoSenseIsRefusedWithWhatIsPossible(t *testing.T) {
	for want, p := range map[string]Profile{
		`profile: field retry has no choice "red": use one of retry-after, no`:                                             {Retry: "red"},
		`profile: user-lookup=external-id-first needs external-id=duo-key: set it, or make another choice`:                 {UserLookup: UserLookupExternalID},
		`profile: field user-update has no choice "remove": use one of patch-path, patch-pathless, put`:                    {UserUpdate: Modification(ClearRemove)},
		`profile: field members-add has no choice "PUT": use one of one-operation, operation-per-member, replace-all, put`: {MembersAdd: "PUT"},
	} {
		if err := p.Check(); err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
		r := newRig(t, people())
		if _, err := New(guideApplication(), p, &r.client, Options{}); err == nil || err.Error() != want {
			t.Errorf("a provisioner was made: %v", err)
		}
	}
	_, err := Profile{}.With("colour", "red")
	if err == nil || !strings.HasPrefix(err.Error(), `profile: unknown field "colour": use one of probe, `) {
		t.Error(err)
	}
	if _, err := (Profile{}).With("retry", "red"); err == nil {
		t.Error("an unknown choice was accepted")
	}
	if _, err := New(guideApplication(), Profile{}, nil, Options{}); err == nil {
		t.Error("a provisioner without a client was made")
	}
}

func TestAlternativesAreEveryChoiceThatIsNoDefault(t *testing.T) {
	want := 0
	for _, f := range Fields {
		want += len(f.Choices) - 1
	}
	all := Alternatives()
	if len(all) != want {
		t.Errorf("%d alternatives, want %d", len(all), want)
	}
	for _, a := range all {
		if a.Profile.Answer(a.Field) != a.Choice || a.Choice == (Profile{}).Answer(a.Field) || a.Profile.Check() != nil {
			t.Errorf("%+v", a)
		}
		if a.Concerns(nil) || !a.Concerns([]Field{a.Field}) {
			t.Errorf("%s concerns the wrong ones", a)
		}
	}
}

func TestEveryAlternativeIsExplainedByItsName(t *testing.T) {
	for _, a := range Alternatives() {
		info, choice := Explain(a.String())
		if info == nil || info.Question == "" || info.Why == "" || choice.Meaning == "" {
			t.Errorf("%s: got %v %v, want a question, a reason and a meaning", a, info, choice)
		}
	}
	for _, name := range []string{"", "probe", "probe=none", "colour=red"} {
		if info, _ := Explain(name); info != nil {
			t.Errorf("%q is explained as %s", name, info.Field)
		}
	}
	_, choice := Explain("user-lookup=external-id-first")
	if got := choice.NeedsWords(); len(got) != 1 || got[0] != "external-id=duo-key" {
		t.Errorf("user-lookup=external-id-first needs %v", got)
	}
}
