package faults

import (
	"net/http"
	"strings"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// demandFaults are about what a server demands of a resource, and what it permits twice.
func demandFaults() []Fault {
	return []Fault{
		{"RFC7643-7-15", "a userName is taken twice by POST", takingTwice("POST", "/Users", http.StatusCreated)},
		{"RFC7643-7-15", "a userName is taken twice by PUT", takingTwice("PUT", "/Users/*", http.StatusOK)},
		{"RFC7643-7-15", "a userName is taken twice by PATCH", takingTwice("PATCH", "/Users/*", http.StatusNoContent)},
		{"RFC7643-7-15", "a userName that is taken breaks the server", answers(at("POST", "/Users"), turningStatus(409, 500))},
		{"RFC7643-7-15", "displayName is said to be unique and is not", schemaSays(scim.UserURN, "displayName", "uniqueness", "server")},
		{"RFC7643-7-15", "nickName is said to be unique in the world and is not", schemaSays(scim.UserURN, "nickName", "uniqueness", "global")},
		{"RFC7643-7-15", "an attribute of the extension is said to be unique and is not", schemaSays(scim.EnterpriseURN, "employeeNumber", "uniqueness", "server")},
		{"RFC7643-7-16", "a second user of one displayName is refused", refusingSecondUser("displayName", 409)},
		{"RFC7643-7-16", "a second user of one name is refused", refusingSecondUser("name.familyName", 409)},
		{"RFC7643-7-16", "a second user of one displayName is refused as invalid", refusingSecondUser("displayName", 400)},
		{"RFC7643-7-16", "a second group of one name breaks the server", refusingSecondAt("/Groups", "displayName", 500)},
		{"RFC7643-7-18", "POST demands an e-mail address", demandingOfUsers(`"emails"`)},
		{"RFC7643-7-18", "POST demands a name", demandingOfUsers(`"name"`)},
		{"RFC7643-7-18", "POST demands active", demandingOfUsers(`"active"`)},
		{"RFC7643-7-18", "PUT demands a displayName", demandingByPut("Users", `"displayName"`)},
		{"RFC7643-7-18", "PUT demands the id in the body", demandingByPut("Users", `"id"`)},
		{"RFC7643-7-18", "PUT demands the members of a group", demandingByPut("Groups", `"members"`)},
		{"RFC7643-7-18", "userName is said not to be required", schemaSays(scim.UserURN, "userName", "required", false)},
		{"RFC7643-7-18", "displayName of groups is said not to be required", schemaSays(scim.GroupURN, "displayName", "required", false)},
		{"RFC7643-7-24", "displayName is said to be required and is not", schemaSays(scim.UserURN, "displayName", "required", true)},
		{"RFC7643-7-24", "name is said to be required and is not", schemaSays(scim.UserURN, "name", "required", true)},
		{"RFC7643-7-24", "members is said to be required and is not", schemaSays(scim.GroupURN, "members", "required", true)},
		{"RFC7643-7-24", "emails is said to be required and is not by PUT", combined(
			schemaSays(scim.UserURN, "emails", "required", true), demandingOfUsers(`"emails"`))},
		{"RFC7643-7-24", "a user without a userName is created", nameless("POST", "/Users", "userName")},
		{"RFC7643-7-24", "a group without a name is created", nameless("POST", "/Groups", "displayName")},
	}
}

// takingTwice turns the refusal of what exists already into a success.
func takingTwice(method, place string, status int) Wrap {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at(method, place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			body := bodyOf(r)
			a := serve(next, r)
			if a.status == http.StatusConflict {
				a.status, a.body, a.raw = status, body, nil
				if status == http.StatusNoContent {
					a.body = nil
				}
			}
			a.send(w)
		})
	}
}

// refusingSecondUser refuses a second user with the same value.
func refusingSecondUser(path string, status int) Wrap {
	return refusingSecondAt("/Users", path, status)
}

func refusingSecondAt(place, path string, status int) Wrap {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		seen := map[any]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !at("POST", place)(r) {
				next.ServeHTTP(w, r)
				return
			}
			value := sentAt(bodyOf(r), path)
			mu.Lock()
			again := value != nil && seen[value]
			seen[value] = true
			mu.Unlock()
			if !again {
				next.ServeHTTP(w, r)
				return
			}
			e := scim.UniquenessError("%s exists already", path)
			e.Status = status
			a := &answer{}
			a.refuse(e)
			a.send(w)
		})
	}
}

func demandingByPut(collection, text string) Wrap {
	return refusingWrites("PUT", func(r *http.Request, body string) *scim.Error {
		if segments(r)[0] == collection && !strings.Contains(body, text) {
			return scim.InvalidValue("%s is missing", text)
		}
		return nil
	})
}

// nameless accepts a resource without the attribute that it has to have.
func nameless(method, place, name string) Wrap {
	const made = "made-up-by-the-server"
	hide := shown(at("", ""), func(o *scim.Object) {
		if o.String(name) == made {
			o.Delete(name)
		}
	})
	return combined(hide, requests(at(method, place), func(_ *http.Request, body *scim.Object) {
		if _, ok := body.Get(name); !ok {
			body.Set(name, made)
		}
	}))
}
