/** The policies that Tutti's playout is measured beside. */
import { fixed } from './fixed.ts';
import { jackTripLike } from './jacktrip.ts';
import { jamulusLike } from './jamulus.ts';
import { netEqLike } from './neteq.ts';
import type { Policy } from './policy.ts';

export const POLICIES: readonly { name: string; play: Policy }[] = [
  { name: 'fixed 4', play: fixed(4) },
  { name: 'fixed 8', play: fixed(8) },
  { name: 'fixed 16', play: fixed(16) },
  { name: 'Jamulus-like', play: jamulusLike },
  { name: 'JackTrip-like', play: jackTripLike },
  { name: 'NetEQ-like', play: netEqLike },
];
