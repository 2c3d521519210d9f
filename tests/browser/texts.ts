// Scenario texts that the tests open by hand.

/** A good one, with the kinds of knobs and fields that the first scenario of the catalogue lacks. */
export const GUEST_BOOK = `inflight: 1
title: A guest book
summary: Somebody signs, and the wall shows it a little later.

knobs:
  closed: { label: The book is closed, type: bool }
  greetings: { label: Greetings on the wall, type: int, default: 1, max: 9 }
  mood: { label: Mood of the house, type: choice, options: [calm, grumpy] }

messages:
  Sign: { kind: command, fields: { entry: id, text: text, ink: text } }
  Signed: { kind: event, fields: { entry: id, text: text, ink: text } }

channels:
  requests: { kind: queue }
  news: { kind: topic, delay: 500ms }

services:
  book:
    receives: [requests]
    tables:
      entries: { key: entry, columns: { entry: id, text: text } }
    handles:
      Sign:
        - if: closed
          then:
            - decide: refused
              reason: closed today
          else:
            - if: mood == 'grumpy'
              then:
                - decide: refused
                  reason: not in the mood
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
      welcome: { key: lang, rows: [ { lang: en, greetings: =greetings } ] }
    handles:
      Signed:
        - upsert: entries[msg.entry]
          set: { text: =msg.text, ink: =msg.ink }

clients:
  guest:
    people: [Cleo]
    interaction: wait-for-it
    screen:
      - form: Sign
        label: Sign the book
        fields: { text: { text: Hello, label: Your words }, ink: { options: [blue, green], label: Ink } }
      - list: wall.entries
        label: On the wall
        columns: [text, ink]
      - list: wall.welcome
        label: Welcome
`;

/** Three slips in it, on three lines: what was written, and what was meant. */
export const SLIPS = [
  ["quueue", "queue"],
  ["moood", "mood"],
  ["lable", "label"],
] as const;

export const BROKEN_BOOK = GUEST_BOOK.replace("kind: queue", "kind: quueue")
  .replace("mood == 'grumpy'", "moood == 'grumpy'")
  .replace("label: Sign the book", "lable: Sign the book");

/** A good one with far more to do than a machine can show: half a million occurrences in each second of its time. */
export const BUSY = `inflight: 1
title: A crowd at the door
summary: Far more than one can look at.

messages:
  Push: { kind: command, fields: { who: id } }

channels:
  door: { kind: queue }

services:
  hall:
    receives: [door]
    workers: 4
    handles:
      Push:
        - work: 1us

clients:
  crowd:
    people: [Crowd]
    interaction: fire-and-forget
    screen:
      - form: Push
        label: Push
    habits:
      - { every: 20us, submit: Push }
`;
