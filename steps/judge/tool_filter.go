package judge

import (
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// IsTool says whether a filter only leaves aside what is not the example's: it names
// resources, or what their names begin with, and says nothing else of them.
func IsTool(text string) bool {
	for _, t := range []*scim.ResourceType{scim.UserType(), scim.GroupType(), nil} {
		if f, err := filter.Parse(text, t); err == nil {
			return namesOnly(f)
		}
	}
	return false
}

func namesOnly(f filter.Filter) bool {
	switch f := f.(type) {
	case filter.Or:
		return namesOnly(f.Left) && namesOnly(f.Right)
	case filter.Compare:
		names := slices.Contains([]string{"userName", "displayName", "id"}, f.Path.Attr) && f.Path.URN == ""
		return names && (f.Op == filter.Eq || f.Op == filter.Sw)
	}
	return false
}
