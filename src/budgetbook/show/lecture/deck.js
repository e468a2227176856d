/* One slide at a time: arrows, space, buttons; the address keeps the slide. */
(() => {
  "use strict";

  const root = document.documentElement;
  const slides = [...document.querySelectorAll("section")];
  let at = Math.max(0, slides.findIndex((one) => `#${one.id}` === location.hash));

  const show = (next) => {
    at = Math.min(slides.length - 1, Math.max(0, next));
    slides.forEach((one, place) => one.toggleAttribute("data-shown", place === at));
    history.replaceState(null, "", `#${slides[at].id}`);
  };

  root.dataset.deck = "";
  document.querySelectorAll("nav button").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.step) {
        show(at + Number(button.dataset.step));
      } else {
        const open = root.toggleAttribute("data-notes");
        button.setAttribute("aria-pressed", String(open));
      }
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button") && event.key === " ") return;
    if (["ArrowRight", "PageDown", " "].includes(event.key)) show(at + 1);
    if (["ArrowLeft", "PageUp"].includes(event.key)) show(at - 1);
  });
  window.addEventListener("hashchange", () => {
    show(slides.findIndex((one) => `#${one.id}` === location.hash));
  });
  show(at);
})();
