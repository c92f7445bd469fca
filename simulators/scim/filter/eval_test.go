package filter

import (
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/scimtest"
)

func TestMatch(t *testing.T) {
	bob := scimtest.Object(t, scimtest.Bob)
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"strings are equal in any case", `userName eq "bOB"`, true},
		{"names are found in any case", `USERNAME eq "bob"`, true},
		{"the URN of the base schema changes nothing", scim.UserURN + `:userName eq "bob"`, true},
		{"case matters where the schema says so", `externalId eq "ext-1"`, false},
		{"case exact strings match exactly", `externalId eq "Ext-1"`, true},
		{"ne is the opposite of eq on one value", `userName ne "bob"`, false},
		{"contains", `name.familyName co "'mal"`, true},
		{"starts with", `userName sw "B"`, true},
		{"does not start with", `userName sw "ob"`, false},
		{"ends with", `userName ew "OB"`, true},
		{"the empty string is in every string", `userName co ""`, true},
		{"text is compared in normal form", `name.givenName eq "jos\u00e9"`, true},
		{"strings are ordered", `userName gt "alice"`, true},
		{"strings are ordered without case", `userName lt "CHARLIE"`, true},
		{"a string is not greater than itself", `userName gt "bob"`, false},
		{"a string is greater than or equal to itself", `userName ge "bob" and userName le "bob"`, true},

		{"booleans are compared", `active eq true`, true},
		{"booleans differ", `active ne true`, false},
		{"a boolean is no string", `active eq "true"`, false},

		{"a value is present", `userName pr`, true},
		{"the empty string is present", `nickName pr`, true},
		{"null is not present", `title pr`, false},
		{"what is absent is not present", `displayName pr`, false},
		{"an empty array is not present", `phoneNumbers pr`, false},
		{"an array of empty objects is not present", `ims pr`, false},
		{"a complex value is present", `name pr`, true},
		{"an extension is present", scim.EnterpriseURN + ` pr`, true},
		{"an unassigned attribute differs from every value", `title ne "x"`, true},
		{"an unassigned attribute equals null", `title eq null`, true},
		{"an absent attribute equals null", `displayName eq null`, true},
		{"an empty array equals null", `phoneNumbers eq null`, true},
		{"an assigned attribute does not equal null", `userName eq null`, false},
		{"an assigned attribute differs from null", `userName ne null`, true},
		{"an unassigned attribute does not differ from null", `title ne null`, false},
		{"an unassigned attribute contains nothing", `title co ""`, false},
		{"an unassigned attribute has no order", `title lt "z" or title ge "a"`, false},

		{"any value may match", `emails.value eq "bob@home.example"`, true},
		{"any value may differ", `emails.type ne "work"`, true},
		{"a complex attribute stands for its value", `emails co "@home"`, true},
		{"different values may match different comparisons", `emails.type eq "home" and emails.value eq "bob@example.com"`, true},
		{"one value has to match all in brackets", `emails[type eq "home" and value eq "bob@example.com"]`, false},
		{"one value matches all in brackets", `emails[type eq "home" and value ew "HOME.EXAMPLE"]`, true},
		{"not within brackets is about one value", `emails[not (type eq "work") and value co "old"]`, true},
		{"or within brackets", `emails[type eq "other" or type eq "home"]`, true},
		{"a selected value is compared", `emails[type eq "work"].value eq "bob@example.com"`, true},
		{"a value that is not selected is not compared", `emails[type eq "work"].value co "home"`, false},
		{"nothing selected is unassigned", `emails[type eq "other"].value eq null`, true},
		{"a value without the sub-attribute is unassigned", `emails[type eq null].value eq "old@example.com"`, true},
		{"brackets on an attribute without values", `phoneNumbers[type ne "work"]`, false},
		{"a missing primary is false", `emails[primary eq false and value eq "old@example.com"]`, true},
		{"a missing primary is not true", `emails[primary ne true and value sw "old"]`, true},
		{"a missing primary counts outside of brackets", `emails.primary eq false`, true},
		{"a missing primary is not present", `emails[primary pr and value sw "old"]`, false},
		{"without values there is no primary", `phoneNumbers.primary eq false`, false},
		{"a single complex value may have brackets", `name[familyName sw "O" and givenName sw "J"]`, true},

		{"schemas has simple values", `schemas eq "` + scim.EnterpriseURN + `"`, true},
		{"simple values are called value in brackets", `schemas[value ew "enterprise:2.0:User"]`, true},
		{"an extension's attribute", scim.EnterpriseURN + `:department eq "r&d"`, true},
		{"an extension's sub-attribute", scim.EnterpriseURN + `:manager.displayName eq "ann"`, true},
		{"an extension's complex attribute stands for its value", scim.EnterpriseURN + `:manager eq "26118915"`, true},
		{"a common attribute", `id eq "2819c223"`, true},
		{"dates are moments: equal in another zone", `meta.lastModified eq "2011-05-13T06:42:34+02:00"`, true},
		{"dates are moments: fractions", `meta.lastModified lt "2011-05-13T04:42:34.001Z"`, true},
		{"dates are moments: later in text, earlier in time", `meta.lastModified gt "2011-05-13T05:00:00+02:00"`, true},
		{"dates may be searched as text", `meta.lastModified sw "2011-05"`, true},

		{"what the schemas lack has no value", `nope pr`, false},
		{"what the schemas lack differs from every value", `nope ne "x"`, true},
		{"what the schemas lack has nothing in brackets", `nope[a eq 1]`, false},
		{"precedence: and before or", `userName eq "x" and title pr or active eq true`, true},
		{"precedence: parentheses", `userName eq "x" and (title pr or active eq true)`, false},
		{"precedence: not before and", `not (title pr) and active eq true`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Match(filter(t, c.text, scim.UserType()), scim.UserType(), bob); got != c.want {
				t.Errorf("%s: got %t, want %t", c.text, got, c.want)
			}
		})
	}
	t.Run("the resource is not changed", func(t *testing.T) {
		if !scim.Equal(bob, scimtest.Object(t, scimtest.Bob)) {
			t.Error("it is")
		}
	})
}

func TestMatchNumbersAndBinaries(t *testing.T) {
	device := scimtest.Object(t, `{"ports": 8, "weight": 2.50, "key": "QUJD", "tags": ["Red", "blue"], "bare": "X", "huge": 1}`)
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"an integer is equal", `ports eq 8`, true},
		{"numbers are equal by value", `weight eq 2.5`, true},
		{"numbers are equal by value with exponent", `weight eq 25e-1`, true},
		{"numbers are ordered by value, not as text", `ports lt 10`, true},
		{"numbers are ordered", `weight gt 2 and weight le 2.5`, true},
		{"a number beyond float64 is greater", `ports lt 1e999999999`, true},
		{"a number below float64 is smaller", `ports gt -1e999999999`, true},
		{"a number is no string", `ports eq "8"`, false},
		{"a number differs from a string", `ports ne "8"`, true},
		{"binaries are case exact", `key eq "qujd"`, false},
		{"simple values: any may match", `tags eq "BLUE"`, true},
		{"simple values in brackets", `tags[value eq "red"]`, true},
		{"an attribute with default characteristics is a string", `bare eq "x"`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Match(filter(t, c.text, nil), scimtest.DeviceType(), device); got != c.want {
				t.Errorf("%s: got %t, want %t", c.text, got, c.want)
			}
		})
	}
}
