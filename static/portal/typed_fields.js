// Which fields of a page hold what its reader has typed or chosen, and nobody has sent.
"use strict";

const typedFields = (() => {
  const isTyped = (field) => {
    if (field.type === "hidden" || field.disabled) {
      return false;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked !== field.defaultChecked;
    }
    if (field.tagName === "SELECT") {
      const options = [...field.options];
      return options.some((option) => option.defaultSelected)
        ? options.some((option) => option.selected !== option.defaultSelected)
        : field.selectedIndex > 0;
    }
    return field.value !== field.defaultValue;
  };
  const all = () => [...document.querySelectorAll("input, select, textarea")];
  return { all, isTyped };
})();
