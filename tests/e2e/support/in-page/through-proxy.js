// Runs in the page before anything else: every address of a peer is exchanged for the proxy's.
// A file of its own, because a transpiled function would bring helpers that the page lacks.
{
  const { throughProxy } = window;
  const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;

  RTCPeerConnection.prototype.addIceCandidate = async function (init) {
    const candidate = await throughProxy(init?.candidate ?? '');
    if (candidate !== '') await addIceCandidate.call(this, { ...init, candidate });
  };

  RTCPeerConnection.prototype.setRemoteDescription = async function ({ type, sdp }) {
    const lines = [];
    for (const line of sdp.split('\r\n')) {
      const told = line.startsWith('a=candidate:') ? await throughProxy(line.slice(2)) : null;
      if (told !== '') lines.push(told === null ? line : `a=${told}`);
    }
    await setRemoteDescription.call(this, { type, sdp: lines.join('\r\n') });
  };
}
