package guide

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// roles gives the people and groups that the features name the data of the
// directory file: the guide's own, or, by position, those of the user's file.
// The features set who is in which group; the file says who they are.
type roles struct {
	guide *directory.Directory // names the roles
	own   *directory.Directory // plays them
	mark  string               // worn by everybody on a real target; "" on the embedded one
}

// user finds the person who plays the one called name (a first name) in the guide's directory.
func (c *roles) user(name string) (directory.User, error) {
	for i, u := range c.guide.Users {
		if !strings.EqualFold(u.FirstName, name) {
			continue
		}
		if i >= len(c.own.Users) {
			return directory.User{}, &judge.Untested{Reason: fmt.Sprintf("the directory file has %d users, this example needs %d", len(c.own.Users), i+1)}
		}
		return c.markUser(c.own.Users[i]), nil
	}
	return directory.User{}, fmt.Errorf("no user %q in the directory of the guide", name)
}

// group finds the group that plays the one of this name; a name that the
// guide's directory lacks stands for itself.
func (c *roles) group(name string) (directory.Group, error) {
	for i, g := range c.guide.Groups {
		if g.Name != name {
			continue
		}
		if i >= len(c.own.Groups) {
			return directory.Group{}, &judge.Untested{Reason: fmt.Sprintf("the directory file has %d groups, this example needs %d", len(c.own.Groups), i+1)}
		}
		g = c.own.Groups[i]
		return directory.Group{Key: c.markKey(g.Key), Name: c.markName(g.Name)}, nil
	}
	return directory.Group{Name: c.markName(name)}, nil
}

// everybody is the whole directory file, marked.
func (c *roles) everybody() *directory.Directory {
	d := c.own.Clone()
	for i := range d.Users {
		d.Users[i] = c.markUser(d.Users[i])
	}
	for i, g := range d.Groups {
		for j, member := range g.Members {
			g.Members[j] = c.markKey(member)
		}
		d.Groups[i] = directory.Group{Key: c.markKey(g.Key), Name: c.markName(g.Name), Members: g.Members}
	}
	return d
}

// markUser puts the mark where a target can find it again: into the name that
// signs in and into the e-mail address, before the @ of each.
func (c *roles) markUser(u directory.User) directory.User {
	u.Key, u.Username, u.Email = c.markKey(u.Key), c.markName(u.Username), c.markName(u.Email)
	u.Attributes = maps.Clone(u.Attributes)
	return u
}

// markKey makes another key of the same form, so that scenarios which run side by
// side do not share one: some profiles send it as externalId.
func (c *roles) markKey(key string) string {
	if c.mark == "" || len(key) < 2 {
		return key
	}
	sum := sha256.Sum256([]byte(key + c.mark))
	return key[:2] + base32.StdEncoding.EncodeToString(sum[:])[:18]
}

// markName appends the mark: "josue@example.com" becomes "josue.MARK@example.com",
// "DUO - Users" becomes "DUO - Users MARK".
func (c *roles) markName(name string) string {
	if c.mark == "" || name == "" || strings.Contains(name, c.mark) {
		return name
	}
	if local, domain, ok := strings.Cut(name, "@"); ok {
		return local + "." + c.mark + "@" + domain
	}
	return name + " " + c.mark
}

// markMail is markName for e-mail addresses only.
func (c *roles) markMail(value string) string {
	if strings.Contains(value, "@") {
		return c.markName(value)
	}
	return value
}

// application is the settings file with its group names marked.
func (c *roles) application(settings duo.Application) duo.Application {
	mark := func(names []string) []string {
		marked := make([]string, len(names))
		for i, name := range names {
			marked[i] = c.markName(name)
		}
		return marked
	}
	settings.Groups.Select = mark(settings.Groups.Select)
	settings.SSOAccess = mark(settings.SSOAccess)
	settings.Mapping = append([]duo.Row(nil), settings.Mapping...)
	return settings
}

// withoutOthers is an answer without the listed resources that do not wear the mark: who was there
// before says nothing about the target. What is no such list, or cannot be read, stays as it is.
func (c *roles) withoutOthers(answer []byte) []byte {
	if c.mark == "" {
		return answer
	}
	list, err := scim.ParseObject(answer)
	if err != nil {
		return answer
	}
	all := list.Array("Resources")
	kept := slices.DeleteFunc(slices.Clone(all), func(resource any) bool {
		text, err := json.Marshal(resource)
		return err == nil && !bytes.Contains(text, []byte(c.mark))
	})
	if len(kept) == len(all) {
		return answer
	}
	list.Set("Resources", kept)
	without, err := json.Marshal(list)
	if err != nil {
		return answer
	}
	return without
}
