// Makes a chosen file ready to be sent: reduces a large photo, names its type, computes its digests.
import { digests } from "./digests.js";

const SMALL = 1024 * 1024;
const LONGEST_SIDE = 2560;
const QUALITY = 0.85;
// What browsers and systems call types that have another name here.
const NAMES = {
  "image/heif": "image/heic",
  "audio/x-m4a": "audio/mp4",
  "audio/mp3": "audio/mpeg",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "application/x-zip-compressed": "application/zip",
};

// `types`: the media types that files of the kind may have.
export async function prepared(chosen, { path, kind, types, whole }) {
  const file = whole || !types.includes("image/jpeg") ? chosen : await reduced(chosen);
  return {
    key: crypto.randomUUID(),
    request: crypto.randomUUID(),
    at: Date.now(),
    path,
    kind,
    name: file.name,
    type: mediaType(file),
    blob: file,
    etags: [],
    ...(await digests(file)),
  };
}

function mediaType(file) {
  const isHeic = !file.type && /\.hei[cf]$/i.test(file.name);
  return isHeic ? "image/heic" : (NAMES[file.type] ?? (file.type || "application/octet-stream"));
}

// A picture that cannot be decoded, or does not become smaller, is sent as it is.
async function reduced(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL) return file;
  const jpeg = await drawn(file).catch(() => null);
  if (!jpeg || jpeg.size >= file.size) return file;
  return new File([jpeg], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
}

// Upright, since the drawing has no EXIF data that would turn it.
async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
