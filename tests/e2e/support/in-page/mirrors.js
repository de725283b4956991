// Runs in a room page with one other musician. Eight connections keep two cores busy by themselves,
// whatever is drawn; so seven more stand in the room who are the same one again: their levels are
// the real one's, rising and falling in turn, and their sound is older or younger as time passes.
// They share the real one's interface, and the page cannot tell them from real ones.
window.addMirrors = (names) => {
  const { session } = window.tutti;
  const [real] = session.peers;
  const seconds = () => window.performance.now() / 1000;
  const older = (budget, ms) => budget && { ...budget, totalMs: budget.totalMs + ms };
  const mirrors = names.map((name, i) => {
    const olderMs = () => 12 * (1 + Math.sin(0.7 * seconds() + i));
    return Object.create(real, {
      id: { value: `mirror-${i}` },
      name: { value: name },
      pan: { value: 0, writable: true },
      level: {
        get() {
          const { peak, rms } = real.level;
          const swell = 0.5 * (1 + Math.sin((2 + 0.3 * i) * seconds()));
          return { peak: peak * swell, rms: rms * swell };
        },
      },
      latencyBudget: { get: () => older(real.latencyBudget, olderMs()) },
    });
  });
  Object.defineProperty(session, 'peers', { value: [real, ...mirrors] });
  session.emit('peers');
};
