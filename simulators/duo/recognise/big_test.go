package recognise_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/recognise"
)

// A company's first synchronization is read in time that grows with its length alone.
func TestALongRecordingIsReadInShortTime(t *testing.T) {
	const people = 5_000
	lines := []string{probe, `GET /Users?startIndex=1&count=100 => 200 {"totalResults":0}`}
	for n := range people {
		lines = append(lines,
			fmt.Sprintf(`POST /Users {"userName":"user-%d"} => 503`, n),
			fmt.Sprintf(`POST /Users {"userName":"user-%d"} => 201 {"id":"%d"}`, n, n))
	}
	all := traffic(lines...)
	for _, x := range all {
		x.ResponseHeader.Set("Retry-After", "1")
	}
	began := time.Now()
	r, err := recognise.Exchanges(all, recognise.Hints{})
	if err != nil {
		t.Fatal(err)
	}
	if f := field(t, r, "user-lookup"); f.Choice != "list-all" || field(t, r, "retry").Choice != "retry-after" {
		t.Errorf("%s", told(r))
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("%d exchanges took %v", len(all), took)
	}
}
