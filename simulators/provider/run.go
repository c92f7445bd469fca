package provider

import (
	"iter"
	"net/http"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
)

// run answers a query over resources of these kinds.
func (p *Provider) run(q query, kinds []*kind, base string) (*answer, error) {
	filters, err := parseFilters(q.filter, kinds)
	if err != nil {
		return nil, err
	}
	order, err := sorterOf(q, kinds)
	if err != nil {
		return nil, err
	}
	p.store.RLock()
	defer p.store.RUnlock()
	if q.cursor != nil {
		return p.runCursor(q, filters, order, kinds, base)
	}
	if err := p.checkTooMany(q, kinds); err != nil {
		return nil, err
	}
	page := p.page(q)
	switch {
	case order != nil:
		order.collect(p, p.matches(filters, kinds, base), base)
		page.take(order.sorted(q.descending))
	case q.filter != nil:
		page.take(p.matches(filters, kinds, base))
	default:
		page.cut(p.everything(kinds))
	}
	return &answer{status: http.StatusOK, body: p.listResponse(q, page, base)}, nil
}

// checkTooMany answers 400 to a query of the whole server that neither filters
// nor limits itself and would not fit one page (RFC 7644 section 3.4.2.1).
func (p *Provider) checkTooMany(q query, kinds []*kind) error {
	total := p.everything(kinds).length
	if len(kinds) > 1 && q.filter == nil && q.count == nil && total > p.config.MaxResults {
		return scim.TooMany("%d resources are more than the %d that one answer holds; send a filter, or a count to get them page by page",
			total, p.config.MaxResults)
	}
	return nil
}

// everything is the sequence of all resources of one kind, or of all kinds.
func (p *Provider) everything(kinds []*kind) *sequence {
	if len(kinds) == 1 {
		return &kinds[0].all
	}
	return &p.store.all
}

// matches yields the resources that the filters let through, in the order of
// their creation.
func (p *Provider) matches(filters map[*kind]*kindFilter, kinds []*kind, base string) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for e := range p.candidates(filters, kinds) {
			if f := filters[e.kind]; f != nil && !filter.Match(f.filter, e.kind.ResourceType, p.view(e, base, f.wanted)) {
				continue
			}
			if !yield(e) {
				return
			}
		}
	}
}

func (p *Provider) listResponse(q query, page *page, base string) *scim.Object {
	selections := map[*kind]*selection{}
	resources := make([]*scim.Object, len(page.entries))
	for i, e := range page.entries {
		s := selections[e.kind]
		if s == nil {
			s = e.kind.selection(q.projection)
			selections[e.kind] = s
		}
		resources[i] = s.apply(p.view(e, base, s.wanted()))
	}
	l := scim.List{TotalResults: page.total, StartIndex: page.startIndex, ItemsPerPage: len(resources), Resources: resources}
	return l.Object()
}
