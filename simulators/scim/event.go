package scim

// EventPrefix begins the URI of every event of RFC 9967 (section 7.3).
const EventPrefix = "urn:ietf:params:scim:event:"

// The events of RFC 9967 section 7.4. Those with data are the full ones; those with the
// names of attributes alone are notices.
const (
	EventFeedAdd      = EventPrefix + "feed:add"
	EventFeedRemove   = EventPrefix + "feed:remove"
	EventCreateNotice = EventPrefix + "prov:create:notice"
	EventCreateFull   = EventPrefix + "prov:create:full"
	EventPatchNotice  = EventPrefix + "prov:patch:notice"
	EventPatchFull    = EventPrefix + "prov:patch:full"
	EventPutNotice    = EventPrefix + "prov:put:notice"
	EventPutFull      = EventPrefix + "prov:put:full"
	EventDelete       = EventPrefix + "prov:delete"
	EventActivate     = EventPrefix + "prov:activate"
	EventDeactivate   = EventPrefix + "prov:deactivate"
	EventAsyncResp    = EventPrefix + "misc:asyncresp"
)

// EventURIs are the events that RFC 9967 registers (section 7.4).
func EventURIs() []string {
	return []string{
		EventFeedAdd, EventFeedRemove, EventCreateNotice, EventCreateFull, EventPatchNotice, EventPatchFull,
		EventPutNotice, EventPutFull, EventDelete, EventActivate, EventDeactivate, EventAsyncResp,
	}
}
