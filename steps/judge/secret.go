package judge

import "strings"

// shortSecret is below how many bytes a secret may stand in an answer by chance.
const shortSecret = 8

// longWord is from how many letters on a text without digits is no word of a language.
const longWord = 20

// Telling says whether a secret gives itself away where it is found. One that is short or
// a common word, such as "token", stands in answers that have nothing to do with it, and a
// part of it may be the secret of somebody else.
func Telling(secret string) bool {
	letters := strings.Trim(strings.ToLower(secret), "abcdefghijklmnopqrstuvwxyz") == ""
	return len(secret) >= shortSecret && (!letters || len(secret) >= longWord)
}
