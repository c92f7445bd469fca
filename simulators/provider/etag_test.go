package provider_test

import (
	"net/http"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
)

func TestAConditionalWriteNeedsTheCurrentVersion(t *testing.T) {
	for name, test := range map[string]struct {
		ifMatch string
		passes  bool
	}{
		"the current version":            {`W/"2"`, true},
		"the current version unweakened": {`"2"`, true},
		"one of several":                 {`W/"9", W/"2"`, true},
		"any version":                    {`*`, true},
		"a version before":               {`W/"1"`, false},
		"no entity tag at all":           {`2`, false},
		"an empty list":                  {``, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
				c := start(t, provider.Config{})
				id := c.createUser(`"userName":"u"`)
				c.patch("/Users/"+id, `{"op":"add","path":"title","value":"t"}`).expect(http.StatusOK)
				before := c.get("/Users/" + id).raw
				body := map[string]string{
					http.MethodPut:   user(`"userName":"v"`),
					http.MethodPatch: patch(`{"op":"replace","path":"userName","value":"v"}`),
				}[method]
				a := c.do(method, "/Users/"+id, body, "If-Match", test.ifMatch)
				if test.passes {
					if a.status >= 300 {
						t.Errorf("%s: %s", method, a.raw)
					}
					continue
				}
				a.fails(http.StatusPreconditionFailed, "")
				if after := c.get("/Users/" + id).raw; after != before {
					t.Errorf("%s changed the resource", method)
				}
			}
		})
	}
}

func TestAReadOfAKnownVersionAnswers304(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u"`)
	for ifNoneMatch, status := range map[string]int{
		`W/"1"`: 304, `"1"`: 304, `*`: 304, `W/"0", W/"1"`: 304,
		`W/"2"`: 200, `1`: 200,
	} {
		a := c.get("/Users/"+id, "If-None-Match", ifNoneMatch).expect(status)
		if status == http.StatusNotModified && a.raw != "" {
			t.Errorf("a body: %s", a.raw)
		}
		if a.header.Get("ETag") != `W/"1"` {
			t.Errorf("ETag is %q", a.header.Get("ETag"))
		}
	}
}

func TestTheVersionMovesWithEveryChangeAndNotWithReading(t *testing.T) {
	c := start(t, provider.Config{})
	id := c.createUser(`"userName":"u"`)
	for _, want := range []string{`"W/\"2\""`, `"W/\"3\""`, `"W/\"4\""`} {
		c.patch("/Users/"+id, `{"op":"add","path":"title","value":`+want+`}`).expect(http.StatusOK).has("meta.version", want)
		c.get("/Users/"+id).has("meta.version", want)
		c.get("/Users/"+id).has("meta.version", want)
	}
	c.get("/Users/"+id).has("meta.lastModified", `"2026-03-18T15:11:55.126Z"`) // the clock stood still
}
