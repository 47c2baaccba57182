/* Names to choose from while somebody types the public name of a fact. The page works without it. */
"use strict";
{
  const waits = new WeakMap();

  async function offer(input) {
    const answer = await fetch(`${input.dataset.names}&term=${encodeURIComponent(input.value)}`);
    if (!answer.ok) return;
    const { results } = await answer.json();
    input.list.replaceChildren(...results.map(({ ref, text }) => {
      const option = document.createElement("option");
      option.value = ref;
      option.label = text;
      return option;
    }));
  }

  /* A box to spare once the last one is used. */
  function spare(input) {
    const rows = input.closest("[data-picks]");
    if (!rows || !input.value || input.closest(".pick-row") !== rows.lastElementChild) return;
    const row = rows.lastElementChild.cloneNode(true);
    const number = rows.children.length;
    const box = row.querySelector("input");
    box.value = "";
    box.id = input.id.replace(/_\d+$/, `_${number}`);
    box.setAttribute("aria-label", `Number ${number + 1}`);
    box.setAttribute("list", `${box.id}_names`);
    row.querySelector("datalist").id = `${box.id}_names`;
    row.querySelector(".picked")?.remove();
    rows.append(row);
  }

  document.addEventListener("input", ({ target }) => {
    if (!target.dataset || !target.dataset.names) return;
    clearTimeout(waits.get(target));
    waits.set(target, setTimeout(() => offer(target), 150));
    spare(target);
  });
}
