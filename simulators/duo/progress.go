package duo

// Progress says how far one phase of a cycle is. How many phases have something
// to do turns out on the way.
type Progress struct {
	Phase       Phase
	Done, Total int // users or groups
}

// Phase is a part of a cycle.
type Phase string

// The phases, in their order.
const (
	PhaseLookUps  Phase = "unanswered requests"
	PhaseLeavers  Phase = "users who left"
	PhaseUsers    Phase = "users"
	PhaseRemovals Phase = "groups that are no longer chosen"
	PhaseGroups   Phase = "groups"
)

// progress tells how far a phase is.
func (p *Provisioner) progress(phase Phase, done, total int) {
	if p.opt.OnProgress == nil {
		return
	}
	p.entryMu.Lock()
	defer p.entryMu.Unlock()
	p.opt.OnProgress(Progress{phase, done, total})
}
