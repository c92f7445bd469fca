package duo

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/schemas"
)

func TestEverythingThatIsSentIsAValidSCIMMessage(t *testing.T) {
	profiles := map[string]Profile{"default": {}}
	for _, a := range Alternatives() {
		profiles[a.String()] = a.Profile
	}
	for name, profile := range profiles {
		r := life(t, choosing(profile))
		sent := 0
		for _, e := range r.recorder.Exchanges() {
			if len(e.RequestBody) == 0 {
				continue
			}
			sent++
			if err := schemas.ValidateMessage(e.RequestBody, schemas.Request); err != nil {
				t.Errorf("%s: %s %s: %v\n%s", name, e.Method, e.URL, err, e.RequestBody)
			}
		}
		if sent < 10 {
			t.Errorf("%s: only %d messages were sent", name, sent)
		}
	}
}
