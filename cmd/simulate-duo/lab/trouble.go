package lab

import (
	"errors"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// trouble is what keeps Duo from provisioning.
type trouble struct {
	Brake  *duo.BrakeError // the last cycle would have deprovisioned too many; nil if not
	Until  time.Time       // provisioning pauses by itself; zero if not
	Reason string          // for the pause: the last failure
	Dead   []store.Failure // what was refused for good, and is not sent again before it changes
	Failed []store.Failure // what the next cycle tries again
}

// trouble reads what keeps Duo from provisioning from the state of the application.
// Without an application there is none.
func (l *Lab) trouble() (trouble, error) {
	app, c, err := l.inForce()
	if errors.Is(err, errNoApplication) || errors.Is(err, errDisabled) {
		return trouble{}, nil
	}
	if err != nil {
		return trouble{}, err
	}
	p, _, err := l.provisioner(app, c)
	if err != nil {
		return trouble{}, err
	}
	l.mu.Lock()
	now, from := trouble{Brake: l.braked}, l.store
	l.mu.Unlock()
	if from == nil {
		return trouble{}, nil
	}
	now.Until, now.Reason = p.Quarantine()
	for f, err := range from.Failures(l.ctx) {
		if err != nil {
			return now, err
		}
		if f.Reason = l.wire.hide(f.Reason); f.Dead {
			now.Dead = append(now.Dead, f)
			continue
		}
		now.Failed = append(now.Failed, f)
	}
	return now, nil
}

// noteBrake keeps whether the brake has ended a cycle.
func (l *Lab) noteBrake(err error) {
	braked, _ := errors.AsType[*duo.BrakeError](err)
	l.mu.Lock()
	l.braked = braked
	l.mu.Unlock()
}
