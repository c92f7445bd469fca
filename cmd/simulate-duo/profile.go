package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/steps/report/words"
)

func profileCommand(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "profile [FIELD]",
		Short: "List the open questions about Duo's requests, or explain one with its choices",
		Long: `Cisco has not published how Duo writes its requests. Each open question is a field of Duo's
profile. This command lists the fields with the default choice of each. With a FIELD it shows that one
whole: the question, the evidence, why the default is the default, and what each choice means.
A run names an alternative as FIELD=CHOICE.`,
		Example: `  simulate-duo profile
  simulate-duo profile user-lookup`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeField,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return profileFields(env.stdout)
			}
			name, choice, _ := strings.Cut(args[0], "=")
			info, err := profileField(name)
			if err != nil {
				return err
			}
			return profileFieldWhole(env.stdout, info, duo.Choice(choice))
		},
	}
}

// profileFields lists every field: its name, its default and its question.
func profileFields(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FIELD\tDEFAULT\tQUESTION")
	for _, info := range duo.Fields {
		fmt.Fprintf(t, "%s\t%s\t%s\n", info.Field, info.Choices[0].Choice, info.Question)
	}
	return t.Flush()
}

// profileField finds the field of this name.
func profileField(name string) (*duo.FieldInfo, error) {
	names := make([]string, len(duo.Fields))
	for i, info := range duo.Fields {
		if names[i] = string(info.Field); names[i] == name {
			return info, nil
		}
	}
	return nil, fmt.Errorf("the profile has no field %s: %s", words.Visible(name), didYouMean(name, names, "simulate-duo profile lists the fields"))
}

// profileFieldWhole explains a field; the choice that was asked for, if any, has to be
// one of it, and is marked.
func profileFieldWhole(w io.Writer, info *duo.FieldInfo, asked duo.Choice) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nquestion  %s\nevidence  %s\nwhy       %s\n\nchoices\n", info.Field, info.Question, info.Evidence, info.Why)
	known := make([]string, len(info.Choices))
	found := asked == ""
	for i := range info.Choices {
		c := &info.Choices[i]
		known[i] = string(c.Choice)
		mark := " "
		if c.Choice == asked {
			found, mark = true, ">"
		}
		fmt.Fprintf(&b, "%s %s\n", mark, choiceLines(i, c))
	}
	if !found {
		return fmt.Errorf("the field %s has no choice %s: its choices are %s", info.Field, words.Visible(string(asked)), strings.Join(known, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// choiceLines are a choice with its meaning and what goes with it; the first is the default.
func choiceLines(place int, c *duo.ChoiceInfo) string {
	text := string(c.Choice)
	if place == 0 {
		text += " (default)"
	}
	text += "\n      " + c.Meaning
	if needs := c.NeedsWords(); len(needs) > 0 {
		text += "\n      together with " + strings.Join(needs, " and ")
	}
	if c.Beyond != "" {
		text += "\n      beyond RFC 7644: " + c.Beyond
	}
	return text
}

// completeField completes the name of a field.
func completeField(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	all := make([]string, len(duo.Fields))
	for i, info := range duo.Fields {
		all[i] = string(info.Field) + "\t" + info.Question
	}
	return all, noFiles
}
