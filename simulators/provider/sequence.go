package provider

import (
	"cmp"
	"iter"
	"slices"
)

// blockSize bounds what one removal has to move, and with it how many blocks a
// position is looked for in: about the square root of a million.
const blockSize = 1024

// sequence holds entries in the order of their creation. Appending is cheap,
// and removing an entry or finding the k-th one touches one block and counts
// past the others, where a plain slice would move all that follows.
type sequence struct {
	blocks [][]*entry // none of them empty
	length int
}

func (s *sequence) append(e *entry) {
	if last := len(s.blocks) - 1; last >= 0 && len(s.blocks[last]) < blockSize {
		s.blocks[last] = append(s.blocks[last], e)
	} else {
		s.blocks = append(s.blocks, []*entry{e})
	}
	s.length++
}

// remove takes e out, which has to be in the sequence.
func (s *sequence) remove(e *entry) {
	b, found := slices.BinarySearchFunc(s.blocks, e.seq, func(block []*entry, seq uint64) int {
		return cmp.Compare(block[0].seq, seq)
	})
	if !found {
		b-- // the block that begins before e
	}
	i, _ := slices.BinarySearchFunc(s.blocks[b], e.seq, func(x *entry, seq uint64) int {
		return cmp.Compare(x.seq, seq)
	})
	if s.blocks[b] = slices.Delete(s.blocks[b], i, i+1); len(s.blocks[b]) == 0 {
		s.blocks = slices.Delete(s.blocks, b, b+1)
	}
	s.length--
}

// from yields the entries after the first skip ones.
func (s *sequence) from(skip int) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, block := range s.blocks {
			if skip >= len(block) {
				skip -= len(block)
				continue
			}
			for _, e := range block[skip:] {
				if !yield(e) {
					return
				}
			}
			skip = 0
		}
	}
}
