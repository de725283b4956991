// Runs in the page before anything else: the person closes the browser's question about the
// microphone without an answer, the first time; the next time they allow it.
{
  const { mediaDevices, permissions } = window.navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  const query = permissions.query.bind(permissions);
  let answered = false;

  permissions.query = (what) =>
    what.name === 'microphone' && !answered ? Promise.resolve({ state: 'prompt' }) : query(what);
  mediaDevices.getUserMedia = async (constraints) => {
    if (answered) return getUserMedia(constraints);
    window.setTimeout(() => {
      answered = true;
    });
    throw new DOMException('Permission dismissed', 'NotAllowedError');
  };
}
