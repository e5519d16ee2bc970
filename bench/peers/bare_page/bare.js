document.addEventListener("click", () => {});
