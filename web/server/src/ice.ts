import { createHmac } from 'node:crypto';
import type { Joined } from 'tutti/protocol';

export interface IceConfig {
  stunUrls: string[];
  turnUrls: string[];
  /** How a member proves to the TURN server that it may use it; null without TURN servers. */
  turnAuth:
    | { kind: 'password'; username: string; password: string }
    | { kind: 'secret'; secret: string; ttlSeconds: number }
    | null;
}

/** The STUN and TURN servers of one member; `now` in milliseconds since 1970. */
export function iceServers(config: IceConfig, member: string, now: number): Joined['iceServers'] {
  const servers: Joined['iceServers'] = [];
  if (config.stunUrls.length > 0) servers.push({ urls: config.stunUrls });
  if (config.turnUrls.length > 0 && config.turnAuth !== null) {
    servers.push({ urls: config.turnUrls, ...turnCredentials(config.turnAuth, member, now) });
  }
  return servers;
}

function turnCredentials(
  auth: NonNullable<IceConfig['turnAuth']>,
  member: string,
  now: number,
): { username: string; credential: string } {
  if (auth.kind === 'password') return { username: auth.username, credential: auth.password };
  // coturn's `use-auth-secret`: the username says until when, the HMAC proves that we said so.
  const username = `${Math.floor(now / 1000) + auth.ttlSeconds}:${member}`;
  const credential = createHmac('sha1', auth.secret).update(username).digest('base64');
  return { username, credential };
}
