// The dialog to share a location: a few places to choose from, or any latitude and longitude.

import { node } from "./dom.js";
import { dialogButtons, errorLine, openDialog } from "./view_notice.js";

const PLACES = [
  ["London", 51.5074, -0.1278],
  ["New York", 40.7128, -74.006],
  ["São Paulo", -23.5505, -46.6333],
  ["Lagos", 6.5244, 3.3792],
  ["Kolkata", 22.5726, 88.3639],
  ["Sydney", -33.8688, 151.2093],
];

/** Ask for a place and call `share({latitude, longitude})` with it. */
export function openLocation(share) {
  openDialog("Share a location", (close) => {
    const latitude = number("Latitude", -90, 90);
    const longitude = number("Longitude", -180, 180);
    const [wrong, complain] = errorLine();
    const form = node("form", { novalidate: true }, places(latitude.box, longitude.box), node("div", { class: "pair" }, latitude.root, longitude.root), wrong, dialogButtons(close, "Share"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const problem = latitude.problem() ?? longitude.problem();
      if (problem) {
        complain(problem);
        return;
      }
      close();
      share({ latitude: latitude.box.valueAsNumber, longitude: longitude.box.valueAsNumber });
    });
    return [node("p", { class: "hint" }, "Pick a city, or type any place. Your real location is not used."), form];
  });
}

function places(latitude, longitude) {
  const tiles = PLACES.map(([name, north, east], index) => {
    const pick = () => {
      latitude.value = north;
      longitude.value = east;
    };
    if (index === 0) pick();
    return node("label", { class: "tile" }, node("input", { type: "radio", name: "place", checked: index === 0, onchange: pick }), node("span", {}, name));
  });
  return node("fieldset", { class: "tiles" }, node("legend", {}, "City"), tiles);
}

function number(label, least, most) {
  const box = node("input", { type: "number", step: "any", min: least, max: most, inputmode: "decimal", required: true });
  const problem = () => (box.validity.valid ? null : `${label} is a number from ${least} to ${most}.`);
  return { box, problem, root: node("label", { class: "field" }, node("span", {}, label), box) };
}
