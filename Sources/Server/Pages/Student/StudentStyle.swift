extension StudentPages {
    /// The calendar of a month, which teachers see too, and the student's own pages.
    static let style = """
        .sides { display: grid; gap: 0 1rem; grid-template-columns: 1fr; }
        @media (min-width: 60rem) { .sides { grid-template-columns: 2fr 3fr; align-items: start; } }
        .card > h2:first-child, .month-head h2 { margin-top: 0; }
        .card > :last-child { margin-bottom: 0; }
        .big .status { padding: .1rem .9rem; border-radius: 2rem; white-space: normal; }
        .status.none { padding: 0; }
        .counts ul, .entries { list-style: none; margin: 0 0 1rem; padding: 0; }
        .counts p { margin: 0 0 .3rem; }
        .counts strong { font-size: 1.5rem; }
        .counts li { display: inline-block; margin: 0 1rem .4rem 0; font-variant-numeric: tabular-nums; }
        .entries li { padding: .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        .entries li:last-child { border-bottom: 0; }
        .entries .soft { display: block; font-size: .9rem; }
        .month-head { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; }
        .month-head p { margin: 0 0 .5rem; }
        .month-head a { display: inline-block; padding: .2rem .3rem; min-height: 1.7rem; }
        .month { table-layout: fixed; }
        .month th { text-align: center; padding: .3rem 0; }
        .month abbr { text-decoration: none; }
        .month td { border: 1px solid var(--line); padding: .2rem .25rem; height: 3.6rem; font-size: .8rem;
          line-height: 1.25; overflow: hidden; }
        .month td.outside { border-color: transparent; }
        .month td.off { background: var(--back); color: var(--soft); }
        .month td time { font-size: .95rem; }
        .month td > a { display: inline-block; min-width: 1.5rem; min-height: 1.5rem; }
        .month td[aria-current] time { font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
        .month td[aria-current] { box-shadow: inset 0 0 0 2px var(--strong); }
        .month td .word, .month td .at, .month td .note { display: block; overflow-wrap: anywhere; }
        .month td .sign { font-weight: 700; float: right; }
        .month td .note { font-size: .75rem; }
        .month td.present { background: var(--present-back); color: var(--present); }
        .month td.late { background: var(--late-back); color: var(--late); }
        .month td.absent { background: var(--absent-back); color: var(--absent); }
        .month td.excused { background: var(--excused-back); color: var(--excused); }
        .month td a { color: inherit; }
        @media (max-width: 45rem) { .month td .word, .month td .note { position: absolute; width: 1px; height: 1px;
          overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .month td { position: relative;
          padding: .2rem .1rem; } .month td .at { font-size: .72rem; } .month td .sign { float: none; } }
        .own { grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 1rem;
          align-items: start; }
        .own-facts { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 0 0 1rem; }
        .own-facts dt { color: var(--soft); }
        .own-facts dd { margin: 0; overflow-wrap: anywhere; }
        label.check { font-weight: 400; padding: .3rem 0; }
        label.check input { width: 1.5rem; height: 1.5rem; vertical-align: middle; }
        .month-legend { display: flex; flex-wrap: wrap; gap: .3rem .5rem; margin: 1rem 0 0; font-size: .9rem; }

        """
}
