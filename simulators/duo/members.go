package duo

import (
	"context"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// memberRef is a user in a group at the target.
type memberRef struct {
	key      string // of the Duo user
	id       string // the target's
	username string
}

// membersOf lists the group's members that the target has; one who failed joins
// when a later pass succeeds.
func (c *cycle) membersOf(g scopedGroup) []memberRef {
	var members []memberRef
	for _, i := range g.positions {
		if c.in[i] && c.ids[i] != "" {
			u := &c.dir.Users[i]
			members = append(members, memberRef{key: u.Key, id: c.ids[i], username: u.Username})
		}
	}
	return members
}

// sumUp is the number of these members, and their checksum.
func (c *cycle) sumUp(g scopedGroup) (size int, sum int64) {
	var total uint64
	for _, i := range g.positions {
		if c.in[i] && c.sums[i] != 0 {
			size++
			total += c.sums[i]
		}
	}
	return size, int64(total)
}

// putThere lists the members whom Duo put into the target's group.
func (p *Provisioner) putThere(ctx context.Context, c *cycle, g store.Group) ([]memberRef, error) {
	var members []memberRef
	for key, err := range p.store.Members(ctx, g.Key) {
		if err != nil {
			return nil, &unwritten{err}
		}
		m, ok, err := p.linkedMember(ctx, c, key)
		if err != nil {
			return nil, err
		}
		if ok {
			members = append(members, m)
		}
	}
	return members, nil
}

// linkedMember is the member with this key, if there is an account for it.
func (p *Provisioner) linkedMember(ctx context.Context, c *cycle, key string) (memberRef, bool, error) {
	if i, ok := c.position(key); ok && c.ids[i] != "" {
		return memberRef{key: key, id: c.ids[i], username: c.dir.Users[i].Username}, true, nil
	}
	link, ok, err := p.store.User(ctx, key)
	if err != nil {
		return memberRef{}, false, &unwritten{err}
	}
	return memberRef{key: key, id: link.ID, username: link.Username}, ok, nil
}

// setMembers takes out those who left and puts in those who joined. What the
// target is known to have is read only if its checksum differs.
func (p *Provisioner) setMembers(ctx context.Context, c *cycle, g scopedGroup, w *work) error {
	link, _ := c.group(g.Key)
	size, sum := c.sumUp(g)
	if link.Size == size && link.Sum == sum {
		return nil
	}
	wanted := c.membersOf(g)
	there, err := p.putThere(ctx, c, link)
	if err != nil {
		return err
	}
	joined, left := differing(wanted, there)
	w.id = link.ID
	if len(joined)+len(left) > 0 {
		w.begin(opMembers)
		w.reason = fmt.Sprintf("%d joined, %d left", len(joined), len(left))
		w.noteNames("joined", joined)
		w.noteNames("left", left)
		if err := p.changeAll(ctx, c, link, joined, left, wanted, w); err != nil {
			return err
		}
		w.end()
	}
	link.Size, link.Sum = size, sum
	p.linkGroup(c, w, link)
	return nil
}

// changeAll sends the changes, as many at a time as one PATCH takes. After each
// the store knows who is in the group.
func (p *Provisioner) changeAll(ctx context.Context, c *cycle, link store.Group, joined, left, wanted []memberRef, w *work) error {
	link.Size, link.Sum = -1, 0 // until all is done, the checksum says nothing
	for len(joined)+len(left) > 0 {
		out := p.portion(len(left), 0)
		in := p.portion(len(joined), out)
		if p.sendsWholeList(joined, left) {
			in, out = len(joined), len(left)
		}
		p.linkGroup(c, w, link)
		request := p.changeMembers(link, joined[:in], left[:out], wanted)
		if _, err := p.change(ctx, w, request, keysOf(joined[:in])); err != nil {
			return err
		}
		w.batch.Join, w.batch.Leave = memberships(link.Key, joined[:in]), memberships(link.Key, left[:out])
		joined, left = joined[in:], left[out:]
	}
	return nil
}

// portion is how many of n members the next PATCH takes beside those that it has.
func (p *Provisioner) portion(n, has int) int {
	if most := p.opt.MaxMembersPerPatch; most > 0 {
		return min(n, most-has)
	}
	return n
}

// differing lists the wanted members who are not there, and those there who are not wanted,
// by the target's id: a user who was deleted and created again is another member.
func differing(wanted, there []memberRef) (joined, left []memberRef) {
	missing := make(map[string]bool, len(there)) // of those there
	for _, m := range there {
		missing[m.id] = true
	}
	for _, m := range wanted {
		if _, is := missing[m.id]; is {
			missing[m.id] = false
		} else {
			joined = append(joined, m)
		}
	}
	for _, m := range there {
		if missing[m.id] {
			left = append(left, m)
		}
	}
	return joined, left
}

// sumOf is a checksum of members that does not depend on their order.
func sumOf(members []memberRef) int64 {
	var sum uint64
	for _, m := range members {
		sum += checksum(0, m.key, m.id)
	}
	return int64(sum)
}

func keysOf(members []memberRef) []string {
	keys := make([]string, len(members))
	for i, m := range members {
		keys[i] = m.key
	}
	return keys
}

func memberships(group string, members []memberRef) []store.Membership {
	list := make([]store.Membership, len(members))
	for i, m := range members {
		list[i] = store.Membership{Group: group, User: m.key}
	}
	return list
}

// maxNamed is how many members an entry of the log names.
const maxNamed = 100

// noteNames notes the usernames of members, the first maxNamed of them.
func (w *work) noteNames(what string, members []memberRef) {
	if len(members) == 0 {
		return
	}
	names := make([]any, min(len(members), maxNamed))
	for i := range names {
		names[i] = members[i].username
	}
	w.note(what, names)
	if more := len(members) - len(names); more > 0 {
		w.note("more "+what, more)
	}
}
