/** What we show: the camera, the screen, both or nothing. */
import { openCamera, openScreen } from './devices.js';
import type { Picture } from './messages.js';
import type { Pictures } from './outgoing.js';

export class OwnPictures {
  private readonly streams: Record<Picture, MediaStream | null> = { camera: null, screen: null };
  /** A question to the browser that was overtaken shows nothing when it is answered. */
  private readonly asked: Record<Picture, number> = { camera: 0, screen: 0 };

  /** `changed`: also when the camera was unplugged, or the browser's own button stopped sharing. */
  constructor(private readonly changed: () => void) {}

  get tracks(): Pictures {
    return { camera: this.track('camera'), screen: this.track('screen') };
  }

  stream(picture: Picture): MediaStream | null {
    return this.streams[picture];
  }

  /** Opens or changes it. Rejects with a camera-* or screen-* code; what was shown then stays. */
  async open(picture: Picture, deviceId?: string): Promise<void> {
    const asked = ++this.asked[picture];
    const track = await (picture === 'camera' ? openCamera(deviceId) : openScreen());
    if (asked !== this.asked[picture]) {
      track.stop();
      return;
    }
    this.stop(picture);
    this.streams[picture] = new MediaStream([track]);
    track.onended = () => {
      if (this.track(picture) === track) this.close(picture);
    };
    this.changed();
  }

  close(picture: Picture): void {
    this.asked[picture]++;
    if (this.streams[picture] === null) return;
    this.stop(picture);
    this.changed();
  }

  private track(picture: Picture): MediaStreamTrack | null {
    return this.streams[picture]?.getVideoTracks()[0] ?? null;
  }

  private stop(picture: Picture): void {
    for (const track of this.streams[picture]?.getTracks() ?? []) track.stop();
    this.streams[picture] = null;
  }
}
