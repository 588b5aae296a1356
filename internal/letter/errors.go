package letter

import (
	"errors"
	"fmt"
)

// ErrorKind says how an error is to be answered; web maps it to a status.
type ErrorKind string

// The kinds and the HTTP status each leads to.
const (
	KindInvalid      ErrorKind = "invalid"      // 400: something in the input is wrong
	KindUnauthorized ErrorKind = "unauthorized" // 401: sign in first
	KindForbidden    ErrorKind = "forbidden"    // 403: not yours to do
	KindNotFound     ErrorKind = "not_found"    // 404
	KindConflict     ErrorKind = "conflict"     // 409: in work, or changed meanwhile
	KindTooLarge     ErrorKind = "too_large"    // 413
	KindRefused      ErrorKind = "refused"      // 422: understood, but the rules say no
	KindTooMany      ErrorKind = "too_many"     // 429
	KindUnavailable  ErrorKind = "unavailable"  // 503
)

// Error is an error for people: a kind and one Chinese sentence that says what
// is wrong and what to do. The sentence is the key of its English translation,
// with Args filled in after translation. Fields names the faulty form fields,
// each with its own sentence. Cause is for the log only.
type Error struct {
	Kind    ErrorKind
	Message string
	Args    []any
	Fields  map[string]string
	Cause   error
}

// Error is the Chinese sentence without the cause.
func (e *Error) Error() string {
	if len(e.Args) == 0 {
		return e.Message
	}
	return fmt.Sprintf(e.Message, e.Args...)
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// Because adds the cause for the log.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Fail makes an error for people of the given kind.
func Fail(kind ErrorKind, message string, args ...any) *Error {
	return &Error{Kind: kind, Message: message, Args: args}
}

// Refuse says that the rules do not allow it.
func Refuse(message string, args ...any) *Error { return Fail(KindRefused, message, args...) }

// Forbid says that this is not the caller's to do.
func Forbid(message string, args ...any) *Error { return Fail(KindForbidden, message, args...) }

// Invalid says which fields of the input are wrong, each in a sentence.
func Invalid(message string, fields map[string]string) *Error {
	return &Error{Kind: KindInvalid, Message: message, Fields: fields}
}

// ErrNotFound is the answer for a letter that does not exist and for one that
// the caller may not see, so that the two cannot be told apart.
var ErrNotFound = Fail(KindNotFound, "没有找到这封信。请核对编号。")

// IsKind says whether err is an error for people of that kind.
func IsKind(err error, kind ErrorKind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// IsRefused says whether the rules refused, or the input was wrong: the form
// comes back with what was typed.
func IsRefused(err error) bool { return IsKind(err, KindRefused) || IsKind(err, KindInvalid) }

// Repeated says that the same request, or the same line of the same source, was
// taken before as the letter with this number.
type Repeated struct{ Number string }

func (r *Repeated) Error() string { return "taken before as " + r.Number }
