package judge

// Naming is the attribute that every resource of a collection has to have.
func Naming(collection string) string {
	if collection == "Groups" {
		return "displayName"
	}
	return "userName"
}
