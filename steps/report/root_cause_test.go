package report

import "testing"

func TestOneRootCauseIsOneCause(t *testing.T) {
	one, other := &Requirement{ID: "RFC7644-3.5.2-01"}, &Requirement{ID: "RFC7644-3.5.2-02"}
	for name, c := range map[string]struct {
		a, b Example
		same bool
	}{
		"an error of the server under two requests":  {Example{Message: "the answer to PUT /Users/1", Want: "200", Got: "500 (cannot read 'toLowerCase')"}, Example{Message: "the answer to POST /Users", Want: "409", Got: "500 (cannot read 'trim')"}, true},
		"filters that are refused in the same words": {Example{Message: "Users found where title sw \"A\"", Want: "a list", Got: "400 (invalidFilter no such operator)"}, Example{Message: "the answer to GET /Users", Want: "200", Got: "400 (invalidFilter no such operator)"}, true},
		"a method that Duo and a check are refused": {
			Example{Message: `provision "Josue" into the group "DUO - Users"`, Want: "success", Got: `Group provisioning failed (DUO - Users 4): {"operation":"members","joined":["josue"],"error":"PATCH /Groups/4: the target answered 405 Method Not Allowed: no PATCH; it does not support PATCH here"}`},
			Example{Message: "the answer to PATCH /Users/1", Want: "200 or 204", Got: "405 (method not allowed)"}, true,
		},
		"a method that Duo is refused for two people": {
			Example{Message: `provision "Josue" into the group "DUO - Users"`, Want: "success", Got: `Group provisioning failed (DUO - Users 4): {"joined":["josue"],"error":"PATCH /Groups/4: the target answered 405 Method Not Allowed"}`},
			Example{Message: "failures in the Activity Log", Want: "none", Got: `User provisioning failed (miguel): {"id":"7","error":"PATCH /Users/7: the target answered 405 Method Not Allowed: no PATCH"}`}, true,
		},
		"a method and a search that are refused": {Example{Message: "the answer to PATCH /Users/1", Want: "200", Got: "405 (method not allowed)"}, Example{Message: "the answer to POST /Users/.search", Want: "200", Got: "405 (method not allowed)"}, false},
		"an error that Duo and a check get": {
			Example{Message: `provision "Josue"`, Want: "success", Got: `User provisioning failed (josue): {"operation":"create","error":"POST /Users: the target answered 500 Internal Server Error: cannot read 'trim'"}`},
			Example{Message: "the answer to POST /Users", Want: "201", Got: "500 (cannot read 'trim')"}, true,
		},
		"two refusals in other words": {Example{Want: "200", Got: "400 (invalidPath no such path)"}, Example{Want: "200", Got: "400 (invalidValue no such value)"}, false},
		"elements of a list":          {Example{Message: "Resources[0].id", Want: "a value", Got: "none"}, Example{Message: "Resources[0..1].id", Want: "a value", Got: "none"}, true},
		"attributes of one class":     {Example{Message: "A as it is read now, nickName", Want: `"a"`, Got: "none"}, Example{Message: "A as it is read now, title", Want: `"b"`, Got: "none"}, true},
		"members that are lost by one kind of change": {
			failing("the members of the group DUO - Users", "7, 8", "8", sent("PATCH", "/Groups/1", `{"Operations":[{"op":"remove","path":"members[value eq \"9\"]"}]}`, 204), sent("GET", "/Groups/1", "", 200)),
			failing("the members of G", "4", "", sent("PATCH", "/Groups/2", `{"Operations":[{"op":"Remove","path":"members[value eq \"3\"]"}]}`, 204), sent("GET", "/Groups/2", "", 200)), true,
		},
		"members that are lost by one and too many by another": {
			failing("the members of G", "7, 8", "8", sent("PATCH", "/Groups/1", `{"Operations":[{"op":"add","path":"members"}]}`, 204), sent("GET", "/Groups/1", "", 200)),
			failing("the members of G", "7", "7, 8", sent("PATCH", "/Groups/1", `{"Operations":[{"op":"add","path":"members"}]}`, 204), sent("GET", "/Groups/1", "", 200)), false,
		},
		"lists that are not sorted":                            {Example{Message: "GET /Users?sortBy=title", Want: "an order by title, ascending", Got: "B before A"}, Example{Message: "GET /Groups?sortBy=displayName", Want: "an order by displayName, descending", Got: "C before D"}, true},
		"attributes that are shown unasked":                    {Example{Message: "the answer to GET /Users/1?attributes=title", Want: "nothing but title and what is always returned", Got: "active in {}"}, Example{Message: "the answer to GET /Users/1?excludedAttributes=title", Want: "no title in the resource", Got: "{}"}, false},
		"a total that is too small, of a list and of a page":   {Example{Message: "totalResults in the answer to GET /Users", Want: "1", Got: "0"}, Example{Message: "totalResults of GET /Users?count=2", Want: "12", Got: "2"}, true},
		"a total that is too small, and one that is too large": {Example{Message: "totalResults in the answer to GET /Users", Want: "1", Got: "0"}, Example{Message: "totalResults in the answer to GET /Users", Want: "1", Got: "2"}, false},
		"active is an attribute of its own":                    {Example{Message: "A as it is read now, active", Want: "false", Got: "true"}, Example{Message: "A as it is read now, title", Want: "false", Got: "true"}, false},
		"two rules by which a request has to be refused":       {Example{Message: "the answer to PATCH /Users/1", Want: "400", Got: "200"}, Example{Message: "the answer to PATCH /Users/1", Want: "400", Got: "200"}, false},
		"what blocks is what fails elsewhere":                  {Example{Message: "the answer to GET /Schemas", Want: "200", Got: "404 (nothing here)"}, Example{Message: "GET /Schemas: want 200, got 404 (nothing here)"}, true},
		"a resource that is not there and an endpoint":         {Example{Message: "the answer to GET /Users/1", Want: "200", Got: "404 (nothing here)"}, Example{Message: "the answer to GET /Users", Want: "200", Got: "404 (nothing here)"}, false},
	} {
		a, _ := rootCause(one, c.a)
		b, _ := rootCause(other, c.b)
		if same := a == b; same != c.same {
			t.Errorf("%s: the same cause is %v, want %v\n%q\n%q", name, same, c.same, a, b)
		}
	}
}
