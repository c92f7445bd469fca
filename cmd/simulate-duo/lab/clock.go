package lab

import (
	"sync"
	"time"
)

// clock is the time in the lab: that of the machine, and whatever was added to it so
// that an interval passes.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now is the time in the lab.
func (l *Lab) Now() time.Time {
	l.clock.mu.Lock()
	defer l.clock.mu.Unlock()
	return time.Now().Add(l.clock.ahead)
}

// Advance lets time pass in the lab at once. What falls due by it is done.
func (l *Lab) Advance(by time.Duration) {
	l.clock.mu.Lock()
	l.clock.ahead += by
	l.clock.mu.Unlock()
	l.changed(eventStatus, "%s have passed", by)
	l.cycleIfDue()
}
