/** The network worker: Network, told by messages. */
import { networkEnd } from '../pipe/make.js';
import type { FromNetwork, ToNetwork } from './messages.js';
import { Network } from './network.js';

let network: Network | null = null;

const tell = (message: FromNetwork): void => {
  postMessage(message);
};

onmessage = ({ data }: MessageEvent<ToNetwork>) => {
  switch (data.type) {
    case 'pipe':
      network = new Network(networkEnd(data.parts), tell);
      break;
    case 'add-peer':
      network?.addPeer(data.peer, data.audio, data.control);
      break;
    case 'remove-peer':
      network?.removePeer(data.peer);
      break;
    case 'control':
      network?.sendControl(data.peer, data.message);
      break;
    case 'loopback':
      network?.askLoopback(data.peer, data.on);
      break;
    case 'report':
      if (network !== null) tell({ type: 'report', outgoing: network.report() });
      break;
  }
};
