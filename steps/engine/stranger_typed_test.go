package engine

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/report"
)

// A server that overlooks what it cannot convert.
func TestAWrongTypeThatIsTakenIsOneFinding(t *testing.T) {
	overlooks := asking(func(_ *http.Request, _ url.Values, body map[string]any) {
		for name, kind := range map[string]string{"displayName": "string", "active": "bool", "name": "object"} {
			v, there := body[name]
			_, isText := v.(string)
			_, isBool := v.(bool)
			_, isObject := v.(map[string]any)
			if there && v != nil && (kind == "string" && !isText || kind == "bool" && !isBool || kind == "object" && !isObject) {
				delete(body, name)
			}
		}
	})
	expectVerdicts(t, overlooks, map[string]report.Verdict{
		"RFC7644-3.3-10": report.Failed, "RFC7644-3.3-20": report.Blocked, "RFC7644-3.5.1-15": report.Blocked,
	})
}

// A server that makes false of every value of active that is none.
func TestAWrongTypeThatAPatchTakesIsOneFinding(t *testing.T) {
	overlooks := asking(func(_ *http.Request, _ url.Values, body map[string]any) {
		operations, _ := body["Operations"].([]any)
		for _, each := range operations {
			o, _ := each.(map[string]any)
			if _, isText := o["value"].(string); o["path"] == "active" && isText {
				o["value"] = false
			}
		}
	})
	expectVerdicts(t, overlooks, map[string]report.Verdict{
		"RFC7644-3.5.2-10": report.Failed, "RFC7644-3.5.2-12": report.Blocked, "RFC7644-3.5.2-25": report.Blocked,
	})
}

// A server whose columns hold 255 letters.
func TestATextThatIsTooLongIsOneFinding(t *testing.T) {
	var isLong func(v any) bool
	isLong = func(v any) bool {
		text, _ := v.(string)
		object, _ := v.(map[string]any)
		for _, inner := range object {
			if isLong(inner) {
				return true
			}
		}
		return len(text) > 255
	}
	breaks := brokenAt(func(r *http.Request, sent []byte) bool {
		var body map[string]any
		return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Users") && json.Unmarshal(sent, &body) == nil && isLong(body)
	}, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, `{"schemas": ["`+scim.ErrorURN+`"], "status": "500"}`)
	})
	expectVerdicts(t, breaks, map[string]report.Verdict{
		"RFC7643-2.3.1-03": report.Failed, "RFC7643-4.1.1-18": report.Blocked, "RFC7644-3.3-15": report.Blocked,
	})
}

// A server that changes the parts of a name, and knows no name.
func TestANameThatCannotBeChangedAsAWholeIsOneFinding(t *testing.T) {
	refuses := brokenAt(func(r *http.Request, sent []byte) bool {
		var body struct {
			Operations []struct {
				Path  string
				Value any
			}
		}
		if r.Method != http.MethodPatch || !strings.Contains(r.URL.Path, "/Users/") || json.Unmarshal(sent, &body) != nil {
			return false
		}
		for _, o := range body.Operations {
			inner, _ := o.Value.(map[string]any)
			if _, named := inner["name"].(map[string]any); strings.EqualFold(o.Path, "name") || o.Path == "" && named {
				return true
			}
		}
		return false
	}, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"schemas": ["`+scim.ErrorURN+`"], "status": "400", "scimType": "invalidPath", "detail": "unknown attribute: name"}`)
	})
	expectVerdicts(t, refuses, map[string]report.Verdict{
		"RFC7644-3.5.2.1-05": report.Failed, "RFC7643-7-22": report.Blocked, "RFC7644-3.5.2-14": report.Blocked, "RFC7644-3.5.2-22": report.Blocked, "RFC7644-3.5.2.1-02": report.Blocked,
		"RFC7644-3.5.2.2-01": report.Blocked, "RFC7644-3.5.2.3-01": report.Blocked, "RFC7644-3.5.2.3-02": report.Blocked, "RFC7644-3.5.2.3-03": report.Blocked,
	})
}
