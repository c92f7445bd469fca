package engine

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A flaw that many requirements see in what a target answers to a write, or in what is left of
// somebody who is deleted, is told by one.
func TestAFlawOfWritesIsOneFinding(t *testing.T) {
	const failed, blocked = report.Failed, report.Blocked
	for _, test := range []struct {
		home, fault string
		want        map[string]report.Verdict
	}{
		{"RFC7644-3.6-03", "a deleted user is found by the beginning of userName", map[string]report.Verdict{"RFC7644-3.6-03": failed, "RFC7644-3.4.2.4-01": blocked, "RFC7644-3.4.2.4-04": blocked, "RFC9865-2-05": blocked}},
		{"RFC7644-3.6-01", "a deletion of a user deletes nothing", map[string]report.Verdict{"RFC7644-3.6-01": failed, "RFC7644-3.6-02": blocked, "RFC7644-3.6-03": blocked}},
		{"RFC7644-3.3-06", "a duplicate answers 400", map[string]report.Verdict{"RFC7644-3.3-06": failed, "RFC7644-3.3-07": blocked, "RFC7644-3.3-40": blocked, "RFC7643-4.1.1-04": blocked, "RFC7643-4.1.1-05": blocked}},
		{"RFC7644-3.3-09", "a missing name of a group answers 500", map[string]report.Verdict{"RFC7644-3.3-09": failed, "RFC7643-4.2-01": blocked, "RFC7644-2-01": blocked, "RFC7644-3.3-13": blocked, "RFC7644-3.3-20": blocked}},
		{"RFC7644-3.3-05", "meta.location leads to another id", map[string]report.Verdict{"RFC7644-3.3-05": failed, "RFC7643-3.1-21": blocked, "RFC7644-3.1-03": blocked, "RFC7644-3.3-07": blocked, "RFC7644-3.4.1-01": blocked}},
		{"RFC7644-3.1-03", "a change answers the state before", map[string]report.Verdict{"RFC7644-3.1-03": failed, "RFC7644-3.5.2-14": blocked, "RFC7644-3.5.2-15": blocked, "RFC7644-3.9-02": blocked}},
		{"RFC7644-3.8-01", "answers are Latin-1 and say so", map[string]report.Verdict{"RFC7644-3.8-01": failed, "RFC7643-2.3.1-02": blocked, "RFC7643-3.1-10": blocked, "RFC7644-3.3-19": blocked}},
		{"RFC7644-3.9-02", "attributes is ignored on PATCH", map[string]report.Verdict{"RFC7644-3.9-02": failed, "RFC7644-3.5.2-15": blocked}},
		{"RFC7644-3.5.1-18", "a list of one user is a user", map[string]report.Verdict{"RFC7644-3.5.1-18": failed, "RFC7644-3.3-13": blocked}},
		{"RFC7643-4.2-09", "a new group keeps its first member", map[string]report.Verdict{"RFC7643-4.2-09": failed, "RFC7643-4.2-08": blocked, "RFC7644-3.5.1-11": blocked}},
		{"RFC7643-4.3-01", "a PUT of the user loses the extension", map[string]report.Verdict{"RFC7644-3.5.1-01": failed, "RFC7643-4.3-01": blocked, "RFC7643-3-04": blocked, "RFC7644-3.5.1-11": blocked}},
		{"RFC7643-7-11", "id is missing from the answer to .search", map[string]report.Verdict{"RFC7643-3.1-02": failed, "RFC7643-7-11": blocked, "RFC7644-3.4.3-01": blocked, "RFC7644-3.4.2-09": blocked}},
		{"ENTRA-GROUP-07", "a change is only accepted", map[string]report.Verdict{"RFC7644-3.5.2-14": failed, "RFC7644-3.5.2.1-03": blocked, "RFC7644-3.5.2.3-01": blocked, "RFC7643-7-16": blocked}},
		{"AUTHENTIK-GROUP-01", "a creation is answered by 200", map[string]report.Verdict{"RFC7644-3.3-03": failed, "RFC7644-3.3-05": blocked, "RFC7644-3.8-01": blocked}},
		{"RFC7644-3.4.2.4-10", "totalResults is no higher than 10", map[string]report.Verdict{"RFC7644-3.4.2-02": failed, "RFC7644-3.4.2.4-01": blocked, "RFC7644-3.4.2.4-07": blocked, "RFC7644-3.4.2.3-01": blocked}},
		{"ENTRA-CONNECT-01", "an empty result counts as one", map[string]report.Verdict{"RFC7644-3.4.2-07": failed, "RFC7644-3.4.2.2-01": blocked, "RFC7644-3.6-03": blocked}},
		{"RFC9865-2-05", "a page has one more than count", map[string]report.Verdict{"RFC9865-2-05": failed, "RFC9865-2-01": blocked, "RFC9865-3-01": blocked}},
		{"RFC7643-4.1.1-10", "a time zone becomes an offset", map[string]report.Verdict{"RFC7643-4.1.1-10": failed, "RFC7643-7-19": blocked}},
	} {
		t.Run(test.fault, func(t *testing.T) {
			t.Parallel()
			expect := expectVerdicts
			if test.home == "RFC7644-3.6-01" { // nothing can be removed
				expect = expectVerdictsLeaving
			}
			expect(t, wrapOf(t, test.home, test.fault), test.want)
		})
	}
}

// A server that dies of a text where it wants an object says so to whatever sends one.
func TestAFlawOfWrongTypesIsOneFinding(t *testing.T) {
	dies := rewrite.Handle(rewrite.Creations("Users"), func(_ http.Handler, r *http.Request) *rewrite.Answer {
		if rewrite.BodyOf(r).String("name") == "" {
			return nil
		}
		return rewrite.Refusal(scim.Internal("no attribute 'get'"))
	})
	expectVerdicts(t, dies, map[string]report.Verdict{
		"RFC7644-3.3-10": report.Failed, "RFC7643-2.3-01": report.Blocked, "RFC7644-3.3-20": report.Blocked,
	})
}
