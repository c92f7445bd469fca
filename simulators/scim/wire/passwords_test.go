package wire

import (
	"strings"
	"testing"
)

func TestMaskPasswords(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a body without passwords stays byte for byte", `{ "userName" : "x" }`, `{ "userName" : "x" }`},
		{"so does one that only speaks of them", `{ "changePassword": {"supported": false}, "name": "password" }`, `{ "changePassword": {"supported": false}, "name": "password" }`},
		{"null and empty passwords are no secrets", `{ "password": null, "x": {"password": ""} }`, `{ "password": null, "x": {"password": ""} }`},
		{"a member, in any case", `{"userName":"x","passWord":"p","active":true}`, `{"userName":"x","passWord":"[hidden]","active":true}`},
		{"a member deep inside", `{"Resources":[{"password":"p"},{"password":["p"]}]}`, `{"Resources":[{"password":"[hidden]"},{"password":"[hidden]"}]}`},
		{"a member qualified by its schema", `{"urn:ietf:params:scim:schemas:core:2.0:User:password":"p"}`, `{"urn:ietf:params:scim:schemas:core:2.0:User:password":"[hidden]"}`},
		{"a name that is written with escapes", `{"\u0070assword":"p"}`, `{"password":"[hidden]"}`},
		{"the value of a PATCH operation", `{"Operations":[{"op":"replace","path":"password","value":"p"},{"op":"add","path":"title","value":"t"}]}`,
			`{"Operations":[{"op":"replace","path":"password","value":"[hidden]"},{"op":"add","path":"title","value":"t"}]}`},
		{"a PATCH operation without a path", `{"op":"add","value":{"password":"p"}}`, `{"op":"add","value":{"password":"[hidden]"}}`},
		{"a PATCH path with the schema", `{"path":"urn:ietf:params:scim:schemas:core:2.0:User:PASSWORD","value":7}`, `{"path":"urn:ietf:params:scim:schemas:core:2.0:User:PASSWORD","value":"[hidden]"}`},
		{"a body that is cut within the password", `{"password": "pp`, `{"password": "[hidden]"`},
		{"a body that is cut within an escape", `{"password": "pp\`, `{"password": "[hidden]"`},
		{"a body that is cut behind it", `{"password":"p\"p","x":"y`, `{"password":"[hidden]","x":"y`},
		{"a body with a name twice", `{"password":"p","password":12}`, `{"password":"[hidden]","password":"[hidden]"}`},
		{"a PATCH body that is cut", `{"value":"p","path":"password","x":`, `{"value":"[hidden]","path":"password","x":`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(maskPasswords([]byte(c.body))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func FuzzMaskPasswords(f *testing.F) {
	f.Add(`{"userName":"x",`, `}`)
	f.Add(`[{`, `}]`)
	f.Add(`{"a":"\"`, ``)
	f.Add(``, `,"path":"password"`)
	f.Fuzz(func(t *testing.T, before, behind string) {
		if strings.Contains(before, "hunter2") || strings.Contains(behind, "hunter2") {
			t.Skip("holds the canary itself")
		}
		for _, member := range []string{`"password":"hunter2"`, `"password" : "hunter2`} {
			if got := string(maskPasswords([]byte(before + member + behind))); strings.Contains(got, "hunter2") {
				t.Errorf("%q still holds the password", got)
			}
		}
	})
}
