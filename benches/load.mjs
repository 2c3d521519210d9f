// A scenario with so many boxes on the stage and so many messages in the air, always: services in a ring hand each
// message on, some through queues, and some tell topics with views. Nothing is ever lost, and work takes no time.

import { deflateRawSync } from "node:zlib";

/** The scenario's text. `nodes` boxes, of which a sixth are queues, a tenth topics, and as many views. */
export function load(nodes, inTheAir, { delay = "uniform(2s, 4s)" } = {}) {
  const queues = Math.floor(nodes / 6);
  const topics = Math.floor(nodes / 10);
  const services = nodes - queues - 2 * topics;
  const each = Math.ceil(inTheAir / services);
  const ids = [...Array(services).keys()];
  const lines = (list, line) => list.map(line).join("");
  const told = (id) => id < topics;
  const numbers = `=[${[...Array(each).keys()].join(", ")}]`;
  return `inflight: 1
title: ${nodes} nodes, ${inTheAir} messages
messages:
  Hop: { kind: command, fields: {} }
  Ask: { kind: command, fields: { ask: id } }
  Asked: { kind: event, fields: { ask: id } }
channels:
  asks: { kind: direct }
${lines(ids, (id) => `  to-${id}: { kind: ${0 < id && id <= queues ? `queue, prefetch: 10000` : "direct"} }\n`)}\
${lines(ids.filter(told), (id) => `  news-${id}: { kind: topic }\n`)}\
services:
${lines(
  ids,
  (id) => `  service-${id}:
    receives: [to-${id}${id === 0 ? ", asks" : ""}]
    start:
      - for: n
        in: ${numbers}
        do:
          - send: Hop
            to: to-${(id + 1) % services}
    handles:
      Hop:
        - send: Hop
          to: to-${(id + 1) % services}
${id === 0 ? "      Ask:\n        - decide: accepted\n" : ""}\
${told(id) && id === 0 ? lines(ids.filter(told), (it) => `        - publish: Asked\n          to: news-${it}\n          with: { ask: =msg.ask }\n`) : ""}`,
)}\
${lines(
  ids.filter(told),
  (id) => `  view-${id}:
    role: view
    receives: [news-${id}]
    handles:
      Asked:
        - work: 1ms
`,
)}\
clients:
  somebody:
    people: [Ana]
    interaction: optimistic
    screen:
      - form: Ask
        to: asks
network:
  delay: ${delay}
`;
}

/** What stands behind `#` in a link that opens a text. */
export const fragment = (text) => `text=1.${deflateRawSync(Buffer.from(text), { level: 9 }).toString("base64url")}`;
