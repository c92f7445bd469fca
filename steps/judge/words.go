package judge

import (
	"strings"
)

// Contained says whether a status is one of those in a list such as "400 or 404".
func Contained(list, status string) bool {
	return strings.Contains(" or "+list+" or ", " or "+status+" or ")
}

// CollectionOf is the endpoint of a "user" or "group": "Users" or "Groups".
func CollectionOf(kind string) string {
	if kind == "group" {
		return "Groups"
	}
	return "Users"
}

// Listed splits the list in a sentence, "Josue, Aiko"; an empty one has none.
func Listed(list string) []string {
	if strings.TrimSpace(list) == "" {
		return nil
	}
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
