package features

import (
	"strings"
	"testing"
)

// What is published: 25 tests, of which four are optional and two are alternatives.
func TestTheGalleryHasItsTwentyFiveTests(t *testing.T) {
	all, err := Load(FS)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	lenient, alternatives := 0, 0
	for _, q := range all {
		client, _, err := ClientOf(q.ID)
		if err != nil {
			t.Fatal(err)
		}
		name := TestName(q.Title)
		switch {
		case !client.Gate:
			continue
		case name == "" && q.ID != "GALLERY-LOAD-01":
			t.Errorf("%s: the title does not begin with the published name of a test", q.ID)
		case names[name]:
			t.Errorf("%s: %s is there twice", q.ID, name)
		}
		names[name] = true
		if !strings.HasSuffix(name, "_Test") {
			continue
		}
		if !q.Strict() {
			lenient++
		}
		if q.OneOf() == "authentication" {
			alternatives++
		}
	}
	for _, name := range []string{
		"Create_User", "Update_User", "Disable_User", "Delete_User", "User_Update_Manager", "Restore_User", "POD_User",
		"Create_Group", "Update_Group", "Delete_Group", "Group_Update_Add_Member", "Group_Update_Remove_Member", "POD_Group", "Restore_Group",
		"Schema_Discoverability", "SCIM_Null_Update", "SCIM_User_Create", "SCIM_User_Update", "SCIM_Group_Create", "SCIM_Group_Update",
		"Validate_Credentials", "Federated_Identity", "SCIM_User_Pagination", "SCIM_Group_Pagination", "SCIM_Update_Manager",
	} {
		if !names[name+"_Test"] {
			t.Errorf("%s_Test is no Rule", name)
		}
	}
	if lenient != 4 || alternatives != 2 {
		t.Errorf("%d are optional, want 4; %d are alternatives, want 2", lenient, alternatives)
	}
}
