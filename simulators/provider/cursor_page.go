package provider

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"sort"
	"strconv"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// ordered is a whole result in its order, of which pages are cut.
type ordered interface {
	len() int
	// rank counts the entries before the position; through, also one that is at it.
	rank(at position, through bool) int
	// window yields the entries from the index on, at most size.
	window(from, size int) []keyed
}

// runCursor answers a query that is paged by cursors (RFC 9865 section 2). The
// caller holds the lock.
func (p *Provider) runCursor(q query, filters map[*kind]*kindFilter, order *sorter, kinds []*kind, base string) (*answer, error) {
	var at *position
	if *q.cursor != "" {
		found, err := p.positionOf(q, kinds)
		if err != nil {
			return nil, err
		}
		at = &found
	}
	all := p.ordered(q, filters, order, kinds, base)
	size := p.page(q).size
	from := 0
	if at != nil && at.back {
		end := all.rank(*at, false)
		from = max(0, end-size)
		size = end - from
	} else if at != nil {
		from = all.rank(*at, true)
	}
	shown := all.window(from, size)
	body := p.listResponse(q, &page{total: all.len(), entries: entriesOf(shown)}, base)
	body.Set("itemsPerPage", json.Number(strconv.Itoa(len(shown))))
	if n := len(shown); n > 0 && from+n < all.len() {
		body.Set("nextCursor", p.cursorAt(q, kinds, shown[n-1].position(false)))
	}
	if len(shown) > 0 && from > 0 {
		body.Set("previousCursor", p.cursorAt(q, kinds, shown[0].position(true)))
	}
	return &answer{status: http.StatusOK, body: body}, nil
}

func entriesOf(all []keyed) []*entry {
	entries := make([]*entry, len(all))
	for i, k := range all {
		entries[i] = k.entry
	}
	return entries
}

func (k keyed) position(back bool) position { return position{k.key, k.seq, back} }

// ordered is the result of the query. Only where it is neither filtered nor
// sorted can it be cut without being gone through.
func (p *Provider) ordered(q query, filters map[*kind]*kindFilter, order *sorter, kinds []*kind, base string) ordered {
	if order == nil && q.filter == nil {
		return byCreation{p.everything(kinds)}
	}
	result := byKey{descending: q.descending}
	if order == nil {
		for e := range p.matches(filters, kinds, base) {
			result.all = append(result.all, keyed{entry: e})
		}
		return result
	}
	order.collect(p, p.matches(filters, kinds, base), base)
	result.all = order.keyed
	for i := range result.all {
		result.all[i].key = result.all[i].key.shortened()
	}
	slices.SortFunc(result.all, func(a, b keyed) int {
		return b.position(false).compare(a.key, a.seq, q.descending)
	})
	return result
}

// byKey is a result that was filtered or sorted.
type byKey struct {
	all        []keyed
	descending bool
}

func (b byKey) len() int { return len(b.all) }

func (b byKey) rank(at position, through bool) int {
	return sort.Search(len(b.all), func(i int) bool {
		order := at.compare(b.all[i].key, b.all[i].seq, b.descending)
		return order > 0 || order == 0 && !through
	})
}

func (b byKey) window(from, size int) []keyed {
	from = min(from, len(b.all))
	return b.all[from:min(from+size, len(b.all))]
}

// byCreation is everything there is.
type byCreation struct{ *sequence }

func (b byCreation) len() int { return b.length }

// rank looks into one block and counts past those before it.
func (b byCreation) rank(at position, through bool) int {
	n := 0
	for _, block := range b.blocks {
		if block[len(block)-1].seq < at.seq {
			n += len(block)
			continue
		}
		i, found := slices.BinarySearchFunc(block, at.seq, func(e *entry, seq uint64) int { return cmp.Compare(e.seq, seq) })
		if found && through {
			i++
		}
		return n + i
	}
	return n
}

func (b byCreation) window(from, size int) []keyed {
	shown := make([]keyed, 0, min(size, b.length))
	if size == 0 {
		return shown
	}
	for e := range b.from(from) {
		if shown = append(shown, keyed{entry: e}); len(shown) == size {
			break
		}
	}
	return shown
}

// readCursor holds what a query by cursor may say: where it goes on is told by
// the cursor, so a startIndex would be a second answer to the same question.
func (q *query) readCursor(value string, hasStartIndex bool) error {
	if hasStartIndex {
		return scim.InvalidValue("cursor and startIndex exclude each other; send one of them")
	}
	q.cursor = &value
	return nil
}

// pagination announces how lists are paged (RFC 9865 section 4). By index is the
// default, as clients expect it that know nothing of cursors (section 2.4).
func (p *Provider) pagination() *scim.Object {
	number := func(n int) json.Number { return json.Number(strconv.Itoa(n)) }
	return scim.NewObject(
		scim.Member{Name: "cursor", Value: true},
		scim.Member{Name: "index", Value: true},
		scim.Member{Name: "defaultPaginationMethod", Value: "index"},
		scim.Member{Name: "defaultPageSize", Value: number(min(p.config.DefaultCount, p.config.MaxResults))},
		scim.Member{Name: "maxPageSize", Value: number(p.config.MaxResults)},
		scim.Member{Name: "cursorTimeout", Value: number(int(p.config.CursorTimeout.Seconds()))},
	)
}
