package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/population"
	"github.com/simulate-duo/simulate-duo/steps/report"
	"github.com/simulate-duo/simulate-duo/steps/safety"
	"github.com/simulate-duo/simulate-duo/steps/standard"
)

// One policy for all requirements of the standard: what the target may refuse is unsupported,
// and what another requirement tells already is blocked by it.

// homes are the requirements that tell what a target declines. They are judged by the
// refusal; the others are unsupported by it.
var homes = map[judge.Optional]string{
	judge.Filters: "RFC7644-3.4.2.2-48", judge.Sorting: "RFC7644-3.4.2.3-08", judge.ValuePaths: "RFC7644-3.5.2-16",
}

// listsHome is the requirement that tells how the target refuses lists without a filter, which
// is another answer than the examples want that are about the refusal of something else.
const listsHome = "RFC7644-3.4.2.1-02"

// wantsRefusal recognises what an example wants where it is about the refusal itself.
var wantsRefusal = regexp.MustCompile(`\b(400|invalid\w+|tooMany)\b`)

// excused turns the failure of an example into what is unsupported, if the last answer
// refuses what the target refuses in its plainest form as well. What a client of the
// features sends has to be answered: a refusal of that is a finding.
func (r *run) excused(ctx context.Context, a *attempt) error {
	if err := a.scenario.HungSorting(a.failure, a.requirement.ID, r.judges); err != a.failure { //nolint:errorlint // whether it is another
		a.decided = a.scenario.guide.Decided(err)
		return err
	}
	m, wrong := judge.IsMismatch(a.failure)
	if wrong {
		if why := a.scenario.DemandedInstead(m); why != "" {
			return &judge.Unsupported{Reason: why}
		}
	}
	if !wrong || judge.IsLost(a.failure) || ctx.Err() != nil {
		return a.failure
	}
	switch {
	case strings.HasPrefix(a.requirement.ID, "CSA"):
		return r.blockedByPlainForm(ctx, a, m, a.notServedToDuo, a.idleToDuo, r.toldByGuide(a))
	case !strings.HasPrefix(a.requirement.ID, "RFC"):
		return a.failure
	}
	if err := r.blockedByPlainForm(ctx, a, m, a.notServed); err != a.failure { //nolint:errorlint // whether it is another
		return err
	}
	err := r.excusedByStandard(ctx, a, m)
	if err == a.failure && a.requirement.ID == randomHome { //nolint:errorlint // whether it is the same
		return a.waitsForAlike(m, err)
	}
	return err
}

// randomHome is the requirement of random changes.
const randomHome = "RFC7644-3.5.2-22"

// waitsForAlike turns what random changes have found into what is blocked by the requirement of
// PATCH that has found the same, if there will be one by the end of the run.
func (a *attempt) waitsForAlike(m *judge.Mismatch, failure error) error {
	told := judge.ToldByChange(m)
	if told == nil {
		return failure
	}
	a.waits = &report.Waiting{Verdict: a.severity(m), Message: m.What, Want: m.Want, Got: m.Got, Alike: func(id string, e report.Example) bool {
		return (strings.HasPrefix(id, "RFC7644-3.5.2") || strings.HasPrefix(id, "RFC7643")) && told(e.Want, e.Exchanges)
	}}
	return &judge.Blocked{Reason: "a change of this kind fails where it is not random: " + m.What}
}

// excusedByStandard is what excused does with a failure of a requirement of the standard whose
// request is served in its plainest form.
func (r *run) excusedByStandard(ctx context.Context, a *attempt, m *judge.Mismatch) error {
	if why, err := a.scenario.ListsDeclined(ctx, m); why != "" && err == nil && a.requirement.ID != listsHome {
		return &judge.Unsupported{Reason: why + "; see " + listsHome}
	}
	if why, err := a.scenario.PassedOver(ctx, m); why != "" && err == nil {
		return &judge.Unsupported{Reason: why}
	}
	if why, err := a.scenario.RefusedUnknown(ctx, m); why != "" && err == nil {
		return &judge.Unsupported{Reason: why}
	}
	if a.wantsThisRefusal(m.Want) {
		return r.blockedByPlainForm(ctx, a, m, a.flawed, a.misjoined, a.errorForm)
	}
	if why := a.scenario.Undescribed(ctx, m); why != "" && !slices.Contains(describing, a.requirement.ID) {
		return &judge.Blocked{Reason: why}
	}
	if home, why, err := a.scenario.NotKept(ctx, m); why != "" && err == nil && home == "" {
		return &judge.Unsupported{Reason: why}
	}
	if why, err := a.scenario.AddedInstead(ctx, m); why != "" && err == nil {
		return &judge.Unsupported{Reason: why}
	}
	if why := a.scenario.RefusedAsDemanded(); why != "" && strings.HasPrefix(m.Got, strconv.Itoa(a.scenario.Last.Status)) {
		return &judge.Unsupported{Reason: why}
	}
	if why := a.scenario.RefusedAsGiven(); why != "" && strings.HasPrefix(m.Got, strconv.Itoa(a.scenario.Last.Status)) {
		return &judge.Unsupported{Reason: why}
	}
	if why, err := a.scenario.HeldByAnAddress(ctx, m); why != "" && err == nil {
		return &judge.Unsupported{Reason: why}
	}
	if why, err := a.scenario.RefusedToEmpty(ctx); why != "" && err == nil && strings.HasPrefix(m.Got, strconv.Itoa(a.scenario.Last.Status)) {
		return &judge.Unsupported{Reason: why}
	}
	kind, why, err := a.scenario.Declined(ctx, m)
	if err == nil && why == "" {
		return r.blockedByPlainForm(ctx, a, m, a.notKept, a.flawed, a.misfound, a.comparesCase, a.errorForm)
	}
	if err != nil || homes[kind] == a.requirement.ID {
		return a.failure
	}
	if kind == judge.Spelling {
		return &judge.Blocked{Reason: why}
	}
	return &judge.Unsupported{Reason: why + "; see " + homes[kind]}
}

// toldElsewhere finds out which requirement tells already what a Mismatch is about, and why.
type toldElsewhere func(ctx context.Context, m *judge.Mismatch) (home, why string, err error)

// blockedByPlainForm turns a failure into what is blocked, if the plainest form of what was
// asked fails as well and another requirement of this run is the one to tell it.
func (r *run) blockedByPlainForm(ctx context.Context, a *attempt, m *judge.Mismatch, looks ...toldElsewhere) error {
	for _, look := range looks {
		home, why, err := look(ctx, m)
		if err != nil {
			if held, ok := errors.AsType[*safety.Refusal](err); ok {
				r.warn(fmt.Sprintf("a look at the plainest form, for %s: %s; that is a mistake of simulate-duo, report it", a.requirement.ID, held))
			}
			return a.failure
		}
		if why != "" && home != a.requirement.ID && r.judges(home) {
			a.waits = &report.Waiting{Home: home, Else: a.next, Verdict: a.severity(m), Message: m.What, Want: m.Want, Got: m.Got}
			return &judge.Blocked{Reason: why + "; see " + home}
		}
	}
	return a.failure
}

func (a *attempt) notServed(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	return a.scenario.NotServedPlainly(ctx, m, a.requirement.ID)
}

func (a *attempt) notServedToDuo(ctx context.Context, _ *judge.Mismatch) (home, why string, err error) {
	sent := slices.Concat(a.scenario.guide.DuoWire.Exchanges(), a.scenario.Wire.Exchanges())
	return a.scenario.NotServedToDuo(ctx, sent, a.requirement.ID)
}

// changesHome is the requirement of the guide that tells that a PATCH does nothing.
const changesHome = "CSA-MAP-06"

func (a *attempt) idleToDuo(ctx context.Context, _ *judge.Mismatch) (home, why string, err error) {
	why, err = a.scenario.IdleToDuo(ctx, slices.Concat(a.scenario.guide.DuoWire.Exchanges(), a.scenario.Wire.Exchanges()))
	return changesHome, why, err
}

// guideHomes are the requirements of the guide that tell what others see on their way: by what
// is judged, what was wanted and what came. Where the home holds, the others tell it.
var guideHomes = []struct {
	home, why       string
	what, want, got *regexp.Regexp
}{
	{"CSA-MAP-01", "a user arrives with other values", regexp.MustCompile(`^(displayName|userName|name\.\w+|emails) of `), regexp.MustCompile(``), regexp.MustCompile(``)},
	{"CSA-SYNC-01", "a new user is not there, or not active", regexp.MustCompile(`^active of |^users of the name .* at the target$|^provision `), regexp.MustCompile(`^(true|1|success)$`), regexp.MustCompile(`^(false|0|User provisioning failed.*)$`)},
	{"CSA-SYNC-01", "a new user is not found", regexp.MustCompile(`^users found by `), regexp.MustCompile(`.`), regexp.MustCompile(`^$`)},
	{"CSA-SYNC-02", "the group is not found, and created again", regexp.MustCompile(`^groups of the name .* at the target$`), regexp.MustCompile(`^1$`), regexp.MustCompile(``)},
	{"CSA-SYNC-02", "the group is not there, or without its members", regexp.MustCompile(`^the members of the group |^groups of the name .* at the target$`), regexp.MustCompile(``), regexp.MustCompile(`^0?$`)},
	{"CSA-SYNC-04", "who was disabled is not enabled", regexp.MustCompile(`^active of `), regexp.MustCompile(`^true$`), regexp.MustCompile(`^false$`)},
	{"CSA-SYNC-05", "a look-up does not find the one who is asked for", regexp.MustCompile(`^users found by `), regexp.MustCompile(``), regexp.MustCompile(``)},
	{"CSA-SYNC-08", "the members are not those who are left", regexp.MustCompile(`^the members of the group `), regexp.MustCompile(``), regexp.MustCompile(``)},
	{"CSA-DEPROV-01", "who leaves is not deactivated, or gone", regexp.MustCompile(`^active of |^users of the name .* at the target$`), regexp.MustCompile(`^(false|1)$`), regexp.MustCompile(`^(true|0)$`)},
	{"CSA-DEPROV-01", "who is deactivated is not found", regexp.MustCompile(`^GET /Users/`), regexp.MustCompile(`^200$`), regexp.MustCompile(`^404`)},
	{"CSA-DEPROV-02", "who is deleted is still there", regexp.MustCompile(`^users of the name .* at the target$`), regexp.MustCompile(`^0$`), regexp.MustCompile(``)},
}

// provisioningHome is the requirement that tells that Duo cannot provision anybody.
const provisioningHome = "CSA-SYNC-01"

// barestHome is the requirement that tells that a target wants more of a user than a userName.
const barestHome = "CSA-MAP-04"

// toldByGuide is the last requirement before this one that tells what this one sees on its way;
// the others before it are next.
func (r *run) toldByGuide(a *attempt) toldElsewhere {
	return func(_ context.Context, m *judge.Mismatch) (home, why string, err error) {
		if strings.HasPrefix(m.What, "provision ") && strings.HasPrefix(m.Got, "User provisioning failed") && r.judges(provisioningHome) {
			if strings.Contains(m.Got, "required") && a.requirement.ID != barestHome && r.judges(barestHome) {
				a.next = []report.Told{{Home: barestHome, Why: "a user lacks what the target requires beside userName"}}
			}
			return provisioningHome, "no user can be provisioned", nil
		}
		var all []report.Told
		for _, q := range r.chosen {
			if q.ID == a.requirement.ID {
				break
			}
			for _, g := range guideHomes {
				if g.home == q.ID && r.judges(g.home) && g.what.MatchString(m.What) && g.want.MatchString(m.Want) && g.got.MatchString(m.Got) {
					all = append(all, report.Told{Home: g.home, Why: g.why})
				}
			}
		}
		if len(all) == 0 {
			return "", "", nil
		}
		slices.Reverse(all)
		a.next = all[1:]
		return all[0].Home, all[0].Why, nil
	}
}

func (a *attempt) notKept(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	return a.scenario.NotKept(ctx, m)
}

func (a *attempt) flawed(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	return a.scenario.FlawedPlainly(ctx, m, a.requirement.ID)
}

func (a *attempt) misfound(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	return population.New(a.scenario.Session).Misfound(ctx, m, a.requirement.ID)
}

// misjoined is for a filter that has to be refused for one of its conditions, and is taken by a
// target that does not tell them apart.
func (a *attempt) misjoined(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	if !strings.HasPrefix(m.Got, "2") {
		return "", "", nil
	}
	return a.misfound(ctx, m)
}

func (a *attempt) comparesCase(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	world := population.Of(a.scenario.rest)
	if world == nil {
		return "", "", nil
	}
	return world.ComparesCase(ctx, m, a.requirement.ID)
}

func (a *attempt) errorForm(ctx context.Context, m *judge.Mismatch) (home, why string, err error) {
	return standard.New(a.scenario.Session).ErrorFormTold(ctx, m)
}

// describing are the requirements that tell which discovery endpoint there is not. What
// stands there cannot be judged where nothing is.
var describing = []string{"RFC7644-4-01", "RFC7644-4-02", "RFC7644-4-04"}

// wantsThisRefusal says whether the example is about how the target refuses: what it
// wants is a refusal. One that takes a list as well is about the list, if the target
// says that it does not know the filter.
func (a *attempt) wantsThisRefusal(want string) bool {
	if !wantsRefusal.MatchString(want) {
		return false
	}
	last := a.scenario.Last
	if !strings.Contains(want, "200") || last == nil {
		return true
	}
	fault := last.Fault()
	return fault == nil || fault.ScimType != scim.ScimTypeInvalidFilter
}
