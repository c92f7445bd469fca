package scim

// Elements lists the assigned values of a multi-valued or single-valued
// attribute.
func Elements(v any) []any {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	return Select(list, func(v any) bool { return !IsUnassigned(v) })
}

// Select returns the elements that are wanted. The list itself is returned when
// all of them are, which is common and saves the copy.
func Select(list []any, want func(any) bool) []any {
	for i, v := range list {
		if want(v) {
			continue
		}
		kept := append([]any(nil), list[:i]...)
		for _, v := range list[i+1:] {
			if want(v) {
				kept = append(kept, v)
			}
		}
		return kept
	}
	return list
}
