package adminapi

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// activityBody is a page of the Activity Log.
type activityBody struct {
	Items    []*scim.Object   `json:"items"`
	Metadata activityMetadata `json:"metadata"`
}

type activityMetadata struct {
	NextOffset   *string     `json:"next_offset"`
	TotalObjects totalObject `json:"total_objects"`
}

type totalObject struct {
	Relation string `json:"relation"`
	Value    int    `json:"value"`
}

const maxActivities = 1000

// listActivity reads the log from mintime to maxtime, both included, in Unix
// milliseconds. The newest entries come first unless sort is ts:asc. Duo shows
// entries two minutes late; the simulator shows them at once.
func (a *API) listActivity(c *call) (any, error) {
	entries, err := a.between(c)
	if err != nil {
		return nil, err
	}
	limit, err := c.number("limit", 1, maxActivities, defaultLimit)
	if err != nil {
		return nil, err
	}
	from, err := c.behind(entries)
	if err != nil {
		return nil, err
	}
	body := activityBody{Items: []*scim.Object{}, Metadata: activityMetadata{TotalObjects: totalObject{"eq", len(entries)}}}
	to := min(from+int(limit), len(entries))
	for _, e := range entries[from:to] {
		body.Items = append(body.Items, e.Item())
	}
	if to < len(entries) {
		offset := offsetOf(entries[to-1])
		body.Metadata.NextOffset = &offset
	}
	return body, nil
}

// between are the entries of the time that was asked for, in the order that was
// asked for.
func (a *API) between(c *call) ([]duo.Entry, error) {
	var times [2]time.Time
	for i, name := range []string{"mintime", "maxtime"} {
		if _, err := c.required(name); err != nil {
			return nil, err
		}
		ms, err := c.number(name, 0, math.MaxInt64/int64(time.Millisecond), 0)
		if err != nil {
			return nil, err
		}
		times[i] = time.UnixMilli(ms)
	}
	if times[1].Before(times[0]) {
		return nil, invalid("maxtime", "it is before mintime")
	}
	from, to := times[0], times[1].Add(time.Millisecond)
	log, err := a.opt.Log(from, to)
	if err != nil {
		return nil, failed(err)
	}
	entries := log.Between(from, to).Entries()
	order := cmp.Or(c.params.Get("sort"), "ts:desc")
	switch order {
	case "ts:asc":
		slices.Reverse(entries)
	case "ts:desc":
	default:
		return nil, invalid("sort", "it has to be ts:asc or ts:desc")
	}
	return entries, nil
}

// behind is the place of the first entry behind the one that next_offset names.
func (c *call) behind(entries []duo.Entry) (int, error) {
	offset, sent := c.text("next_offset")
	if !sent || offset == "" {
		return 0, nil
	}
	_, id, found := strings.Cut(offset, ",")
	i := slices.IndexFunc(entries, func(e duo.Entry) bool { return e.ID == id })
	if !found || i < 0 || offset != offsetOf(entries[i]) {
		return 0, invalid("next_offset", "send what the page before said, with the same mintime, maxtime and sort")
	}
	return i + 1, nil
}

func offsetOf(e duo.Entry) string {
	return strconv.FormatInt(e.Time.UnixMilli(), 10) + "," + e.ID
}
