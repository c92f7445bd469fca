package duo

import "github.com/simulate-duo/simulate-duo/simulators/scim"

// itemTime is the form of ts in published samples of the Admin API's activity
// log: microseconds and a numeric offset.
const itemTime = "2006-01-02T15:04:05.000000-07:00"

// The types of actor and target in the export. "admin" is published; the other
// two are not and were made up in the same style.
var itemTypes = map[PartyType]string{
	Administrator: "admin",
	System:        "system",
	OutboundSync:  "outbound_scim_sync",
}

// accountKey is the akey of every item: the simulated Duo is one account.
var accountKey = key("DA", "simulate-duo")

// Item is the entry as an item of the Admin API's activity log. The shape is
// that of published samples (splunk/security_content, Google SecOps, Elastic):
// details are JSON in a string or null, and so are application and old_target
// where there is none.
func (e Entry) Item() *scim.Object {
	return scim.NewObject(
		member("access_device", nil),
		member("action", scim.NewObject(
			member("details", textOrNull(jsonText(e.Details))),
			member("name", string(e.Action)),
		)),
		member("activity_id", e.ID),
		member("actor", e.Actor.item()),
		member("akey", accountKey),
		member("application", scim.NewObject(
			member("key", textOrNull(e.Application.Key)),
			member("name", e.Application.Name),
			member("type", nil),
		)),
		member("old_target", nil),
		member("outcome", scim.NewObject(
			member("result", string(e.Outcome())),
		)),
		member("target", e.Affected.item()),
		member("ts", e.Time.UTC().Format(itemTime)),
	)
}

func (p Party) item() *scim.Object {
	return scim.NewObject(
		member("details", nil),
		member("key", textOrNull(p.Key)),
		member("name", p.Name),
		member("type", itemTypes[p.Type]),
	)
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
