/** Events with known names; listeners read the state from the object itself. */
export class TypedEvents<Events> {
  private readonly target = new EventTarget();

  protected emit(type: keyof Events & string): void {
    this.target.dispatchEvent(new CustomEvent(type));
  }

  addEventListener<K extends keyof Events & string>(
    type: K,
    listener: (event: Events[K]) => void,
  ): void {
    this.target.addEventListener(type, listener as EventListener);
  }

  removeEventListener<K extends keyof Events & string>(
    type: K,
    listener: (event: Events[K]) => void,
  ): void {
    this.target.removeEventListener(type, listener as EventListener);
  }
}
