package report

import "testing"

func TestARequirementLinksToWhereItIsWritten(t *testing.T) {
	for _, c := range []struct {
		q    Requirement
		want string
	}{
		{Requirement{ID: "RFC7644-3.5.2-07", Source: "RFC 7644 section 3.5.2"}, "https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2"},
		{Requirement{ID: "DUO-SYNC-01", Source: `Cisco document 225885, "Verify in DUO"`}, guideURL},
		{Requirement{ID: "ENTRA-USER-01", Source: "Microsoft Entra documentation"}, ""},
		{Requirement{ID: `RFC7644-3"><script>-01`}, ""},
	} {
		if got := Link(&c.q); got != c.want {
			t.Errorf("%s: got %q, want %q", c.q.ID, got, c.want)
		}
	}
}
