package lab

import "strconv"

// notices are what forms have done, for the pages that come after them.
type notices struct {
	texts [64]string // the newest, by their number
	count int
}

// notify keeps a text and returns its number.
func (l *Lab) notify(text string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := &l.notices
	n.texts[n.count%len(n.texts)] = text
	n.count++
	return strconv.Itoa(n.count)
}

// notice is the text with this number, "" if it is not kept any more.
func (l *Lab) notice(number string) string {
	i, err := strconv.Atoi(number)
	l.mu.Lock()
	defer l.mu.Unlock()
	n := &l.notices
	if err != nil || i < 1 || i > n.count || n.count-i >= len(n.texts) {
		return ""
	}
	return n.texts[(i-1)%len(n.texts)]
}
