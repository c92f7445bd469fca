package wire

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestExchangeJSON(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Exchange
		want string
	}{
		{
			"JSON stays JSON, in its order",
			Exchange{
				Method: "POST", URL: "https://host/Users", Duration: 1999 * time.Microsecond,
				RequestHeader: http.Header{"Content-Type": {"application/scim+json"}, "Accept": {"a", "b"}}, RequestBody: []byte("{\"b\": 1,\n \"a\": \"<&>\"}\n"),
				Status: 201, ResponseHeader: http.Header{}, ResponseBody: []byte(`[]`),
			},
			`{"method":"POST","url":"https://host/Users","request":{"headers":{"Accept":"a, b","Content-Type":"application/scim+json"},"body":{"b":1,"a":"<&>"}},` +
				`"status":201,"response":{"headers":{},"body":[]},"duration_ms":1}`,
		},
		{
			"text is a string, and bytes that are no text are visible",
			Exchange{Method: "GET", URL: "u", Status: 500, ResponseBody: []byte("caf\xe9 \x00"), Truncated: true},
			`{"method":"GET","url":"u","request":{"headers":{}},"status":500,"response":{"headers":{},"body":"caf\\xe9 \u0000","truncated":true},"duration_ms":0}`,
		},
		{
			"a JSON string is told from text",
			Exchange{Method: "GET", URL: "u", Status: 200, ResponseBody: []byte(`"x"`)},
			`{"method":"GET","url":"u","request":{"headers":{}},"status":200,"response":{"headers":{},"body":"\"x\""},"duration_ms":0}`,
		},
		{
			"no answer, no response",
			Exchange{Method: "GET", URL: "u", Err: "connection refused"},
			`{"method":"GET","url":"u","request":{"headers":{}},"duration_ms":0,"error":"connection refused"}`,
		},
		{
			"credentials of an exchange that no recorder cleaned are hidden",
			Exchange{Method: "GET", URL: "u", RequestHeader: http.Header{"Authorization": {"Bearer abc"}}},
			`{"method":"GET","url":"u","request":{"headers":{"Authorization":"Bearer [hidden]"}},"duration_ms":0}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := scim.Marshal(&c.e)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			var back Exchange
			if err := json.Unmarshal(got, &back); err != nil {
				t.Fatal(err)
			}
			again, err := scim.Marshal(&back)
			if err != nil {
				t.Fatal(err)
			}
			if string(again) != string(got) {
				t.Errorf("read and written again it is\n%s", again)
			}
		})
	}
}

func FuzzExchangeJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1]}`, "\"\\ud800\"", "{\"a\":\"\xff\"}", "\x1b[2J", "", " "} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e := Exchange{Method: "POST", URL: "u", Status: 200, RequestBody: body, ResponseBody: body}
		data, err := e.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back Exchange
		if err := back.UnmarshalJSON(data); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		again, err := back.MarshalJSON()
		if err != nil || string(again) != string(data) {
			t.Errorf("%s became %s (%v)", data, again, err)
		}
		_ = e.Curl()
	})
}
