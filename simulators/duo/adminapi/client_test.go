package adminapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/admin"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

func TestDuosClientManagesUsers(t *testing.T) {
	r := newRig(t)
	c := r.duoClient()
	user := ok(t, func(u *admin.GetUserResult) duoapi.StatResult { return u.StatResult })
	stat := ok(t, func(s *duoapi.StatResult) duoapi.StatResult { return *s })

	made := user(c.CreateUser(form("username", "jane", "email", "jane@example.com", "realname", "Jane Doe",
		"firstname", "Jane", "lastname", "Doe", "notes", "a note & more", "alias1", "jdoe", "status", "bypass"))).Response
	if made.Username != "jane" || text(made.RealName) != "Jane Doe" || made.Notes != "a note & more" || text(made.Alias1) != "jdoe" || made.Status != "bypass" {
		t.Errorf("created is %+v", made)
	}
	if made.Created == 0 || made.IsEnrolled || len(made.UserID) != 20 {
		t.Errorf("created is %+v", made)
	}
	if in, ok := r.dir.User("jane"); !ok || in.Key != made.UserID || in.FirstName != "Jane" || in.Status != directory.Bypass {
		t.Errorf("the directory has %+v", in)
	}
	if got := user(c.GetUser(made.UserID)).Response; got.Email != "jane@example.com" || text(got.LastName) != "Doe" {
		t.Errorf("read again it is %+v", got)
	}
	changed := user(c.ModifyUser(made.UserID, form("username", "jane.roe", "lastname", "", "status", "disabled"))).Response
	if changed.Username != "jane.roe" || changed.LastName != nil || changed.Status != "disabled" || changed.Email != "jane@example.com" {
		t.Errorf("changed it is %+v", changed)
	}
	stat(c.DeleteUser(made.UserID))
	stat(c.DeleteUser(made.UserID)) // who is gone already is no error
	if len(r.dir.Users) != 0 {
		t.Error("the user is still there")
	}
	again := user(c.CreateUser(form("username", "jane.roe"))).Response
	if again.UserID == made.UserID || again.Notes != "" {
		t.Error("a user created again is the one of before")
	}
}

func TestDuosClientManagesGroups(t *testing.T) {
	r := newRig(t)
	r.add("jane")
	c := r.duoClient()
	stat := ok(t, func(s *duoapi.StatResult) duoapi.StatResult { return *s })
	groups := ok(t, func(g *admin.GetGroupsResult) duoapi.StatResult { return g.StatResult })
	group := ok(t, func(g *admin.GetGroupResult) duoapi.StatResult { return g.StatResult })
	jane, _ := r.dir.User("jane")

	_, body, err := c.SignedCall(http.MethodPost, "/admin/v1/groups", form("name", "Büro West", "desc", "those in the west"))
	r.must(err)
	var made struct{ Response admin.Group }
	r.must(json.Unmarshal(body, &made))
	key := made.Response.GroupID
	if got := group(c.GetGroup(key)).Response; got.Name != "Büro West" || got.Desc != "those in the west" || got.Status != "Active" {
		t.Errorf("the group is %+v", got)
	}
	stat(c.AssociateGroupWithUser(jane.Key, key))
	stat(c.AssociateGroupWithUser(jane.Key, key))
	if !r.dir.HasMember(key, jane.Key) {
		t.Error("she is not in the group")
	}
	if got := groups(c.GetUserGroups(jane.Key)); len(got.Response) != 2 || got.Metadata.TotalObjects.String() != "2" {
		t.Errorf("her groups are %+v", got)
	}
	_, body, err = c.SignedCall(http.MethodGet, "/admin/v2/groups/"+key+"/users", nil)
	r.must(err)
	if want := `[{"user_id":"` + jane.Key + `","username":"jane"}]`; !contains(body, want) {
		t.Errorf("the members are %s", body)
	}
	_, body, err = c.SignedCall(http.MethodGet, "/admin/v1/groups/"+key, nil)
	r.must(err)
	if !contains(body, `"users":[{"user_id":"`+jane.Key) {
		t.Errorf("the first version of the group is %s", body)
	}
	stat(c.DisassociateGroupFromUser(jane.Key, key))
	if r.dir.HasMember(key, jane.Key) {
		t.Error("she is still in the group")
	}
	_, body, err = c.SignedCall(http.MethodPost, "/admin/v1/groups/"+key, form("name", "West", "push_enabled", "1"))
	r.must(err)
	if !contains(body, `"name":"West"`) || !contains(body, `"desc":"those in the west"`) {
		t.Errorf("renamed it is %s", body)
	}
	if got := groups(c.GetGroups()); len(got.Response) != 2 {
		t.Errorf("the groups are %+v", got)
	}
	_, _, err = c.SignedCall(http.MethodDelete, "/admin/v1/groups/"+key, nil)
	r.must(err)
	if len(r.dir.Groups) != 1 {
		t.Error("the group is still there")
	}
}

func contains(body []byte, text string) bool { return strings.Contains(string(body), text) }

func TestDuosClientReadsEveryPageOfUsers(t *testing.T) {
	r := newRig(t)
	r.add(numbered(250)...)
	users := ok(t, func(u *admin.GetUsersResult) duoapi.StatResult { return u.StatResult })
	c := r.duoClient()
	all := users(c.GetUsers())
	seen := map[string]bool{}
	for _, u := range all.Response {
		seen[u.Username] = true
	}
	if len(all.Response) != 250 || len(seen) != 250 {
		t.Errorf("%d users came, %d different ones", len(all.Response), len(seen))
	}
	page := users(c.GetUsers(admin.Limit(100), admin.Offset(150)))
	if m := page.Metadata; len(page.Response) != 100 || m.NextOffset != "" || m.PrevOffset != "50" || m.TotalObjects != "250" {
		t.Errorf("the last page has %d users and %+v", len(page.Response), m)
	}
	beyond := users(c.GetUsers(admin.Limit(10), admin.Offset(5000)))
	if len(beyond.Response) != 0 || beyond.Metadata.NextOffset != "" {
		t.Errorf("behind the end are %d users, %+v", len(beyond.Response), beyond.Metadata)
	}
}

func TestUsersAreFoundByWhatNamesThem(t *testing.T) {
	r := newRig(t)
	r.add("jane", "joe", "jim")
	c := r.duoClient()
	joe, _ := r.dir.User("joe")
	user := ok(t, func(u *admin.GetUserResult) duoapi.StatResult { return u.StatResult })
	user(c.ModifyUser(joe.Key, form("aliases", "alias1=Joseph&alias7=jj")))
	for query, want := range map[string][]string{
		"username=JANE":                                 {"jane"},
		"username=joseph":                               {"joe"},
		"username=jj":                                   {"joe"},
		"username=nobody":                               {},
		"email=jim@example.com":                         {"jim"},
		`username_list=["jane","jj","joe"]`:             {"jane", "joe"},
		`user_id_list=["` + joe.Key + `","DUNOBODY"]`:   {"joe"},
		"username=" + joe.Key:                           {},
		`username_list=["jane","joe"]&limit=1&offset=1`: {"joe"},
	} {
		params, err := url.ParseQuery(query)
		r.must(err)
		_, body, err := c.SignedCall(http.MethodGet, "/admin/v1/users", params)
		r.must(err)
		var got struct{ Response []admin.User }
		r.must(json.Unmarshal(body, &got))
		names := []string{}
		for _, u := range got.Response {
			names = append(names, u.Username)
		}
		if !slices.Equal(names, want) {
			t.Errorf("%s finds %q, want %q", query, names, want)
		}
	}
}

// logOf fills the log with entries, one a second.
func logOf(r *rig, n int, begin time.Time) {
	for i := range n {
		r.log.Add(duo.Entry{
			ID: "entry-" + strconv.Itoa(i), Time: begin.Add(time.Duration(i/2) * time.Second), Action: duo.UserProvisioned,
			Actor: duo.Party{Name: duo.IntegrationActor, Type: duo.System}, Affected: duo.Party{Key: "DUXXXXXXXXXXXXXXXXXX", Name: "jane", Type: duo.OutboundSync},
		})
	}
}

type activityPage struct {
	Stat     string
	Response struct {
		Items []struct {
			ActivityID string `json:"activity_id"`
			Action     struct{ Name string }
			TS         string
		}
		Metadata struct {
			NextOffset   *string `json:"next_offset"`
			TotalObjects struct {
				Relation string
				Value    int
			} `json:"total_objects"`
		}
	}
}

func TestDuosClientReadsTheActivityLogPageByPage(t *testing.T) {
	r := newRig(t)
	begin := time.Date(2026, 3, 18, 21, 11, 51, 0, time.UTC)
	logOf(r, 25, begin)
	c := r.duoClient()
	for _, order := range []string{"ts:asc", "ts:desc", ""} {
		params := form("mintime", ms(begin), "maxtime", ms(begin.Add(time.Hour)), "limit", "4")
		if order != "" {
			params.Set("sort", order)
		}
		var ids []string
		for pages := 0; ; pages++ {
			_, body, err := c.SignedCall(http.MethodGet, "/admin/v2/logs/activity", params)
			r.must(err)
			var page activityPage
			r.must(json.Unmarshal(body, &page))
			if m := page.Response.Metadata; page.Stat != "OK" || m.TotalObjects.Value != 25 || m.TotalObjects.Relation != "eq" || pages > 7 {
				t.Fatalf("%s", body)
			}
			for _, item := range page.Response.Items {
				ids = append(ids, item.ActivityID)
			}
			if page.Response.Metadata.NextOffset == nil {
				break
			}
			params.Set("next_offset", *page.Response.Metadata.NextOffset)
		}
		if order == "ts:asc" {
			slices.Reverse(ids)
		}
		if len(ids) != 25 || ids[0] != "entry-24" || ids[24] != "entry-0" {
			t.Errorf("sort=%s: the entries are %q", order, ids)
		}
	}
}

func TestTheActivityLogEndsWhereItWasAsked(t *testing.T) {
	r := newRig(t)
	begin := time.Date(2026, 3, 18, 21, 11, 51, 0, time.UTC)
	logOf(r, 25, begin)
	_, body, err := r.duoClient().SignedCall(http.MethodGet, "/admin/v2/logs/activity",
		form("mintime", ms(begin.Add(time.Second)), "maxtime", ms(begin.Add(2*time.Second))))
	r.must(err)
	var page activityPage
	r.must(json.Unmarshal(body, &page))
	if items := page.Response.Items; len(items) != 4 || items[0].TS != "2026-03-18T21:11:53.000000+00:00" || items[0].Action.Name != "provisioning_user" {
		t.Errorf("the entries are %s", body)
	}
}

func ms(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }
