package adminapi

import (
	"crypto/rand"
	"maps"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
)

// userBody is a user in answers. Phones and tokens are always empty: nobody in
// the simulator enrols.
type userBody struct {
	Alias1            *string           `json:"alias1"`
	Alias2            *string           `json:"alias2"`
	Alias3            *string           `json:"alias3"`
	Alias4            *string           `json:"alias4"`
	Aliases           map[string]string `json:"aliases"`
	Created           int64             `json:"created"`
	CustomAttributes  map[string]string `json:"custom_attributes"`
	DesktopTokens     []any             `json:"desktoptokens"`
	Email             string            `json:"email"`
	FirstName         *string           `json:"firstname"`
	Groups            []groupBody       `json:"groups"`
	IsEnrolled        bool              `json:"is_enrolled"`
	LastDirectorySync *int64            `json:"last_directory_sync"`
	LastLogin         *int64            `json:"last_login"`
	LastName          *string           `json:"lastname"`
	LockoutReason     *string           `json:"lockout_reason"`
	Notes             string            `json:"notes"`
	Phones            []any             `json:"phones"`
	RealName          *string           `json:"realname"`
	Status            string            `json:"status"`
	Tokens            []any             `json:"tokens"`
	U2FTokens         []any             `json:"u2ftokens"`
	UserID            string            `json:"user_id"`
	Username          string            `json:"username"`
	WebAuthn          []any             `json:"webauthncredentials"`
}

// groupBody is a group in answers. The flags of factors are deprecated.
type groupBody struct {
	Desc             string `json:"desc"`
	GroupID          string `json:"group_id"`
	MobileOTPEnabled bool   `json:"mobile_otp_enabled"`
	Name             string `json:"name"`
	PushEnabled      bool   `json:"push_enabled"`
	SMSEnabled       bool   `json:"sms_enabled"`
	Status           string `json:"status"`
	VoiceEnabled     bool   `json:"voice_enabled"`
}

type groupWithUsersBody struct {
	groupBody
	Users []memberBody `json:"users"`
}

// memberBody is a user in the list of a group's members.
type memberBody struct {
	UserID   string `json:"user_id"`
	Username string `json:"username"`
}

func (a *API) userBody(d *directory.Directory, u directory.User) userBody {
	n := a.noted(u.Key)
	b := userBody{
		Alias1: orNull(n.aliases["alias1"]), Alias2: orNull(n.aliases["alias2"]), Alias3: orNull(n.aliases["alias3"]), Alias4: orNull(n.aliases["alias4"]),
		Aliases: orEmpty(n.aliases), Created: n.created.Unix(), CustomAttributes: orEmpty(u.Attributes),
		Email: u.Email, FirstName: orNull(u.FirstName), LastName: orNull(u.LastName), RealName: orNull(u.DisplayName),
		Notes: n.text, Status: string(u.Status), UserID: u.Key, Username: u.Username,
		Groups: []groupBody{}, Phones: []any{}, Tokens: []any{}, U2FTokens: []any{}, WebAuthn: []any{}, DesktopTokens: []any{},
	}
	for _, g := range d.GroupsOf(u.Key) {
		b.Groups = append(b.Groups, a.groupBody(g))
	}
	return b
}

func (a *API) groupBody(g directory.Group) groupBody {
	n := a.noted(g.Key)
	return groupBody{Desc: n.text, GroupID: g.Key, Name: g.Name, Status: n.groupStatus()}
}

func memberOf(d *directory.Directory, key string) memberBody {
	u, _ := d.User(key) // a member of a group is in the directory
	return memberBody{UserID: key, Username: u.Username}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return maps.Clone(m)
}

// randomKey is a key of Duo's form. A user who is deleted and created again is another
// user, so the key does not follow from the name.
func randomKey(prefix string) string { return prefix + rand.Text()[:18] }
