package engine

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/faults/rewrite"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// What people have filed against servers, each in a server that is right in all else: one
// requirement tells it, and those that see it as well wait for that.
func TestWhatPeopleFiledIsOneFinding(t *testing.T) {
	const failed, blocked, passed = report.Failed, report.Blocked, report.Passed
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
		"a list shows another name": {
			rewrite.EditShown(rewrite.At("GET", "/Users"), "displayName", rewrite.ToValue("Somebody")),
			map[string]report.Verdict{"RFC7644-3.1-03": failed, "RFC7643-2.3.1-02": blocked, "RFC7644-3.4.2.5-03": blocked, "RFC7644-3.4.2-09": blocked, "RFC7644-3.4.3-07": blocked},
		},
		"names are kept in capitals": {
			rewrite.EditSent(rewrite.At("POST", "/Users"), "displayName", rewrite.ToText(strings.ToUpper)),
			map[string]report.Verdict{"RFC7644-3.3-03": failed, "RFC7643-2.1-03": blocked, "RFC7643-2.3.1-02": blocked, "RFC7644-3.8-01": blocked},
		},
		"no filter finds anybody": {
			rewrite.FilterAnswers(rewrite.ByGet("Users"), func(_ http.Handler, _ *http.Request, _ string, a *rewrite.Answer) { a.List([]any{}) }),
			map[string]report.Verdict{
				"RFC7644-3.4.2.2-02": failed, "RFC7643-3.1-04": blocked, "RFC7643-5-10": blocked, "RFC7644-3.1-03": blocked, "RFC7644-3.4.2.2-06": blocked, "RFC7644-3.4.2.5-02": blocked, "RFC7644-3.6-03": blocked,
			},
		},
		"the list of groups is empty": {
			rewrite.ShowOnly(rewrite.ListsGroups, rewrite.NoneAtAll),
			map[string]report.Verdict{
				"RFC7644-3.4.2-02": failed, "RFC7644-3.4.2.2-02": blocked, "RFC7643-4.2-09": blocked, "RFC7644-3.4.2.3-01": blocked, "RFC7644-3.4.2.4-02": blocked, "RFC7644-3.4.2.4-07": blocked,
			},
		},
		"only the last operation counts": {
			rewrite.OnlyOperation(rewrite.PatchesUsers, -1),
			map[string]report.Verdict{"RFC7644-3.5.2-13": failed, "RFC7643-7-19": blocked, "RFC7644-3.5.2.1-03": blocked, "RFC7644-3.5.2.1-09": blocked, "RFC7644-3.5.2-22": blocked},
		},
		"a removal from a group is passed over": {
			rewrite.Ignore(rewrite.PatchesGroups, rewrite.HasOperation(func(op *scim.Object) bool { return op.String("op") == "remove" })),
			map[string]report.Verdict{
				"RFC7644-3.5.2.2-02": failed, "RFC7644-3.5.2.2-01": blocked, "RFC7644-3.5.2.2-03": blocked, "RFC7644-3.5.2.2-06": blocked, "RFC7644-3.5.2-07": blocked, "RFC7644-3.5.2-12": blocked,
			},
		},
		"a PUT loses the externalId": {
			rewrite.WithoutSent(rewrite.ReplacesUsers, "externalId"),
			map[string]report.Verdict{"RFC7644-3.5.1-01": failed, "RFC7643-3.1-09": blocked, "RFC7643-4.1.1-12": blocked, "RFC7643-7-19": blocked, "RFC7644-3.5.1-12": blocked},
		},
		"two users may have one name": {
			wrapOf(t, "CSA-SYNC-06", "a second user of a name is accepted"),
			map[string]report.Verdict{"RFC7643-4.1.1-04": failed, "RFC7644-5-01": blocked, "RFC7643-7-17": passed, "RFC7644-3.4.2.2-10": passed, "RFC7644-3.4.2.5-01": passed},
		},
		"a nickName is compared by its case": {
			wrapOf(t, "RFC7643-7-06", "nickName has case"),
			map[string]report.Verdict{"RFC7644-3.4.2.2-28": failed, "RFC7643-7-06": blocked, "RFC7643-2.2-01": blocked},
		},
		"a second creation changes the first user": {
			rewrite.Handle(rewrite.CreatesUsers, func(next http.Handler, r *http.Request) *rewrite.Answer {
				body := rewrite.BodyOf(r)
				user := rewrite.UserByName(next, r, body.String("userName"))
				if body.String("userName") == "" || user == nil {
					return nil
				}
				a := rewrite.Ask(next, r, http.MethodPut, "Users/"+user.String("id"), body)
				if a.OK() {
					a.Status = http.StatusCreated
				}
				return a
			}),
			map[string]report.Verdict{
				"RFC7644-3.3-06": failed, "RFC7643-4.1.1-05": blocked, "RFC7643-4.1.1-16": blocked, "RFC7644-3.3-07": blocked, "RFC7644-3.3-40": blocked, "RFC7644-5-01": blocked,
			},
		},
		"a tag has no quotation marks": {
			rewrite.Answers(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
				if tag := a.Header.Get("ETag"); tag != "" {
					a.Header.Set("ETag", strings.Trim(strings.TrimPrefix(tag, "W/"), `"`))
				}
			}),
			map[string]report.Verdict{"RFC7644-3.14-01": failed, "RFC7643-3.1-22": blocked, "RFC7643-3.1-23": blocked, "RFC7644-3.14-03": blocked, "RFC7644-3.14-06": blocked, "RFC7644-3.14-07": blocked},
		},
		"a plus sign in a filter is a space": {
			rewrite.EditFilter(rewrite.Queries(), func(text string) string { return strings.ReplaceAll(text, "+", " ") }),
			map[string]report.Verdict{"RFC7644-1.2-01": failed, "RFC7643-2.3.5-03": blocked, "RFC7643-4.1.1-18": blocked, "RFC7644-3.4.2.2-10": blocked, "RFC7644-3.4.2.2-37": blocked},
		},
		"a present member is an error of the server": {
			rewrite.Handle(rewrite.PatchesGroups, func(next http.Handler, r *http.Request) *rewrite.Answer {
				there := rewrite.Current(next, r).Array("members")
				again := rewrite.HasOperation(func(op *scim.Object) bool {
					return rewrite.Does("add", "members")(op) && slices.ContainsFunc(op.Array("value"), func(m any) bool {
						return slices.ContainsFunc(there, func(n any) bool { return rewrite.ElementValue(n) == rewrite.ElementValue(m) })
					})
				})
				if !again(rewrite.BodyOf(r)) {
					return nil
				}
				return rewrite.Refusal(scim.Internal("duplicate key"))
			}),
			map[string]report.Verdict{"RFC7644-3.5.2.1-07": failed, "RFC7643-4.2-07": blocked, "RFC7644-3.5.2.1-06": blocked, "RFC7644-3.5.2-13": blocked, "RFC7644-3.5.2-14": blocked},
		},
		"a search shows fewer resources": {
			wrapOf(t, "RFC7644-3.4.3-07", "a search shows fewer resources"),
			map[string]report.Verdict{"RFC7644-3.4.3-01": failed, "RFC7644-3.4.3-02": blocked, "RFC7644-3.4.3-07": blocked, "RFC7644-3.4.2.2-46": blocked, "RFC7644-3.4.2.4-07": blocked, "RFC7644-3.4.2-03": blocked},
		},
		"a search shows less": {
			wrapOf(t, "RFC7644-3.4.3-07", "a search shows less"),
			map[string]report.Verdict{"RFC7644-3.4.3-07": failed, "RFC7644-3.4.3-04": blocked, "RFC7644-3.4.2-09": blocked},
		},
		"users who are not active are not found": {
			rewrite.Handle(rewrite.At("GET", "/Users/*"), func(next http.Handler, r *http.Request) *rewrite.Answer {
				a := rewrite.Serve(next, r)
				if active, _ := a.Body.Get("active"); active == false {
					return rewrite.Refusal(scim.NotFound(r.URL.Path, ""))
				}
				return a
			}),
			map[string]report.Verdict{"RFC7643-4.1.1-11": failed, "RFC7643-2.1-03": blocked, "RFC7643-2.3.2-01": blocked, "RFC7643-4.1.1-17": blocked},
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
		"filters by all but userName are errors of the server": {
			rewrite.RefuseFilters(rewrite.Queries(), func(text string) bool {
				return !strings.HasPrefix(text, "userName ") || strings.Count(text, " ") > 2
			}, scim.Internal("not implemented")),
			map[string]report.Verdict{"RFC7644-3.4.2.2-01": failed, "RFC7644-3.4.2.2-02": blocked, "RFC7644-3.4.2.2-36": blocked, "RFC7644-3.4.2.2-28": blocked, "RFC7643-2.3.7-06": blocked, "RFC7643-4.1.1-11": blocked, "RFC7644-3.4.2-05": blocked},
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
		"a body that is no object is an error of the server": {
			func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					body, _ := io.ReadAll(r.Body)
					r.Body = io.NopCloser(bytes.NewReader(body))
					if _, err := scim.ParseObject(body); err != nil && len(body) > 0 && strings.Contains(r.URL.Path, "/Users") {
						w.WriteHeader(http.StatusInternalServerError)
						_, _ = io.WriteString(w, scim.Internal("Internal Server Error").Error())
						return
					}
					next.ServeHTTP(w, r)
				})
			},
			map[string]report.Verdict{"RFC7644-3.3-08": failed, "RFC7644-3.3-13": blocked, "RFC7644-3.5.1-18": blocked, "RFC7644-3.5.2-28": blocked},
		},
		"every read has another lastModified": {
			rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
				if meta := o.Object("meta"); meta != nil {
					meta.Set("lastModified", time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"))
				}
			}),
			map[string]report.Verdict{"RFC7643-3.1-17": failed, "RFC7644-3.5.2.1-07": blocked},
		},
		"the name of another is taken by a PATCH": {
			wrapOf(t, "RFC7644-3.5.2-24", "a taken userName answers 500"), map[string]report.Verdict{"RFC7643-4.1.1-06": failed, "RFC7644-3.5.2-24": blocked},
		},
		"the removal of a member by a filter is an error of the server": {
			rewrite.RefuseOperations("/Groups/*", func(op *scim.Object) bool {
				return strings.EqualFold(op.String("op"), "remove") && strings.HasPrefix(op.String("path"), "members[")
			}, scim.Internal("not implemented")),
			map[string]report.Verdict{"RFC7644-3.5.2.2-03": failed, "RFC7644-3.5.2-14": blocked, "RFC7644-3.5.2-23": blocked, "RFC7644-3.5.2-40": blocked},
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
		"active is missing where it is false": {
			rewrite.Shown(rewrite.OfUsers, func(o *scim.Object) {
				if active, _ := o.Get("active"); active == false {
					o.Delete("active")
				}
			}),
			map[string]report.Verdict{
				"RFC7643-4.1.1-11": failed, "RFC7643-4.1.1-12": blocked, "RFC7643-2.3.2-01": blocked, "RFC7643-7-19": blocked, "RFC7644-3.3-03": blocked, "RFC7644-3.5.1-01": blocked,
				"RFC7644-3.4.2.2-09": blocked, "RFC7644-3.5.2.3-08": blocked,
			},
		},
		"errors are wrapped": {
			rewrite.OnErrors(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
				if a.Body != nil {
					a.Body = scim.NewObject(scim.Member{Name: "message", Value: a.Body.String("detail")})
				}
			}),
			map[string]report.Verdict{
				"RFC7644-3.12-02": failed, "RFC7644-3.12-03": blocked, "RFC7643-3-01": blocked, "RFC7644-3.1-01": blocked, "RFC7644-3.3-06": blocked, "RFC7644-3.5.2-05": blocked,
				"RFC7644-3.4.2.2-33": blocked, "RFC7644-3.2-03": blocked,
			},
		},
		"errors have keywords of the server's own": {
			rewrite.OnErrors(rewrite.Anywhere, func(_ *http.Request, a *rewrite.Answer) {
				if a.Body.String("scimType") == "invalidValue" {
					a.Body.Set("scimType", "schemaViolated")
				}
			}),
			map[string]report.Verdict{"RFC7644-3.12-04": report.Warned, "RFC7644-3.3-09": blocked, "RFC7644-3.5.1-07": blocked, "RFC7644-3.5.2-10": blocked, "RFC7644-3.5.2.1-01": blocked},
		},
		"an order with sortOrder is not found": {
			rewrite.Handle(rewrite.ByGet(), func(_ http.Handler, r *http.Request) *rewrite.Answer {
				if !r.URL.Query().Has("sortOrder") {
					return nil
				}
				return rewrite.NewAnswer(http.StatusNotFound, nil)
			}),
			map[string]report.Verdict{"RFC7644-3.4.2.3-01": failed, "RFC7644-3.4.2.3-03": blocked, "RFC7644-3.4.2.3-07": blocked, "RFC7643-5-10": blocked, "RFC9865-2.2-01": blocked, "RFC7644-3.4.2.3-08": blocked},
		},
		"If-Match is overlooked": {
			rewrite.Ahead(rewrite.Anywhere, func(r *http.Request) { r.Header.Del("If-Match") }),
			map[string]report.Verdict{"RFC7644-3.14-05": failed, "RFC7644-3.14-07": blocked, "RFC7644-3.14-08": blocked, "RFC7644-3.14-06": report.Passed},
		},
		"If-None-Match is overlooked": {
			rewrite.Ahead(rewrite.Anywhere, func(r *http.Request) { r.Header.Del("If-None-Match") }),
			map[string]report.Verdict{"RFC7644-3.14-03": failed, "RFC7644-3.14-11": blocked},
		},
		"the media type is written the wrong way round": {
			rewrite.SetContentType(rewrite.Anywhere, "application/json+scim"),
			map[string]report.Verdict{"RFC7644-3.8-02": failed, "RFC7644-3.8-03": blocked, "RFC7644-3.8-04": blocked, "RFC7644-8.1-01": blocked},
		},
		"groups have no dates": {
			rewrite.Shown(rewrite.OfGroups, func(o *scim.Object) {
				if meta := o.Object("meta"); meta != nil {
					meta.Delete("created")
					meta.Delete("lastModified")
				}
			}),
			map[string]report.Verdict{"RFC7643-3.1-13": failed, "RFC7643-3.1-15": blocked, "RFC7643-3.1-17": blocked},
		},
		"the configuration names no limits": {
			rewrite.Shown(rewrite.At("GET", "/ServiceProviderConfig"), func(o *scim.Object) {
				o.Object("bulk").Delete("maxOperations")
				o.Object("bulk").Delete("maxPayloadSize")
			}),
			map[string]report.Verdict{"RFC7643-5-02": failed, "RFC7644-3.7.4-01": blocked, "RFC7644-3.7.4-02": blocked, "RFC7644-3.7.4-05": blocked},
		},
		"an unknown id is answered 401": {
			rewrite.OnErrors(rewrite.Resource, func(r *http.Request, a *rewrite.Answer) {
				if len(rewrite.Segments(r)) == 2 && a.Status == http.StatusNotFound {
					a.Refuse(scim.Unauthorized("scim", "an invalid id"))
				}
			}),
			map[string]report.Verdict{"RFC7644-3.4.1-02": failed, "RFC7644-2-13": blocked, "RFC7644-3.6-02": blocked},
		},
		"a deleted user stays a member": {
			wrapOf(t, "RFC7644-3.6-05", "a deleted user stays a member"),
			map[string]report.Verdict{"RFC7644-3.6-05": report.Warned, "RFC7644-3.6-08": blocked},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectVerdicts(t, test.wrap, test.want)
		})
	}
}
