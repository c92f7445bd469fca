package secureaccess_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/secureaccess"
)

const (
	microsoftURN = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"
	managerPath  = scim.EnterpriseURN + ":manager"
)

func patchOf(op, path, value string) string {
	return `{"schemas":["` + scim.PatchOpURN + `"],"Operations":[{"op":"` + op + `","path":"` + path + `","value":` + value + `}]}`
}

func TestWhatEntraSendsBesideTheStandardIsUnderstood(t *testing.T) {
	c := integrate(t, newServer(t, secureaccess.Config{}), "Entra", secureaccess.EntraID)
	boss := c.create("/Users", scim.UserURN, `"userName":"boss@example.com"`)
	user := "/Users/" + c.create("/Users", scim.UserURN, `"userName":"ada@example.com"`)
	managerOf := func(o *scim.Object) string {
		return o.Object(scim.EnterpriseURN).Object("manager").String("value")
	}
	activeOf := func(o *scim.Object) string {
		v, _ := o.Get("active")
		text, _ := scim.Marshal(v)
		return string(text)
	}
	for _, test := range []struct {
		name, body string
		shown      func(*scim.Object) string
		want       string
	}{
		{"False disables", patchOf("Replace", "active", `"False"`), activeOf, "false"},
		{"True enables", patchOf("Replace", "active", `"True"`), activeOf, "true"},
		{"a bare id is the manager", patchOf("Add", managerPath, `"`+boss+`"`), managerOf, boss},
		{"an empty text removes the manager", patchOf("Replace", managerPath, `""`), managerOf, ""},
		{"removing the manager again changes nothing", patchOf("Replace", managerPath, `""`), managerOf, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, o := c.do(http.MethodPatch, user, test.body)
			if status != http.StatusOK || test.shown(o) != test.want {
				t.Errorf("status %d, got %q, want %q: %s", status, test.shown(o), test.want, o.String("detail"))
			}
		})
	}
}

func TestTheSchemaThatIsNoneIsDroppedFromGroups(t *testing.T) {
	c := integrate(t, newServer(t, secureaccess.Config{}), "Entra", secureaccess.EntraID)
	body := `{"schemas":["` + scim.GroupURN + `","` + microsoftURN + `"],"displayName":"Sales","meta":{"resourceType":"Group"}}`
	status, o := c.do(http.MethodPost, "/Groups", body)
	if status != http.StatusCreated {
		t.Fatalf("status %d: %s", status, o.String("detail"))
	}
	if urns := o.Array("schemas"); len(urns) != 1 || urns[0] != scim.GroupURN {
		t.Errorf("schemas %v", urns)
	}
}

func TestEverythingElseIsLeftToTheProvider(t *testing.T) {
	c := integrate(t, newServer(t, secureaccess.Config{}), "Entra", secureaccess.EntraID)
	user := "/Users/" + c.create("/Users", scim.UserURN, `"userName":"ada@example.com"`)
	for name, test := range map[string]struct{ method, path, body string }{
		"another text for a boolean":      {http.MethodPatch, user, patchOf("replace", "active", `"no"`)},
		"a text for a boolean at birth":   {http.MethodPost, "/Users", `{"schemas":["` + scim.UserURN + `"],"userName":"b@example.com","active":"True"}`},
		"a manager that does not exist":   {http.MethodPatch, user, patchOf("replace", managerPath, `"nobody"`)},
		"another schema that is none":     {http.MethodPost, "/Groups", `{"schemas":["` + scim.GroupURN + `","urn:x"],"displayName":"G"}`},
		"a body that is no JSON":          {http.MethodPatch, user, `{"Operations":`},
		"a body that is no object":        {http.MethodPost, "/Users", `[]`},
		"operations that are no objects":  {http.MethodPatch, user, `{"schemas":["` + scim.PatchOpURN + `"],"Operations":[1,null]}`},
		"a PATCH without operations":      {http.MethodPatch, user, `{"schemas":["` + scim.PatchOpURN + `"]}`},
		"a value without a path":          {http.MethodPatch, user, `{"schemas":["` + scim.PatchOpURN + `"],"Operations":[{"op":"replace","value":"False"}]}`},
		"a member given twice":            {http.MethodPost, "/Users", `{"schemas":[],"schemas":[]}`},
		"a schema list that is no list":   {http.MethodPost, "/Groups", `{"schemas":"` + microsoftURN + `","displayName":"G"}`},
		"nothing but Microsoft's own URN": {http.MethodPost, "/Groups", `{"schemas":["` + microsoftURN + `"],"displayName":"G"}`},
	} {
		t.Run(name, func(t *testing.T) {
			if status, o := c.do(test.method, test.path, test.body); status != http.StatusBadRequest {
				t.Errorf("status %d, want 400: %s", status, o.String("detail"))
			}
		})
	}
	t.Run("a body beyond all limits", func(t *testing.T) {
		body := `{"schemas":["` + scim.UserURN + `"],"userName":"` + strings.Repeat("x", 2<<20) + `"}`
		if status, _ := c.do(http.MethodPost, "/Users", body); status != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d, want 413", status)
		}
	})
}

func TestAGroupNameIsTakenOnceInADirectory(t *testing.T) {
	s := newServer(t, secureaccess.Config{})
	entra, okta := integrate(t, s, "Entra", secureaccess.EntraID), integrate(t, s, "Okta", secureaccess.Okta)
	entra.create("/Groups", scim.GroupURN, `"displayName":"Sales"`)
	okta.create("/Groups", scim.GroupURN, `"displayName":"Sales"`)
	status, o := entra.do(http.MethodPost, "/Groups", `{"schemas":["`+scim.GroupURN+`"],"displayName":"SALES"}`)
	if status != http.StatusConflict || o.String("scimType") != "uniqueness" {
		t.Errorf("status %d, scimType %s", status, o.String("scimType"))
	}
}
