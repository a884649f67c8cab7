/// How pages look: one column on a telephone, calm on a wall, light or dark as the reader has it. Contrasts are those of
/// WCAG 2.2, level AA, in both.
enum PageStyle {
    static let all =
        base + statuses + tables + StudentPages.style + TeacherPages.style + AdminPages.style
        + FleetPages.style

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1d5fbf"/>\
        <path d="M9 17l5 5 9-12" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>
        """

    private static let base = """
        :root { --back: #f6f7f9; --card: #fff; --ink: #1a1d21; --soft: #545b64; --line: #d5d9df; --link: #1552a8;
          --strong: #1d5fbf; --on-strong: #fff; --present: #1b6b3a; --present-back: #e2f3e8; --late: #7a4b00;
          --late-back: #fdf0d5; --absent: #a3242b; --absent-back: #fbe4e5; --excused: #4a3f8c; --excused-back: #e9e6f8; }
        @media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2126; --ink: #eceef1; --soft: #aab2bd;
          --line: #39404a; --link: #8fbcff; --strong: #8fbcff; --on-strong: #0c1a2e; --present: #84d9a3;
          --present-back: #173323; --late: #f2c26b; --late-back: #3a2d12; --absent: #ff9ea3; --absent-back: #421c1f;
          --excused: #c2b8ff; --excused-back: #2b2650; } }
        * { box-sizing: border-box; }
        html { background: var(--back); color: var(--ink); font: 100%/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
        body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
        a { color: var(--link); }
        :focus-visible, input:focus, select:focus, textarea:focus { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: .5rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
        .top { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; padding: .6rem 1rem;
          background: var(--card); border-bottom: 1px solid var(--line); }
        .brand { font-weight: 700; color: var(--ink); text-decoration: none; padding: .4rem 0; }
        nav { flex: 1 1 auto; }
        nav ul { display: flex; flex-wrap: wrap; gap: .1rem; list-style: none; margin: 0; padding: 0; }
        nav a { display: block; padding: .4rem .7rem; border-radius: .5rem; color: var(--ink); text-decoration: none; }
        nav a:hover { text-decoration: underline; }
        nav a[aria-current] { background: var(--strong); color: var(--on-strong); }
        .who { display: flex; gap: .75rem; align-items: center; color: var(--soft); }
        main { flex: 1; width: 100%; max-width: 72rem; margin: 0 auto; padding: 1rem; }
        main:focus { outline: none; }
        footer { padding: 1rem; color: var(--soft); text-align: center; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: .6rem 0 1rem; }
        h2 { font-size: 1.2rem; margin: 1.6rem 0 .6rem; }
        .lead { font-size: 1.15rem; }
        .soft { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; padding: 1rem 1.2rem;
          margin: 0 0 1rem; }
        .card > :last-child { margin-bottom: 0; }
        .card > h2:first-of-type, .card > :first-child, .card > input[type=hidden] + * { margin-top: 0; }
        .grid > .card { margin: 0; }
        .grid { margin-bottom: 1rem; }
        .row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem; }
        .big { font-size: 2.4rem; font-weight: 700; line-height: 1.1; margin: 0; }
        .notice { border-left: .35rem solid var(--late); background: var(--late-back); color: var(--ink);
          padding: .7rem 1rem; border-radius: .4rem; margin: 0 0 1rem; }
        .notice.bad { border-color: var(--absent); background: var(--absent-back); }
        .notice.good { border-color: var(--present); background: var(--present-back); }
        label { display: block; font-weight: 600; margin: .6rem 0 .2rem; }
        input:not([type=checkbox]):not([type=radio]), select, textarea { font: inherit; color: inherit; width: 100%;
          max-width: 28rem; background: var(--card); border: 1px solid var(--soft); border-radius: .5rem;
          padding: .5rem .7rem; }
        button, .button { font: inherit; font-weight: 600; display: inline-block; min-height: 2.6rem; cursor: pointer;
          border: 0; border-radius: .5rem; padding: .5rem 1.1rem; background: var(--strong); color: var(--on-strong);
          text-decoration: none; }
        button.quiet, .button.quiet { background: transparent; color: var(--link); border: 1px solid var(--line); }
        button.quiet[aria-pressed] { border-color: var(--link); }
        button.bad { background: var(--absent); color: var(--card); }
        button:disabled { opacity: .55; cursor: default; }
        details > summary { cursor: pointer; color: var(--link); min-height: 1.7rem; }
        [hidden] { display: none !important; }
        @media print { .top, footer, form, .no-print, details { display: none !important; } html { background: #fff;
          color: #000; } main a { color: inherit; text-decoration: none; } .card { border: 0; padding: 0; } }

        """

    private static let statuses = """
        .status { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-weight: 600;
          white-space: nowrap; }
        .status.present { color: var(--present); background: var(--present-back); }
        .status.late { color: var(--late); background: var(--late-back); }
        .status.absent { color: var(--absent); background: var(--absent-back); }
        .status.excused { color: var(--excused); background: var(--excused-back); }
        .status.open { color: var(--soft); background: var(--back); border: 1px dashed var(--soft); }

        """

    private static let tables = """
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; color: var(--soft); padding: .3rem 0; }
        th, td { text-align: left; padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--soft); font-weight: 600; }
        tbody th { color: inherit; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }

        """
}
