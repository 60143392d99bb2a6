// What the page does where scripts run: it copies addresses, and filters long lists. Nothing of a site
// is ever put in here. The page has it on one line, so each line has to end where a blank may stand.
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const status = document.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  for (const field of all(".address input")) field.onclick = () => field.select();
  for (const button of navigator.clipboard ? all(".address button") : []) {
    const { textContent: copy, dataset: { done } } = button;
    const field = button.parentNode.querySelector("input");
    button.onclick = async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = status.textContent = done;
      setTimeout(() => {
        button.textContent = copy;
        if (status.textContent === done) status.textContent = "";
      }, 2000);
    };
    button.hidden = false;
  }
  for (const filter of all(".filter")) {
    const [field, rows] = [filter.querySelector("input"), [...filter.nextElementSibling.children]];
    const names = rows.map((row) => plain(row.querySelector(".name").textContent));
    field.oninput = () => {
      const wanted = plain(field.value.trim());
      rows.forEach((row, at) => { row.hidden = !names[at].includes(wanted); });
      status.textContent = `${rows.filter((row) => !row.hidden).length}/${rows.length}`;
    };
    filter.hidden = false;
  }
})();
