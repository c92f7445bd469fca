package report

import (
	"strings"
	"testing"
)

func TestThePageShowsWhatABaselineLists(t *testing.T) {
	text := page(t, knownAndStale())
	for _, q := range knownAndStale().excuses() {
		if known := part(t, text, `<h2 id="known">`, "</section>"); !strings.Contains(known, `href="#`+q.ID+`"`) || !strings.Contains(known, q.Known) {
			t.Errorf("%s is not among what is known:\n%s", q.ID, known)
		}
		if fix := part(t, text, `<h2 id="fix">`, `<h2 id="warnings">`); strings.Contains(fix, `id="cause-`+q.ID+`"`) {
			t.Errorf("%s is known and still to be fixed first", q.ID)
		}
	}
	for _, q := range knownAndStale().stale() {
		if stale := part(t, text, `<h2 id="stale">`, "</section>"); !strings.Contains(stale, `href="#`+q.ID+`"`) || !strings.Contains(stale, "remove its line") {
			t.Errorf("%s is not among what is outdated:\n%s", q.ID, stale)
		}
	}
	if text := page(t, everyKind()); strings.Contains(text, `id="known"`) || strings.Contains(text, `id="stale"`) {
		t.Error("without a baseline there is something known")
	}
}
