// Sixty texts that would run as code if the page took any of them for anything but text. Each would call `pwned`.

const CALL = "pwned()";

export const PAYLOADS: string[] = [
  // Elements, and handlers of their events.
  `<script>${CALL}</script>`,
  `<img src=x onerror=${CALL}>`,
  `<svg onload=${CALL}>`,
  `<svg><script>${CALL}</script></svg>`,
  `<body onload=${CALL}>`,
  `<iframe srcdoc="<script>parent.${CALL}</script>">`,
  `<iframe src="javascript:parent.${CALL}">`,
  `<a href="javascript:${CALL}">x</a>`,
  `<details open ontoggle=${CALL}>`,
  `<video src=x onerror=${CALL}>`,
  `<audio src=x onerror=${CALL}>`,
  `<input autofocus onfocus=${CALL}>`,
  `<select autofocus onfocus=${CALL}>`,
  `<textarea autofocus onfocus=${CALL}>`,
  `<marquee onstart=${CALL}>`,
  `<object data="javascript:${CALL}">`,
  `<embed src="javascript:${CALL}">`,
  `<form action="javascript:${CALL}"><button>`,
  `<button formaction="javascript:${CALL}">x`,
  `<math><mtext><script>${CALL}</script>`,
  `<link rel=stylesheet href="data:,*{x:${CALL}}">`,
  `<meta http-equiv=refresh content="0;javascript:${CALL}">`,
  `<base href="javascript:${CALL}//">`,
  `<style>@import "javascript:${CALL}";</style>`,
  `<div style="background:url(javascript:${CALL})">`,
  `<img srcset="x" onerror=${CALL}>`,
  `<picture><source onerror=${CALL}><img onerror=${CALL} src=y>`,
  `<svg><animate onbegin=${CALL} attributeName=x>`,
  `<svg><set onbegin=${CALL} attributeName=x>`,
  `<svg><a xlink:href="javascript:${CALL}"><text>x`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${CALL}>#x">`,
  `<foreignObject><body onload=${CALL}>`,
  `<template><script>${CALL}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`,
  `<dialog open onclose=${CALL}>`,
  `<slot onslotchange=${CALL}>`,
  `<x onclick=${CALL} tabindex=0 autofocus>`,
  `<div contenteditable onbeforeinput=${CALL}>`,
  `<div onpointerover=${CALL}>`,
  `<isindex type=image src=1 onerror=${CALL}>`,
  // Ways out of an attribute, a comment, a text, a style, a script.
  `" onmouseover="${CALL}`,
  `' onfocus='${CALL}' autofocus='`,
  `"><img src=x onerror=${CALL}>`,
  `'><svg onload=${CALL}>`,
  `--><script>${CALL}</script>`,
  `</title><script>${CALL}</script>`,
  `</textarea><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`,
  `</script><script>${CALL}</script>`,
  `]]><script>${CALL}</script>`,
  // Addresses, templates, expressions, other spellings.
  `javascript:${CALL}`,
  `data:text/html,<script>${CALL}</script>`,
  `\${${CALL}}`,
  `{{${CALL}}}`,
  `{{constructor.constructor('${CALL}')()}}`,
  `&lt;script&gt;${CALL}&lt;/script&gt;`,
  `&#60;img src=x onerror=${CALL}&#62;`,
  `\u003cimg src=x onerror=${CALL}\u003e`,
  `<ScRiPt\n>${CALL}</sCrIpT>`,
  `__proto__<img/src="x"/onerror=${CALL}>`,
];

/** A text in quotes, as YAML has it. */
const quoted = (text: string): string => JSON.stringify(text);
/** Names are no longer than this. */
const named = (text: string): string => quoted(text.slice(0, 60).replace("\n", " "));

const each = (payloads: string[], line: (text: string, index: number) => string): string =>
  payloads.map(line).join("\n");

/** A scenario with these payloads in every field that takes a text. The first is its title. */
export const hostile = (payloads: string[]): string => `inflight: 1
title: ${quoted(payloads[0]!)}
summary: ${quoted(payloads.join(" "))}
lesson:
${each(payloads, (it) => `  - ${quoted(it)}`)}
knobs:
${each(payloads, (it, at) => `  knob${at}: { label: ${quoted(it)}, type: choice, options: [a, ${quoted(it)}] }`)}
variants:
${each(payloads, (it) => `  ${named(it)}: { knob0: a }`)}
messages:
  Sign: { kind: command, fields: { entry: id, text: text, ink: text } }
  Signed: { kind: event, fields: { entry: id, text: text, ink: text } }
channels:
  requests: { kind: queue }
  news: { kind: topic, delay: 50ms }
services:
  book:
    receives: [requests]
    tables:
      entries: { key: entry, columns: { entry: id, text: text } }
    handles:
      Sign:
        - log: ${quoted(payloads.join(" "))}
        - if: msg.ink == 'no'
          then:
            - decide: refused
              reason: ${quoted(payloads.join(" "))}
          else:
            - insert: entries
              set: { entry: =msg.entry, text: =msg.text }
            - decide: accepted
            - publish: Signed
              with: { entry: =msg.entry, text: =msg.text, ink: =msg.ink }
  wall:
    role: view
    receives: [news]
    tables:
      entries: { key: entry, columns: { entry: id, text: text, ink: text } }
      welcome:
        key: lang
        rows:
${each(payloads, (it, at) => `          - { lang: l${at}, words: ${quoted(it)} }`)}
    handles:
      Signed:
        - upsert: entries[msg.entry]
          set: { text: =msg.text, ink: =msg.ink }
clients:
  guest:
    people: [Cleo, ${payloads.slice(0, 3).map(named).join(", ")}]
    interaction: wait-for-it
    screen:
      - form: Sign
        label: ${quoted(payloads[1]!)}
        fields:
          text: { text: ${quoted(payloads.join(" "))}, label: ${quoted(payloads[2]!)} }
          ink: { options: [blue, 'no', ${payloads.map(quoted).join(", ")}], label: ${quoted(payloads[3]!)} }
      - list: wall.entries
        label: ${quoted(payloads[4]!)}
        columns: [text, ink]
      - list: wall.welcome
        label: ${quoted(payloads[5]!)}
invariants:
${each(payloads, (it) => `  ${named(it)}: { always: book.entries.size() >= 0 }`)}
faults:
${each(payloads, (it) => `  ${named(it)}: { crash: book }`)}
`;
