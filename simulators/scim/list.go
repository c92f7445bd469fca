package scim

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// List is a list response (RFC 7644 section 3.4.2).
type List struct {
	TotalResults int       // how many resources match, on all pages together
	StartIndex   int       // 1-based index of the first resource here; 0 where the message has none
	ItemsPerPage int       // how many resources this page has; 0 also where the message does not say
	Resources    []*Object // nil where the message has no such member
}

// Object returns the message. A list without a StartIndex is not paged: it has
// neither startIndex nor itemsPerPage. Resources is always an array, because
// clients iterate over it without looking at totalResults first.
func (l *List) Object() *Object {
	o := NewObject(
		Member{"schemas", []any{ListResponseURN}},
		Member{"totalResults", json.Number(strconv.Itoa(l.TotalResults))},
	)
	if l.StartIndex > 0 {
		o.Set("startIndex", json.Number(strconv.Itoa(l.StartIndex)))
		o.Set("itemsPerPage", json.Number(strconv.Itoa(l.ItemsPerPage)))
	}
	resources := make([]any, len(l.Resources))
	for i, r := range l.Resources {
		resources[i] = r
	}
	o.Set("Resources", resources)
	return o
}

// ParseList reads a list response. The error says everything that makes the
// object no list response, one finding a line: a wrong or missing schema, a
// count that is no integer, Resources that are no array of objects.
func ParseList(o *Object) (*List, error) {
	if err := requireSchema(o, ListResponseURN); err != nil {
		return nil, fmt.Errorf("not a list response: %w", err)
	}
	if _, ok := o.Get("totalResults"); !ok {
		return nil, errors.New("not a list response: totalResults is missing")
	}
	l := &List{}
	err := errors.Join(
		readCount(o, "totalResults", &l.TotalResults),
		readCount(o, "startIndex", &l.StartIndex),
		readCount(o, "itemsPerPage", &l.ItemsPerPage),
		l.readResources(o),
	)
	if err != nil {
		return nil, fmt.Errorf("not a list response: %w", err)
	}
	return l, nil
}

// readCount reads a non-negative integer, if the member is there.
func readCount(o *Object, name string, n *int) error {
	v, ok := o.Get(name)
	if !ok {
		return nil
	}
	number, ok := v.(json.Number)
	if !ok {
		return fmt.Errorf("%s has to be an integer, got %s", name, KindOf(v))
	}
	i, err := strconv.Atoi(number.String())
	if err != nil {
		return fmt.Errorf("%s has to be an integer, got %s", name, number)
	}
	if i < 0 {
		return fmt.Errorf("%s cannot be negative, got %d", name, i)
	}
	*n = i
	return nil
}

func (l *List) readResources(o *Object) error {
	v, _ := o.Get("Resources")
	if v == nil { // null is the same as absent (RFC 7643 section 2.5)
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		return fmt.Errorf("the member Resources has to be an array, got %s", KindOf(v))
	}
	l.Resources = make([]*Object, len(items))
	for i, item := range items {
		r, ok := item.(*Object)
		if !ok {
			return fmt.Errorf("element %d of Resources has to be an object, got %s", i, KindOf(item))
		}
		l.Resources[i] = r
	}
	return nil
}
