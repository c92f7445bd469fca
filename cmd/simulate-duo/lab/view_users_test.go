package lab

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

func TestUsersInDuo(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)

	t.Run("are listed with their groups, and found by any name", func(t *testing.T) {
		v := visitorAt(t, server.URL)
		v.want(v.get(pathUsers), "1–5 of 5 results", "josue@example.com", "DUO - Users, DUO - Engineers", "disabled")
		v.want(v.get(pathUsers+"?q=O%27HARA"), "1–1 of 1 result", "miguel.ohara@example.com")
		v.want(v.get(pathUsers+"?q=nobody"), "0 results", "No user.")
	})

	t.Run("are added with every attribute and their groups", func(t *testing.T) {
		v := v.in(t)
		page := v.post("/duo/users/new", "username", "ada@example.com", "display_name", "Ada", "email", "ada@example.com", "first_name", "Ada", "last_name", "Lovelace",
			"status", "bypass", "group", "DGUSERS0000000000001", "attribute:Department", "Engines", "new_label", "Shoe size", "new_value", "38")
		v.want(page, "Added ada@example.com")
		u, _ := l.Directory().User("ada@example.com")
		if u.Status != directory.Bypass || u.LastName != "Lovelace" || u.Attributes["Department"] != "Engines" || u.Attributes["Shoe size"] != "38" || !l.Directory().HasMember("DGUSERS0000000000001", u.Key) {
			t.Errorf("%+v", u)
		}
	})

	t.Run("are refused with what was typed still there", func(t *testing.T) {
		v := v.in(t)
		page := v.post("/duo/users/new", "username", "JOSUE@example.com", "display_name", "Another <b>Josue</b>", "status", "active")
		v.want(page, "This did not work.", "there is a user &#34;josue@example.com&#34;", `value="Another &lt;b&gt;Josue&lt;/b&gt;"`)
	})

	t.Run("are changed, and lose what was emptied", func(t *testing.T) {
		v := v.in(t)
		key := key(t, l, "josue@example.com")
		v.want(v.get("/duo/users/"+key), `name="attribute:Department" value="Network Engineering"`, `value="DGENGINEERS000000002" checked`)
		v.want(v.post("/duo/users/"+key, "username", "josue@example.com", "first_name", "Josué", "status", "disabled", "group", "DGUSERS0000000000001"), "Saved josue@example.com")
		u, _ := l.Directory().User(key)
		if u.FirstName != "Josué" || u.DisplayName != "" || len(u.Attributes) != 0 || u.Status != directory.Disabled || len(l.Directory().GroupsOf(key)) != 1 {
			t.Errorf("%+v in %v", u, l.Directory().GroupsOf(key))
		}
		v.want(v.post("/duo/users/"+key, "username", "", "status", "active"), "needs a username")
	})

	t.Run("are deleted", func(t *testing.T) {
		v := v.in(t)
		v.want(v.post("/duo/users/"+key(t, l, "kiosk")+"/delete"), "Deleted kiosk")
		if _, there := l.Directory().User("kiosk"); there {
			t.Error("the user is there")
		}
		v.want(v.get("/duo/users/DU0"), "there is no such user in Duo")
	})

	t.Run("come in pages", func(t *testing.T) {
		if _, err := l.Edit("many", func(d *directory.Directory) error {
			for i := range 120 {
				if err := d.AddUser(directory.User{Username: fmt.Sprintf("many-%03d", i)}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		page := v.get(pathUsers + "?q=many&page=2")
		v.want(page, "51–100 of 120 results", "many-050", `href="?page=1&amp;q=many"`, `href="?page=3&amp;q=many"`)
		v.want(v.get(pathUsers+"?q=many&page=99"), "101–120 of 120 results")
		v.want(v.get(pathUsers+"?q=many&page=x"), "1–50 of 120 results")
	})
}

func TestUsersAreImported(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	form := "username,realname,email,status,group1\nada@example.com,Ada,ada@example.com,active,Computing\njosue@example.com,Josué,,active,Computing\n"

	t.Run("pasted, without a line break at the end", func(t *testing.T) {
		v.want(v.post("/duo/users/import", "text", strings.TrimSuffix(form, "\n")), "1 user added, 1 changed, 1 group added")
		u, _ := l.Directory().User("josue@example.com")
		if u.DisplayName != "Josué" || u.Email != "josue@example.com" || u.LastName != "Brenes" || len(l.Directory().GroupsOf(u.Key)) != 3 {
			t.Errorf("%+v", u)
		}
	})
	t.Run("from a file", func(t *testing.T) {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		file, err := w.CreateFormFile("file", "people.csv")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = file.Write([]byte(form))
		_ = w.Close()
		v.want(v.read(v.client.Post(server.URL+"/duo/users/import", w.FormDataContentType(), &body)), "0 users added, 2 changed, 0 groups added")
	})
	t.Run("a form with mistakes changes nothing", func(t *testing.T) {
		before := l.Directory()
		v.want(v.post("/duo/users/import", "text", "username,status\nbob,asleep\n"), "This did not work.", "import.csv:2", "bob,asleep")
		if l.Directory() != before {
			t.Error("the directory has changed")
		}
	})
}

func TestGroupsInDuo(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.want(v.get(pathGroups+"?q=eng"), "1–1 of 1 result", "DUO - Engineers")
	v.want(v.post(pathGroups, "name", "Night shift"), "Added Night shift")
	v.want(v.post(pathGroups, "name", "night SHIFT"), "there is a group")
	g, _ := l.Directory().Group("Night shift")
	v.want(v.post("/duo/groups/"+g.Key+"/members", "user", "kiosk"), "1 member", "Kiosk in the lobby")
	v.want(v.post("/duo/groups/"+g.Key+"/members", "user", "nobody"), "there is no user &#34;nobody&#34;")
	v.want(v.post("/duo/groups/"+g.Key, "name", "Day shift"), "The group is called Day shift", `value="Day shift"`)
	v.want(v.post("/duo/groups/"+g.Key+"/members/remove", "user", key(t, l, "kiosk")), "0 members", "No member.")
	v.want(v.post("/duo/groups/"+g.Key+"/delete"), "Deleted Day shift")
	v.want(v.get("/duo/groups/"+g.Key), "there is no such group in Duo")
}
