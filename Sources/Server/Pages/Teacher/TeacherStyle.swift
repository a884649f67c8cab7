extension TeacherPages {
    /// Rows of a class and of a week.
    static let style = """
        .tally { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; margin: 0 0 .6rem; padding: 0; }
        .tally strong { font-size: 1.8rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        .tally .late strong { color: var(--late); }
        .tally .absent strong { color: var(--absent); }
        .tally .excused strong { color: var(--excused); }
        .tally .present strong { color: var(--present); }
        .day-head { justify-content: space-between; align-items: center; margin: 0 0 1rem; }
        .day-head .lead { margin: 0; font-weight: 600; }
        .day-head p { margin: 0; }
        .day-head label { margin-top: 0; }
        .roll { list-style: none; margin: 0; padding: 0; }
        .roll.card { padding: .2rem 1.2rem; margin-bottom: 1rem; }
        .roll > li { display: grid; gap: .1rem .8rem; padding: .55rem 0; border-bottom: 1px solid var(--line);
          grid-template: "who status" "how how" "form form" / minmax(0, 1fr) auto; align-items: center; }
        .roll .who-is { grid-area: who; }
        .roll .stands { grid-area: status; }
        .roll .how { grid-area: how; }
        .roll details { grid-area: form; }
        .roll > li:last-child { border-bottom: 0; }
        .roll > li[aria-current] { box-shadow: inset .25rem 0 0 var(--strong); margin: 0 -.7rem; padding: .55rem .7rem; }
        .roll .who-is { font-weight: 600; overflow-wrap: anywhere; }
        .roll .who-is a { display: inline-block; padding: .15rem 0; }
        .roll .who-is .soft { font-weight: 400; }
        .roll .how { overflow-wrap: anywhere; }
        .roll .at { font-variant-numeric: tabular-nums; }
        .roll details[open] { padding: .3rem 0 .6rem; }
        .roll details > summary { padding: .15rem 0; }
        .decide { display: flex; flex-wrap: wrap; gap: .5rem; margin: .7rem 0 0; }
        @media (min-width: 50rem) {
          .roll > li { grid-template: "who status how form" "open open open open" / minmax(0, 4fr) minmax(0, 4fr)
            minmax(0, 5fr) minmax(0, 4fr); row-gap: 0; }
          .roll details { text-align: right; }
          .roll details[open] { grid-area: open; text-align: left; }
        }
        @media print { .roll.card { padding: 0; } .roll > li { padding: .15rem 0; break-inside: avoid;
          grid-template: "who status how" / 4fr 3fr 5fr; } }

        """
}
