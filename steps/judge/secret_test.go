package judge

import "testing"

func TestASecretThatIsShortOrAWordIsNotSearchedFor(t *testing.T) {
	for secret, want := range map[string]bool{
		"": false, "t": false, "s3cr3t!": false, "token": false, "password": false, "ChangeMe": false,
		"dev-token-1": true, "8f14e45fceea167a": true, "aVeryLongTokenOfLettersOnly": true,
	} {
		if got := Telling(secret); got != want {
			t.Errorf("%q: %v", secret, got)
		}
	}
}
