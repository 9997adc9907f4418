// A table of people from a file: its bytes go into the form as Base64, because only the server knows the encodings.
// Without JavaScript the table is pasted.
const field = document.getElementById("of-file");
const chosen = document.getElementById("chosen");
const pasted = document.getElementById("table");
const MOST = 64 * 1024; // as MOST_BYTES of invitation_table.py

chosen.addEventListener("change", async () => {
  const [file] = chosen.files;
  const hidden = chosen.form.elements.file;
  hidden.value = "";
  pasted.disabled = Boolean(file);
  chosen.setCustomValidity(file && file.size > MOST ? chosen.dataset.large : "");
  if (!file || !chosen.reportValidity()) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  hidden.value = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
});

chosen.value = ""; // the browser keeps the choice after going back, and the bytes not
field.hidden = false;
