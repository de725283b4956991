// Before the first paint: the theme that was chosen on this device, if any (src/page/theme.ts).
(function () {
  try {
    var theme = localStorage.getItem('tutti.theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch (e) {
    // Storage is forbidden here: the system's preference decides.
  }
})();
