package report

import (
	"regexp"
	"strings"
)

// guideURL is the page that the guide's requirements are read from.
const guideURL = "https://www.cisco.com/c/en/us/support/docs/security/secure-access/225885-provision-users-and-groups-to-secure.html"

// sectionID is the id of a requirement of a standard: RFC, section, counter.
var sectionID = regexp.MustCompile(`^RFC(\d+)-(\d+(?:\.\d+)*)-\d+$`)

// Link is the address of the page, and if it has one of the section, where the requirement
// is written; "" if it is not on one known page.
func Link(q *Requirement) string {
	if m := sectionID.FindStringSubmatch(q.ID); m != nil {
		return "https://www.rfc-editor.org/rfc/rfc" + m[1] + "#section-" + m[2]
	}
	if strings.HasPrefix(q.Source, "Cisco document 225885") {
		return guideURL
	}
	return ""
}
