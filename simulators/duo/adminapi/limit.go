package adminapi

import (
	"sync"
	"time"
)

// limit counts the requests of a minute.
type limit struct {
	mu    sync.Mutex
	since time.Time
	count int
}

// take counts a request and returns how long its sender has to wait, or 0.
func (l *limit) take(most int, now time.Time) time.Duration {
	if most <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) >= time.Minute || now.Before(l.since) {
		l.since, l.count = now, 0
	}
	if l.count >= most {
		return time.Minute - now.Sub(l.since)
	}
	l.count++
	return 0
}
