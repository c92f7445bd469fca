package lab

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/duo/chaos"
)

var errSeed = errors.New("the seed is not a whole number: write one such as 1")

// chaosKind is one way in which the network fails, as a field of a form.
type chaosKind struct {
	Kind     chaos.Kind
	Meaning  string
	Percent  string // of the requests, "" for none
	Happened int
}

// usualLatency is the longest delay that the form proposes.
const usualLatency = "500ms"

// chaosKinds are all kinds as a spec has them, and the longest delay.
func chaosKinds(now Chaos) (kinds []chaosKind, latency string) {
	percent := map[string]string{}
	latency = usualLatency
	for part := range strings.SplitSeq(now.Spec, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		value, delay, _ := strings.Cut(value, ":")
		p, err := strconv.ParseFloat(value, 64)
		if err != nil || p == 0 {
			continue
		}
		if percent[name] = fmt.Sprintf("%.4g", p*100); delay != "" {
			latency = delay
		}
	}
	for _, k := range chaos.Kinds {
		p, ok := percent[string(k.Kind)]
		if !ok {
			p = percent["all"]
		}
		kinds = append(kinds, chaosKind{k.Kind, k.Meaning, p, now.Happened[k.Kind]})
	}
	return kinds, latency
}

// chaosSpec is the spec that a form asks for, "" if nothing fails.
func chaosSpec(value func(name string) string) (string, error) {
	var parts []string
	for _, k := range chaos.Kinds {
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value(string(k.Kind))), "%"))
		if text == "" {
			continue
		}
		p, err := strconv.ParseFloat(text, 64)
		if err != nil || !(p >= 0 && p <= 100) {
			return "", fmt.Errorf("%s: %q is no percentage: write a number from 0 to 100", k.Kind, text)
		}
		if p == 0 {
			continue
		}
		part := string(k.Kind) + "=" + strconv.FormatFloat(p/100, 'g', 6, 64)
		if delay := strings.TrimSpace(value("delay")); k.Kind == chaos.Latency && delay != "" {
			part += ":" + delay
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ","), nil
}
