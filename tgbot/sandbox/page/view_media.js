// What a message carries besides text: pictures, animations, documents, stickers, places.

import { icon, iconButton, node, stillness } from "./dom.js";

const SIZE_UNITS = ["bytes", "KB", "MB"];

/** Return {key, root} for what the message carries; the same key means the same content. */
export function media(message) {
  const made = choose(message);
  return made && { key: made.key, root: made.make() };
}

/** Return the key of what a message carries, or "" for nothing. */
export function mediaKey(message) {
  return choose(message)?.key ?? "";
}

function choose(message) {
  const { photo, animation, document: file, sticker, location } = message;
  if (photo?.length) {
    const largest = photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
    return { key: `photo ${largest.file_id}`, make: () => picture(message, largest) };
  }
  if (animation) return { key: `animation ${animation.file_id}`, make: () => moving(message, animation) };
  if (file) return { key: `document ${file.file_id}`, make: () => attachment(message, file) };
  if (sticker) return { key: `sticker ${sticker.file_id}`, make: () => stickerOf(message, sticker) };
  if (location) return { key: `location ${location.latitude} ${location.longitude}`, make: () => place(location) };
  return null;
}

/** Return where the page loads a file from, "" when the sandbox does not say. */
function source(message, fileId) {
  const address = message.files?.[fileId] ?? "";
  return address.startsWith("/api/file/") ? address : "";
}

function image(message, file, alt, instead = unloaded) {
  const { width, height } = file;
  const made = node("img", { src: source(message, file.file_id), alt, width, height, decoding: "async" });
  made.addEventListener("error", () => made.replaceWith(instead()));
  return made;
}

const unloaded = () => node("p", { class: "unloaded" }, "This picture could not be loaded.");

function picture(message, file) {
  const alt = message.caption ? "Picture" : "Picture without a caption";
  const shown = image(message, file, alt);
  const href = source(message, file.file_id);
  return node("a", { class: "picture", href, target: "_blank", rel: "noopener" }, shown);
}

function moving(message, file) {
  const isVideo = file.mime_type?.startsWith("video/");
  return isVideo ? video(message, file) : gif(message, file);
}

function video(message, file) {
  const player = node("video", {
    src: source(message, file.file_id), width: file.width, height: file.height,
    loop: true, playsinline: true, "aria-label": "Animation",
  });
  player.muted = true;
  player.autoplay = !stillness();
  const play = (plays) => (plays ? player.play().catch(() => {}) : player.pause());
  return node("div", { class: "picture moving" }, player, pauseButton(play));
}

/** A GIF cannot be stopped, so a still copy of it takes its place while it rests. */
function gif(message, file) {
  const shown = image(message, file, "Animation");
  const still = node("canvas", { width: file.width, height: file.height, role: "img", "aria-label": "Animation, paused", hidden: true });
  const play = (plays) => {
    if (!plays) still.getContext("2d").drawImage(shown, 0, 0, still.width, still.height);
    still.hidden = plays;
    shown.hidden = !plays;
  };
  const root = node("div", { class: "picture moving" }, shown, still, pauseButton(play));
  if (stillness()) shown.addEventListener("load", () => play(false), { once: true });
  return root;
}

function pauseButton(play) {
  let playing = !stillness();
  const button = iconButton("pause", "", () => {
    playing = !playing;
    play(playing);
    draw();
  }, { class: "pause" });
  function draw() {
    const label = playing ? "Pause the animation" : "Play the animation";
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(playing ? "pause" : "play"));
  }
  draw();
  return button;
}

function attachment(message, file) {
  const href = source(message, file.file_id);
  const name = file.file_name || "File";
  const words = node("span", {}, node("b", {}, name), node("small", {}, size(file.file_size)));
  return node("a", { class: "attachment", href: href || null, download: name }, icon("file"), words);
}

function size(bytes) {
  if (!bytes) return "";
  const step = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), SIZE_UNITS.length - 1);
  return `${Math.round(bytes / 1024 ** step)} ${SIZE_UNITS[step]}`;
}

function stickerOf(message, sticker) {
  const alt = `Sticker ${sticker.emoji ?? ""}`.trim();
  const sign = () => node("span", { role: "img", "aria-label": alt }, sticker.emoji ?? "★");
  const hasFile = Boolean(source(message, sticker.file_id));
  return node("div", { class: "sticker" }, hasFile ? image(message, sticker, alt, sign) : sign());
}

function place({ latitude, longitude }) {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const words = node("span", {}, node("b", {}, "Location"), node("small", {}, where));
  return node("div", { class: "place" }, node("span", { class: "map" }, icon("pin")), words);
}
