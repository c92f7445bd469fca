package features

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestARowOfTheTableIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range everyone {
		if c.Profile == "" || c.Title == "" || c.Readiness == "" || len(c.Families) == 0 {
			t.Errorf("%+v: something is empty", c)
		}
		names := []string{"profile " + string(c.Profile), "title " + c.Title, "readiness " + c.Readiness}
		for _, f := range c.Families {
			names = append(names, "prefix "+f.Prefix)
			if f.Folder == "" || !slices.Contains([]Form{BySection, ByTopic, Counted}, f.Form) {
				t.Errorf("%+v: folder or form is missing", f)
			}
		}
		for _, name := range names {
			if seen[name] {
				t.Errorf("%s is in the table twice", name)
			}
			seen[name] = true
		}
	}
}

func TestEveryFolderOfTheTableHoldsFeaturesAndNoOtherDoes(t *testing.T) {
	entries, err := fs.ReadDir(FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	want := Folders()
	slices.Sort(want)
	if !slices.Equal(folders, want) {
		t.Errorf("the folders are %v, the table says %v", folders, want)
	}
}

func TestEveryRequirementLiesInTheFolderOfItsFamily(t *testing.T) {
	all, err := LoadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var folders []string
	for _, q := range all {
		_, family, err := ClientOf(q.ID)
		if err != nil {
			t.Error(err)
		}
		folder, _, _ := strings.Cut(q.File, "/")
		if folder != family.Folder {
			t.Errorf("%s is in %s/, its place is %s/", q.ID, folder, family.Folder)
		}
		if seen[family.Prefix] = true; !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	if want := append(Folders(), "client"); !slices.Equal(folders, want) {
		t.Errorf("the requirements come in the order %v, want that of the table, %v", folders, want)
	}
	for _, prefix := range ofFamilies(func(f Family) string { return f.Prefix }) {
		if !seen[prefix] {
			t.Errorf("no requirement begins with %s-", prefix)
		}
	}
}

func TestRequirementsOnClientsStandApart(t *testing.T) {
	all, err := LoadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		_, isClient := strings.CutPrefix(q.ID, "CLIENT-")
		if FSOf(q) == ClientFS != isClient {
			t.Errorf("%s is on the wrong side", q.ID)
		}
	}
	if slices.Contains(Profiles(), Provisioners().Profile) {
		t.Error("a run against an endpoint can judge clients")
	}
}

func TestWhoseARequirementIs(t *testing.T) {
	for id, want := range map[string]Profile{
		"DUO-CONNECT-01": Duo, "CSA-SYNC-06": Duo, "RFC7643-2.1-01": RFC, "RFC9865-2-12": RFC, "ENTRA-USER-01": "entra", "OKTA-01": "okta", "CLIENT-URL-01": "client",
	} {
		if c, _, err := ClientOf(id); err != nil || c.Profile != want {
			t.Errorf("%s: %s, %v, want %s", id, c.Profile, err, want)
		}
	}
	for _, id := range []string{"", "DUOX-A-01", "RFC2119-1-01", "@DUO-A-01", "duo-a-01"} {
		c, _, err := ClientOf(id)
		if err == nil || !strings.Contains(err.Error(), "ids begin with DUO-, CSA-, RFC7643-") {
			t.Errorf("%q: %s, %v", id, c.Profile, err)
		}
	}
}

func TestProfilesAreNamedInTheOrderOfTheTable(t *testing.T) {
	if s := JoinProfiles(DefaultProfiles(), ","); s != "duo,rfc" {
		t.Error(s)
	}
	if all := Profiles(); len(all) != len(Clients()) || all[0] != Duo {
		t.Error(all)
	}
}
