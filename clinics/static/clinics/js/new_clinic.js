/* The preview follows what is chosen in the form of a new clinic. Without this script the form works
   as well; the preview then stays as it began. */
const form = document.querySelector('[data-new-clinic]');

if (form) {
  const frame = form.querySelector('iframe');
  const names = ['name', 'brand_primary', 'brand_accent', 'brand_typeface', 'brand_layout'];
  let timer = 0;

  const show = () => {
    const query = new URLSearchParams(names.map((name) => [name, form.elements[name].value]));
    frame.src = `${form.dataset.newClinic}?${query}`;
  };

  form.addEventListener('input', (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  if (form.elements.name.value) show();
}
