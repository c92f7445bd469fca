package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// What a target does wrong with the plainest user, and that many requirements see: see
// FlawedPlainly.

var plainUsers = []plainAnswer{
	{creationHome, creates("Users"), refusesCreation("Users")},
	{creationHome, creates("Groups"), refusesCreation("Groups")},
	{"RFC7643-3.1-02", func(m *Mismatch, _ wire.Request) bool { return m.What == "id" && m.Got == "none" }, hasNoID},
	{"RFC7643-4.1.1-04", wantsOneOfAName, takesTwins},
	{conflictHome, wantsOneOfAName, createsAgain},
	{"RFC7643-4.1.1-13", showsPassword, showsEveryPassword},
	{"RFC7643-4.1.1-13", showsPassword, showsPatchedPassword},
	{"RFC7644-3.3-10", sendsWrongTypes, breaksAtWrongTypes},
	{"RFC7643-3.1-12", keepsMeta, takesMeta},
	{"RFC7644-3.8-01", beyondASCII, spoilsLetters},
	{"RFC7644-3.5.1-01", losesPut, changesNothingByPut},
	{"RFC7643-3.1-16", isAbout(" as it is read now, meta, created", "meta.created as read after PUT"), createsAnewByPut},
	{"RFC7643-3.1-06", takesWantedID, takesEveryID},
	{"RFC7643-4.1.1-11", lacksActive, hidesWhoIsInactive},
	{"RFC7643-3.1-13", lacksDates, datesNoGroup},
	{membersHome, isAbout("the members of ", "as it is read now, members"), losesSomeMembers},
	{"RFC7644-3.6-05", isAbout("the members of "), keepsDeletedMembers},
	{"RFC7643-4.1.1-11", staysActive, ignoresActive},
	{"RFC7644-3.5.1-07", losesName, takesNamelessPut},
	{"RFC7643-4.1.2-09", namesGroups, takesGroups},
	{"RFC7643-4.1.2-09", namesGroups, takesGroupsByPut},
}

// creationHome is the requirement that tells that nothing can be created.
const creationHome = "RFC7644-3.3-03"

// creates recognises what comes of a creation that does not succeed.
func creates(collection string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, r wire.Request) bool {
		return isCreation(collection)(r) && !strings.HasPrefix(m.Got, "201")
	}
}

func hasNoID(ctx context.Context, own *Session) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: own.Template("Users", "plain-id")}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusCreated {
		return "", err
	}
	made, err := ObjectIn(answer)
	if err != nil || scim.IDOf(made) != "" {
		return "", nil //nolint:nilerr // an answer without a body shows no id, and need not
	}
	return "a new user is shown without an id: " + RequestText(r), nil
}

// isAbout recognises what a Mismatch is about by the words that tell it.
func isAbout(words ...string) func(*Mismatch, wire.Request) bool {
	return func(m *Mismatch, _ wire.Request) bool {
		for _, w := range words {
			if strings.Contains(m.What, w) {
				return true
			}
		}
		return false
	}
}

// wantsOneOfAName recognises a second user of one name who is taken, and what comes of it.
func wantsOneOfAName(m *Mismatch, r wire.Request) bool {
	if len(r.Path) == 0 || r.Path[0] != "Users" {
		return false
	}
	taken := strings.Contains(m.Want, "409") && strings.HasPrefix(m.Got, "2")
	twice := strings.HasPrefix(m.What, "totalResults in the answer") && m.Want == "1" && m.Got == "2" && ParameterOf(r, "filter") != ""
	return taken || twice || strings.HasPrefix(m.What, "how many of several POST /Users")
}

func takesTwins(ctx context.Context, own *Session) (string, error) {
	why, again, err := own.createsTwice(ctx)
	if again {
		why = ""
	}
	return why, err
}

// createsAgain says whether a second creation of one name is taken for a change of the user.
func createsAgain(ctx context.Context, own *Session) (string, error) {
	why, again, err := own.createsTwice(ctx)
	if !again {
		why = ""
	}
	return why, err
}

// createsTwice creates two users of one name; again says that both are one.
func (j *Session) createsTwice(ctx context.Context) (why string, again bool, err error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: j.Template("Users", "plain-twin")}
	for _, name := range []string{"P", "Q"} {
		answer, err := j.Send(ctx, j.Client(), r)
		if err != nil || answer.Status != http.StatusCreated {
			return "", false, err
		}
		if err := j.Adopt(ctx, name, "Users", answer); err != nil {
			return "", false, err
		}
	}
	if j.Subjects["P"].ID == j.Subjects["Q"].ID {
		return "a second creation of a user is taken for a change of the first: " + RequestText(r) + " is answered 201 twice, with one id", true, nil
	}
	return "a second user of the same userName is created: " + RequestText(r) + " is answered 201 twice", false, nil
}

func showsPassword(m *Mismatch, _ wire.Request) bool {
	return strings.HasPrefix(m.What, "password in ") || strings.HasPrefix(m.Want, "no password") || m.Want == "nothing of the value of password"
}

func showsEveryPassword(ctx context.Context, own *Session) (string, error) {
	return own.keptOf(ctx, scim.NewObject(scim.Member{Name: "password", Value: plainSecret}), func(now *scim.Object) bool { return now.String("password") != "" },
		"a user is shown with the password")
}

// plainSecret is the password of a user that a plain form is about.
const plainSecret = "sduo-Pl4in-Pa55w0rd!"

func createsAnewByPut(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", own.Template("Users", "plain-put")); err != nil {
		return "", err
	}
	before, err := own.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	was, _ := Lookup(before.Shown, "meta.created")
	body := Merge(own.Template("Users", "plain-put"), scim.NewObject(scim.Member{Name: "displayName", Value: "After"}))
	r := wire.Request{Method: http.MethodPut, Path: []string{"Users", before.ID}, Body: body}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	if is, _ := Lookup(now.Shown, "meta.created"); was != nil && is != was {
		return "every PUT changes meta.created: after " + RequestText(r) + " it is " + Text(is) + " and was " + Text(was), nil
	}
	return "", nil
}

// losesPut recognises what is not as a PUT has left it.
func losesPut(m *Mismatch, r wire.Request) bool {
	return r.Method == http.MethodPut && (strings.Contains(m.What, " as it is read now") || strings.Contains(m.What, " as read after PUT"))
}

func changesNothingByPut(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "P", "Users", Merge(own.Template("Users", "plain-idle"), MustObject(`{"displayName": "Before", "externalId": `+Text(own.Mark()+"-before")+`}`))); err != nil {
		return "", err
	}
	before, err := own.Reread(ctx, "P")
	if err != nil {
		return "", err
	}
	body := Merge(own.Template("Users", "plain-idle"), MustObject(`{"displayName": "After", "externalId": `+Text(own.Mark()+"-after")+`}`))
	r := wire.Request{Method: http.MethodPut, Path: []string{"Users", before.ID}, Body: body}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status/100 != 2 {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil || now.Shown.String("displayName") != "Before" || now.Shown.String("externalId") != own.Mark()+"-before" {
		return "", err
	}
	return "a PUT changes nothing in its plainest form: " + RequestText(r) + " is answered " + StatusOf(answer) + ", and all stays as it was", nil
}

// staysActive recognises a user who should be deactivated and is not.
func staysActive(m *Mismatch, _ wire.Request) bool {
	return strings.HasSuffix(m.What, "as it is read now, active") && m.Want == "false" && m.Got == "true"
}

func ignoresActive(ctx context.Context, own *Session) (string, error) {
	return own.keptOf(ctx, scim.NewObject(scim.Member{Name: "active", Value: false}), func(now *scim.Object) bool { return value(now, "active") == true },
		"a new user with active false is shown with active true")
}

func takesWantedID(m *Mismatch, _ wire.Request) bool {
	told := strings.HasPrefix(m.What, "id in the answer to POST") || strings.HasPrefix(m.What, "id as read after POST")
	return told || strings.HasPrefix(m.What, "id in the answer to GET") && strings.HasPrefix(m.Want, "an id that the server")
}

func takesEveryID(ctx context.Context, own *Session) (string, error) {
	wanted := "sduo-wanted-" + own.Mark()
	return own.keptOf(ctx, scim.NewObject(scim.Member{Name: "id", Value: wanted}), func(now *scim.Object) bool { return SameID(value(now, "id"), wanted) },
		"a new user has the id that the client sends")
}

// lacksActive recognises a user without active, also among those whom a filter finds.
func lacksActive(m *Mismatch, r wire.Request) bool {
	missing := slices.Contains([]string{"null", "none", "no value"}, m.Got) && strings.HasPrefix(m.What+" ", "active ")
	missing = missing || m.Got == "null" && (strings.Contains(m.What, ", active") || strings.Contains(m.What, "active as read"))
	return missing || strings.Contains(m.What, " found where ") && strings.Contains(strings.ToLower(m.What+ParameterOf(r, "filter")), "active ")
}

func hidesWhoIsInactive(ctx context.Context, own *Session) (string, error) {
	inactive := scim.NewObject(scim.Member{Name: "active", Value: false})
	return own.keptOf(ctx, inactive, func(now *scim.Object) bool { return value(now, "active") == nil }, "a user whose active is false is shown without it")
}

// lacksDates recognises a group that does not say when it was created or changed.
func lacksDates(m *Mismatch, _ wire.Request) bool {
	dated := strings.HasPrefix(m.What, "meta.created") || strings.HasPrefix(m.What, "meta.lastModified")
	return dated && slices.Contains([]string{"null", "none", "", Text("")}, m.Got)
}

func datesNoGroup(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "G", "Groups", own.Template("Groups", "plain-dates")); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "G")
	if created, _ := Lookup(now.Shown, "meta.created"); err != nil || created != nil {
		return "", err
	}
	return "a group has no meta.created: GET /Groups/{id} shows none", nil
}

func takesGroups(ctx context.Context, own *Session) (string, error) {
	if err := own.Make(ctx, "G", "Groups", own.Template("Groups", "plain-group")); err != nil {
		return "", err
	}
	groups := scim.NewObject(scim.Member{Name: "groups", Value: MemberList([]string{own.Subjects["G"].ID})})
	return own.keptOf(ctx, groups, func(now *scim.Object) bool { return len(now.Array("groups")) > 0 }, "a new user has the groups that the client sends")
}

// keptOf creates a user with more than a name, and says whether a read shows what it must not.
func (j *Session) keptOf(ctx context.Context, more *scim.Object, shows func(now *scim.Object) bool, wrong string) (string, error) {
	r := wire.Request{Method: http.MethodPost, Path: []string{"Users"}, Body: Merge(j.Template("Users", "plain-kept"), more)}
	answer, err := j.Send(ctx, j.Client(), r)
	if err != nil || answer.Status != http.StatusCreated {
		return "", err
	}
	if err := j.Adopt(ctx, "K", "Users", answer); err != nil {
		return "", err
	}
	now, err := j.Reread(ctx, "K")
	if err != nil || !shows(now.Shown) {
		return "", err
	}
	return wrong + ", in the plainest form", nil
}

func value(o *scim.Object, name string) any {
	v, _ := o.Get(name)
	return v
}
