package engine

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What people have filed against servers, each in a server that is right in all else: one
// requirement tells it, and those that see it as well wait for that.
func TestWhatPeopleFiledIsOneFinding(t *testing.T) {
	const failed, blocked = report.Failed, report.Blocked
	refused := scim.InvalidValue("not supported")
	for name, test := range map[string]struct {
		wrap rewrite.Wrap
		want map[string]report.Verdict
	}{
		"a search without a count is an error of the server": {
			rewrite.Handle(rewrite.Searches, func(_ http.Handler, r *http.Request) *rewrite.Answer {
				if _, counts := rewrite.BodyOf(r).Get("count"); counts {
					return nil
				}
				return rewrite.Refusal(scim.Internal("index out of bounds"))
			}),
			map[string]report.Verdict{"RFC7644-3.4.3-01": failed, "RFC7644-3.4.3-02": blocked, "RFC7644-3.4.2.2-46": blocked, "RFC7644-3.4.2.3-01": blocked, "RFC7644-3.4.2-07": blocked},
		},
		"parts of attributes cannot be chosen": {
			rewrite.Handle(rewrite.Resource, func(_ http.Handler, r *http.Request) *rewrite.Answer {
				chosen := append(rewrite.Names(r.URL.Query(), "attributes"), rewrite.Names(r.URL.Query(), "excludedAttributes")...)
				if !slices.ContainsFunc(chosen, rewrite.Dotted) {
					return nil
				}
				return rewrite.Refusal(refused)
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.5-05": failed, "RFC7644-3.10-02": blocked, "RFC7644-3.4.2.5-03": blocked, "RFC7644-3.4.2.5-09": blocked, "RFC7644-3.9-01": blocked},
		},
		"a complex attribute that is chosen is empty": {
			rewrite.Answers(rewrite.At("GET", ""), func(r *http.Request, a *rewrite.Answer) {
				for _, name := range rewrite.Names(r.URL.Query(), "attributes") {
					for _, o := range a.Resources() {
						if o.Object(name) != nil {
							o.Set(name, scim.NewObject())
						}
					}
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.5-01": failed, "RFC7644-3.4.2.5-06": blocked, "RFC7644-3.9-01": blocked},
		},
		"e-mail addresses cannot be chosen": {
			rewrite.Ahead(rewrite.Resource, func(r *http.Request) {
				rewrite.EditQuery(r, func(q url.Values) { rewrite.MisunderstandNames("attributes", rewrite.Is("emails"))(q) })
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.5-01": failed, "RFC7644-3.4.2.5-02": blocked, "RFC7644-3.9-01": blocked},
		},
		"nobody is found by externalId": {
			rewrite.FilterAnswers(rewrite.Queries(), func(_ http.Handler, _ *http.Request, text string, a *rewrite.Answer) {
				if strings.Contains(strings.ToLower(text), "externalid eq") {
					a.Keep(func(*scim.Object) bool { return false })
				}
			}),
			map[string]report.Verdict{
				"RFC7644-3.4.2.2-32": failed, "RFC7643-3.1-10": blocked, "RFC7643-3.1-24": blocked, "RFC7643-7-25": blocked, "RFC7644-3.4.2.2-45": blocked, "RFC7644-3.4.2.2-37": blocked,
			},
		},
		"filters by most attributes are errors of the server": {
			rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool {
				return !strings.HasPrefix(text, "userName ") && !strings.HasPrefix(text, "displayName eq") || strings.Count(text, " ") > 2
			}, scim.Internal("not implemented")),
			map[string]report.Verdict{"RFC7644-3.4.2.2-01": failed, "RFC7644-3.4.2.2-36": blocked, "RFC7644-3.4.2.2-28": blocked, "RFC7643-2.3.7-06": blocked, "RFC7643-4.1.1-11": blocked, "RFC7644-3.4.2-05": blocked},
		},
		"parentheses behind and are ignored": {
			wrapOf(t, "RFC7644-3.4.2.2-18", "parentheses behind and are ignored"),
			map[string]report.Verdict{"RFC7644-3.4.2.2-18": failed, "RFC7644-3.4.2.1-03": blocked, "RFC7644-3.4.2.1-04": blocked, "RFC7644-3.4.2.2-17": blocked},
		},
		"an extension is not taken without a path": {
			rewrite.RefuseOperations("/Users/*", rewrite.NamesMember(scim.EnterpriseURN), scim.InvalidPath("no such attribute")),
			map[string]report.Verdict{"RFC7644-3.5.2.3-01": failed, "RFC7644-3.5.2.1-02": blocked, "RFC7644-3.5.2-18": blocked, "RFC7644-3.5.2-22": blocked, "RFC7643-4.3-01": blocked},
		},
		"an externalId cannot be added": {
			rewrite.RefuseOperations("/*/*", rewrite.Does("add", "externalId"), scim.NoTarget("no such attribute")),
			map[string]report.Verdict{"RFC7644-3.5.2.1-04": failed, "RFC7643-3.1-24": blocked, "RFC7644-3.5.2-22": blocked, "RFC7644-3.5.2-23": blocked},
		},
		"a change of the e-mail addresses deletes the user": {
			rewrite.Handle(rewrite.PatchesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
				mails := slices.ContainsFunc(rewrite.Operations(rewrite.BodyOf(r)), func(op *scim.Object) bool { return strings.HasPrefix(op.String("path"), "emails") })
				a := rewrite.Serve(next, r)
				if mails && a.OK() {
					rewrite.Ask(next, r, http.MethodDelete, rewrite.PlaceOf(r), nil)
				}
				return a
			}),
			map[string]report.Verdict{
				"RFC7644-3.5.2.1-03": failed, "RFC7644-3.5.2.2-02": blocked, "RFC7644-3.5.2.2-03": blocked, "RFC7644-3.5.2.3-04": blocked, "RFC7643-7-19": blocked, "RFC7643-7-22": blocked,
			},
		},
		"removals are passed over": {
			rewrite.IgnoreOperations("/Users/*", func(op *scim.Object) bool {
				return strings.EqualFold(op.String("op"), "remove") && op.String("path") != ""
			}),
			map[string]report.Verdict{
				"RFC7644-3.5.2.2-01": failed, "RFC7644-3.5.2.2-02": blocked, "RFC7644-3.5.2.2-03": blocked, "RFC7644-3.5.2.2-06": blocked, "RFC7644-3.5.2-07": blocked,
				"RFC7644-3.5.2-13": blocked, "RFC7644-3.5.2-16": blocked, "RFC7644-3.5.2-20": blocked, "RFC7643-4.3-01": blocked,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectVerdicts(t, test.wrap, test.want)
		})
	}
}
