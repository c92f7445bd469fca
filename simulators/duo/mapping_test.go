package duo

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func TestMapKeepsTheOrderOfTheRows(t *testing.T) {
	maria := directory.User{
		Key: "DUMARIA0000000000000", Username: "maria", DisplayName: "María", Email: "maria@example.com", LastName: "Núñez",
		Attributes: map[string]string{"Windows Login": `EXAMPLE\maria`, "Department": "R & D"},
	}
	for _, c := range []struct {
		name    string
		typ     ApplicationType
		rows    []Row
		profile Profile
		want    string
	}{
		{"the guide's rows, one without a value", CiscoSecureAccess,
			[]Row{{"Username", "userName"}, {"Display Name", "displayName"}, {"Email Address", "emails"}, {"Last Name", "name.familyName"}, {"First Name", "name.givenName"}},
			Profile{}, `{"userName":"maria","displayName":"María","emails":[{"value":"maria@example.com"}],"name":{"familyName":"Núñez"}}`},
		{"another order", CiscoSecureAccess,
			[]Row{{"Last Name", "name.familyName"}, {"Username", "userName"}, {"Display Name", "name.formatted"}},
			Profile{}, `{"name":{"familyName":"Núñez","formatted":"María"},"userName":"maria"}`},
		{"null for what has no value", CiscoSecureAccess,
			[]Row{{"Username", "userName"}, {"First Name", "name.givenName"}, {"Cost Center", "authName"}},
			Profile{EmptyValue: EmptyNull},
			`{"userName":"maria","name":{"givenName":null},"urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User":{"authName":null}}`},
		{"typed e-mail addresses", CiscoSecureAccess,
			[]Row{{"Username", "userName"}, {"Email Address", "emails"}},
			Profile{EmailsShape: EmailWork},
			`{"userName":"maria","emails":[{"value":"maria@example.com","type":"work","primary":true}]}`},
		{"the extension of Secure Access", CiscoSecureAccess,
			[]Row{{"Username", "userName"}, {"Windows Login", "authName"}, {"Display Name", "displayName"}, {"Username", "nativeObjectId"}},
			Profile{}, `{"userName":"maria","urn:ietf:params:scim:schemas:extension:ciscoumbrella:2.0:User":{"authName":"EXAMPLE\\maria","nativeObjectId":"maria"},"displayName":"María"}`},
		{"the enterprise extension of Webex", CiscoWebex,
			[]Row{{"Username", "userName"}, {"Department", "department"}, {"Department", "title"}},
			Profile{}, `{"userName":"maria","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R & D"},"title":"R & D"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Mapping{Type: c.typ, Rows: c.rows, Profile: c.profile}.Map(maria)
			if err != nil {
				t.Fatal(err)
			}
			if text := jsonText(got); text != c.want {
				t.Errorf("\n got %s\nwant %s", text, c.want)
			}
		})
	}
}
