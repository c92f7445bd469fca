package engine

import (
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// given are the capabilities that the user has to tell of: what needs them and was not told is
// untested, and not the target's fault.
var given = []string{"secondClient", "events", "eventStream", "eventKeys"}

// discoverEvents says what of RFC 9967 a target offers by its configuration, and what of it can
// be seen.
func discoverEvents(c capabilities, stream *judge.EventStream, config *scim.Object) {
	word, found := judge.At(config, "securityEvents.asyncRequest")
	text, _ := word.(string)
	c["async"] = ""
	if !strings.EqualFold(text, "request") && !strings.EqualFold(text, "long") {
		c["async"] = says("securityEvents.asyncRequest", word, found)
	}
	c["securityEvents"], c["events"], c["eventStream"], c["eventKeys"] = "", "", "", ""
	if config.Object("securityEvents") == nil && stream == nil {
		c["securityEvents"] = says("securityEvents", nil, false)
	}
	if stream == nil {
		c["events"] = "where its events are found cannot be told: give --events-poll URL, or --events FILE with events that were recorded"
	}
	if stream == nil || stream.Poll == "" {
		c["eventStream"] = "whether what the run does is told cannot be seen: give --events-poll URL"
	}
	if stream == nil || stream.Keys == nil {
		c["eventKeys"] = "by which keys events are signed is not told: give the target file events.keys_file"
	}
}
