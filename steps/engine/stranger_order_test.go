package engine

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A server that reads "DESC" where "descending" is sent.
func TestADescendingOrderThatIsNoneIsOneFinding(t *testing.T) {
	ascends := asking(func(_ *http.Request, query url.Values, body map[string]any) {
		query.Del("sortOrder")
		delete(body, "sortOrder")
	})
	expectVerdicts(t, ascends, map[string]report.Verdict{
		"RFC7644-3.4.2.3-01": report.Passed, "RFC7644-3.4.2.3-03": report.Failed, "RFC7644-3.4.2.3-04": report.Blocked, "RFC7644-3.4.2.3-05": report.Blocked,
		"RFC7644-3.4.2.3-06": report.Blocked, "RFC7644-3.4.2.3-07": report.Blocked, "RFC7644-3.4.3-04": report.Blocked, "RFC7643-5-10": report.Blocked,
	})
}

func TestAnOrderByFewAttributesIsOneFinding(t *testing.T) {
	few := asking(func(r *http.Request, query url.Values, body map[string]any) {
		if strings.HasSuffix(r.URL.Path, "/Groups") {
			return
		}
		inBody, _ := body["sortBy"].(string)
		for _, by := range []string{query.Get("sortBy"), inBody} {
			if by != "" && !strings.EqualFold(by, "title") && !strings.HasSuffix(by, "userName") {
				query.Set("sortBy", "userName")
			}
		}
	})
	expectVerdicts(t, few, map[string]report.Verdict{
		"RFC7644-3.4.2.3-01": report.Failed, "RFC7644-3.4.2.3-03": report.Blocked, "RFC7644-3.4.2.3-05": report.Blocked, "RFC7644-3.4.2.3-07": report.Blocked,
	})
}

// A server that says that it has cursors, and has none.
func TestCursorsThatThereAreNotAreOneFinding(t *testing.T) {
	claims := answering(func(r *http.Request, status int, document any) (int, any) {
		config, is := document.(map[string]any)
		if is && strings.HasSuffix(r.URL.Path, "/ServiceProviderConfig") {
			config["pagination"] = map[string]any{"cursor": true, "index": true, "defaultPaginationMode": "index", "defaultPageSize": 10, "maxPageSize": 200}
		}
		return status, document
	})
	has := asking(func(_ *http.Request, query url.Values, body map[string]any) {
		query.Del("cursor")
		delete(body, "cursor")
	})
	expectVerdicts(t, both(claims, has), map[string]report.Verdict{
		"RFC9865-2-01": report.Failed, "RFC9865-2-02": report.Blocked, "RFC9865-2-06": report.Blocked, "RFC9865-2-07": report.Blocked, "RFC9865-2-10": report.Blocked,
		"RFC9865-2.2-01": report.Blocked, "RFC9865-3-01": report.Blocked, "RFC9865-5.2-02": report.Blocked, "RFC9865-5.2-04": report.Blocked,
	})
}
