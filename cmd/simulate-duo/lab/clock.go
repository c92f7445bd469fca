package lab

import (
	"sync"
	"time"
)

// Clock is the time in the lab: that of the machine, and whatever was added to it so
// that an interval passes. The zero value is the machine's time.
type Clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now is the time by the clock.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Ahead()) }

// Ahead is how much of the time was added.
func (c *Clock) Ahead() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ahead
}

func (c *Clock) advance(by time.Duration) {
	c.mu.Lock()
	c.ahead += by
	c.mu.Unlock()
}

// Now is the time in the lab.
func (l *Lab) Now() time.Time { return l.clock.Now() }

// Advance lets time pass in the lab at once. What falls due by it is done; what is
// returned is closed after it.
func (l *Lab) Advance(by time.Duration) <-chan struct{} {
	l.clock.advance(by)
	l.changed(eventStatus, "%s have passed", by)
	if by >= l.opt.Interval {
		return l.answer("the interval has passed") // after the cycle that is under way, if one is
	}
	return l.cycleIfDue()
}
