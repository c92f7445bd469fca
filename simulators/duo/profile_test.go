package duo

import (
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
			if c.Meaning == "" || choices[c.Choice] {
				t.Errorf("%s=%s is not explained, or there twice", f.Field, c.Choice)
			}
			choices[c.Choice] = true
			if err := c.Needs.Check(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAProfileAnswersEveryField(t *testing.T) {
	for _, f := range Fields {
		if got := (Profile{}).Answer(f.Field); got != f.Choices[0].Choice {
			t.Errorf("the empty profile answers %s with %q", f.Field, got)
		}
		if got := DefaultProfile().Answer(f.Field); got != f.Choices[0].Choice {
			t.Errorf("the default profile answers %s with %q", f.Field, got)
		}
	}
}

func TestWithChangesOneFieldAndWhatItNeeds(t *testing.T) {
	before := DefaultProfile()
	p, err := before.With(FieldUserLookup, LookupExternalID)
	if err != nil {
		t.Fatal(err)
	}
	if p.Answer(FieldUserLookup) != LookupExternalID || p.Answer(FieldExternalID) != DuoKey {
		t.Errorf("%v", p)
	}
	if before.Answer(FieldUserLookup) != LookupFilter {
		t.Error("the profile itself was changed")
	}
	if _, err := Profile(nil).With(FieldRetry, No); err != nil {
		t.Error(err)
	}
}

func TestUnknownFieldsAndChoicesAreRefusedWithTheKnownOnes(t *testing.T) {
	_, err := Profile{}.With("colour", "red")
	if err == nil || !strings.HasPrefix(err.Error(), `profile: unknown field "colour": use one of probe, `) {
		t.Error(err)
	}
	_, err = Profile{}.With(FieldRetry, "red")
	if err == nil || err.Error() != `profile: field retry has no choice "red": use one of retry-after, no` {
		t.Error(err)
	}
	if _, err := New(guideApplication(), Profile{"colour": "red"}, nil, Options{}); err == nil {
		t.Error("a provisioner without a client was made")
	}
	if err := (Profile{FieldRetry: "red"}).Check(); err == nil {
		t.Error("a wrong profile was accepted")
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
		if a.Profile.Answer(a.Field) != a.Choice || a.Choice == DefaultProfile().Answer(a.Field) {
			t.Errorf("%+v", a)
		}
		if a.Concerns(nil) || !a.Concerns([]Field{a.Field}) {
			t.Errorf("%s concerns the wrong ones", a)
		}
	}
}
