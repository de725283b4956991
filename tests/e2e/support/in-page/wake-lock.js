// Runs in the page before anything else: counts the wake locks that the page holds, and hides the
// page or brings it to the front again, as a person does with a phone.
{
  const { document, navigator } = window;
  const locks = new Set();
  let hidden = false;

  const { request } = navigator.wakeLock;
  navigator.wakeLock.request = async function (kind) {
    const lock = await request.call(this, kind);
    locks.add(lock);
    lock.addEventListener('release', () => locks.delete(lock));
    return lock;
  };
  window.wakeLocks = () => locks.size;

  Object.defineProperty(document, 'hidden', { get: () => hidden });
  const turn = (to) => {
    hidden = to;
    document.dispatchEvent(new window.Event('visibilitychange'));
  };
  window.hidePage = async () => {
    turn(true);
    // As the browser itself does.
    await Promise.all([...locks].map((lock) => lock.release()));
  };
  window.showPage = () => {
    turn(false);
  };
}
