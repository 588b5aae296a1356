package desk_test

import (
	"net/url"
	"testing"
)

// An order from above keeps its date, and its explanation says whose date it is.
func TestAnOrderFromAboveKeepsItsDate(t *testing.T) {
	o := open(t)
	operator := o.as("duanwei")
	form := url.Values{"body": {"建设路路灯不亮。"}, "deadline": {"2026-11-22"}, "once": {"a"}, "do": {"submit"}}
	operator.Post("/desk/calls/new", form).Want(t, 400, "上级指定的期限已经过去", `value="2026-11-22"`, `aria-describedby="deadline-fault"`)
	form.Set("deadline", "next week")
	operator.Post("/desk/calls/new", form).Want(t, 400, "期限应是日期")
	form.Set("deadline", "2026-11-24")
	number := shownNumber.FindStringSubmatch(operator.Post("/desk/calls/new", form).Want(t, 200).Text)[1]
	operator.sees("/desk/letters/"+number, "2026年11月24日（周二） 23:59", "上级交办时指定了答复期限，以它为准", "上级指定的期限").Lacks(t, "收到起，")
	operator.sees("/desk/letters/"+number+"?lang=en", "A higher level set the deadline with its order", "set by a higher level")
}
