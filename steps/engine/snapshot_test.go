package engine

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if _, err := snaps.Clean(m, snaps.CleanOpts{Sort: true}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// The payloads that Duo sends and the log that it writes, for every example of
// the guide. A change of the mapping or of a step of the flow is a diff here.
func TestPayloadsAndActivityLogOfTheGuide(t *testing.T) {
	t.Parallel()
	options := guideOptions(t)
	options.Profiles, options.NoSweep = []Profile{"duo"}, true
	options.OnScenario = func(s Scenario) {
		if len(s.Duo) == 0 && len(s.Log) == 0 {
			return
		}
		t.Run(s.Requirement.ID+" "+s.Example.Name, func(t *testing.T) {
			file := strings.TrimSuffix(path.Base(s.Requirement.File), ".feature")
			snaps.WithConfig(snaps.Dir("../../fixtures/snapshots"), snaps.Filename(file)).MatchSnapshot(t, story(s))
		})
	}
	if _, err := Run(context.Background(), options); err != nil {
		t.Fatal(err)
	}
}

// story is a scenario as text: each request with the headers that matter, its
// body and the status it got, then the log, oldest first. The columns of the log
// that are always the same are looked at by DUO-LOG-01.
func story(s Scenario) string {
	m := &mask{ids: map[string]string{}}
	var b strings.Builder
	shown := ""
	for _, e := range s.Duo {
		fmt.Fprintf(&b, "%s %s", e.Method, m.hide(strings.TrimPrefix(e.URL, judge.Origin(e.URL))))
		if h := headers(e.RequestHeader); h != shown {
			fmt.Fprintf(&b, "\n  %s", h)
			shown = h
		}
		fmt.Fprintf(&b, "\n%s", indented(m.hide(string(e.RequestBody))))
		if e.Err != "" {
			fmt.Fprintf(&b, "  -> no answer\n")
		} else {
			fmt.Fprintf(&b, "  -> %d\n", e.Status)
		}
	}
	for _, v := range slices.Backward(s.Log) {
		b.WriteString(m.hide(logLine(v)))
	}
	return b.String()
}

// headers are those that matter, and are shown when they change: Content-Type
// goes with a body and is left out where it is the media type of Accept.
func headers(h http.Header) string {
	text := "Authorization: " + h.Get("Authorization") + ", Accept: " + h.Get("Accept")
	if t := h.Get("Content-Type"); t != "" && t != h.Get("Accept") {
		text += ", Content-Type: " + t
	}
	return text
}

func indented(body string) string {
	if body == "" {
		return ""
	}
	return "  " + body + "\n"
}

func logLine(e duo.Entry) string {
	row := e.Row(time.UTC)
	assumed := ""
	if row.Assumed {
		assumed = " (assumed)"
	}
	return fmt.Sprintf("%s%s | %s | %s | %s\n", row.Action, assumed, row.Actor, row.Affected, row.Details)
}

// mask gives every id, port and version that a run makes up the same name in each run.
type mask struct{ ids map[string]string }

var (
	uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	ports = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

func (m *mask) hide(text string) string {
	text = ports.ReplaceAllString(text, "127.0.0.1:PORT")
	return uuids.ReplaceAllStringFunc(text, func(id string) string {
		if m.ids[id] == "" {
			m.ids[id] = fmt.Sprintf("ID-%d", len(m.ids)+1)
		}
		return m.ids[id]
	})
}
