package engine

import "testing"

func TestWhatIsNotDeclaredIsNotQuotedAsNull(t *testing.T) {
	for want, got := range map[string]string{
		"/ServiceProviderConfig says nothing of pagination.cursor": says("pagination.cursor", nil, false),
		"/ServiceProviderConfig says bulk.supported false":         says("bulk.supported", false, true),
		"/ServiceProviderConfig says bulk.supported null":          says("bulk.supported", nil, true),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
