extension AdminPages {
    /// What only the pages of an admin need.
    static let style = """
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.5rem), 1fr)); gap: .75rem;
          list-style: none; margin: 0 0 1rem; padding: 0; }
        .figures .card { margin: 0; padding: .8rem; }
        .card > input[type=hidden] + h2 { margin-top: 0; }
        .notice > :first-child { margin-top: 0; }
        .notice > :last-child { margin-bottom: 0; }
        .card > .wide + .notice { margin-top: 1rem; }
        .figures .status { white-space: normal; padding: .1rem .5rem; }
        .figures p { margin: .3rem 0 0; }
        .trend { display: block; width: 100%; min-width: 40rem; max-width: 60rem; }
        .trend .rule { stroke: var(--line); stroke-width: 1; }
        .trend text { fill: var(--soft); font-size: 11px; }
        .trend .scale { text-anchor: end; }
        .trend .day { text-anchor: middle; }
        .trend rect { stroke: var(--card); stroke-width: 1; }
        .trend .present { fill: var(--present); }
        .trend .late { fill: var(--late); fill-opacity: .7; }
        .trend .excused { fill: var(--excused); }
        .trend .absent { fill: var(--absent); }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0 0 .5rem; padding: 0; }
        .swatch { display: inline-block; width: .9em; height: .9em; border-radius: .2em; margin-right: .4em; }
        .swatch.present { background: var(--present); }
        .swatch.late { background: var(--late); opacity: .7; }
        .swatch.excused { background: var(--excused); }
        .swatch.absent { background: var(--absent); }
        .particulars { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
          gap: .6rem 1.5rem; margin: 0 0 1rem; }
        .particulars dt, .tight dt { color: var(--soft); }
        .particulars dd, .tight dd { margin: 0; overflow-wrap: anywhere; }
        .tight { margin: 0; }
        .trail { min-width: 46rem; }
        .tight div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
        .whole { white-space: nowrap; }
        .row form { margin: 0; }
        .secret { font-size: 1.5rem; letter-spacing: .05em; }
        .tabs { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: 0; padding: 0; }
        .ticks, .candidates { list-style: none; padding: 0; }
        .ticks label { display: inline-flex; gap: .5rem; align-items: center; min-height: 2rem; margin: 0;
          font-weight: 400; }
        .ticks input { width: 1.3rem; height: 1.3rem; }
        .candidates li { padding: .2rem 0; overflow-wrap: anywhere; }
        fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .6rem 1rem; }
        legend { font-weight: 600; }
        #camera { width: 100%; max-width: 40rem; border-radius: .6rem; background: #000; }
        #verdicts { list-style: none; padding: 0; }
        .verdict { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem 0; border-bottom: 1px solid var(--line); }
        .verdict img { width: 10rem; height: auto; border-radius: .5rem; align-self: start; }
        .verdict > div { flex: 1 1 16rem; }

        """
}
