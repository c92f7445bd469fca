package adminapi_test

import (
	"crypto/sha512"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// signed is a call with parameters where Duo's clients put them.
func (r *rig) signed(method, path string, params url.Values) *http.Request {
	r.t.Helper()
	text := strings.ReplaceAll(params.Encode(), "+", "%20")
	if method != http.MethodPost {
		return r.write(r.letter(method, path, text))
	}
	l := r.letter(method, path, "")
	l.body, l.mediaType, l.lines[4] = text, "application/x-www-form-urlencoded", text
	return r.write(l)
}

func TestBadRequestsAreRefusedWithWhatIsWrong(t *testing.T) {
	r := newRig(t)
	r.add("jane", "joe")
	jane, _ := r.dir.User("jane")
	group := r.dir.Groups[0].Key
	begin := time.Now()
	times := []string{"mintime", ms(begin), "maxtime", ms(begin.Add(time.Hour))}
	const users, groups, activity = "/admin/v1/users", "/admin/v1/groups", "/admin/v2/logs/activity"
	for _, c := range []struct {
		method, path string
		params       []string
		code         int
		detail       string
	}{
		{http.MethodGet, users, []string{"limit", "0"}, 40002, "limit: it has to be a whole number from 1 to 300"},
		{http.MethodGet, users, []string{"limit", "301"}, 40002, "from 1 to 300"},
		{http.MethodGet, users, []string{"limit", "ten"}, 40002, "limit"},
		{http.MethodGet, users, []string{"offset", "-1"}, 40002, "offset"},
		{http.MethodGet, users, []string{"offset", "99999999999999999999"}, 40002, "offset"},
		{http.MethodGet, users, []string{"phone", "1"}, 40002, "phone: it is not documented here, or not simulated: use limit, offset, username"},
		{http.MethodGet, users, []string{"username", "jane", "email", "x"}, 40002, "send one of both"},
		{http.MethodGet, users, []string{"username_list", "jane"}, 40002, "JSON list"},
		{http.MethodGet, users, []string{"user_id_list", "[" + strings.Repeat(`"x",`, 100) + `"x"]`}, 40002, "100 are allowed"},
		{http.MethodPost, users, nil, 40001, "username"},
		{http.MethodPost, users, []string{"username", ""}, 40001, "username"},
		{http.MethodPost, users, []string{"username", " "}, 40002, "username: it is empty"},
		{http.MethodPost, users, []string{"username", "two\nlines"}, 40002, "one line"},
		{http.MethodPost, users, []string{"username", "JANE"}, 40002, "username: there is a user with this username or alias already: " + jane.Key},
		{http.MethodPost, users, []string{"username", "x", "status", "locked out"}, 40002, "active, bypass or disabled"},
		{http.MethodPost, users, []string{"username", "x", "alias1", "joe"}, 40002, "alias1: there is a user"},
		{http.MethodPost, users, []string{"username", "x", "aliases", "alias9=y"}, 40002, "alias1 to alias8"},
		{http.MethodPost, users, []string{"username", "x", "custom_attributes.Department", "y"}, 40002, "create it first"},
		{http.MethodPost, users, []string{"username", "\xff"}, 40002, "not UTF-8"},
		{http.MethodPost, users + "/" + jane.Key, []string{"username", "joe"}, 40002, "already"},
		{http.MethodPost, users + "/DUNOBODY", []string{"username", "x"}, 40401, "DUNOBODY"},
		{http.MethodGet, users + "/DUNOBODY", nil, 40401, "there is no user"},
		{http.MethodGet, users + "/jane", nil, 40401, "there is no user"},
		{http.MethodGet, users + "/DUNOBODY/groups", nil, 40401, "there is no user"},
		{http.MethodPost, users + "/" + jane.Key + "/groups", nil, 40001, "group_id"},
		{http.MethodPost, users + "/" + jane.Key + "/groups", []string{"group_id", "DGNONE"}, 40002, "group_id: there is no group"},
		{http.MethodDelete, users + "/DUNOBODY/groups/" + group, nil, 40401, "there is no user"},
		{http.MethodPut, users + "/" + jane.Key, nil, 40501, "use GET or POST or DELETE"},
		{http.MethodPost, groups, []string{"name", "duo - users"}, 40002, "name: there is a group of this name already"},
		{http.MethodPost, groups, []string{"name", "x", "status", "gone"}, 40002, "active, bypass or disabled"},
		{http.MethodGet, groups, []string{"limit", "101"}, 40002, "from 1 to 100"},
		{http.MethodGet, "/admin/v2/groups/DGNONE", nil, 40401, "DGNONE"},
		{http.MethodGet, "/admin/v2/groups/DGNONE/users", nil, 40401, "DGNONE"},
		{http.MethodGet, "/admin/v1/phones", nil, 40401, "and nothing else"},
		{http.MethodPost, users + "/" + jane.Key + "/bypass_codes", nil, 40401, "and nothing else"},
		{http.MethodGet, users + "//groups", nil, 40401, "and nothing else"},
		{http.MethodGet, activity, times[2:], 40001, "mintime"},
		{http.MethodGet, activity, times[:2], 40001, "maxtime"},
		{http.MethodGet, activity, []string{"mintime", "5", "maxtime", "4"}, 40002, "before mintime"},
		{http.MethodGet, activity, []string{"mintime", "5", "maxtime", "9223372036854775807"}, 40002, "maxtime"},
		{http.MethodGet, activity, append(times, "limit", "1001"), 40002, "from 1 to 1000"},
		{http.MethodGet, activity, append(times, "sort", "up"), 40002, "ts:asc or ts:desc"},
		{http.MethodGet, activity, append(times, "next_offset", "5,none"), 40002, "next_offset"},
	} {
		r.fails(r.signed(c.method, c.path, form(c.params...)), c.code, c.detail)
	}
	if u, _ := r.dir.User("jane"); u.Username != "jane" || len(r.dir.Users) != 2 || len(r.dir.Groups) != 1 {
		t.Error("a refused request changed the directory")
	}
}

func TestABodyThatIsNoObjectIsRefused(t *testing.T) {
	r := newRig(t)
	for body, detail := range map[string]string{
		`[1]`: "no JSON object", `{"username":`: "no JSON object", `{"username":["x"]}`: "username: it has to be a text", `{"username":"x"} {}`: "no JSON object",
		strings.Repeat(" ", 1<<20+1): "longer than",
	} {
		l := r.letter(http.MethodPost, "/admin/v1/users", "")
		l.hash, l.body, l.mediaType = sha512.New, body, "application/json"
		l.lines = append(l.lines, sum(body), sum(""))
		r.fails(r.write(l), 40002, detail)
	}
}

func TestCustomAttributesAreSetWhereDuoHasThem(t *testing.T) {
	r := newRig(t)
	r.add("jane")
	r.must(r.dir.SetAttribute("jane", "Department", "Sales"))
	jane, _ := r.dir.User("jane")
	status, body := r.send(r.signed(http.MethodPost, "/admin/v1/users/"+jane.Key, form("custom_attributes.Department", "Research")))
	if status != http.StatusOK || !contains(body, `"custom_attributes":{"Department":"Research"}`) {
		t.Errorf("%s", body)
	}
	if u, _ := r.dir.User("jane"); u.Attributes["Department"] != "Research" {
		t.Errorf("the directory has %v", u.Attributes)
	}
	if status, body := r.send(r.signed(http.MethodPost, "/admin/v1/users/"+jane.Key, form("custom_attributes.Department", ""))); status != http.StatusOK {
		t.Errorf("%s", body)
	}
	if u, _ := r.dir.User("jane"); len(u.Attributes) > 0 {
		t.Errorf("the directory has %v", u.Attributes)
	}
}

func TestALogThatCannotBeReadIsAServerError(t *testing.T) {
	r := newRig(t)
	r.logErr = errors.New("the state is gone")
	r.fails(r.signed(http.MethodGet, "/admin/v2/logs/activity", form("mintime", "1", "maxtime", "2")), 50000, "the state is gone")
}
