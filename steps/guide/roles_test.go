package guide

import "testing"

// Who was at a target before the run is shown by its lists beside those of the run, and is not judged.
func TestWhoWasThereBeforeIsNotValidated(t *testing.T) {
	marked := &roles{mark: "sduo-1f3a9c2e"}
	for answer, want := range map[string]string{
		`{"Resources":[{"id":"1","userName":"old"},{"id":"2","userName":"ann.sduo-1f3a9c2e@example.com"}]}`: `{"Resources":[{"id":"2","userName":"ann.sduo-1f3a9c2e@example.com"}]}`,
		`{"Resources":[{"id":"1","userName":"old"}],"totalResults":1}`:                                      `{"Resources":[],"totalResults":1}`,
		`{"Resources": []}`:   `{"Resources": []}`,
		`{"Resources": null}`: `{"Resources": null}`,
		`{"id": "1"}`:         `{"id": "1"}`,
		`<html>`:              `<html>`,
		``:                    ``,
	} {
		if got := string(marked.withoutOthers([]byte(answer))); got != want {
			t.Errorf("%s: got %s", answer, got)
		}
		if got := string((&roles{}).withoutOthers([]byte(answer))); got != answer {
			t.Errorf("without a mark %s became %s", answer, got)
		}
	}
}
