package duo

import (
	"strings"
	"testing"
)

func TestAProfileFileGivesTheAnswersThatItNames(t *testing.T) {
	p, err := LoadProfile("profile.yaml", []byte("# from a recording\nretry: \"no\"\ndiscovery: no\nuser-lookup: external-id-first\nexternal-id: duo-key\nmedia-type: application/json\n"))
	want := Profile{Retry: RetryNever, Discovery: NoDiscoveryRequest, UserLookup: UserLookupExternalID, ExternalID: ExternalIDKey, MediaType: PlainJSON}
	if err != nil || p != want {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := LoadProfile("profile.yaml", []byte("{}")); err != nil || p != (Profile{}) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestAProfileFileThatIsWrongIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"probe: one-user\nretrie: \"no\"\n":                "profile.yaml:2:1: retrie: unknown field: did you mean \"retry\"?",
		"probe: one-users\n":                               "unknown choice: did you mean \"one-user\"?",
		"probe: [one-user]\n":                              "profile.yaml:1:",
		"user-lookup: external-id-first\n":                 "user-lookup=external-id-first needs external-id=duo-key",
		"- probe\n":                                        "profile.yaml:1:",
		"probe: one-user\nprobe: all-users\n":              "profile.yaml:2:",
		"probe: \"\"\n":                                    "profile.yaml:1:",
		"members-add: remove\nmembers-remove: filter-pa\n": "did you mean \"filter-path\"?",
	} {
		if _, err := LoadProfile("profile.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
}

func TestAGivenAnswerHasNoAlternatives(t *testing.T) {
	p := Profile{Retry: RetryNever, ExternalID: ExternalIDOmitted}
	for _, a := range p.Alternatives() {
		if a.Field == "retry" || a.Field == "external-id" || a.String() == "user-lookup=external-id-first" {
			t.Errorf("%s is an alternative", a)
		}
		if a.Profile.Answer("retry") != Choice(RetryNever) {
			t.Errorf("%s forgets what is given", a)
		}
		if a.Concerns([]Field{"retry"}) || !a.Concerns([]Field{a.Field}) {
			t.Errorf("%s concerns the wrong fields", a)
		}
	}
	if got, want := len(p.Alternatives()), len(Alternatives())-3; got != want {
		t.Errorf("%d alternatives, want %d", got, want)
	}
}
