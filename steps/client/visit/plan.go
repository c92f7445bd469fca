package visit

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/provider/weather"
	"github.com/simulate-duo/simulate-duo/steps/client"
)

// task is something that the client is asked to do.
type task struct {
	Name  string // for scripts
	Title string // in the sentences of the features: "asked to" and this
	Ask   string // what a person reads
	User  string // of client.People, whom it is about; "" for nobody
	Group string // name of the group that it is about, after the task; "" for none

	Display string   // that User is to have; "" for that of client.People
	Leave   []string // who are deactivated, beside User
	Join    []string // who are created and put into the group, beside User

	prepare func(*Host) error              // what is made ready before; nil for nothing
	weather func(*Host) weather.Wrap       // what stands before the endpoint; nil for nothing
	shown   func(*task, *client.Task) bool // whether the target shows that it was done; nil where nothing can show it
	lacks   func(*Host) string             // why it cannot be asked for at all, "" if it can; nil likewise
}

const (
	pageSize  = 10
	strangers = 24 // users whom the client does not know, so that a list has several pages
	busyFor   = 2 * time.Second
)

// plan is every task, in order. Each rests on what those before have left.
var plan = []task{
	{
		Name: "connect", Title: "test the connection",
		Ask: "Enter the base URL and the token, and test the connection. Provision nobody yet.",
	},
	{
		Name: "create-user", Title: "create a user in a provisioned group", User: "Ada", Group: client.Group,
		Ask:   "Create Ada, put her into the group " + client.Group + ", and have that group provisioned with its members.",
		shown: joined("Ada", client.Group),
	},
	{
		Name: "unchanged", Title: "run a cycle without a change",
		Ask: "Change nothing, and let the next provisioning cycle pass.",
	},
	{
		Name: "match-user", Title: "provision a user whom the target has", User: "Bob", Group: client.Group,
		Ask:     "Create Bob in your directory and put him into the group. The target has his account already.",
		prepare: seedBob, weather: func(*Host) weather.Wrap { return weather.SmallPages(pageSize) },
		shown: joined("Bob", client.Group),
	},
	{
		Name: "match-odd", Title: "provision a user whom the target has and shows in an unusual form", User: "Gus", Group: client.Group,
		Ask:     "Create Gus in your directory and put him into the group. The target has his account already, and its answers look unusual.",
		prepare: func(h *Host) error { return h.create(client.People["Gus"]) },
		weather: func(*Host) weather.Wrap { return weather.Odd() },
		shown:   joined("Gus", client.Group),
	},
	{
		Name: "conflict", Title: "provision a user whom somebody else creates meanwhile", User: "Carol", Group: client.Group,
		Ask:     "Create Carol and put her into the group. Somebody else creates her account just before; let one more cycle pass if it takes that.",
		weather: func(*Host) weather.Wrap { return weather.Latecomer(userOf(client.People["Carol"])) },
		shown:   joined("Carol", client.Group),
	},
	{
		Name: "odd-user", Title: "create a user whose name and id have to be escaped", User: "Zoë", Group: client.Group,
		Ask:     "Create Zoë, whose names have signs of many kinds, and put her into the group.",
		prepare: func(h *Host) error { h.nextIDIsOdd(); return nil },
		shown:   joined("Zoë", client.Group),
	},
	{
		Name: "odd-change", Title: "change a user whose id has to be escaped", User: "Zoë", Display: "Zoë Oh",
		Ask:   `Change Zoë's display name to "Zoë Oh".`,
		shown: displayed,
	},
	{
		Name: "odd-group", Title: "provision a group whose name has to be escaped", User: "Ada", Group: client.OddGroup,
		Ask:   "Create the group " + client.OddGroup + " with Ada in it, and have it provisioned, too.",
		shown: joined("Ada", client.OddGroup),
	},
	{
		Name: "rename-group", Title: "rename the group", Group: client.RenamedGroup,
		Ask:   "Rename the group " + client.Group + " to " + client.RenamedGroup + ".",
		shown: func(_ *task, t *client.Task) bool { return t.After.Group(client.RenamedGroup) != nil },
	},
	{
		Name: "change-silent", Title: "change a display name and be answered 204", User: "Ada", Display: "Ada King",
		Ask:     `Change Ada's display name to "Ada King".`,
		weather: func(*Host) weather.Wrap { return weather.Silent() },
		shown:   displayed,
	},
	{
		Name: "busy", Title: "change a display name while the endpoint is busy", User: "Ada", Display: "Countess Lovelace",
		Ask:     `Change Ada's display name to "Countess Lovelace". The endpoint asks to wait; let one more cycle pass if it takes that.`,
		weather: busy(http.StatusTooManyRequests, false), shown: displayed,
	},
	{
		Name: "outage", Title: "change a display name during an outage", User: "Ada", Display: "Augusta Ada",
		Ask:     `Change Ada's display name to "Augusta Ada". The endpoint is down for a moment; let one more cycle pass if it takes that.`,
		weather: busy(http.StatusServiceUnavailable, true), shown: displayed,
	},
	{
		Name: "lost-answer", Title: "create a user whose answer is lost", User: "Dora", Group: client.RenamedGroup,
		Ask:     "Create Dora and put her into the group. The connection drops on the way; let one more cycle pass if it takes that.",
		weather: func(*Host) weather.Wrap { return weather.LosesAnswer(weather.Creations) },
		shown:   joined("Dora", client.RenamedGroup),
	},
	{
		Name: "batch", Title: "put five users into the group at once", Group: client.RenamedGroup, Join: client.Newcomers,
		Ask: "Create " + strings.Join(client.Newcomers, ", ") + ", and put all five into the group at once.",
		shown: func(_ *task, t *client.Task) bool {
			for _, name := range client.Newcomers {
				if !joined(name, client.RenamedGroup)(nil, t) {
					return false
				}
			}
			return true
		},
	},
	{
		Name: "remove-member", Title: "remove a user from the group", User: "Fay", Group: client.RenamedGroup,
		Ask: "Remove Fay from the group.",
		shown: func(_ *task, t *client.Task) bool {
			return !t.After.IsMember(client.People["Fay"].UserName, client.RenamedGroup)
		},
	},
	{
		Name: "deactivate", Title: "deactivate a user", User: "Ada",
		Ask:   "Deactivate Ada, or take the application away from her.",
		shown: left("Ada"),
	},
	{
		Name: "reactivate", Title: "reactivate the user", User: "Ada",
		Ask:   "Activate Ada again, or give her the application back.",
		shown: func(_ *task, t *client.Task) bool { return t.After.IsActive(client.People["Ada"].UserName) },
	},
	{
		Name: "trouble", Title: "deactivate two users and create one while requests fail", Group: client.RenamedGroup,
		Leave: []string{"Bob", "Carol"}, Join: []string{"Eve"},
		Ask: "At once: deactivate Bob and Carol as you did with Ada, and create Eve and put her into the group. Some requests fail on purpose.",
		weather: func(*Host) weather.Wrap {
			return func(next http.Handler) http.Handler {
				return weather.Refuses(weather.Creations)(weather.Refuses(weather.UserChanges)(next))
			}
		},
		shown: func(_ *task, t *client.Task) bool { return left("Bob")(nil, t) || left("Carol")(nil, t) },
	},
	{
		Name: "recover", Title: "run a cycle after the trouble",
		Ask: "Let the next provisioning cycle pass. Nothing fails any more.",
		shown: func(_ *task, t *client.Task) bool {
			return left("Bob")(nil, t) && left("Carol")(nil, t) && joined("Eve", client.RenamedGroup)(nil, t)
		},
	},
	{
		Name: "delete", Title: "delete a user", User: "Gus",
		Ask:   "Delete Gus in your directory.",
		shown: left("Gus"),
	},
	{
		Name: "redirect", Title: "change a display name and meet a redirect to another host", User: "Ada", Display: "Ada Byron",
		Ask:     `Change Ada's display name to "Ada Byron", and let a cycle pass. The endpoint sends every request on to another host; failing is right.`,
		weather: func(h *Host) weather.Wrap { return weather.Redirects(h.elsewhere) },
		lacks: func(h *Host) string {
			if h.elsewhere == "" {
				return "the other host can be reached by clients on this machine only: listen on 127.0.0.1"
			}
			return ""
		},
	},
	{
		Name: "certificate", Title: "change a display name and meet the certificate of somebody else", User: "Ada", Display: "Ada Gordon",
		Ask: `Change Ada's display name to "Ada Gordon", and let a cycle pass. The endpoint shows the certificate of somebody else; failing is right.`,
		lacks: func(h *Host) string {
			if h.impostor == nil {
				return "the endpoint speaks plain HTTP: start with --tls-cert and --tls-key"
			}
			return ""
		},
		prepare: func(h *Host) error { h.impostor.act(true); return nil },
	},
}

func seedBob(h *Host) error {
	for i := range strangers {
		if err := h.create(client.Person{UserName: fmt.Sprintf("stranger-%d@%s", i+1, client.Domain)}); err != nil {
			return err
		}
	}
	return h.create(client.People["Bob"])
}

func busy(status int, date bool) func(*Host) weather.Wrap {
	return func(h *Host) weather.Wrap {
		return weather.Busy{Status: status, Wait: busyFor, Date: date, Now: h.options.Now}.Before(weather.UserChanges)
	}
}

// joined is shown by the user in the group, or, of a client that sends no groups, by the user.
func joined(name, group string) func(*task, *client.Task) bool {
	return func(_ *task, t *client.Task) bool {
		user := client.People[name].UserName
		if len(t.After.Groups) == 0 && t.Name != "create-user" {
			return t.After.IsActive(user)
		}
		return t.After.IsActive(user) && t.After.IsMember(user, group)
	}
}

func left(name string) func(*task, *client.Task) bool {
	return func(_ *task, t *client.Task) bool { return !t.After.IsActive(client.People[name].UserName) }
}

// displayed is shown by the display name that the task is about.
func displayed(of *task, t *client.Task) bool {
	return t.After.User(client.People[of.User].UserName).String("displayName") == of.Display
}
