package schemas

import "strings"

// Suggestion is the end of a message about a word that is not known: it asks
// whether the nearest known word was meant, or else lists all known words.
func Suggestion(word string, known []string) string {
	if near, ok := Nearest(word, known); ok {
		return "did you mean " + quote(near) + "?"
	}
	return "use one of " + quoteAll(known)
}

// maxWord is the longest word that is searched for a likeness, in characters.
const maxWord = 64

// Nearest finds the known word that differs least from the word, if it differs
// in no more than a third of its characters. Case does not count.
func Nearest(word string, known []string) (string, bool) {
	w := []rune(strings.ToLower(word))
	if len(w) == 0 || len(w) > maxWord {
		return "", false
	}
	best, least := "", max(1, len(w)/3)+1
	for _, k := range known {
		candidate := []rune(strings.ToLower(k))
		if apart := len(candidate) - len(w); apart >= least || -apart >= least {
			continue
		}
		if d := distance(w, candidate); d < least {
			best, least = k, d
		}
	}
	return best, best != ""
}

// distance is how many characters must be inserted, deleted, replaced or
// swapped with their neighbour to turn one word into the other.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
