// The page Status: puts the seconds that each chapter took (status/status.js) into its table. The copy for reading offline holds none.
document.querySelectorAll("[data-chapter]").forEach((place) => {
  const seconds = window.chapterSeconds?.[place.dataset.chapter];
  if (seconds !== undefined) place.textContent = seconds.toFixed(1);
});
