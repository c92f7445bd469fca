package judge

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Comparisons that go wrong in their plainest form: of a boolean in a list, and of texts by order.

// findsNoPrimary looks for a user by the mark of the primary address.
func findsNoPrimary(ctx context.Context, own *Session) (string, error) {
	user := Merge(own.Template("Users", "found-primary"), MustObject(`{"emails": [{"value": `+Text(own.UserName("primary-mail"))+`, "type": "work", "primary": true}]}`))
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if shown := objectsIn(now.of("emails")); err != nil || len(shown) == 0 || value(shown[0], "primary") != true {
		return "", err
	}
	found, r, err := own.findsBeside(ctx, "found-primary", "emails.primary eq true")
	if err != nil || found {
		return "", err
	}
	return "a boolean in a list is not found in the plainest form: " + RequestText(r) + " does not find the user who shows it", nil
}

// of are the elements of a list of the resource; none if there is no resource.
func (s *Subject) of(list string) []any {
	if s == nil {
		return nil
	}
	return s.Shown.Array(list)
}

// findsBeside says whether a user is found by the name and a condition; true also where not even
// the name alone finds one, or the answer is no list.
func (j *Session) findsBeside(ctx context.Context, name, condition string) (bool, wire.Request, error) {
	byName := "userName eq " + Text(j.UserName(name))
	r := Querying("filter", byName+" and "+condition, "Users")
	plain, err := j.shownBy(ctx, Querying("filter", byName, "Users"))
	if err != nil || !slices.Contains(plain, j.Subjects["P"].ID) {
		return true, r, err
	}
	list, err := j.list(ctx, r)
	if err != nil || list == nil {
		return true, r, err
	}
	return slices.Contains(idsIn(list), j.Subjects["P"].ID), r, nil
}

// comparesByOrder recognises a filter that compares texts by their order.
var comparesByOrder = regexp.MustCompile(`(?i)\b(title|displayName|userName|name\.\w+|nickName|userType|department) (gt|ge|lt|le) "`)

func ordersTexts(m *Mismatch, r wire.Request) bool {
	found := strings.Contains(m.What, " found where ") || strings.HasPrefix(m.What, "resources found by ")
	return found && comparesByOrder.MatchString(m.What+ParameterOf(r, "filter"))
}

// putsCapitalsFirst asks whether a small letter comes after a capital one that is later in the
// alphabet, by an attribute whose case does not matter.
func putsCapitalsFirst(ctx context.Context, own *Session) (string, error) {
	types, err := own.DeclaredTypes(ctx)
	if err != nil {
		return "", err
	}
	if title := types["Users"].Schema.Attribute("title"); title == nil || title.CaseExact {
		return "", nil
	}
	user := own.Template("Users", "small-title")
	user.Set("title", "analyst")
	if err := own.Make(ctx, "P", "Users", user); err != nil {
		return "", err
	}
	now, err := own.Reread(ctx, "P")
	if err != nil || now.Shown.String("title") != "analyst" {
		return "", err
	}
	found, r, err := own.findsBeside(ctx, "small-title", `title gt "F"`)
	if err != nil || !found {
		return "", err
	}
	if found, _, err := own.findsBeside(ctx, "small-title", `title gt "f"`); err != nil || found { // every title is found, or none
		return "", err
	}
	return "capital letters come before all small ones where case does not matter: " + RequestText(r) + " finds a title of \"analyst\"", nil
}
