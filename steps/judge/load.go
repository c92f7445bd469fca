package judge

import (
	"context"
	"net/http"
	"time"
)

// LoadTime is how long a run sends look-ups at a pace, where it is told to.
const LoadTime = time.Minute

// Load is how a run sends look-ups at a steady pace, to see whether the target keeps up.
type Load struct {
	For       time.Duration                              // default LoadTime
	Now       func() time.Time                           // default time.Now
	Sleep     func(context.Context, time.Duration) error // default Pause
	Transport http.RoundTripper                          // the way to the target, past what slows a run down; set by the engine
}

// Complete fills in the defaults.
func (l *Load) Complete() {
	if l.For <= 0 {
		l.For = LoadTime
	}
	if l.Now == nil {
		l.Now = time.Now
	}
	if l.Sleep == nil {
		l.Sleep = Pause
	}
}
