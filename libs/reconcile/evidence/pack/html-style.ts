/** The look of a pack's page, on screen and on paper. */
export const PACK_STYLE = `
:root { --ink: #1b1f24; --soft: #667085; --line: #e2e6ec; --bad: #b42318; --bad-bg: #fdeceb; --good: #157347; --good-bg: #e9f6ef; --tint: #f6f8fa; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 40px 32px; font: 15px/1.5 "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: var(--ink); }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 6px; }
h2 { font-size: 19px; margin: 0; }
h3 { font-size: 13px; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); margin: 22px 0 8px; }
p { margin: 0 0 8px; }
.soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 7px 10px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-size: 13px; font-weight: 600; color: var(--soft); }
a { color: inherit; }
section { border: 1px solid var(--line); border-radius: 10px; padding: 22px 24px; margin: 26px 0; }
.tags { margin: 8px 0 0; }
.tag { display: inline-block; border-radius: 999px; padding: 1px 11px; margin: 0 6px 4px 0; font-size: 13px; background: var(--tint); border: 1px solid var(--line); }
.tag.bad { background: var(--bad-bg); border-color: #f6c9c5; color: var(--bad); }
.tag.good { background: var(--good-bg); border-color: #bfe3cf; color: var(--good); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 14px; }
.column { background: var(--tint); border-radius: 8px; padding: 12px 14px; overflow-wrap: anywhere; min-width: 0; }
.column.bad { background: var(--bad-bg); }
.column.good { background: var(--good-bg); }
.column > b { display: block; font-size: 13px; margin-bottom: 6px; }
.text { white-space: pre-wrap; max-height: 520px; overflow: auto; }
del { background: #fbd3cf; color: var(--bad); text-decoration: none; }
ins { background: #c9ecd7; color: var(--good); text-decoration: none; }
.pictures { display: flex; flex-wrap: wrap; gap: 8px; }
figure { margin: 0; width: 128px; }
figure img, .nopicture { width: 128px; height: 128px; object-fit: contain; background: #fff; border: 1px solid var(--line); border-radius: 6px; display: block; }
.nopicture { display: flex; align-items: center; justify-content: center; font-size: 12px; color: var(--soft); text-align: center; }
figcaption { font-size: 11px; color: var(--soft); overflow-wrap: anywhere; max-height: 3em; overflow: hidden; }
.writer { border-left: 3px solid var(--line); padding: 2px 0 2px 14px; }
.time { white-space: nowrap; color: var(--soft); }
.hash { font: 12px/1.5 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; color: var(--soft); white-space: nowrap; }
footer { border-top: 1px solid var(--line); margin-top: 36px; padding-top: 16px; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
@media print { body { padding: 0; max-width: none; font-size: 12px; } section { break-inside: auto; border-radius: 0; } h2, h3, .columns, figure, tr { break-inside: avoid; } .text { max-height: none; } }
`;
