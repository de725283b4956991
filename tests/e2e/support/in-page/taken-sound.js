// Runs in the page before anything else: the system may take the sound from the page, as it does
// for a call or when a device is pulled out, and give it back.
{
  const { prototype } = window.AudioContext;
  const { resume } = prototype;
  let taken = false;

  prototype.resume = function () {
    return taken
      ? Promise.reject(new DOMException('The sound is taken', 'InvalidStateError'))
      : resume.call(this);
  };

  window.takeSound = (context) => {
    taken = true;
    return context.suspend();
  };
  window.giveSoundBack = () => {
    taken = false;
  };
}
