package faults

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// dateFaults violate RFC 7643, section 2.3.5.
func dateFaults() []Fault {
	return []Fault{
		{"RFC7643-2.3.5-01", "a dateTime is a date", showing(ofUsers, "meta/created", dated("2006-01-02"))},
		{"RFC7643-2.3.5-01", "a dateTime of a group is a date", showing(ofGroups, "meta/created", dated("2006-01-02"))},
		{"RFC7643-2.3.5-01", "a dateTime has a space in it", showing(ofUsers, "meta/lastModified", dated("2006-01-02 15:04:05Z"))},
		{"RFC7643-2.3.5-01", "a dateTime is that of a mail", showing(ofUsers, "meta/created", dated(time.RFC1123Z))},
		{"RFC7643-2.3.5-01", "a dateTime in lists has no seconds", showing(inUserLists, "meta/lastModified", dated("2006-01-02T15:04Z"))},
		{"RFC7643-2.3.5-01", "a dateTime has no separators", showing(ofUsers, "meta/created", dated("20060102T150405Z"))},
		{"RFC7643-2.3.5-01", "a dateTime has a thirteenth month", showing(ofUsers, "meta/created", dated("2006-13-02T15:04:05Z"))},
		{"RFC7643-2.3.5-01", "an offset has no colon", showing(ofUsers, "meta/created", dated("2006-01-02T15:04:05-0700"))},

		{"RFC7643-2.3.5-02", "a dateTime is a number of seconds", showing(ofUsers, "meta/created", toSeconds)},
		{"RFC7643-2.3.5-02", "a dateTime of a group is a number of seconds", showing(ofGroups, "meta/lastModified", toSeconds)},
		{"RFC7643-2.3.5-02", "a dateTime in lists is an object", showing(inUserLists, "meta/created", func(v any) any {
			return scim.NewObject(scim.Member{Name: "date", Value: v})
		})},

		{"RFC7643-2.3.5-03", "a filter with an offset is refused", filterRefused("+05:30")},
		{"RFC7643-2.3.5-03", "the offset in a filter is ignored", filterRewritten("+05:30", "Z")},
		{"RFC7643-2.3.5-03", "a moment with an offset is never reached", filterRewritten(`+05:30"`, `+05:30" and meta.created lt "2000-01-01T00:00:00Z"`)},

		{"RFC7643-2.3.5-04", "a dateTime has no time zone", showing(ofUsers, "meta/created", dated("2006-01-02T15:04:05"))},
		{"RFC7643-2.3.5-04", "a dateTime of a group has no time zone", showing(ofGroups, "meta/lastModified", dated("2006-01-02T15:04:05.000"))},
	}
}

// dated writes a moment in another layout.
func dated(layout string) func(any) any {
	return toText(func(s string) string {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return s
		}
		return t.Format(layout)
	})
}

func toSeconds(v any) any {
	if t, err := time.Parse(time.RFC3339Nano, scimText(v)); err == nil {
		return number(int(t.Unix()))
	}
	return v
}

// filterRewritten reads a part of filters as another one.
func filterRewritten(old, with string) Wrap {
	return requests(at("GET", ""), func(r *http.Request, _ *scim.Object) {
		editQuery(r, func(q url.Values) {
			if filter := q.Get("filter"); filter != "" {
				q.Set("filter", strings.ReplaceAll(filter, old, with))
			}
		})
	})
}

// filterRefused refuses filters with a certain part.
func filterRefused(part string) Wrap {
	return answers(at("GET", ""), func(r *http.Request, a *answer) {
		if strings.Contains(r.URL.Query().Get("filter"), part) {
			a.refuse(scim.InvalidFilter("%q is not understood", part))
		}
	})
}
