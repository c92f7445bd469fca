package words

// Each applies f to every element of a slice; the result is never nil.
func Each[T, U any](s []T, f func(T) U) []U {
	out := make([]U, len(s))
	for i := range s {
		out[i] = f(s[i])
	}
	return out
}
