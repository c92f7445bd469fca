package client

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// State is what the target holds.
type State struct{ Users, Groups []*scim.Object }

// User is the user with this userName, in any case, or nil.
func (s State) User(userName string) *scim.Object { return named(s.Users, "userName", userName) }

// Group is the group with this displayName, in any case, or nil.
func (s State) Group(name string) *scim.Object { return named(s.Groups, "displayName", name) }

// IsActive says whether the user is there and may sign in.
func (s State) IsActive(userName string) bool {
	user := s.User(userName)
	if user == nil {
		return false
	}
	active, _ := user.Get("active")
	return active != false
}

// IsMember says whether the user is in the group.
func (s State) IsMember(userName, group string) bool {
	user, of := s.User(userName), s.Group(group)
	if user == nil || of == nil {
		return false
	}
	for _, m := range of.Array("members") {
		if o, ok := m.(*scim.Object); ok && o.String("value") == user.String("id") {
			return true
		}
	}
	return false
}

func named(all []*scim.Object, attribute, value string) *scim.Object {
	for _, o := range all {
		if strings.EqualFold(o.String(attribute), value) {
			return o
		}
	}
	return nil
}
