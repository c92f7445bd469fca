package lab

import "crypto/rand"

// showOnce keeps a token until the page that shows it is loaded, and returns what the
// page asks for it with.
func (l *Lab) showOnce(token string) string {
	ticket := rand.Text()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ticket, l.unshown = ticket, token
	return ticket
}

// shownOnce returns the token that was kept for this ticket, the first time.
func (l *Lab) shownOnce(ticket string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ticket == "" || ticket != l.ticket {
		return ""
	}
	token := l.unshown
	l.ticket, l.unshown = "", ""
	return token
}
