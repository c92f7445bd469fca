package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func TestAReportThatWasReadIsWrittenTheSame(t *testing.T) {
	nested := reporttest.EveryKind()
	nested.Requirements[0].Examples[0].Exchanges[0].ResponseBody = []byte(strings.Repeat("[", 200) + `{"n":1e9999,"n":"\u003c\ud800"}` + strings.Repeat("]", 200))
	deepest := reporttest.EveryKind()
	deepest.Requirements[0].Examples[0].Exchanges[0].ResponseBody = []byte(strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000))
	stray := reporttest.EveryKind()
	stray.Requirements[0].Examples[0].Exchanges[0].ResponseBody = []byte("{\"a\":\"\\\xff\"}")
	known := reporttest.EveryKind()
	known.Requirements[3].Known = "issue 17"
	for name, r := range map[string]*report.Report{
		"all passed":                    reporttest.AllPassed(),
		"every kind":                    reporttest.EveryKind(),
		"hostile":                       reporttest.HostileReport(),
		"a known failure":               known,
		"nothing to tell":               {Version: report.Version, Tool: report.Tool{Name: "simulate-duo"}},
		"a body beyond the validator":   nested,
		"a body nested to the limit":    deepest,
		"a body that only looks broken": stray,
	} {
		t.Run(name, func(t *testing.T) {
			first := encode(t, r)
			back, err := report.Read("report.json", first)
			if err != nil {
				t.Fatal(err)
			}
			if second := encode(t, back); !bytes.Equal(first, second) {
				t.Errorf("it became\n%s", firstDifference(first, second))
			}
		})
	}
}

func firstDifference(a, b []byte) string {
	old, changed := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(old), len(changed)) {
		if old[i] != changed[i] {
			return words.Short(old[i], words.MaxValue) + "\n" + words.Short(changed[i], words.MaxValue)
		}
	}
	return "one ends early"
}

func TestWhatIsNoReportIsRefusedWithTheRemedy(t *testing.T) {
	whole := string(encode(t, reporttest.EveryKind()))
	for name, test := range map[string]struct{ data, want string }{
		"an empty file":           {" \n", "r.json: the file is empty"},
		"an HTML page":            {"\n<!DOCTYPE html><html>", "r.json: this is an HTML page, not a JSON report: give the file that --report json=FILE has written"},
		"a JUnit report":          {"<?xml version=\"1.0\"?>\n<testsuites/>", "r.json: this is XML, not a JSON report"},
		"text":                    {"Passed.\n", "r.json:1:1: this is not JSON"},
		"a file that is cut":      {whole[:len(whole)/2], "the JSON document ends too early"},
		"two reports in one file": {whole + whole, "there is text after the JSON document"},
		"a HAR report":            {`{"log":{}}`, "r.json: this is JSON, but no report of simulate-duo: it has no version"},
		"a list":                  {`[]`, "r.json: this is JSON, but no report of simulate-duo"},
		"a version in words":      {`{"version":"one"}`, "r.json: this is JSON, but no report of simulate-duo"},
		"a newer report":          {`{"version":2}`, "r.json: this report has version 2, and this simulate-duo reads version 1: use a newer simulate-duo"},
		"a report of no version":  {`{"version":0}`, "r.json: there is no report of version 0"},
		"an odd verdict":          {strings.Replace(whole, `"verdict": "failed"`, `"verdict": "fine"`, 1), `r.json: requirements[3].verdict: the string "fine" is not allowed`},
		"a member that is gone":   {strings.Replace(whole, `"tool"`, `"tools"`, 1), `r.json: "tool" is missing: add it`},
		"an odd time":             {strings.Replace(whole, `"2026-03-18T21:11:55Z"`, `"yesterday"`, 1), "r.json: started"},
		"a body that is a number": {strings.Replace(whole, `"body":{`, `"body":1,"headers":{`, 1), "body"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := report.Read("r.json", []byte(test.data))
			if err == nil || r != nil {
				t.Fatal("it was read")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
}

func TestWhatWasReadHasItsEvidence(t *testing.T) {
	r, err := report.Read("r.json", encode(t, reporttest.EveryKind()))
	if err != nil {
		t.Fatal(err)
	}
	x := reporttest.Find(t, r, "CSA-SYNC-01").Examples[0].Exchanges[1]
	if x.Method != "POST" || x.URL != reporttest.Base+"/Users" || x.Status != 201 || !json.Valid(x.RequestBody) {
		t.Errorf("the exchange is %+v", x)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	_ = report.WriteJSON(&b, reporttest.HostileReport())
	f.Add(b.Bytes(), []byte(reporttest.Hostile))
	f.Add([]byte(`{"version":1}`), []byte("{\"a\":\"\\\xff\"}"))
	f.Fuzz(func(t *testing.T, file, body []byte) {
		_, _ = report.Read("fuzz.json", file) // no file makes it panic
		r := reporttest.EveryKind()
		x := wire.Exchange{Method: "POST", URL: reporttest.Base, Status: 200, RequestBody: body, ResponseBody: body}
		r.Requirements[0].Examples[0].Exchanges = []*wire.Exchange{&x}
		first := encode(t, r)
		back, err := report.Read("fuzz.json", first)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, encode(t, back)) {
			t.Errorf("the body %q does not come back the same", body)
		}
	})
}

func TestARequirementOfNoClientIsRefused(t *testing.T) {
	r := reporttest.AllPassed()
	r.Requirements[0].ID = "NEWER-SYNC-01"
	var b bytes.Buffer
	if err := report.WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	_, err := report.Read("new.json", b.Bytes())
	if err == nil || !strings.HasPrefix(err.Error(), `new.json: requirements[0].id: "NEWER-SYNC-01" belongs to no client: ids begin with DUO-, CSA-`) {
		t.Error(err)
	}
}
