package recognise_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/recognise"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// traffic is written line by line: method, path, body, and behind => status and answer.
// Each begins a second after the one before, and names application/scim+json.
func traffic(lines ...string) []*wire.Exchange {
	var all []*wire.Exchange
	begin := time.Date(2026, 3, 18, 21, 11, 51, 0, time.UTC)
	for n, line := range lines {
		request, answer, _ := strings.Cut(line, " => ")
		parts := append(strings.SplitN(request, " ", 3), "", "")
		x := &wire.Exchange{
			Seq: n + 1, Started: begin.Add(time.Duration(n) * time.Second), Method: parts[0], URL: "https://scim.example.com/v2" + parts[1],
			RequestHeader: http.Header{"User-Agent": {"Duo"}, "Accept": {"application/scim+json"}}, RequestBody: []byte(parts[2]),
			ResponseHeader: http.Header{},
		}
		status, body, _ := strings.Cut(answer, " ")
		_, _ = fmt.Sscan(status, &x.Status)
		x.ResponseBody = []byte(body)
		all = append(all, x)
	}
	return all
}

const (
	probe   = `GET /Users?startIndex=1&count=1 => 200 {"totalResults":0}`
	look    = `GET /Users?filter=userName+eq+"jane" => 200 {"totalResults":0}`
	create  = `POST /Users {"userName":"jane","active":true} => 201 {"id":"1"}`
	lookG   = `GET /Groups?filter=displayName+eq+"g" => 200 {"totalResults":0}`
	createG = `POST /Groups {"displayName":"g"} => 201 {"id":"7"}`
	has     = `GET /Users?filter=userName+eq+"jane" => 200 {"Resources":[{"id":"1","userName":"jane","displayName":"Jane","active":true}]}`
)

func field(t *testing.T, r *recognise.Result, name duo.Field) recognise.Finding {
	t.Helper()
	for _, f := range r.Fields {
		if f.Field.Field == name {
			return f
		}
	}
	t.Fatalf("there is no field %s", name)
	return recognise.Finding{}
}

func TestWhatNoChoiceDoesContradictsTheModel(t *testing.T) {
	for name, c := range map[string]struct {
		field duo.Field
		lines []string
		says  string
	}{
		"a probe of two users":                    {"probe", []string{`GET /Users?startIndex=0&count=0`, look, create}, "count=0&startIndex=0"},
		"a probe of groups":                       {"probe", []string{`GET /Groups`, look, create}, "about groups"},
		"only a part of discovery":                {"discovery", []string{`GET /Schemas`, probe, look, create}, "only Schemas"},
		"a look-up by address":                    {"user-lookup", []string{probe, `GET /Users?filter=emails.value+eq+"jane"`}, "emails.value eq"},
		"no look-up":                              {"user-lookup", []string{probe, create}, "nobody looked for jane"},
		"two kinds of look-up":                    {"user-lookup", []string{probe, look, create, `GET /Users?startIndex=1&count=100`, `POST /Users {"userName":"joe"}`}, ""},
		"pages of one":                            {"paging", []string{probe, `GET /Users?filter=userName+eq+"jane"&count=1`, create}, "count=1"},
		"an inactive new user":                    {"user-create-active", []string{probe, look, `POST /Users {"userName":"jane","active":false}`}, "active is false"},
		"an address that is no list":              {"emails-shape", []string{probe, look, `POST /Users {"userName":"jane","emails":"jane@x"}`}, "no list of objects"},
		"an address of another type":              {"emails-shape", []string{probe, look, `POST /Users {"userName":"jane","emails":[{"value":"jane@x","type":"home"}]}`}, "type,value"},
		"an empty text":                           {"empty-value", []string{probe, look, `POST /Users {"userName":"jane","title":""}`}, "title is an empty text"},
		"an externalId that is an address":        {"external-id", []string{probe, look, `POST /Users {"userName":"jane","externalId":"jane@x"}`}, "no key in Duo"},
		"an extension that is not listed":         {"schemas-list", []string{probe, look, `POST /Users {"userName":"jane","schemas":[],"urn:x:User":{"a":"b"}}`}, "not listed"},
		"active as a text":                        {"deactivate", []string{has, `PATCH /Users/1 {"Operations":[{"op":"replace","path":"active","value":"False"}]} => 200`}, "active is a text"},
		"an update with add":                      {"user-update", []string{has, `PATCH /Users/1 {"Operations":[{"op":"add","path":"title","value":"x"}]} => 200`}, "the operation is add title"},
		"active and more in one":                  {"user-update", []string{has, `PATCH /Users/1 {"Operations":[{"op":"replace","value":{"active":false,"title":"x"}}]} => 200`}, "changes active and other"},
		"capitals all over":                       {"operation-case", []string{has, `PATCH /Users/1 {"Operations":[{"op":"REPLACE","path":"title","value":"x"}]} => 200`}, `"REPLACE"`},
		"a value cleared by an empty text":        {"cleared-value", []string{has, `PATCH /Users/1 {"Operations":[{"op":"replace","path":"title","value":""}]} => 200`}, "an empty text"},
		"a group looked up by something else":     {"group-lookup", []string{probe, `GET /Groups?filter=id+eq+"7"`}, "id eq"},
		"a group with an empty list":              {"group-create", []string{probe, lookG, `POST /Groups {"displayName":"g","members":[]}`}, "empty"},
		"a group renamed with more":               {"group-rename", []string{lookG, createG, `PATCH /Groups/7 {"Operations":[{"op":"replace","value":{"id":"7","displayName":"h"}}]} => 200`}, "with more than displayName"},
		"all members removed by a bare operation": {"members-remove", []string{lookG, createG, `PATCH /Groups/7 {"Operations":[{"op":"remove","path":"members"}]} => 200`}, "remove members"},
		"a member of another shape":               {"member-shape", []string{lookG, createG, `PATCH /Groups/7 {"Operations":[{"op":"add","path":"members","value":[{"value":"1","$ref":null}]}]} => 200`}, "$ref,value"},
		"a request that comes again too soon":     {"retry", []string{`POST /Users {"userName":"jane"} => 429`, `POST /Users {"userName":"jane"} => 201`}, "although asked to wait were 1m0s"},
		"another media type":                      {"media-type", []string{probe}, "text/json"},
	} {
		t.Run(name, func(t *testing.T) {
			all := traffic(c.lines...)
			for _, x := range all {
				if c.field == "retry" && x.Status == http.StatusTooManyRequests {
					x.ResponseHeader.Set("Retry-After", "60")
				}
				if c.field == "media-type" {
					x.RequestHeader.Set("Accept", "text/json")
				}
			}
			r, err := recognise.Exchanges(all, recognise.Hints{})
			if err != nil {
				t.Fatal(err)
			}
			f := field(t, r, c.field)
			if f.State() != recognise.Contradicted || !r.Contradicts() {
				t.Fatalf("%s:\n%s", f.State(), told(r))
			}
			if c.says != "" && (len(f.Against) == 0 || !strings.Contains(f.Against[0].What, c.says)) {
				t.Errorf("it says %+v, want %q", f.Against, c.says)
			}
		})
	}
}

func TestWhatFitsNoFieldIsToldApart(t *testing.T) {
	for line, says := range map[string]string{
		`POST /Bulk {}`:                  "does not use /Bulk",
		`POST /Users/.search {}`:         "does not send POST here",
		`PATCH /Users {}`:                "does not send PATCH here",
		`GET /Users?attributes=userName`: `the parameter "attributes"`,
		`POST /Users [`:                  "is no JSON object",
		`PATCH /Groups/7 {"Operations":[{"op":"replace","path":"externalId","value":"x"}]}`: "replace externalId",
	} {
		r, err := recognise.Exchanges(traffic(probe, line), recognise.Hints{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Against) == 0 || !strings.Contains(r.Against[0].What, says) || r.Against[0].Entry != 2 {
			t.Errorf("%s: %+v, want %q", line, r.Against, says)
		}
	}
	basic := traffic(probe)
	basic[0].RequestHeader.Set("Authorization", "Basic [hidden]")
	r, err := recognise.Exchanges(basic, recognise.Hints{})
	if err != nil || len(r.Against) != 1 || !strings.Contains(r.Against[0].What, "documented is a bearer token") {
		t.Errorf("%v, %v", r, err)
	}
}

// What can be read in two ways is not read at all.
func TestWhatCannotBeToldStaysOpen(t *testing.T) {
	for name, c := range map[string]struct {
		fields []duo.Field
		lines  []string
	}{
		"a recording that begins with a look-up":  {[]duo.Field{"probe", "discovery"}, []string{look, create}},
		"a first page that may be a probe":        {[]duo.Field{"probe"}, []string{`GET /Users?startIndex=1&count=100`, create}},
		"one member added":                        {[]duo.Field{"members-add"}, []string{lookG, createG, `PATCH /Groups/7 {"Operations":[{"op":"add","path":"members","value":[{"value":"1"}]}]} => 200`}},
		"a whole list that adds and removes":      {[]duo.Field{"members-add", "members-remove"}, []string{lookG, `POST /Groups {"displayName":"g","members":[{"value":"1"}]} => 201 {"id":"7"}`, `PUT /Groups/7 {"displayName":"g","members":[{"value":"2"}]} => 200`}},
		"members of a group that nobody has seen": {[]duo.Field{"members-add", "members-remove", "group-rename"}, []string{`PUT /Groups/9 {"displayName":"g","members":[{"value":"2"}]} => 200`}},
		"a group without members":                 {[]duo.Field{"group-create"}, []string{lookG, createG, look, create, `PATCH /Groups/7 {"Operations":[{"op":"add","path":"members","value":[{"value":"1"},{"value":"2"}]}]} => 200`}},
		"one user alone":                          {[]duo.Field{"empty-value", "matched-user", "disabled-user", "group-removal", "retry"}, []string{probe, look, create}},
		"an extension that is used":               {[]duo.Field{"schemas-list"}, []string{look, `POST /Users {"userName":"jane","schemas":["urn:x:User"],"urn:x:User":{"a":"b"}}`}},
		"a user written as a whole":               {[]duo.Field{"matched-user"}, []string{has, `PUT /Users/1 {"userName":"jane","displayName":"other","active":true} => 200`}},
		"no headers":                              {[]duo.Field{"media-type", "user-agent"}, []string{probe}},
	} {
		all := traffic(c.lines...)
		if name == "no headers" {
			all[0].RequestHeader = http.Header{}
		}
		r, err := recognise.Exchanges(all, recognise.Hints{})
		if err != nil {
			t.Fatal(err)
		}
		for _, name2 := range c.fields {
			if f := field(t, r, name2); f.State() != recognise.Open || f.Wants == "" {
				t.Errorf("%s: %s is %s:\n%s", name, name2, f.State(), told(r))
			}
		}
	}
}

func TestMatchedUsersShowWhetherAllIsWritten(t *testing.T) {
	for body, want := range map[string]duo.Choice{
		`PATCH /Users/1 {"Operations":[{"op":"replace","path":"title","value":"x"}]} => 200`:                                                   duo.Choice(duo.MatchedDifferences),
		`PATCH /Users/1 {"Operations":[{"op":"replace","path":"userName","value":"jane"},{"op":"replace","path":"title","value":"x"}]} => 200`: duo.Choice(duo.MatchedAll),
		`PUT /Users/1 {"userName":"jane","displayName":"Jane","active":true} => 200`:                                                           duo.Choice(duo.MatchedAll),
	} {
		r, err := recognise.Exchanges(traffic(has, body), recognise.Hints{})
		if err != nil {
			t.Fatal(err)
		}
		if f := field(t, r, "matched-user"); f.Choice != want {
			t.Errorf("%s shows %q:\n%s", body, f.Choice, told(r))
		}
	}
}

func TestTheSameRecordingIsToldInTheSameWords(t *testing.T) {
	other := `POST /Users {"userName":"joe","displayName":"Joe","title":"x","nickName":"joe"} => 201 {"id":"2"}`
	seen := `GET /Users?filter=userName+eq+"jane" => 200 {"Resources":[{"id":"1","userName":"jane","displayName":"Jane","nickName":"j","active":true}]}`
	update := `PATCH /Users/1 {"Operations":[{"op":"replace","path":"title","value":"x"}]} => 200`
	for range 20 {
		r, err := recognise.Exchanges(traffic(seen, other, update), recognise.Hints{})
		if err != nil {
			t.Fatal(err)
		}
		if f := field(t, r, "matched-user"); len(f.Shown) != 1 || !strings.Contains(f.Shown[0].What, "displayname") {
			t.Fatalf("it is told as %+v", f.Shown)
		}
	}
}

func TestOnlyTheBaseURLWithMostExchangesIsLookedAt(t *testing.T) {
	all := traffic(probe, look, create, `GET /Users => 200`)
	all[3].URL = "https://other.example.com/scim/Users"
	page := &wire.Exchange{Seq: 5, Method: http.MethodGet, URL: "https://admin.example.com/Users", RequestHeader: http.Header{"Accept": {"text/html"}}, ResponseHeader: http.Header{"Content-Type": {"text/html"}}}
	r, err := recognise.Exchanges(append(all, page), recognise.Hints{})
	if err != nil || r.Looked != 3 || len(r.Bases) != 2 {
		t.Errorf("%d looked at, %v, %v", r.Looked, r.Bases, err)
	}
}

func TestARecordingOfSomethingElseIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"log":{"entries":[{"request":{"method":"GET","url":"https://example.com/index.html"}}]}}`: "no exchange is one of SCIM",
		`{"log":{"entries":[]}}`: "no exchange is one of SCIM",
		`{"a":1}`:                "no log.entries",
		"":                       "empty",
	} {
		if _, err := recognise.Read(strings.NewReader(text), recognise.Hints{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	for _, h := range []recognise.Hints{{Disabled: []string{"nobody"}}, {Removed: []string{"nothing"}}} {
		if _, err := recognise.Exchanges(traffic(probe, look, create), h); err == nil || !strings.Contains(err.Error(), "of a recording with pseudonyms") {
			t.Errorf("a name that is not there: %v", err)
		}
	}
}

func TestEveryFieldSaysWhatItWants(t *testing.T) {
	r, err := recognise.Exchanges(traffic(probe), recognise.Hints{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Fields {
		if f.Wants == "" {
			t.Errorf("%s does not say what a recording needs", f.Field.Field)
		}
	}
}

func TestTheProfileThatIsWrittenIsTheOneThatIsRead(t *testing.T) {
	r, err := recognise.Exchanges(traffic(probe, look, create), recognise.Hints{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := r.Profile()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteProfile(&b, "a\n\u202e\u009bfile.har"); err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(b.String(), "\n"); first != "# How Duo provisions, as a   file.har shows it." {
		t.Errorf("the first line is %q", first)
	}
	got, err := duo.LoadProfile("profile.yaml", []byte(b.String()))
	if err != nil || got != want || got.UserLookup != duo.UserLookupFilter || got.Retry != "" {
		t.Errorf("%+v, want %+v: %v\n%s", got, want, err, &b)
	}
}

func FuzzExchanges(f *testing.F) {
	f.Add("PATCH", "/Users/1", `{"Operations":[{"op":"Add","path":"members[value eq \"x\"]","value":[{"value":1}]},{"op":"","value":null},{"op":"x","value":{"a":{"b":null}}}]}`, `{"Resources":[{"id":1},null],"id":[]}`)
	f.Add("PUT", "/Groups/7", `{"members":{"value":"x"},"displayName":null}`, ``)
	f.Add("GET", "/Users?filter=userName%20eq%20%22%5C%22&count=x", ``, `{"Resources":{}}`)
	f.Fuzz(func(t *testing.T, method, path, body, answer string) {
		all := traffic(probe, has, lookG, createG)
		all = append(all, &wire.Exchange{Seq: 9, Method: method, URL: "https://scim.example.com/v2" + path, RequestBody: []byte(body), Status: 200, ResponseBody: []byte(answer), ResponseHeader: http.Header{"Retry-After": {body}, "Location": {path}}})
		r, err := recognise.Exchanges(all, recognise.Hints{Disabled: []string{"jane"}})
		if err != nil {
			return
		}
		if p, err := r.Profile(); err == nil && p.Check() != nil {
			t.Error("the profile makes no sense")
		}
	})
}
