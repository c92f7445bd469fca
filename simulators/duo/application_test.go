package duo

import (
	"strings"
	"testing"
)

// settings is an application file with one part replaced.
func settings(from, to string) string {
	const file = `name: Cisco Secure Access - Single Sign-On
type: cisco-secure-access
attribute_mapping:
  - {duo: Username, application: userName}
  - {duo: Display Name, application: displayName}
groups:
  select: [DUO - Users]
`
	return strings.Replace(file, from, to, 1)
}

func TestLoadApplicationReadsTheProvisioningTab(t *testing.T) {
	app, err := LoadApplication("app.yaml", []byte(settings("groups:\n", "deprovisioning: delete\nenabled: false\ngroups:\n  exclude_group_information: true\n")))
	if err != nil {
		t.Fatal(err)
	}
	if app.Name != "Cisco Secure Access - Single Sign-On" || app.Type != CiscoSecureAccess || app.Deprovisioning != Delete || app.Enabled ||
		len(app.Mapping) != 2 || app.Mapping[1] != (Row{"Display Name", "displayName"}) ||
		!app.Groups.ExcludeGroupInformation || len(app.Groups.Select) != 1 || app.Groups.Select[0] != "DUO - Users" {
		t.Errorf("%+v", app)
	}
	app, err = LoadApplication("app.yaml", []byte(settings("", "")))
	if err != nil {
		t.Fatal(err)
	}
	if app.Deprovisioning != Deactivate || !app.Enabled {
		t.Errorf("left out, they are not the defaults: %+v", app)
	}
}

func TestLoadApplicationSaysWhereWhatAndTheRemedy(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"the required attribute is not mapped", settings("  - {duo: Username, application: userName}\n", ""),
			`app.yaml:4:3: attribute_mapping: the required attribute userName is not mapped: add a row such as {duo: Username, application: userName}`},
		{"an attribute that the application does not have", settings("displayName", "nickName"),
			`app.yaml:5:38: attribute_mapping[1].application: the application has no attribute "nickName": use one of userName, authName, displayName, emails, name.familyName, name.formatted, name.givenName, nativeObjectId`},
		{"an attribute in the wrong case", settings("displayName", "displayname"),
			`app.yaml:5:38: attribute_mapping[1].application: the application has no attribute "displayname": did you mean "displayName"?`},
		{"the same attribute twice", settings("displayName", "userName"),
			`app.yaml:5:38: attribute_mapping[1].application: "userName" is mapped already by row 1: keep one of both`},
		{"a blank Duo attribute", settings("duo: Display Name", `duo: " "`),
			`app.yaml:5:11: attribute_mapping[1].duo: the Duo user attribute is empty: choose one, such as Username`},
		{"too many groups", settings("[DUO - Users]", "["+manyGroups(MaxGroups+1)+"]"),
			`app.yaml:7:11: groups.select: 101 groups are chosen, an application takes at most 100: choose fewer`},
		{"too many groups with SSO access", settings("  select: [DUO - Users]", "  use: sso_access\nsso_access: ["+manyGroups(MaxGroups+1)+"]"),
			`app.yaml:8:13: sso_access: 101 groups are chosen, an application takes at most 100: choose fewer`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadApplication("app.yaml", []byte(c.file))
			if err == nil {
				t.Fatal("the file was accepted")
			}
			if err.Error() != c.want {
				t.Errorf("\n got %s\nwant %s", err, c.want)
			}
		})
	}
}

func TestLoadApplicationLeavesTheFormToTheSchema(t *testing.T) {
	for name, file := range map[string]string{
		"both ways of choosing groups":    settings("  select: [DUO - Users]", "  select: [DUO - Users]\n  use: sso_access"),
		"neither way of choosing groups":  settings("  select: [DUO - Users]", "  exclude_group_information: true"),
		"an unknown type":                 settings("cisco-secure-access", "cisco-umbrella"),
		"an unknown way to deprovision":   settings("groups:", "deprovisioning: suspend\ngroups:"),
		"a token, which is never in here": settings("groups:", "token: abc\ngroups:"),
		"no YAML":                         "{",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := LoadApplication("app.yaml", []byte(file)); err == nil || !strings.HasPrefix(err.Error(), "app.yaml:") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// manyGroups lists n names of groups, as YAML.
func manyGroups(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = "g" + strings.Repeat("x", i)
	}
	return strings.Join(names, ", ")
}

func TestCheckFindsEverythingAtOnce(t *testing.T) {
	app := Application{Type: "x", Deprovisioning: "y", Groups: GroupSelection{Select: []string{"a"}, Use: SSOAccess}}
	want := `application "": name: the name is empty: give the application's name in Duo
application "": type: unknown type "x": use cisco-secure-access, cisco-webex or generic
application "": deprovisioning: unknown behavior "y": use deactivate or delete
application "": groups: groups are both selected and taken from SSO access: keep one of select and use`
	if err := app.Check(); err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

func TestCheckAgainstADirectory(t *testing.T) {
	app := guideApplication()
	app.Groups.Select = []string{"DUO - Users", "DUO - Nobody"}
	app.Mapping = append(app.Mapping, Row{"Department", "authName"})
	err := app.CheckAgainst(people("josue"))
	for _, want := range []string{`no user in Duo has the attribute "Department"`, `Duo has no group "DUO - Nobody"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
	if err := app.CheckAgainst(custom(people("josue"), "Department", "x")); err == nil || strings.Contains(err.Error(), "Department") {
		t.Errorf("a custom attribute is refused: %v", err)
	}
}

func TestAttributeListsHaveTheRequiredOneFirstAndTheOthersInOrder(t *testing.T) {
	for _, typ := range []ApplicationType{CiscoSecureAccess, CiscoWebex, Generic} {
		list := typ.Attributes()
		if len(list) == 0 || list[0] != RequiredAttribute {
			t.Errorf("%s: %q", typ, list)
		}
		for i := 2; i < len(list); i++ {
			if list[i-1] >= list[i] {
				t.Errorf("%s: %s stands before %s", typ, list[i-1], list[i])
			}
		}
	}
}

func FuzzLoadApplication(f *testing.F) {
	f.Add([]byte(settings("", "")))
	f.Add([]byte("groups: {use: sso_access}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		app, err := LoadApplication("app.yaml", data)
		if err == nil && app.Check() != nil {
			t.Errorf("loaded, but wrong: %v", app.Check())
		}
	})
}
