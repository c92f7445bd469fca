package recognise

import "github.com/simulate-duo/simulate-duo/simulators/duo"

// wants says what an administrator does in Duo, while it is recorded, so that the
// traffic shows a field.
var wants = map[duo.Field]string{
	"probe":              "begin the recording before pressing Connect to application",
	"discovery":          "begin the recording before pressing Connect to application",
	"media-type":         "record with headers",
	"user-agent":         "record with headers",
	"retry":              "record with --ask-to-wait, or let the endpoint answer 503 with Retry-After: 2 to one request",
	"user-lookup":        "provision a user",
	"paging":             "provision a user who is looked up with a filter",
	"matched-user":       "provision a user whom the endpoint has already, with another display name",
	"schemas-list":       "provision a user without attributes of an extension",
	"external-id":        "provision a user",
	"user-create-active": "provision a user whom the endpoint does not have",
	"emails-shape":       "map an attribute to emails, and provision a user with an address",
	"empty-value":        "provision two users, of whom one has no last name",
	"user-update":        "change a mapped attribute of a user",
	"cleared-value":      "take the value of a mapped attribute away from a user",
	"deactivate":         "take a user out of the group, with Deactivate Users",
	"reactivate":         "put a user into the group again who was deactivated",
	"disabled-user":      "disable a member in Duo, and name the user with --disabled: the wire does not tell",
	"operation-case":     "let Duo change something with PATCH",
	"group-lookup":       "provision a group",
	"group-create":       "provision a group with members whom the endpoint does not have",
	"group-rename":       "rename a group",
	"members-add":        "add two users to a group at once",
	"members-remove":     "take a user out of a group that stays chosen",
	"member-shape":       "add a user to a group",
	"group-removal":      "remove a group from the application, and name it with --removed-group: the wire does not tell",
}
