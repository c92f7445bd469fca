package judge

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

func answering(body string) *wire.Response {
	return &wire.Response{Status: http.StatusOK, Header: http.Header{}, Body: []byte(body)}
}

// One deviation of form costs the finding that it is, and nothing else.
func TestWhatALenientReaderReadsIsReadOn(t *testing.T) {
	for _, c := range []struct{ body, name, flawed string }{
		{`{"id":"7","displayName":"Ada","DISPLAYNAME":"Bob"}`, "Ada", "twice"},
		{`{"id":"7","displayName":"Ada"}}`, "Ada", "after the JSON document"},
		{`{"id":7,"displayName":"Ada"}`, "Ada", ""},
		{`{"totalResults":1,"Resources":[{"id":"7","displayName":"Ada"}]}`, "Ada", ""},
	} {
		o, err := ResourceIn(answering(c.body), "7")
		if err != nil || o.String("displayName") != c.name || scim.IDOf(o) != "7" {
			t.Errorf("%s: got %v, %v", c.body, o, err)
		}
		_, flaw, _ := ValueIn(answering(c.body))
		if (flaw == "") != (c.flawed == "") {
			t.Errorf("%s: the flaw is %q, want one with %q", c.body, flaw, c.flawed)
		}
	}
	for _, body := range []string{"", "<html>", `{"id":"7","displayName":"Ad`, `"text"`, `[1]`} {
		if o, err := ObjectIn(answering(body)); err == nil {
			t.Errorf("%s is read as %v", body, o)
		}
	}
}
