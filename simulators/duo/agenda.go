package duo

import (
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// Agenda is a cycle that several processes do together: one prepares it, each does
// pieces of it, and the one that has done the last piece finishes it. All of them have to
// have the same settings and the same directory, and one state (store.Shared). It can be
// kept as JSON.
type Agenda struct {
	Run    store.Run      `json:"run"`
	Stages [][]Piece      `json:"stages"`
	Waves  map[string]int `json:"waves"`  // of the users who have to wait for a name, by key; 0 for all others
	Parked []string       `json:"parked"` // keys of the users whose name others are to get
	Sought []string       `json:"sought"` // these names, folded
}

// Prepare begins a cycle: it puts settings that have changed into effect, looks up what
// became of unanswered requests, compares the directory with the state, and counts those
// who left, all of them: a cycle that the brake stops, or that cannot begin, is an error
// as that of Continue, and has ended.
func (p *Provisioner) Prepare(ctx context.Context, dir *directory.Directory) (Agenda, Tally, error) {
	if err := p.takeEffect(ctx, dir); err != nil {
		return Agenda{}, Tally{}, err
	}
	if err := p.paused(ctx, Cycle{}); err != nil {
		return Agenda{}, Tally{}, err
	}
	c, err := p.begin(ctx, dir, Cycle{})
	if err != nil {
		return Agenda{}, Tally{}, err
	}
	p.current = c
	defer func() { p.current = nil }()
	if err := p.prepare(ctx, c); err != nil {
		_, err = p.end(c, err)
		return Agenda{}, Tally{}, err
	}
	return p.agenda(c), c.Tally, nil
}

func (p *Provisioner) agenda(c *cycle) Agenda {
	a := Agenda{Run: c.run, Stages: p.cut(c), Waves: map[string]int{}, Parked: c.parked}
	for wave, positions := range c.users {
		for _, i := range positions {
			if wave > 0 {
				a.Waves[c.dir.Users[i].Key] = wave
			}
		}
	}
	if len(a.Parked) > 0 {
		for name := range c.sought {
			a.Sought = append(a.Sought, name)
		}
		slices.Sort(a.Sought)
	}
	return a
}

// Do does one piece. What an earlier attempt at it has done is not done again: its
// unanswered requests are looked up first, and only what the state does not know to be
// done, or to have failed, is left. After Stop it returns ErrStopped, and the piece can be done again.
func (p *Provisioner) Do(ctx context.Context, dir *directory.Directory, a Agenda, piece Piece) (Tally, error) {
	if err := p.resume(dir); err != nil {
		return Tally{}, err
	}
	c := &cycle{scope: p.scope(dir), run: a.Run, parked: a.Parked, sought: map[string]bool{}, resumed: true}
	for _, name := range a.Sought {
		c.sought[name] = true
	}
	if err := c.recall(ctx, p.store); err != nil {
		return Tally{}, &unwritten{err}
	}
	p.current = c
	defer func() { p.current = nil }()
	err := p.settleThose(ctx, c, func(i store.Intent) bool { return piece.owns(i) && !c.tried(store.Ref{Kind: i.Kind, Key: i.Key}) })
	if err == nil {
		err = p.openFor(ctx, c, a, piece)
	}
	if err == nil {
		err = p.perform(ctx, c, piece)
	}
	return c.Tally, err
}

// Finish records what the whole cycle came to, of which the parts have been added up.
// failed says why it ended early, nil if it did not.
func (p *Provisioner) Finish(a Agenda, total Tally, failed error) (Summary, error) {
	return p.end(&cycle{run: a.Run, Tally: total}, failed)
}

// openFor finds what one piece still has to do.
func (p *Provisioner) openFor(ctx context.Context, c *cycle, a Agenda, piece Piece) error {
	leavers, changed, err := p.look(ctx, c, piece.Slots)
	if err != nil {
		return err
	}
	switch piece.Stage {
	case StageLeavers:
		return p.readLeavers(ctx, c, slices.DeleteFunc(leavers, func(key string) bool { return c.tried(store.Ref{Kind: store.UserKind, Key: key}) }))
	case StageUsers:
		skipped := c.Skipped
		all := p.withoutDead(c, c.open(changed, piece.Slots))
		c.Skipped = skipped // those were counted when the cycle was prepared
		c.users = make([][]int, piece.Wave+1)
		for _, i := range all {
			key := c.dir.Users[i].Key
			if a.Waves[key] == piece.Wave && !c.tried(store.Ref{Kind: store.UserKind, Key: key}) {
				c.users[piece.Wave] = append(c.users[piece.Wave], i)
			}
		}
	}
	return nil
}

// open are the positions of the users in these slots who have changed or are new.
func (c *cycle) open(changed []string, slots store.Slots) []int {
	var all []int
	for _, key := range changed {
		i, _ := c.position(key)
		all = append(all, i)
	}
	for i, in := range c.in {
		if in && !c.known[i] && slots.Has(c.dir.Users[i].Key) {
			all = append(all, i)
		}
	}
	slices.Sort(all)
	return all
}
