/** The look of the report: the morning theme of the product on paper. Amber is light, not warning; words and shapes carry what colour repeats. */
export const style = `
:root{--paper:#fffdf9;--ink:#2c211b;--ink-2:#574840;--ink-3:#6c5b50;--line:#e0d4c3;--line-2:#877463;--amber:#8a4b04;--lit:#fff4dc;--green:#115e56;--careful:#9c3015;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;text-wrap:pretty}
main{max-width:784px;margin:0 auto;padding:48px 32px 80px}
h1{font-size:clamp(1.875rem,1.35rem + 2.5vw,2.6rem);line-height:1.12;font-weight:300;letter-spacing:-.01em;margin:.3em 0 .4em;text-wrap:balance}
h2{font-size:1.5rem;line-height:1.2;font-weight:500;margin:0 0 .5em;text-wrap:balance}
h3{font-size:1.15rem;line-height:1.25;font-weight:600;margin:0 0 .3em}
p{margin:0 0 .8em;max-width:68ch}
section{margin:56px 0 0;padding-top:28px;border-top:1px solid var(--line)}
.kicker{display:flex;align-items:center;gap:10px;color:var(--amber);font-weight:600;margin:0}
.lamp{width:26px;height:26px;flex:none}
.question{font-size:1.25rem;line-height:1.4;color:var(--ink-2)}
.glance,.source,.quiet{color:var(--ink-3);font-size:.9rem}
.source{margin:.5em 0 0}.source+h3{margin-top:1.6em}
.strong{font-weight:600}
.notice{background:var(--lit);border-left:4px solid #b3630a;padding:12px 16px;max-width:none}
.plain{padding:0;list-style:none;margin:0 0 1em}.plain li{margin:0 0 .6em;padding-left:18px;border-left:3px solid #f0a947;max-width:68ch}
.kept{border-left:4px solid #16756c;border-top:0;padding:16px 20px 6px;background:#f3f8f5}.broken{border:3px solid var(--careful);padding:16px 20px 6px}
.kept h2,.broken h2{font-size:1.15rem;font-weight:600}
.tag{font-weight:400;font-size:.8rem;color:var(--amber);border:1px solid currentColor;border-radius:99px;padding:0 8px;white-space:nowrap}
figure{margin:44px 0 0}figcaption p{color:var(--ink-2);font-size:.95rem}
.plot{display:block;width:100%;height:auto;overflow:visible}.narrow{display:none}
.plot text{font-size:13px}.plot text:not([fill]){fill:var(--ink-2)}
.plot text.name{fill:var(--ink-3)}.plot text.strong{font-weight:600;fill:var(--ink)}.plot .small{font-size:12px}.plot text.tiny{font-size:11.5px;fill:var(--ink-3)}.plot text.halo{fill:var(--ink-2);paint-order:stroke;stroke:#fffdf9;stroke-width:3px;stroke-linejoin:round}
.plot .who{font-weight:600}
.grid{stroke:var(--line);stroke-width:1}.rule{stroke:var(--line-2);stroke-width:1}
.aim{stroke:var(--line-2);stroke-width:1;stroke-dasharray:2 3}.ring{fill:#fffdf9;stroke:#2c211b;stroke-width:2}.plot text.aim-name{font-size:12px;fill:var(--ink);paint-order:stroke;stroke:#fffdf9;stroke-width:4px;stroke-linejoin:round}
.who{paint-order:stroke;stroke:#fffdf9;stroke-width:3px;stroke-linejoin:round}
.track{fill:#f4ece0}.whisker-edge{stroke:#fffdf9;stroke-width:4}.hatch{stroke:#7a2410;stroke-width:1;fill:none}.whisker{stroke:#2c211b;stroke-width:1.6}.front{fill:none;stroke:#e6973d;stroke-width:5;opacity:.35;stroke-linecap:round;stroke-linejoin:round}
.zero{stroke:#2c211b;stroke-width:1.2}.worse{fill:#f4ece0}
.zone{fill:#f8e6c4}.zone-green{fill:#a9d3c8}.zone-red{fill:#e9b3a0}
table{border-collapse:collapse;width:100%;font-size:.92rem;margin:0}caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line)}thead th{color:var(--ink-3);font-weight:500}tbody th{font-weight:500}
.criteria tbody{border-top:2px solid var(--line-2)}.criteria th:first-child{width:27%;padding-right:16px}.criteria td:nth-last-child(2){white-space:nowrap}.criteria td{vertical-align:middle}.criteria td:nth-child(2):not(.verdict),.criteria td:first-child{white-space:nowrap}
.verdict span{vertical-align:middle;font-weight:600}.light{width:22px;height:22px;vertical-align:middle}.verdict{white-space:nowrap}.green span{color:var(--green)}.amber span{color:var(--amber)}.red span{color:var(--careful)}
.gauge-cell{padding-right:0;width:144px}.gauge{display:block;width:144px;height:auto}
.swatch{vertical-align:-2px;margin-right:4px}
.scroll{overflow-x:auto}.scroll:focus-visible,pre:focus-visible,summary:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
details{margin:10px 0 0}summary{cursor:pointer;color:var(--amber);font-size:.95rem;padding:4px 0}
dl{display:grid;grid-template-columns:minmax(9em,auto) 1fr;gap:4px 20px;font-size:.92rem}dt{color:var(--ink-3)}dt::first-letter{text-transform:uppercase}dd{margin:0;overflow-wrap:anywhere}.hash{font:.78rem/1.9 ui-monospace,"Roboto Mono","Noto Sans Mono","DejaVu Sans Mono",monospace}td .quiet,th .quiet{font-size:.94em}.measures{font-size:.86rem}.measures th:first-child{min-width:9em}.measures td{min-width:7em}
pre{background:#f6efe3;padding:12px 16px;white-space:pre-wrap;overflow-wrap:anywhere;font:.85rem/1.5 ui-monospace,"Roboto Mono","Noto Sans Mono","DejaVu Sans Mono",monospace}.cite{border-left:3px solid var(--line);padding-left:14px}
.factors{margin:0 0 1em;padding-left:2em;font-size:.92rem}.factors li{overflow-wrap:anywhere}.factors li::marker{font-weight:600;color:var(--ink)}#sensitivity tbody th{overflow-wrap:anywhere;min-width:9em}#sensitivity td{min-width:6em}.verification th:first-child{min-width:11em;width:52%}
#not-modelled li{margin:0 0 .45em;max-width:66ch}
.policies th:first-child{min-width:10.5em}.whole{white-space:nowrap}.aims{margin:.8em 0 0}
@media screen and (max-width:700px){.policies,.policies tbody,.policies tr,.policies tbody th,.policies td{display:block}.policies thead{display:none}.policies tr{padding:8px 0;border-bottom:1px solid var(--line)}.policies tbody th,.policies td{border:0;padding:1px 0}.verification,.verification tbody{display:block}.verification thead{display:none}.verification tr{display:grid;grid-template-columns:5.2em 1fr auto auto;gap:2px 12px;padding:8px 0;border-bottom:1px solid var(--line)}.verification tbody th:first-child{grid-column:1/-1}.verification tbody th:first-child,.verification td{border:0;padding:0;min-width:0;width:auto}.verification td:last-child::before{content:"n = "}main{padding:28px 20px 60px}body{font-size:16px}.wide{display:none}.narrow{display:block}section{margin-top:40px}dl{display:block}dd{margin:0 0 8px}
.criteria thead{display:none}.criteria,.criteria tbody,.criteria tr{display:block}.criteria th:first-child{display:block;width:auto;border:0;padding:10px 0 2px}.criteria tr{display:grid;grid-template-columns:1fr auto;padding-bottom:10px;border-bottom:1px solid var(--line)}.criteria th{grid-column:1/-1}.criteria td{border:0;padding:3px 0}.criteria td:nth-last-child(2){grid-column:1}.criteria td.verdict{grid-column:2}.gauge-cell{grid-column:1/-1;width:auto}.gauge{width:100%;max-width:300px}}
@media print{@page{size:A4;margin:16mm 17mm 18mm}.plot.wide{width:88%;max-height:228mm}.verification,.measures{font-size:.84em}.measures td{min-width:0}.criteria th:first-child{width:32%}.verification td,.verification th{padding:4px 10px 4px 0}html{font-size:10.2pt}body{font-size:1rem;background:#fff}main{max-width:none;padding:0}section{margin-top:9mm;padding-top:5mm}figure{margin-top:8mm}
figure,.criteria tbody,tr,.kept,.plain li,pre{break-inside:avoid}h2,h3,figcaption{break-after:avoid}details{display:none}.scroll{overflow:visible}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h1{font-size:24pt}h2{font-size:15pt}}
`
