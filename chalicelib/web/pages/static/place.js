// The device's position as the text of a place, only when the person asks for it. The text stays theirs to change.
const template = document.querySelector("#place");
const words = template.dataset;
const OPTIONS = { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 };
const DENIED = 1;

function text({ latitude, longitude, accuracy }) {
  const values = { at: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`, metres: Math.ceil(accuracy) };
  return words.text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

// What was typed stays, and is never made longer than the field allows: then the position is not put there.
function put(field, found) {
  const joined = field.value.trim() ? `${field.value.trim()} ${found}` : found;
  const most = Number(field.dataset.most);
  const fits = !most || [...joined].length <= most;
  if (fits) field.value = joined;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  return fits;
}

function offer(field) {
  const shown = template.content.cloneNode(true);
  const [button, told] = [shown.querySelector("button"), shown.querySelector("[role=status]")];
  button.onclick = () => {
    told.textContent = words.asking;
    const found = ({ coords }) => {
      told.textContent = put(field, text(coords)) ? words.done : words.full;
    };
    const failed = ({ code }) => {
      told.textContent = code === DENIED ? words.denied : words.none;
    };
    navigator.geolocation.getCurrentPosition(found, failed, OPTIONS);
  };
  field.after(shown);
}

if (navigator.geolocation && globalThis.isSecureContext) document.querySelectorAll("[data-place]").forEach(offer);
