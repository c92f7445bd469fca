package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/provider"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// shown lists the members of an object, and of objects in it, without values.
func shown(v any) string {
	switch v := v.(type) {
	case *scim.Object:
		var names []string
		for name, part := range v.All() {
			names = append(names, strings.TrimPrefix(name, "urn:ietf:params:scim:schemas:")+shown(part))
		}
		return "{" + strings.Join(names, " ") + "}"
	case []any:
		if len(v) > 0 {
			if _, ok := v[0].(*scim.Object); ok {
				return shown(v[0])
			}
		}
	}
	return ""
}

func TestAttributesAndExcludedAttributesChooseWhatIsReturned(t *testing.T) {
	c := start(t, provider.Config{})
	c.createUser(`"userName":"u","name":{"givenName":"G","familyName":"F"},"emails":[{"value":"a","type":"work"}],` +
		`"` + scim.EnterpriseURN + `":{"department":"d","division":"v"}`)
	const (
		all        = "{schemas id userName name{givenName familyName} emails{value type} extension:enterprise:2.0:User{department division} active meta{resourceType created lastModified location version}}"
		enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
		core       = "urn:ietf:params:scim:schemas:core:2.0:User"
	)
	for query, want := range map[string]string{
		"":                                          all,
		"attributes=":                               all,
		"attributes=,":                              all,
		"excludedAttributes=":                       all,
		"excludedAttributes=unknown,a..b,[":         all,
		"attributes=userName":                       "{schemas id userName}",
		"attributes=USERNAME":                       "{schemas id userName}",
		"attributes=userName&attributes=active":     "{schemas id userName active}",
		"attributes=unknown":                        "{schemas id}",
		"attributes=password":                       "{schemas id}",
		"attributes=name.givenName,%20emails.type":  "{schemas id name{givenName} emails{type}}",
		"attributes=name,name.givenName":            "{schemas id name{givenName familyName}}",
		"attributes=name.middleName":                "{schemas id}",
		"attributes=meta.location":                  "{schemas id meta{location}}",
		"attributes=" + core + ":userName":          "{schemas id userName}",
		"attributes=" + core + ":name.givenName":    "{schemas id name{givenName}}",
		"attributes=" + enterprise:                  "{schemas id extension:enterprise:2.0:User{department division}}",
		"attributes=" + strings.ToUpper(enterprise): "{schemas id extension:enterprise:2.0:User{department division}}",
		"attributes=" + enterprise + ":division":    "{schemas id extension:enterprise:2.0:User{division}}",
		"attributes=department":                     "{schemas id}",
		"attributes=" + core:                        "{schemas id userName name{givenName familyName} emails{value type} active meta{resourceType created lastModified location version}}",
		"excludedAttributes=id,schemas,userName,meta,emails,active":                         "{schemas id name{givenName familyName} extension:enterprise:2.0:User{department division}}",
		"excludedAttributes=name.givenName,emails.value,meta,userName,active," + enterprise: "{schemas id name{familyName} emails{type}}",
		"excludedAttributes=meta,userName,active,name,emails," + enterprise + ":division":   "{schemas id extension:enterprise:2.0:User{department}}",
	} {
		t.Run(query, func(t *testing.T) {
			c := client{t, c.Provider}
			if got := shown(c.get("/Users/id-1?" + query).expect(http.StatusOK).body); got != want {
				t.Errorf("read:\ngot  %s\nwant %s", got, want)
			}
			if got := shown(c.get("/Users?" + query).expect(http.StatusOK).body.Array("Resources")); got != want {
				t.Errorf("listed:\ngot  %s\nwant %s", got, want)
			}
		})
	}
	t.Run("both", func(t *testing.T) {
		for _, path := range []string{"/Users", "/Users/id-1"} {
			client{t, c.Provider}.get(path+"?attributes=title&excludedAttributes=name").fails(http.StatusBadRequest, "invalidValue")
		}
	})
}

func TestEveryAttributeIsReturnedAsItsSchemaSays(t *testing.T) {
	text := func(name string, returned scim.Returned) *scim.Attribute {
		return &scim.Attribute{Name: name, Type: scim.String, Returned: returned}
	}
	four := func(prefix string) []*scim.Attribute {
		return []*scim.Attribute{text(prefix+"A", scim.Always), text(prefix+"D", scim.ByDefault), text(prefix+"R", scim.OnRequest), text(prefix+"N", scim.Never)}
	}
	attributes := append(four("t"),
		&scim.Attribute{Name: "c", Type: scim.Complex, SubAttributes: four("c")},
		&scim.Attribute{Name: "always", Type: scim.Complex, SubAttributes: four("a"), Returned: scim.Always})
	c := start(t, provider.Config{Types: []*scim.ResourceType{{
		ID: "Thing", Name: "Thing", Endpoint: "/Things",
		Schema: &scim.Schema{ID: "urn:example:Thing", Attributes: attributes},
	}}})
	c.do(http.MethodPost, "/Things", `{"schemas":["urn:example:Thing"],"tA":"1","tD":"1","tR":"1","tN":"1","c":{"cA":"1","cD":"1","cR":"1","cN":"1"},"always":{"aA":"1","aD":"1","aR":"1","aN":"1"}}`).
		expect(http.StatusCreated)
	for query, want := range map[string]string{
		"excludedAttributes=meta":                       "{schemas id tA tD c{cA cD} always{aA aD}}",
		"attributes=tD":                                 "{schemas id tA tD always{aA aD}}",
		"attributes=tR":                                 "{schemas id tA tR always{aA aD}}",
		"attributes=tN":                                 "{schemas id tA always{aA aD}}",
		"attributes=c":                                  "{schemas id tA c{cA cD} always{aA aD}}",
		"attributes=c,c.cR":                             "{schemas id tA c{cA cD cR} always{aA aD}}",
		"attributes=c.cR":                               "{schemas id tA c{cA cR} always{aA aD}}",
		"attributes=c.cD,c.cN":                          "{schemas id tA c{cA cD} always{aA aD}}",
		"attributes=urn:example:Thing":                  "{schemas id tA tD c{cA cD} always{aA aD} meta{resourceType created lastModified location version}}",
		"excludedAttributes=tA,tD,meta":                 "{schemas id tA c{cA cD} always{aA aD}}",
		"excludedAttributes=c.cA,c.cD,meta":             "{schemas id tA tD c{cA} always{aA aD}}",
		"excludedAttributes=tR,c,meta":                  "{schemas id tA tD always{aA aD}}",
		"attributes=always.aR":                          "{schemas id tA always{aA aR}}",
		"excludedAttributes=always.aD,always,c,tD,meta": "{schemas id tA always{aA}}",
	} {
		t.Run(query, func(t *testing.T) {
			if got := shown(client{t, c.Provider}.get("/Things/id-1?" + query).body); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
