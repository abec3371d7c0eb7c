// Groups of indicators that fold: which are folded is kept for this tab, and a group never hides what is wrong in it.
// Without this file the groups are open and fold all the same.
"use strict";

(() => {
  const groups = [...document.querySelectorAll("details[data-group]")];
  if (!groups.length) {
    return;
  }
  const key = `portal-folded:${location.pathname}`;
  const isWrong = (group) => group.querySelector('[aria-invalid="true"], .portal-cell-message--danger') !== null;
  const unfoldAround = (element) => {
    const group = element && element.closest("details[data-group]");
    if (group) {
      group.open = true;
    }
  };

  let folded = [];
  try {
    folded = JSON.parse(sessionStorage.getItem(key)) || [];
  } catch {
    // Without storage every group is open.
  }
  for (const group of groups) {
    group.open = !folded.includes(group.dataset.group) || "inError" in group.dataset || isWrong(group);
    group.addEventListener("toggle", () => {
      try {
        sessionStorage.setItem(
          key,
          JSON.stringify(groups.filter((each) => !each.open).map((each) => each.dataset.group)),
        );
      } catch {
        // The state is not kept, then.
      }
    });
    // What is refused while the group is folded, as after a paste over several groups, opens it.
    new MutationObserver((changes) => {
      if (!group.open && changes.length && isWrong(group)) {
        group.open = true;
      }
    }).observe(group, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-invalid"] });
  }

  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("details[data-group]:not([open])")) {
      unfoldAround(target);
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", follow);
  follow();
})();
