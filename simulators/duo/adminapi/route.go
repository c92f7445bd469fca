package adminapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// route is a documented call: its parameters, and what it does.
type route struct {
	method, path string
	params       []string
	do           func(*API, *call) (any, error)
}

var (
	paging      = []string{"limit", "offset"}
	userParams  = []string{"username", "realname", "status", "notes", "email", "firstname", "lastname", "aliases", "alias1", "alias2", "alias3", "alias4", "alias5", "alias6", "alias7", "alias8", customPrefix}
	groupParams = []string{"name", "desc", "status", "push_enabled", "sms_enabled", "voice_enabled", "mobile_otp_enabled", "u2f_enabled"}
)

// routes are the calls that are simulated.
var routes = []route{
	{http.MethodGet, "/admin/v1/users", slices.Concat(paging, []string{"username", "email", "username_list", "user_id_list"}), (*API).listUsers},
	{http.MethodPost, "/admin/v1/users", userParams, (*API).createUser},
	{http.MethodGet, "/admin/v1/users/{}", nil, (*API).getUser},
	{http.MethodPost, "/admin/v1/users/{}", userParams, (*API).modifyUser},
	{http.MethodDelete, "/admin/v1/users/{}", nil, (*API).deleteUser},
	{http.MethodGet, "/admin/v1/users/{}/groups", paging, (*API).listGroupsOfUser},
	{http.MethodPost, "/admin/v1/users/{}/groups", []string{"group_id"}, (*API).associate},
	{http.MethodDelete, "/admin/v1/users/{}/groups/{}", nil, (*API).disassociate},
	{http.MethodGet, "/admin/v1/groups", slices.Concat(paging, []string{"group_id_list"}), (*API).listGroups},
	{http.MethodPost, "/admin/v1/groups", groupParams, (*API).createGroup},
	{http.MethodGet, "/admin/v1/groups/{}", nil, (*API).getGroupWithUsers},
	{http.MethodPost, "/admin/v1/groups/{}", groupParams, (*API).modifyGroup},
	{http.MethodDelete, "/admin/v1/groups/{}", nil, (*API).deleteGroup},
	{http.MethodGet, "/admin/v2/groups/{}", nil, (*API).getGroup},
	{http.MethodGet, "/admin/v2/groups/{}/users", paging, (*API).listUsersOfGroup},
	{http.MethodGet, "/admin/v2/logs/activity", []string{"mintime", "maxtime", "limit", "next_offset", "sort"}, (*API).listActivity},
}

// find returns the route of a request and what stands in its path for {}.
func find(r *http.Request) (*route, []string, error) {
	var methods []string
	for i := range routes {
		args, ok := match(routes[i].path, r.URL.EscapedPath())
		if !ok {
			continue
		}
		if routes[i].method == r.Method {
			return &routes[i], args, nil
		}
		methods = append(methods, routes[i].method)
	}
	if len(methods) > 0 {
		return nil, nil, notAllowed(r.Method, methods)
	}
	return nil, nil, notFound("the simulator plays /admin/v1/users, /admin/v1/groups, /admin/v2/groups and /admin/v2/logs/activity, as they are documented, and nothing else")
}

func match(pattern, path string) (args []string, ok bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	for i, segment := range have {
		if want[i] != "{}" {
			if segment != want[i] {
				return nil, false
			}
			continue
		}
		arg, err := url.PathUnescape(segment)
		if err != nil || arg == "" {
			return nil, false
		}
		args = append(args, arg)
	}
	return args, true
}
