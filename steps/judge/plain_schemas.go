package judge

import (
	"context"
	"strings"
)

// schemasHome is the requirement on what /Schemas lists.
const schemasHome = "RFC7644-4-02"

// undefinedPlainly finds out whether an attribute is missed in the schemas of a target whose
// schemas define none at all; see FlawedPlainly.
func (j *Session) undefinedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	about := m.What == "GET /Schemas" || strings.Contains(m.What, " in the schema ") || strings.Contains(m.What, "all that /Schemas requires") ||
		strings.Contains(m.Want, "that a schema of the type declares")
	if !about || judged == schemasHome {
		return "", "", nil
	}
	schemas, err := j.Discovered(ctx, "Schemas")
	if err != nil || len(schemas) == 0 {
		return "", "", OnlyLost(err)
	}
	for _, s := range schemas {
		if len(s.Array("attributes")) > 0 {
			return "", "", nil
		}
	}
	return schemasHome, "no schema in /Schemas defines an attribute", nil
}
