// One place for all drawings, 16 by 16, drawn by the ink around them.
const drawings = {
  ask:
    '<circle cx="8" cy="8" r="6"/><path d="M6.25 6.5a1.75 1.75 0 1 1 2.6 1.5c-.6.35-.85.65-.85 1.25"/><path d="M8 11.25v.01"/>',
  check: '<path d="M3 8.5 6.5 12 13 4.5"/>',
  clock: '<circle cx="8" cy="8" r="6"/><path d="M8 4.75V8l2.25 1.5"/>',
  close: '<path d="m4 4 8 8M12 4l-8 8"/>',
  cross: '<circle cx="8" cy="8" r="6"/><path d="m5.9 5.9 4.2 4.2M10.1 5.9l-4.2 4.2"/>',
  down: '<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>',
  dup: '<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"/>',
  file: '<path d="M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5"/>',
  filter: '<path d="M2 3.5h12L9.5 8.75V13l-3-1.5V8.75z"/>',
  find: '<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/>',
  fork: '<path d="M3 8h3.5M6.5 8 10 4h3M6.5 8l3.5 4h3M11 2l2 2-2 2M11 10l2 2-2 2"/>',
  half: '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none"/>',
  hollow: '<circle cx="8" cy="8" r="6" stroke-dasharray="2.5 2.2"/>',
  import: '<path d="M8 2v8M5 7l3 3 3-3M2.5 10.5v3h11v-3"/>',
  info: '<circle cx="8" cy="8" r="6"/><path d="M8 7.5V11M8 5v.01"/>',
  layers: '<path d="m8 2.5 5.5 3L8 8.5l-5.5-3zM2.5 8.25 8 11.25l5.5-3M2.5 10.75 8 13.75l5.5-3"/>',
  map: '<path d="M2.5 4h3l5 8h3M2.5 12h3l1.5-2.4M9 6.4 10.5 4h3M12 2.5 13.5 4 12 5.5M12 10.5l1.5 1.5-1.5 1.5"/>',
  mark: '<path d="M2 13.5h12" /><path d="M3.5 13.5V9M7 13.5V3M10.5 13.5V6"/>',
  menu: '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
  ok: '<circle cx="8" cy="8" r="6"/><path d="m5.25 8.25 2 2 3.5-4"/>',
  pause: '<circle cx="8" cy="8" r="6"/><path d="M6.5 6v4M9.5 6v4"/>',
  people:
    '<circle cx="6" cy="5.5" r="2.5"/>'
    + '<path d="M1.75 13.5c.25-2.75 1.75-4 4.25-4s4 1.25 4.25 4M10.5 3.25a2.5 2.5 0 0 1 0 4.5M11.75 9.9c1.5.5 2.25 1.7 2.5 3.6"/>',
  play: '<path d="M5 3.5v9l7-4.5z"/>',
  plug: '<path d="M6 2v3M10 2v3M4 5h8v2.5a4 4 0 0 1-8 0zM8 11.5V14"/>',
  right: '<path d="M2.5 8h11M9.5 4l4 4-4 4"/>',
  ring: '<path d="M8 2a6 6 0 1 1-6 6"/>',
  rule: '<path d="M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5"/>',
  runs: '<path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.75 4v.01M2.75 8v.01M2.75 12v.01"/>',
  save: '<path d="M8 2.5V10M4.75 7 8 10.25 11.25 7M3 13.5h10"/>',
  stop: '<path d="M4.5 4.5h7v7h-7z"/>',
  swap: '<path d="M3 5.5h9M9.5 3 12 5.5 9.5 8M13 10.5H4M6.5 8 4 10.5 6.5 13"/>',
  table: '<path d="M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.75h11M6.5 6.5V13"/>',
  text: '<path d="M3 5V3h10v2M8 3v10M6 13h4"/>',
  today: '<path d="M2.5 9.5 4.25 3h7.5l1.75 6.5V13h-11zM2.5 9.5H6l.75 1.5h2.5L10 9.5h3.5"/>',
  undo: '<path d="M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6"/>',
  user: '<circle cx="8" cy="5.25" r="2.75"/><path d="M2.75 14c.3-3.1 2-4.5 5.25-4.5s4.95 1.4 5.25 4.5"/>',
  warn: '<path d="M8 2.5 14 13H2zM8 6.5v3M8 11.25v.01"/>',
} as const;

export type IconName = keyof typeof drawings;

/** Says nothing by itself: a word always stands beside it. */
export const Icon = ({ name, class: more }: { name: IconName; class?: string }) => (
  <svg class={`i ${more ?? ''}`} viewBox="0 0 16 16" aria-hidden="true" dangerouslySetInnerHTML={{ __html: drawings[name] }} />
);
