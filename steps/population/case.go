package population

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

// caseHome is the requirement that tells of a target which compares texts by their case
// although it does not declare them so; aboutCase are others that are about just this.
const caseHome = filterRules + "28"

var aboutCase = []string{caseHome, "RFC7643-4.1.1-05"}

// ComparesCase says that a filter found what it would find if every text were compared to
// the letter, and that the target does so where nothing else is asked: that is the finding
// of another requirement. "" if not.
func (w *World) ComparesCase(ctx context.Context, m *judge.Mismatch, judged string) (home, why string, err error) {
	text := judge.ParameterOf(w.Asked, "filter")
	if text == "" || w.Last == nil || w.Last.Status != 200 || slices.Contains(aboutCase, judged) || len(w.AnswersIn(m)) != 1 {
		return "", "", nil
	}
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return "", "", err
	}
	for _, t := range types {
		toTheLetter(t.Schema.Attributes)
		for _, x := range t.Extensions {
			toTheLetter(x.Schema.Attributes)
		}
	}
	if !w.foundAre(text, types) {
		return "", "", nil
	}
	for _, name := range []string{"displayName", "nickName"} { // the first stands for all texts
		if name != "displayName" && !strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
			continue
		}
		why, err = judge.SharedBy(ctx, w.Run, "texts in other case, "+name, func(ctx context.Context, own *judge.Session) (string, error) {
			return New(own).missesOtherCase(ctx, name)
		})
		if why != "" || err != nil {
			return caseHome, why, judge.OnlyLost(err)
		}
	}
	return "", "", nil
}

func toTheLetter(attributes []*scim.Attribute) {
	for _, a := range attributes {
		a.CaseExact = true
		toTheLetter(a.SubAttributes)
	}
}

// foundAre says whether the last list has just those of the example's resources that the
// filter describes by these types.
func (w *World) foundAre(text string, types map[string]*scim.ResourceType) bool {
	found := map[string]bool{}
	if s := w.searched(); s != nil {
		maps.Copy(found, s.found)
	} else if list, problem := judge.ListOf(w.Last); problem == "" {
		for _, r := range list.Resources {
			found[judge.CollectionShown(r)+"/"+scim.IDOf(r)] = true
		}
	}
	asked := collectionsAsked(w.Asked.Path)
	for _, s := range w.Subjects {
		t := types[s.Collection]
		f, err := filter.Parse(text, t)
		if err != nil {
			return false
		}
		if slices.Contains(asked, s.Collection) && filter.Match(f, t, s.Shown) != found[s.Collection+"/"+s.ID] {
			return false
		}
	}
	return true
}

// missesOtherCase looks for a user by such a text in other letters.
func (w *World) missesOtherCase(ctx context.Context, name string) (string, error) {
	types, err := w.DeclaredTypes(ctx)
	if err != nil {
		return "", err
	}
	if a := types["Users"].Schema.Attribute(name); a == nil || a.CaseExact {
		return "", nil
	}
	value := w.Mark() + " Ann Other"
	user := judge.Merge(w.Template("Users", "case-"+name), scim.NewObject(scim.Member{Name: name, Value: value}))
	if err := w.Make(ctx, "C", "Users", user); err != nil {
		return "", err
	}
	for _, sought := range []string{value, judge.SwapCase(value)} {
		text := name + " eq " + judge.Text(sought)
		found, err := w.List(ctx, w.Client(), "Users", [2]string{"filter", text})
		switch {
		case err != nil:
			return "", err
		case len(found.Resources) > 0 && sought == value:
			continue // as it has to be
		case len(found.Resources) > 0 || sought == value:
			return "", nil
		}
		return "the target compares texts by their case, which it does not declare: GET /Users?filter=" + text + " finds nobody", nil
	}
	return "", nil
}
