package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/schemas"
	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps"
	"github.com/simulate-duo/simulate-duo/steps/safety"
)

// options turns the flags into what a run needs.
func (f playFlags) options(ctx context.Context, env environment) (steps.Options, error) {
	o := steps.Options{
		Target: steps.Embedded(), Tags: f.tags, NoSweep: f.noSweep, Workers: f.workers,
		Timeout: f.timeout, RPS: f.rps, MaxRequests: f.maxRequests, MaxLeft: cmp.Or(f.maxLeft, -1), Large: f.large, Abuse: f.abuse, NoAbuse: f.noAbuse, Quick: f.quick, EvidenceAll: f.evidence == evidenceAll, Version: version(),
	}
	if f.load {
		o.Load = &steps.Load{}
	}
	var err error
	if o.Profiles, err = f.profiles(); err != nil {
		return o, err
	}
	if says := whatProfilesMean(f.profile, o.Profiles); says != "" {
		fmt.Fprintln(env.stderr, "simulate-duo: "+says)
	}
	if o.Guide, o.Own, err = f.settings(); err != nil {
		return o, err
	}
	if o.DuoProfile, err = duoProfile(f.duoProfile); err != nil {
		return o, err
	}
	if f.trace {
		o.OnTrace = stepTracer(env.stderr)
	}
	if o.Fit, err = f.fit(); err != nil {
		return o, err
	}
	if err = f.events.lay(&o.Fit, env.getenv); err != nil {
		return o, err
	}
	if f.target != "" || f.targetFile != "" {
		o.Target, err = f.realTarget(ctx, env, o.Fit)
	}
	return o, err
}

// allProfiles is the word for everybody's requirements but those of drafts.
const allProfiles = "all"

// profiles reads the list of --profile.
func profiles(list string) ([]steps.Profile, error) {
	var chosen []steps.Profile
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name == allProfiles {
			chosen = append(chosen, features.AllProfiles()...)
			continue
		}
		p, err := profileNamed(steps.Profile(name))
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, p)
	}
	return features.WithIncluded(chosen), nil
}

// profileNamed is the profile with this name and version, or the newest version of this name.
func profileNamed(p steps.Profile) (steps.Profile, error) {
	versions := features.VersionsOf(p.Name())
	switch {
	case slices.Contains(features.Profiles(), p):
		return p, nil
	case len(versions) == 0:
		return "", fmt.Errorf("--profile: unknown profile %q; known are %s%s", p, knownProfiles("and"), nearProfile(string(p)))
	case p.Version() != "" || strings.Contains(string(p), "@"):
		return "", fmt.Errorf("--profile: there is no version %q of %s here; known: %s", p.Version(), p.Name(), features.JoinProfiles(versions, ", "))
	}
	return versions[len(versions)-1], nil
}

// whatProfilesMean says which version a name without one means, and what profiles include; ""
// if the list says it all.
func whatProfilesMean(list string, judged []steps.Profile) string {
	if list == "" {
		return ""
	}
	var says []string
	var named []steps.Profile
	for name := range strings.SplitSeq(list, ",") {
		asked := steps.Profile(strings.TrimSpace(name))
		if asked == allProfiles {
			named = append(named, features.AllProfiles()...)
			continue
		}
		p, err := profileNamed(asked)
		if err != nil {
			continue
		}
		named = append(named, p)
		if p != asked {
			says = append(says, fmt.Sprintf("%s means %s, the newest draft that is known here", asked, p))
		}
	}
	others := slices.DeleteFunc(slices.Clone(judged), func(p steps.Profile) bool { return slices.Contains(named, p) })
	if len(others) > 0 {
		says = append(says, "judged as well, as it is demanded: "+features.JoinProfiles(others, ", "))
	}
	if len(says) == 0 {
		return ""
	}
	return "--profile: " + strings.Join(says, "; ")
}

func defaultProfiles() string { return features.JoinProfiles(features.DefaultProfiles(), ",") }

// nearProfile is a question about the profile that may have been meant, or "".
func nearProfile(name string) string {
	near, ok := schemas.Nearest(name, strings.Split(features.JoinProfiles(features.Profiles(), ","), ","))
	if !ok {
		return ""
	}
	return "; did you mean " + near + "?"
}

// profiles are those of --profile, or else those to which the tags belong.
func (f playFlags) profiles() ([]steps.Profile, error) {
	fromTags, err := profilesOf(f.tags)
	if err != nil {
		return nil, fmt.Errorf("--tags: %w", err)
	}
	if f.profile == "" {
		return fromTags, nil
	}
	return profiles(f.profile)
}

// knownProfiles is what --profile takes, as a list: "duo, rfc, entra, entra-gallery, okta, okta-oin and all".
func knownProfiles(conjunction string) string {
	return features.JoinProfiles(features.Profiles(), ", ") + " " + conjunction + " " + allProfiles
}

// fit is the target file with what the flags say laid on it.
func (f playFlags) fit() (steps.Fit, error) {
	fit, err := f.wayFlags.fit()
	if err != nil {
		return steps.Fit{}, err
	}
	for _, assignment := range f.set {
		if err := fit.Set(assignment); err != nil {
			return *fit, fmt.Errorf("--set %w", err)
		}
	}
	fit.UserDomain = cmp.Or(f.userDomain, fit.UserDomain)
	if err := fit.CheckDomain(); err != nil {
		return *fit, fmt.Errorf("--user-domain: %w", err)
	}
	fit.Settle = cmp.Or(f.settle, fit.Settle)
	return *fit, nil
}

// defaultTargetName is what a target is called that no target file names.
const defaultTargetName = "target"

// realTarget is the endpoint that is to be judged, with its token.
func (f playFlags) realTarget(ctx context.Context, env environment, fit steps.Fit) (steps.Target, error) {
	t := steps.Target{Name: cmp.Or(fit.Name, defaultTargetName), URL: cmp.Or(f.target, fit.BaseURL)}
	if len(fit.Bootstrap) > 0 {
		started, err := fit.Start(ctx)
		if err != nil {
			return t, err
		}
		t.URL, t.Token = cmp.Or(t.URL, started.BaseURL), started.Token
	}
	if t.URL == "" {
		return t, errors.New("the target file names no base_url: give --target URL")
	}
	if _, err := wire.CheckBaseURL(t.URL); err != nil {
		return t, fmt.Errorf("--target: %w", err)
	}
	t.URL = strings.TrimRight(t.URL, "/")
	var err error
	t.Credentials, err = f.open(ctx, env, fit.Auth, fit.Trust, wayOptions{timeout: f.timeout, secret: t.Token, check: true})
	if err != nil {
		return t, err
	}
	t.Token = t.Credentials.Token()
	if f.secondToken != "" {
		if t.Credentials.Form().Scheme == wire.SchemeCertificate {
			return t, errors.New("--second-token-file: a client certificate cannot be had twice; leave it out")
		}
		if t.SecondToken, err = safety.ReadToken(env.getenv, f.secondToken, nil); err != nil {
			return t, fmt.Errorf("--second-token-file: %w", err)
		}
	}
	return t, nil
}

// settings loads the guide's files and, if there are any, those that replace them.
func (f playFlags) settings() (guide steps.Settings, own *steps.Settings, err error) {
	if guide, err = steps.GuideSettings(); err != nil {
		return guide, nil, err
	}
	if f.directory == "" && f.config == "" {
		return guide, nil, nil
	}
	mine := guide
	if f.directory != "" {
		if mine.Directory, err = directory.Open(f.directory); err != nil {
			return guide, nil, fmt.Errorf("--directory: %w", err)
		}
	}
	if f.config != "" {
		if mine.Application, err = loadFile(f.config, duo.LoadApplication); err != nil {
			return guide, nil, fmt.Errorf("--config: %w", err)
		}
	}
	return guide, &mine, mine.Application.CheckAgainst(mine.Directory)
}

func loadFile[T any](name string, load func(string, []byte) (T, error)) (loaded T, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return loaded, err
	}
	return load(name, data)
}
