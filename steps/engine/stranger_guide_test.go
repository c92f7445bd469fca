package engine

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A server that wants an address of every user: the requirement on the barest user tells it.
func TestATargetThatWantsMoreThanANameIsOneFindingOfTheGuide(t *testing.T) {
	wants := brokenAt(func(r *http.Request, sent []byte) bool {
		var user struct{ Emails []any }
		return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") && json.Unmarshal(sent, &user) == nil && len(user.Emails) == 0
	}, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"schemas": ["`+scim.ErrorURN+`"], "status": "400", "scimType": "invalidValue", "detail": "'emails' is required"}`)
	})
	expectVerdicts(t, wants, map[string]report.Verdict{
		"CSA-SYNC-01": report.Passed, "CSA-MAP-03": report.Blocked, "CSA-MAP-04": report.Failed,
	})
}
