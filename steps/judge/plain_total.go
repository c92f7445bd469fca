package judge

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// The number of what a query finds, where the list itself is right: many compare with it, and
// whoever pages believes it. See FlawedPlainly.

// aboutTotal recognises what is wrong with totalResults, or with a list that it was to count.
func aboutTotal(m *Mismatch, r wire.Request) bool {
	counts := strings.HasPrefix(m.Want, "all ") || strings.Contains(m.What+m.Want, "totalResults")
	return counts && (ofNoGroups(r) || lists("Groups")(r))
}

// miscounts asks for more users than fit on a hand or on a page of ten.
func miscounts(ctx context.Context, own *Session) (string, error) {
	const n = 12
	var ids []string
	for i := range n {
		name := "counted-all-" + strconv.Itoa(i)
		if err := own.Make(ctx, name, "Users", own.Template("Users", name)); err != nil {
			return "", err
		}
		ids = append(ids, own.Subjects[name].ID)
	}
	slices.Sort(ids)
	r := Querying("filter", "userName sw "+Text(own.Mark()+"-counted-all-"), "Users")
	list, err := own.list(ctx, r)
	if err != nil || list == nil || list.TotalResults == n || !slices.Equal(slices.Sorted(slices.Values(idsIn(list))), ids) {
		return "", err
	}
	return fmt.Sprintf("totalResults is not the number of what is found: %s shows %d users, and says %d", RequestText(r), n, list.TotalResults), nil
}

// countsNobody recognises a number where nobody is to be found.
func countsNobody(m *Mismatch, _ wire.Request) bool {
	return m.Want == "0" && strings.Contains(m.What, "totalResults")
}

func countsNobodyAs(ctx context.Context, own *Session) (string, error) {
	r, _ := plainLookUp("Users")(ctx, own)
	list, err := own.list(ctx, r)
	if err != nil || list == nil || list.TotalResults == 0 || len(list.Resources) > 0 {
		return "", err
	}
	return fmt.Sprintf("totalResults counts somebody where nobody is found: %s shows nobody, and says %d", RequestText(r), list.TotalResults), nil
}
