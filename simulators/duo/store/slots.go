package store

import "crypto/md5" //nolint:gosec // PostgreSQL has it as well, and nothing secret depends on it

// SlotCount is how many slots the users of an application fall into.
const SlotCount = 256

// Slots is a part of the users: those whose slot is From or more, and less than To. The
// slot of a user is the first byte of the MD5 checksum of the key, so that every process
// and PostgreSQL agree on it.
type Slots struct{ From, To int }

// AllSlots are all users.
var AllSlots = Slots{0, SlotCount}

// All says whether these are all users.
func (s Slots) All() bool { return s == AllSlots }

// Has says whether the user with this key is one of them.
func (s Slots) Has(key string) bool {
	slot := Slot(key)
	return s.From <= slot && slot < s.To
}

// Slot is the slot of the user with this key.
func Slot(key string) int {
	return int(md5.Sum([]byte(key))[0]) //nolint:gosec // see above
}

// Cut divides all slots into n parts of about the same size, from 1 to 256.
func Cut(n int) []Slots {
	n = max(1, min(n, SlotCount))
	parts := make([]Slots, n)
	for i := range parts {
		parts[i] = Slots{i * SlotCount / n, (i + 1) * SlotCount / n}
	}
	return parts
}
