package directory

// window is how far from the place of the last user Walk looks for the next one.
const window = 16

// Walk returns a function that does what UserIndex does, for many users one after another.
// It is several times as quick where they come about in the order of the directory, as the
// members of a group and the links of a state often do. It is for one goroutine.
func (d *Directory) Walk() func(key string) (int, bool) {
	next, near := 0, true
	return func(key string) (int, bool) {
		from, to := next, min(next+1, len(d.Users))
		if near { // the last one was, too
			from, to = max(0, next-window), min(next+window, len(d.Users))
		}
		for i := from; i < to; i++ {
			if d.Users[i].Key == key {
				next, near = i+1, true
				return i, true
			}
		}
		i, ok := d.UserIndex(key)
		if near = false; ok {
			next = i + 1
		}
		return i, ok
	}
}
