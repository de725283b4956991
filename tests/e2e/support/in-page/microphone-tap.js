// Runs in the page before anything else: whatever is connected to Tutti's worklet is connected to a
// tap too, window.microphoneTap(context), so that a test hears exactly what the worklet hears; and
// the microphone's track is kept.
{
  const { AudioNode, AudioWorkletNode, GainNode } = window;
  const { mediaDevices } = window.navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);

  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    window.microphoneTrack = stream.getAudioTracks()[0];
    return stream;
  };

  const { connect } = AudioNode.prototype;
  let tap;

  window.microphoneTap = (context) => (tap ??= new GainNode(context));

  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioWorkletNode && this instanceof GainNode && this !== tap) {
      connect.call(this, window.microphoneTap(this.context));
    }
    return connect.call(this, to, ...more);
  };
}
