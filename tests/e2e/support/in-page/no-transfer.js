// Runs in the page before anything else: a browser that cannot transfer a data channel.
{
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message, transfer) {
    if (Array.isArray(transfer) && transfer.some((item) => item instanceof RTCDataChannel)) {
      throw new DOMException('not transferable', 'DataCloneError');
    }
    postMessage.call(this, message, transfer);
  };
}
