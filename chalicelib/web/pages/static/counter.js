// Says how many characters an input still takes, or how many are too many. Nothing that is pasted is cut.
const SHARE = 0.8; // of the longest text, from which the count is shown
const number = new Intl.NumberFormat("en");

for (const field of document.querySelectorAll("[data-most]")) {
  const count = document.getElementById(`${field.id}-count`);
  const most = Number(field.dataset.most);
  const show = () => {
    const left = most - [...field.value].length;
    count.hidden = left > most * (1 - SHARE);
    count.classList.toggle("over", left < 0);
    count.textContent = (left < 0 ? count.dataset.over : count.dataset.left).replace("#", number.format(Math.abs(left)));
  };
  field.addEventListener("input", show);
  show();
}
