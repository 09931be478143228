// Building the page out of nodes: text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const LINKS = ["http:", "https:", "tg:"];
const BARE_HOST = /^[\p{L}\d-]+(\.[\p{L}\d-]+)+(:\d+)?([/?#]|$)/u;

// The strokes of each icon, drawn on a 24 by 24 grid.
const ICONS = {
  add: "M12 5v14M5 12h14",
  back: "M10 6l-6 6 6 6M4 12h16",
  block: "M5.600 5.600l12.800 12.800M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  chats: "M4 5h16v11H9l-5 4z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "M6 9l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
  link: "M7 17L17 7M9 7h8v8",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  pause: "M9 6v12M15 6v12",
  pin: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8.200a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  play: "M8 5.500v13l11-6.500z",
  reply: "M10 6L4 12l6 6M4 12h10a6 6 0 0 1 6 6",
  send: "M4 12l16-8-5 16-3-6zM12 14l8-10",
  sticker: "M5 3h14a2 2 0 0 1 2 2v8l-7 8H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM21 13h-5a2 2 0 0 0-2 2v6M8.500 9v.01M14 9v.01M8 13c1 1.500 3 2 4.500 1.500",
};

/** Make an element: attributes by name, listeners as on<event>, children as nodes or plain text. */
export function node(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/** Draw an icon; it says nothing to a screen reader. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** Make a button that shows only an icon and is named by `label`. */
export function iconButton(name, label, onclick, props = {}) {
  const kind = `icon-button ${props.class ?? ""}`.trim();
  return node("button", { type: "button", title: label, "aria-label": label, onclick, ...props, class: kind }, icon(name));
}

/** Return the address when it is one that may be opened (http, https, tg), else null. */
export function safeUrl(value) {
  const text = String(value ?? "").trim();
  try {
    const url = new URL(BARE_HOST.test(text) ? `http://${text}` : text);
    return LINKS.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Make a round mark with the first letter of a name, in a colour that belongs to the id. */
export function avatar(name, id) {
  const letter = [...name.trim()][0] ?? "?";
  return node("span", { class: "avatar", "aria-hidden": "true", "data-hue": Math.abs(id) % 6 }, letter.toUpperCase());
}

/** Say something to a screen reader, politely. */
export function announce(text) {
  const line = node("p", {}, text);
  document.getElementById("announcer").append(line);
  setTimeout(() => line.remove(), 8000);
}

/** Show or hide an element. */
export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

/** Whether the viewer asked for less movement. */
export function stillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether the main pointer is precise, so that putting the focus into a text box opens no keyboard. */
export function hasMouse() {
  return matchMedia("(pointer: fine)").matches;
}

let lastId = 0;

/** Return an id that no other element has. */
export function newId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
