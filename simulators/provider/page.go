package provider

import "iter"

// page is the window of a result that one answer holds.
type page struct {
	startIndex int // 1-based index of the first entry in the whole result
	size       int // how many entries there may be
	entries    []*entry
	total      int // how many entries the whole result has
}

// page is the empty page that a query asks for. No count makes it larger than
// Config.MaxResults.
func (p *Provider) page(q query) *page {
	size := p.config.DefaultCount
	if q.count != nil {
		size = *q.count
	}
	return &page{startIndex: q.startIndex, size: min(size, p.config.MaxResults)}
}

// take fills the page from a result and counts the whole of it.
func (p *page) take(result iter.Seq[*entry]) {
	for e := range result {
		p.total++
		if p.total >= p.startIndex && len(p.entries) < p.size {
			p.entries = append(p.entries, e)
		}
	}
}

// cut fills the page from a sequence without visiting what lies outside it.
func (p *page) cut(s *sequence) {
	p.total = s.length
	if p.size == 0 {
		return
	}
	for e := range s.from(p.startIndex - 1) {
		p.entries = append(p.entries, e)
		if len(p.entries) == p.size {
			return
		}
	}
}
