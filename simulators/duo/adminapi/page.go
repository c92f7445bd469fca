package adminapi

import "math"

// metadata says where a page lies in its list. The offsets of what is not there
// are left out.
type metadata struct {
	NextOffset   *int64 `json:"next_offset,omitempty"`
	PrevOffset   *int64 `json:"prev_offset,omitempty"`
	TotalObjects int    `json:"total_objects"`
}

// paged is a page of a list.
type paged struct {
	items    any
	metadata metadata
}

// defaultLimit is how many items a page has by default (Duo documentation).
const defaultLimit = 100

// pageOf cuts the page that limit and offset ask for, and shows each item. A limit
// above what Duo documents as the most is refused: what Duo does with one is not
// known.
func pageOf[T, U any](c *call, most int64, all []T, show func(T) U) (*paged, error) {
	limit, err := c.number("limit", 1, most, defaultLimit)
	if err != nil {
		return nil, err
	}
	offset, err := c.number("offset", 0, math.MaxInt32, 0)
	if err != nil {
		return nil, err
	}
	total := int64(len(all))
	from, to := min(offset, total), min(offset+limit, total)
	items := make([]U, 0, to-from)
	for _, item := range all[from:to] {
		items = append(items, show(item))
	}
	m := metadata{TotalObjects: len(all)}
	if to < total {
		m.NextOffset = &to
	}
	if offset > 0 {
		before := max(offset-limit, 0)
		m.PrevOffset = &before
	}
	return &paged{items, m}, nil
}
