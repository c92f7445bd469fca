package duo

import (
	"context"
	"slices"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// Stage is a part of a cycle that begins when the one before is done.
type Stage string

// The stages, in their order. Those who left go before those who take their names, and
// users before groups.
const (
	StageLeavers Stage = "leavers" // those who left
	StageNames   Stage = "names"   // accounts give up names that others are to get
	StageUsers   Stage = "users"   // those who stay or come, in waves that wait for each other
	StageGroups  Stage = "groups"  // groups and their members
)

// Piece is a part of a stage: what concerns the users in some slots. The pieces of one
// stage may be done in any order, by several processes at a time.
type Piece struct {
	Stage Stage       `json:"stage"`
	Wave  int         `json:"wave"`
	Slots store.Slots `json:"slots"`
}

// cut lists the stages that have something to do, each cut into pieces. The groups are
// one piece, and always there: whether one has changed turns out then.
func (p *Provisioner) cut(c *cycle) [][]Piece {
	var stages [][]Piece
	add := func(pieces []Piece) {
		if len(pieces) > 0 {
			stages = append(stages, pieces)
		}
	}
	add(p.pieces(Piece{Stage: StageLeavers}, len(c.leavers), func(i int) string { return c.leavers[i].Key }))
	if len(c.parked) > 0 {
		add([]Piece{{Stage: StageNames, Slots: store.AllSlots}})
	}
	for wave, positions := range c.users {
		add(p.pieces(Piece{Stage: StageUsers, Wave: wave}, len(positions), func(i int) string { return c.dir.Users[positions[i]].Key }))
	}
	add([]Piece{{Stage: StageGroups, Slots: store.AllSlots}})
	return stages
}

// pieces cuts a stage with n users into pieces. Those without a user are left out.
func (p *Provisioner) pieces(of Piece, n int, key func(i int) string) []Piece {
	of.Slots = store.AllSlots
	if n == 0 {
		return nil
	}
	if p.opt.PieceSize == 0 || n <= p.opt.PieceSize {
		return []Piece{of}
	}
	var used [store.SlotCount]bool
	for i := range n {
		used[store.Slot(key(i))] = true
	}
	var pieces []Piece
	for _, of.Slots = range store.Cut(n / p.opt.PieceSize) {
		if slices.Contains(used[of.Slots.From:of.Slots.To], true) {
			pieces = append(pieces, of)
		}
	}
	return pieces
}

// perform does one piece.
func (p *Provisioner) perform(ctx context.Context, c *cycle, piece Piece) error {
	switch piece.Stage {
	case StageLeavers:
		mine := within(piece.Slots, c.leavers, func(l store.User) string { return l.Key })
		return p.deprovision(ctx, c, mine)
	case StageNames:
		return p.park(ctx, c)
	case StageUsers:
		mine := within(piece.Slots, c.users[piece.Wave], func(i int) string { return c.dir.Users[i].Key })
		return p.provisionUsers(ctx, c, mine)
	}
	if err := p.removeGroups(ctx, c); err != nil {
		return err
	}
	return p.provisionGroups(ctx, c)
}

// within are those whose key is in these slots.
func within[T any](slots store.Slots, all []T, key func(T) string) []T {
	if slots.All() {
		return all
	}
	var mine []T
	for _, one := range all {
		if slots.Has(key(one)) {
			mine = append(mine, one)
		}
	}
	return mine
}

// owns says whether a piece looks up the unanswered request.
func (piece Piece) owns(intent store.Intent) bool {
	if intent.Kind == store.GroupKind {
		return piece.Stage == StageGroups
	}
	return piece.Stage != StageGroups && piece.Slots.Has(intent.Key)
}
