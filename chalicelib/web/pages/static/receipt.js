// Takes the receipt from the address's fragment, which browsers do not send, into the form, and out of the address.
const field = document.querySelector("#receipt");
const given = location.hash.slice(1);
if (field && /^[\w.-]{16,200}$/.test(given)) {
  field.value = given;
  history.replaceState(null, "", location.pathname + location.search);
}
