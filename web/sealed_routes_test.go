package web_test

import "net/url"

// reads says how each route that shows something is called by somebody who looks for one letter: {number} is its number,
// {title} its title, {word} a word of it that stands nowhere else, {phone} its sender's number, {unit} the accused unit,
// {other} the number of an ordinary letter of that unit by the same sender. A new route is one line here.
var reads = map[string][]string{
	"/healthz":          {"/healthz"},
	"/readyz":           {"/readyz"},
	"/assets/:hash/*":   {}, // files of the program
	"/api/openapi.json": {}, // the same for everybody

	"/api/v1/letters/:number":        {}, // opened by its query code: guessed
	"/api/v1/published":              {"/api/v1/published", "/api/v1/published?q={word}", "/api/v1/published?q={title}", "/api/v1/published?department={unit}"},
	"/api/v1/published/suggest":      {"/api/v1/published/suggest?q={word}", "/api/v1/published/suggest?q={title}"},
	"/api/v1/published/:number":      {"/api/v1/published/{number}"},
	"/api/v1/reports/responsiveness": {"/api/v1/reports/responsiveness", "/api/v1/reports/responsiveness?by=unit", "/api/v1/reports/responsiveness?from=2026-01-01&to=2027-12-31&by=unit"},
	"/api/v1/desk/letters/:number":   {"/api/v1/desk/letters/{number}", "/api/v1/desk/letters/{other}"},
	"/api/v1/desk/letters":           {"/api/v1/desk/letters", "/api/v1/desk/letters?queue=unit", "/api/v1/desk/letters?queue=parts", "/api/v1/desk/letters?queue=dispatch", "/api/v1/desk/letters?queue=duty", "/api/v1/desk/letters?queue=review", "/api/v1/desk/letters?queue=publication", "/api/v1/desk/letters?queue=extensions", "/api/v1/desk/letters?queue=overdue", "/api/v1/desk/letters?queue=mine", "/api/v1/desk/letters?queue=unit&page=2"},
	"/channels/wechat":               {"/channels/wechat"},

	"/sign-in":              {"/sign-in", "/sign-in?next=/desk/letters/{number}"},
	"/desk":                 {"/desk", "/desk?number={number}", "/desk?state=done", "/desk?state=all", "/desk?q={word}", "/desk?unit={unit}", "/desk?page=2", "/desk?leader=shizhang"},
	"/desk/dispatch":        {"/desk/dispatch", "/desk/dispatch?list=copies", "/desk/dispatch?list=ruling", "/desk/dispatch?list=refusal", "/desk/dispatch?number={number}"},
	"/desk/duty":            {"/desk/duty"},
	"/desk/review":          {"/desk/review"},
	"/desk/parts":           {"/desk/parts"},
	"/desk/extensions":      {"/desk/extensions"},
	"/desk/publication":     {"/desk/publication"},
	"/desk/calls/new":       {"/desk/calls/new", "/desk/calls/new?caller={phone}"},
	"/desk/letters/:number": {"/desk/letters/{number}", "/desk/letters/{number}?from=duty", "/desk/letters/{number}?use={number}", "/desk/letters/{other}", "/desk/letters/{other}?use={number}"},

	"/supervise":            {"/supervise", "/supervise?month=2026-11", "/supervise?month=2026-12"},
	"/supervise/letters":    {"/supervise/letters", "/supervise/letters?figure=received", "/supervise/letters?figure=overdue", "/supervise/letters?figure=answered", "/supervise/letters?figure=yellow", "/supervise/letters?figure=leaders", "/supervise/letters?figure=on-time", "/supervise/letters?figure=due", "/supervise/letters?figure=received&unit={unit}", "/supervise/letters?figure=received&unit=jwjw", "/supervise/letters?figure=overdue&unit=jwjw", "/supervise/letters?figure=received&from=2026-01-01&to=2027-12-31", "/supervise/letters?figure=sent-alone&routed={unit}"},
	"/supervise/topics":     {"/supervise/topics", "/supervise/topics?days=all"},
	"/supervise/topics/:id": {"/supervise/topics/none"},
	"/supervise/searches":   {"/supervise/searches", "/supervise/searches?month=2026-11"},
	"/supervise/routing":    {"/supervise/routing", "/supervise/routing?month=2026-11"},

	"/admin":                     {"/admin"},
	"/admin/calendar":            {"/admin/calendar", "/admin/calendar?year=2027"},
	"/admin/policies":            {"/admin/policies"},
	"/admin/policies/:id":        {"/admin/policies/hotline", "/admin/policies/new"},
	"/admin/profiles/:id":        {"/admin/profiles/petition"},
	"/admin/calendar/:year/file": {"/admin/calendar/2026/file"},

	"/admin/calendar/hours":          {"/admin/calendar/hours"},
	"/admin/calendar/orders/new":     {"/admin/calendar/orders/new"},
	"/admin/calendar/orders/:id/end": {"/admin/calendar/orders/none/end"},

	"/admin/words":            {"/admin/words", "/admin/words?q={word}"},
	"/admin/words/new":        {"/admin/words/new"},
	"/admin/words/weak":       {"/admin/words/weak"},
	"/admin/words/places":     {"/admin/words/places"},
	"/admin/words/groups/:id": {"/admin/words/groups/none"},

	"/":                       {"/"},
	"/write":                  {"/write", "/write?column=leaders"},
	"/follow":                 {"/follow", "/follow?number={number}"},
	"/follow/:number/":        {"/follow/{number}/"},
	"/follow/:number/receipt": {"/follow/{number}/receipt"},
	"/published":              {"/published", "/published?q={word}", "/published?q={title}", "/published?department={unit}"},
	"/published/suggest":      {"/published/suggest?q={word}", "/published/suggest?q={title}"},
	"/published/:number":      {"/published/{number}", "/published/{number}?writing=1"},
	"/write/answered/:number": {"/write/answered/{number}"},
	"/take-part":              {"/take-part"},
	"/surveys/:id":            {"/surveys/bus-and-walk"},
	"/surveys/:id/result":     {"/surveys/bus-and-walk/result"},
	"/interviews/:id":         {"/interviews/none"},
	"/how":                    {"/how"},
	"/privacy":                {"/privacy"},
	"/accessibility":          {"/accessibility"},
}

// asks are the routes that show something to who posts a question; what they are sent may hold the same marks.
var asks = map[string]url.Values{
	"/desk/calls/new":         {"do": {"look"}, "caller": {"{phone}"}, "title": {"{title}"}, "body": {"{word}"}},
	"/desk/calls/similar":     {"title": {"{title}"}, "body": {"{word}"}},
	"/admin/calendar/preview": {"text": {"year: 2027\nsource: 通知\noff:\n  - {date: \"2027-01-01\", name: 元旦}\n  - {date: \"2026-12-01\", name: 元旦}\n"}},

	"/admin/policies/:id/preview": {"name": {"一般来信"}, "source": {"通知"}, "from": {"2030-01-01"}, "amount-sender": {"1"}, "unit-sender": {"working_day"}, "amount-unit": {"1"}, "unit-unit": {"hour"}},

	"/admin/profiles/:id/preview":        {"from": {"2030-01-01"}, "category": {"0101"}},
	"/admin/calendar/orders/new/preview": {"off": {"2027-03-01 停工"}, "effective": {"2027-03-01"}, "source": {"通知"}},
	"/admin/calendar/hours/preview":      {"from-1": {"08:00"}, "to-1": {"12:00"}},

	"/write/guess": {"title": {"{title}"}, "body": {"{word}"}},
	"/write/look":  {"title": {"{title}"}, "body": {"{word}"}},
}

// acts are the other routes that change something and name no letter. Those that name one below /desk are found by
// themselves; those below /follow ask for the query code.
var acts = []string{
	"/desk/reminders/reading",
	"/sign-in", "/sign-out", "/write", "/write/answered/:number", "/follow", "/surveys/:id", "/interviews/:id/questions",
	"/api/v1/letters", "/channels/hotline/calls", "/channels/wechat",
	"/supervise/routing/training", "/supervise/routing/model", "/supervise/routing/threshold",
	"/admin/calendar/notice", "/admin/policies/:id", "/admin/profiles/:id",
	"/admin/calendar/hours", "/admin/calendar/orders/new", "/admin/calendar/orders/:id/end",
	"/admin/words/new", "/admin/words/weak", "/admin/words/places", "/admin/words/groups/:id", "/admin/words/groups/:id/end",
}
