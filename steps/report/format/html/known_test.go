package html

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/steps/report/reporttest"
)

func TestThePageShowsWhatABaselineLists(t *testing.T) {
	text := page(t, reporttest.KnownAndStale())
	for _, q := range reporttest.KnownAndStale().Excuses() {
		if known := part(t, text, `<h2 id="known">`, "</section>"); !strings.Contains(known, `href="#`+q.ID+`"`) || !strings.Contains(known, q.Known) {
			t.Errorf("%s is not among what is known:\n%s", q.ID, known)
		}
		if fix := part(t, text, `<h2 id="fix">`, `<h2 id="warnings">`); strings.Contains(fix, `id="cause-`+q.ID+`"`) {
			t.Errorf("%s is known and still to be fixed first", q.ID)
		}
	}
	for _, q := range reporttest.KnownAndStale().Stale() {
		if stale := part(t, text, `<h2 id="stale">`, "</section>"); !strings.Contains(stale, `href="#`+q.ID+`"`) || !strings.Contains(stale, "remove its line") {
			t.Errorf("%s is not among what is outdated:\n%s", q.ID, stale)
		}
	}
	if text := page(t, reporttest.EveryKind()); strings.Contains(text, `id="known"`) || strings.Contains(text, `id="stale"`) {
		t.Error("without a baseline there is something known")
	}
}
