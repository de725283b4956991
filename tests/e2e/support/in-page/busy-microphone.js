// Runs in the page before anything else: another program has the microphone, until it lets it go.
{
  const { mediaDevices } = window.navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let busy = true;

  mediaDevices.getUserMedia = (constraints) =>
    busy
      ? Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'))
      : getUserMedia(constraints);
  window.letMicrophoneGo = () => {
    busy = false;
  };
}
