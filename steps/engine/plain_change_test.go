package engine

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What goes wrong in its plainest form is the finding of one requirement. It blocks the
// others, and only where it is asked itself.
func TestAFaultOfThePlainestFormIsOneFinding(t *testing.T) {
	const failed, blocked, passed = report.Failed, report.Blocked, report.Passed
	for _, test := range []struct {
		home, fault string
		want        map[string]report.Verdict
	}{
		{"RFC7644-3.5.2-13", "only the first operation is done", map[string]report.Verdict{
			"RFC7644-3.5.2-13": failed, "RFC7644-3.5.2-22": blocked, "RFC7644-3.5.2.2-03": blocked, "RFC7644-3.5.2.3-08": passed,
		}},
		{"RFC7644-3.5.2-13", "only the first operation is done", map[string]report.Verdict{"RFC7644-3.5.2-22": failed}},
		{"RFC7644-3.5.2.1-03", "an add replaces the list", map[string]report.Verdict{
			"RFC7644-3.5.2.1-03": failed, "RFC7643-2.4-07": blocked,
		}},
		{"RFC7644-3.5.2.1-03", "an add replaces the members", map[string]report.Verdict{"RFC7644-3.5.2.1-03": failed, "RFC7643-4.2-09": blocked}},
		{"RFC7644-3.5.2.3-04", "a replace of a list adds to it", map[string]report.Verdict{"RFC7644-3.5.2.3-04": failed, "RFC7644-3.5.2-16": blocked}},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped", map[string]report.Verdict{"RFC7644-3.5.2.2-03": failed, "RFC7644-3.5.2-22": blocked}},
		{"RFC7644-3.5.2.2-03", "a remove with a filter is skipped for members", map[string]report.Verdict{
			"RFC7644-3.5.2.2-03": failed, "RFC7644-3.5.2.2-04": blocked, "RFC7644-3.5.2-40": blocked,
		}},
		{"RFC7644-3.5.2.2-03", "members are removed by the places that they had before the first of them left", map[string]report.Verdict{"RFC7644-3.5.2.2-03": failed, "RFC7643-4.2-09": blocked}},
		{"RFC7644-3.5.2.3-05", "a replace of an element loses the others", map[string]report.Verdict{"RFC7644-3.5.2.3-05": failed, "RFC7644-3.5.2-16": blocked}},
		{"RFC7644-3.5.2.3-05", "of a value behind a filter the first word is kept", map[string]report.Verdict{"RFC7644-3.5.2.3-05": failed, "RFC7644-3.5.2-22": blocked}},
		{"RFC7644-3.5.2.1-03", "an added element becomes the primary one", map[string]report.Verdict{"RFC7644-3.5.2.1-03": failed, "RFC7644-3.5.2-22": blocked}},
		{"RFC7644-3.5.2.2-01", "a remove of a single value is skipped", map[string]report.Verdict{"RFC7644-3.5.2.2-01": failed, "RFC7644-3.5.2-04": blocked}},
		{"RFC7644-3.4.2-02", "totalResults counts the page", map[string]report.Verdict{
			"RFC7644-3.4.2-02": failed, "RFC7644-3.4.2.4-07": blocked, "RFC7644-3.4.2.4-05": blocked, "RFC7644-3.4.2.4-10": blocked, "RFC7644-3.4.2.3-07": blocked,
		}},
		{"RFC7644-3.5.2.1-02", "an add without a path replaces the members", map[string]report.Verdict{"RFC7644-3.5.2.1-02": failed, "RFC7644-3.5.2-22": blocked}},
		{"RFC7644-3.5.2-22", "telephone numbers cannot be removed", map[string]report.Verdict{"RFC7644-3.5.2-22": failed, "RFC7644-3.5.2.2-01": passed}},
		{"RFC7644-3.5.2-22", "a bad operation among several is skipped", map[string]report.Verdict{
			"RFC7644-3.5.2-03": failed, "RFC7644-3.5.2-05": blocked, "RFC7644-3.5.2-07": blocked, "RFC7644-3.5.2-12": blocked, "RFC7644-3.5.2-22": blocked, "RFC7644-3.3-13": blocked,
		}},
		{"RFC7644-3.5.2-03", "an unknown op answers 422", map[string]report.Verdict{
			"RFC7644-3.4.1-02": failed, "RFC7644-3.5.2-03": blocked, "RFC7644-3.5.2-06": blocked, "RFC7643-4.1.1-06": blocked, "RFC7644-2-03": blocked,
		}},
		{"CSA-DEPROV-01", "a deactivation is answered and not made", map[string]report.Verdict{
			"CSA-MAP-06": failed, "CSA-DEPROV-01": blocked, "CSA-SYNC-04": blocked, "RFC7644-3.5.2.3-08": failed, "RFC7644-3.5.2.1-04": blocked, "RFC7644-3.5.2.2-01": blocked,
		}},
		{"CSA-MAP-06", "changes are answered and not made", map[string]report.Verdict{
			"CSA-MAP-06": failed, "RFC7644-3.5.1-01": failed, "RFC7643-2.2-01": blocked, "RFC7643-3.1-04": blocked, "RFC7644-3.5.2.3-08": failed, "RFC7644-3.5.2.3-01": blocked,
		}},
		{"CSA-SYNC-02", "members are dropped", map[string]report.Verdict{
			"CSA-SYNC-02": failed, "CSA-SYNC-03": blocked, "CSA-SYNC-07": blocked, "CSA-SYNC-08": blocked, "CSA-SYNC-09": blocked, "CSA-DEPROV-01": blocked, "CSA-DEPROV-06": blocked,
		}},
		{"CSA-SYNC-01", "a created user is not found", map[string]report.Verdict{
			"CSA-SYNC-01": failed, "CSA-SYNC-03": blocked, "CSA-SYNC-04": blocked, "CSA-SYNC-06": blocked, "CSA-DEPROV-02": blocked,
		}},
		{"CSA-DEPROV-01", "a deactivated user is deleted", map[string]report.Verdict{
			"CSA-DEPROV-01": failed, "CSA-DEPROV-04": blocked, "CSA-DEPROV-05": blocked, "CSA-DEPROV-07": blocked,
			"RFC7643-4.1.1-11": failed, "RFC7643-4.1.1-12": blocked, "RFC7644-3.5.2.1-04": blocked, "RFC7644-3.5.2.3-01": blocked,
		}},
		{"CSA-SYNC-04", "a disabled user cannot be enabled", map[string]report.Verdict{
			"CSA-SYNC-04": failed, "RFC7643-4.1.1-11": failed, "RFC7644-3.5.2.1-04": blocked, "RFC7644-3.5.2.3-08": blocked,
		}},
		{"CSA-MAP-01", "the family name is dropped", map[string]report.Verdict{"CSA-MAP-01": failed, "CSA-MAP-06": blocked, "CSA-DEPROV-04": blocked}},
		{"RFC7644-3.5.2-23", "a new externalId empties the group", map[string]report.Verdict{"RFC7644-3.5.2-23": failed, "RFC7644-3.5.2-22": blocked}},
		{"RFC7643-4.1.1-13", "a GET shows the password", map[string]report.Verdict{"RFC7643-4.1.1-13": failed, "RFC7643-4.1.1-14": blocked}},
		{"RFC7643-4.1.1-04", "two users may have one userName", map[string]report.Verdict{
			"RFC7643-4.1.1-04": failed, "RFC7644-3.3-06": blocked, "RFC7644-3.3-07": blocked, "RFC7644-3.3-40": blocked,
		}},
		{"RFC7644-3.4.2.3-01", "sortBy is ignored", map[string]report.Verdict{
			"RFC7644-3.4.2.3-01": failed, "RFC7644-3.4.2.3-02": blocked, "RFC7644-3.4.2.3-03": blocked, "RFC7644-3.4.2.3-06": blocked,
			"RFC7644-3.4.2.3-07": blocked, "RFC7644-3.4.2.3-10": blocked,
		}},
		{"RFC7644-3.4.2.3-04", "capital letters come first", map[string]report.Verdict{"RFC7644-3.4.2.3-04": failed, "RFC7644-3.4.2.3-01": blocked}},
		{"RFC7644-3.4.2.4-07", "pages overlap by one", map[string]report.Verdict{
			"RFC7644-3.4.2.4-07": failed, "RFC7644-3.4.2.4-06": blocked, "RFC7644-3.4.2.4-10": blocked, "RFC7644-3.4.2.3-07": blocked,
		}},
		{"RFC7644-3.4.2.4-07", "every page has its first resource twice", map[string]report.Verdict{
			"RFC7644-3.4.2.4-07": failed, "RFC7643-3.1-24": blocked, "RFC7644-3.4.2.2-15": blocked, "RFC7644-3.4.2-09": blocked,
		}},
		{"RFC7644-3.4.2.4-07", "the last page is empty", map[string]report.Verdict{
			"RFC7644-3.4.2.4-07": failed, "RFC7644-3.4.2.2-47": blocked, "RFC7644-3.4.2-05": blocked,
		}},
		{"RFC7644-3.4.2.4-07", "totalResults is that of the page, for groups", map[string]report.Verdict{
			"RFC7644-3.4.2.4-07": failed, "RFC7644-3.4.2.4-01": blocked, "RFC7644-3.4.2.3-07": blocked, "RFC7644-3.4.2.4-10": blocked,
		}},
		{"RFC7644-3.4.2.4-04", "count 0 means no limit", map[string]report.Verdict{"RFC7644-3.4.2.4-04": failed, "RFC7644-3.4.2.2-47": blocked}},
		{"RFC7643-3.1-06", "a new user has the id that was wanted", map[string]report.Verdict{"RFC7643-3.1-06": failed, "RFC7644-3.3-01": blocked}},
		{"RFC7643-4.1.2-09", "a new user joins groups", map[string]report.Verdict{"RFC7643-4.1.2-09": failed, "RFC7644-3.3-01": blocked}},
		{"RFC7643-3.1-16", "a PUT creates anew", map[string]report.Verdict{"RFC7643-3.1-16": failed, "RFC7644-3.5.1-06": blocked}},
		{"RFC7644-3.5.2.3-06", "a replace that matches nothing is skipped", map[string]report.Verdict{
			"RFC7644-3.5.2.3-06": failed, "RFC7644-3.5.2-12": blocked, "RFC7644-3.5.2-25": blocked,
		}},
		{"RFC7644-3.5.2.2-06", "a remove of a required attribute is skipped", map[string]report.Verdict{"RFC7644-3.5.2.2-06": failed, "RFC7643-4.1.1-01": blocked}},
		{"RFC7644-3.10-01", "a URN is not understood in attributes", map[string]report.Verdict{"RFC7644-3.10-01": failed, "RFC7644-3.10-02": blocked}},
		{"RFC7644-3.4.2.5-06", "attributes of an extension cannot be chosen", map[string]report.Verdict{
			"RFC7644-3.4.2.5-06": failed, "RFC7644-3.10-03": blocked, "RFC7644-3.4.2.5-01": blocked,
		}},
		{"RFC7644-3.5.2.2-04", "the last value takes the name along", map[string]report.Verdict{
			"RFC7644-3.5.2.2-04": failed, "RFC7644-3.5.2.2-03": blocked, "RFC7644-3.5.2-21": blocked, "RFC7644-3.5.2-23": blocked,
		}},
		{"RFC7644-3.5.2-20", "a PATCH leaves the version alone", map[string]report.Verdict{"RFC7644-3.14-08": failed, "RFC7644-3.5.2-20": blocked, "RFC7643-3.1-18": blocked}},
		{"RFC7644-3.5.2-20", "a PATCH leaves the time of the change alone", map[string]report.Verdict{"RFC7643-3.1-18": failed, "RFC7644-3.5.2-20": blocked}},
		{"RFC7644-4-03", "a schema alone is all schemas", map[string]report.Verdict{"RFC7644-4-03": failed, "RFC7644-3.1-02": passed, "RFC7644-3.4.1-02": passed}},
		{"RFC7644-3.4.2.5-02", "attributes is ignored", map[string]report.Verdict{"RFC7644-3.4.2.5-02": failed, "RFC7644-3.4.2.5-07": blocked}},
		{"RFC7644-3.14-01", "there is no ETag", map[string]report.Verdict{"RFC7644-3.14-01": failed, "RFC7644-3.14-03": blocked, "RFC7644-3.14-06": blocked}},
	} {
		t.Run(test.home+" "+test.fault, func(t *testing.T) {
			t.Parallel()
			expectVerdicts(t, wrapOf(t, test.home, test.fault), test.want)
		})
	}
}

func wrapOf(t *testing.T, requirement, name string) func(http.Handler) http.Handler {
	t.Helper()
	for _, f := range faults.All() {
		if f.Requirement == requirement && f.Name == name {
			return f.Wrap
		}
	}
	t.Fatalf("there is no fault %q of %s", name, requirement)
	return nil
}

// Two flaws in the plain forms of one requirement are two looks: what refuses one PATCH does
// not explain another.
func TestAPartThatIsNotChangedExplainsNoRefusal(t *testing.T) {
	addsToAGroup := func(r *http.Request, body []byte) bool {
		return r.Method == http.MethodPatch && strings.Contains(r.URL.Path, "/Groups/") && bytes.Contains(body, []byte(`"add"`))
	}
	parts := wrapOf(t, "RFC7644-3.5.2.3-08", "a replace of a part is skipped")
	expectVerdicts(t, func(next http.Handler) http.Handler { return brokenAt(addsToAGroup, internalError)(parts(next)) },
		map[string]report.Verdict{"RFC7644-3.5.2.3-08": report.Failed, "RFC7644-3.5.2.1-03": report.Failed})
}

func TestATargetThatServesEverybodyIsOneFinding(t *testing.T) {
	expectVerdicts(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set("Authorization", "Bearer a-token")
			next.ServeHTTP(w, r)
		})
	}, map[string]report.Verdict{
		"RFC7644-2-01": report.Failed, "RFC7644-2-02": report.Blocked, "RFC7644-2-03": report.Blocked, "RFC7644-2-08": report.Blocked,
		"RFC7644-2-09": report.Blocked, "RFC7644-2-10": report.Blocked,
	})
}

func TestATargetThatDiesOfParenthesesIsOneFinding(t *testing.T) {
	dies := func(r *http.Request, _ []byte) bool { return strings.Contains(r.URL.Query().Get("filter"), "(") }
	expectVerdicts(t, brokenAt(dies, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), map[string]report.Verdict{
		"RFC7644-3.4.2.2-18": report.Failed, "RFC7644-3.4.2.2-42": report.Blocked, "RFC7644-3.4.2.2-16": report.Blocked,
	})
}
