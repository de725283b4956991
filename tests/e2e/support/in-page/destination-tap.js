// Runs in the page before anything else: what is connected to the loudspeaker can be listened to.
{
  const { AudioNode, AudioDestinationNode, GainNode } = window;
  const { connect } = AudioNode.prototype;
  const taps = new WeakMap();
  window.destinationTap = (context) => {
    let tap = taps.get(context);
    if (tap === undefined) {
      tap = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
      taps.set(context, tap);
    }
    return tap;
  };
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      connect.call(this, window.destinationTap(this.context), ...rest);
    }
    return connect.call(this, to, ...rest);
  };
}
