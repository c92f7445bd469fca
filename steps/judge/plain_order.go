package judge

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The order turned round, and pages by cursors, each in its plainest form.

// turnedHome is the requirement that tells that descending is no other order than ascending.
const turnedHome = "RFC7644-3.4.2.3-03"

// turnsRound recognises a wrong order where it was to be turned round.
func turnsRound(m *Mismatch, r wire.Request) bool {
	told := strings.HasPrefix(m.Want, "an order by") || strings.HasPrefix(m.Want, "those without") || strings.HasPrefix(m.What, "the order of")
	return told && strings.EqualFold(ParameterOf(r, "sortOrder"), "descending") || strings.HasPrefix(m.What, "sort.supported")
}

// overlooksDescending sorts users by their names, which is what most targets can.
func overlooksDescending(ctx context.Context, own *Session) (string, error) {
	text := map[string]string{}
	for _, name := range inOrder {
		text[name] = own.UserName("by-userName-" + name)
	}
	if err := own.makeNamed(ctx, "userName", []string{"basil", "chive", "anise"}, text); err != nil {
		return "", err
	}
	got, r, err := own.sorted(ctx, "userName", "descending")
	if err != nil || !slices.Equal(got, inOrder) {
		return "", err
	}
	return "descending is no other order than ascending: " + RequestText(r), nil
}

// cursorHome is the requirement that tells that an empty cursor begins nothing.
const cursorHome = "RFC9865-2-01"

// asksByCursor recognises what is missed of pages by cursors.
func asksByCursor(m *Mismatch, r wire.Request) bool {
	_, inBody := bodyOf(r).Get("cursor")
	return m.What == "nextCursor" || selects(r, "cursor") || inBody && isSearch(r) || strings.Contains(m.What, "cursor=") || strings.Contains(m.What, `"cursor":`)
}

// givesNoCursor asks for the first of two users.
func givesNoCursor(ctx context.Context, own *Session) (string, error) {
	for _, name := range []string{"a", "b"} {
		if err := own.Make(ctx, name, "Users", own.Template("Users", "by-cursor-"+name)); err != nil {
			return "", err
		}
	}
	r := wire.Request{Method: http.MethodGet, Path: []string{"Users"}, Query: [][2]string{{"cursor", ""}, {"count", "1"}}}
	answer, err := own.Send(ctx, own.Client(), r)
	if err != nil || answer.Status != http.StatusOK {
		return "", err
	}
	shown, err := ObjectIn(answer)
	if err != nil || len(shown.Array("Resources")) == 0 || scim.KindOf(value(shown, "nextCursor")) == "string" {
		return "", nil //nolint:nilerr // what cannot be read is told elsewhere
	}
	return "an empty cursor begins nothing: " + RequestText(r) + " tells no nextCursor, and there are more users", nil
}
