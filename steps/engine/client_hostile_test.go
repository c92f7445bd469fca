package engine

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/client/visit"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// saying is a client that writes texts to connections, one each, and hears what comes. In
// them BASE is the path of the base URL and TOKEN the token.
func saying(h *visit.Host, texts ...string) visit.Doer {
	return func(ctx context.Context, a visit.Asked) (visit.Outcome, error) {
		if a.Name != "connect" {
			return visit.Outcome{Quit: true}, nil
		}
		base, err := url.Parse(h.BaseURL())
		if err != nil {
			return visit.Outcome{}, err
		}
		for _, text := range texts {
			conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", base.Host)
			if err != nil {
				return visit.Outcome{}, err
			}
			_, _ = io.WriteString(conn, strings.NewReplacer("BASE", base.Path, "TOKEN", clientToken).Replace(text))
			_ = conn.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, conn)
			_ = conn.Close()
		}
		return visit.Outcome{}, nil
	}
}

// posted is a request with this body.
func posted(path, body string) string {
	return fmt.Sprintf("POST BASE%s HTTP/1.1\r\nHost: judge\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/scim+json\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
}

func got(path, headers string) string {
	return "GET BASE" + path + " HTTP/1.1\r\nHost: judge\r\n" + headers + "\r\n"
}

const authorized = "Authorization: Bearer TOKEN\r\n"

func TestHostileClientsGetAVerdictThatCanBeArgued(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		texts []string
		id    string
		want  report.Verdict
		got   string // part of what the finding says
	}{
		"a space in the request line":     {[]string{got(`/Users?filter=userName eq "a"`, authorized)}, "CLIENT-URL-01", report.Failed, "userName eq"},
		"letters beyond ASCII":            {[]string{got("/Users?filter=displayName+eq+%22é%22", authorized)}, "CLIENT-URL-01", report.Failed, "é"},
		"half an escape":                  {[]string{got("/Users?filter=%2", authorized)}, "CLIENT-URL-01", report.Failed, "%2"},
		"no HTTP at all":                  {[]string{"\x00\x01\x02 hello\r\n\r\n"}, "CLIENT-URL-01", report.Untested, ""},
		"TLS where there is none":         {[]string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"}, "CLIENT-URL-01", report.Untested, ""},
		"half a request":                  {[]string{"GET BASE/Users HTTP/1.1\r\nHost: ju"}, "CLIENT-URL-01", report.Blocked, ""},
		"two requests at once":            {[]string{got("/Users", authorized) + got("/Groups", authorized)}, "CLIENT-TOKEN-01", report.Passed, ""},
		"the wrong token all the time":    {[]string{got("/Users", "Authorization: Bearer wrong\r\n")}, "CLIENT-CONNECT-01", report.Blocked, "right token"},
		"the wrong token is still one":    {[]string{got("/Users", "Authorization: Bearer wrong\r\n")}, "CLIENT-TOKEN-01", report.Passed, ""},
		"a password instead of a token":   {[]string{got("/Users", "Authorization: Basic YWRhOmFkYQ==\r\n")}, "CLIENT-TOKEN-01", report.Failed, "Basic"},
		"no token":                        {[]string{got("/Users", "")}, "CLIENT-TOKEN-01", report.Failed, "none"},
		"a body that is no JSON":          {[]string{posted("/Users", "<user/>")}, "CLIENT-MEDIA-02", report.Failed, ""},
		"a body of many brackets":         {[]string{posted("/Users", strings.Repeat("[", 100_000))}, "CLIENT-MEDIA-02", report.Failed, ""},
		"a body that is a number":         {[]string{posted("/Users", "17")}, "CLIENT-MEDIA-02", report.Failed, ""},
		"a body that is huge":             {[]string{posted("/Users", `{"userName":"`+strings.Repeat("a", 2<<20)+`"}`)}, "CLIENT-MEDIA-02", report.Untested, ""},
		"a body with bytes of no text":    {[]string{posted("/Users", "{\"userName\":\"\xff\xfe\"}")}, "CLIENT-MEDIA-02", report.Failed, ""},
		"operations of every wrong type":  {[]string{strings.Replace(posted("/Users/1", `{"schemas":[7],"Operations":[7,null,"x",[],{"op":7,"path":7}]}`), "POST", "PATCH", 1)}, "CLIENT-PATCH-02", report.Failed, ""},
		"operations that are no list":     {[]string{strings.Replace(posted("/Users/1", `{"Operations":"all"}`), "POST", "PATCH", 1)}, "CLIENT-PATCH-02", report.Failed, "none"},
		"members that are no list":        {[]string{posted("/Groups", `{"displayName":"g","members":"all"}`)}, "CLIENT-BODY-04", report.Failed, ""},
		"schemas that are no list":        {[]string{posted("/Users", `{"schemas":"User","userName":"a"}`)}, "CLIENT-BODY-01", report.Failed, ""},
		"a search that is no object":      {[]string{posted("/Users/.search", `[]`)}, "CLIENT-MEDIA-02", report.Failed, ""},
		"a filter of thousands of nots":   {[]string{got("/Users?filter="+strings.Repeat("not(", 3000), authorized)}, "CLIENT-FILTER-01", report.Failed, ""},
		"a method that there is not":      {[]string{"BREW BASE/Users HTTP/1.1\r\nHost: judge\r\n" + authorized + "\r\n"}, "CLIENT-URL-03", report.Passed, ""},
		"a way out of the base URL":       {[]string{got("/../../admin", authorized)}, "CLIENT-URL-03", report.Failed, "admin"},
		"nothing at all":                  {nil, "CLIENT-MEDIA-01", report.Blocked, "nothing at all"},
		"the token in a form, and header": {[]string{posted("/Users", "access_token="+clientToken)}, "CLIENT-TOKEN-03", report.Failed, "body and header"},
	} {
		t.Run(name, func(t *testing.T) {
			rec := received(t, visit.Options{}, func(h *visit.Host, _ *clock) visit.Doer { return saying(h, c.texts...) })
			for _, q := range judgedClient(t, rec).Requirements {
				for _, e := range q.Examples {
					if e.Verdict == report.Broken {
						t.Errorf("%s is broken: %s", q.ID, e.Message)
					}
					if q.ID == c.id && strings.Contains(e.Message+e.Want+e.Got, clientToken) {
						t.Errorf("%s shows the token", q.ID)
					}
				}
				if q.ID != c.id {
					continue
				}
				said := q.Message + " " + q.Examples[0].Got
				if q.Verdict != c.want || !strings.Contains(said, c.got) {
					t.Errorf("%s: %s, %s, want %s", q.ID, q.Verdict, said, c.want)
				}
			}
		})
	}
}

func TestAReportSaysWhatOfAClientIsNotLookedInto(t *testing.T) {
	bulk := posted("/Bulk", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[]}`)
	for text, want := range map[string]string{bulk: "bulk requests", got("/Users", authorized): "asked to create a user in a provisioned group"} {
		rec := received(t, visit.Options{}, func(h *visit.Host, _ *clock) visit.Doer {
			do := saying(h, text)
			return func(ctx context.Context, a visit.Asked) (visit.Outcome, error) {
				if a.Name == "create-user" { // somebody says that it was done
					return visit.Outcome{}, nil
				}
				return do(ctx, a)
			}
		})
		if notes := strings.Join(judgedClient(t, rec).Notes, " "); !strings.Contains(notes, want) {
			t.Errorf("the notes say %q", notes)
		}
	}
}
