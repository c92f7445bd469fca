package format

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

func TestJUnitRepeatsAFindingWithWhatGoesBeforeIt(t *testing.T) {
	base := "https://scim.example.com/v2"
	made := &wire.Exchange{
		Method: http.MethodPost, URL: base + "/Users", RequestBody: []byte(`{"userName":"sduo-0123abcd-1-A"}`),
		Status: http.StatusCreated, ResponseBody: []byte(`{"id":"u-77f0","userName":"sduo-0123abcd-1-A"}`),
	}
	read := &wire.Exchange{Method: http.MethodGet, URL: base + "/Users/u-77f0", Status: http.StatusNotFound}
	r := &report.Report{
		Target: report.Target{Name: "theirs", URL: base},
		Requirements: []report.Requirement{{
			ID: "RFC7644-9-01", Level: features.Must, Title: "What was created is read", Feature: "RFC 7644", Verdict: report.Failed,
			Examples: []report.Example{{
				Name: "one", Profile: report.DefaultProfile, Verdict: report.Failed, Message: "the answer to GET /Users/u-77f0", Want: "200", Got: "404",
				Exchanges: []*wire.Exchange{made, read}, Decided: 2,
			}},
		}},
	}
	var b bytes.Buffer
	if err := WriteJUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	create, look := strings.Index(b.String(), "value1=$(curl -s -X"), strings.Index(b.String(), "/Users/&#39;&#34;$value1")
	if create < 0 || look < create {
		t.Errorf("the repeat does not create first what it then reads by the new id:\n%s", b.String())
	}
}
