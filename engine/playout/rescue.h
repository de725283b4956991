// Nothing arrives in time any more: how long to wait before waiting for it?
//
// A queue that drains after a stall is over in a moment, and to go along with it would make
// everything late for long. A route that became slower stays. One cannot know which it is; so pay
// for missing sound until as much is paid as moving there and back would cost, then move. That is
// never much dearer than knowing would have been.
// Method: ski rental, see R. M. Karp, "On-line algorithms versus off-line algorithms", IFIP 1992.
//
// One thread; no allocation, noexcept.
#pragma once

namespace tutti::playout {

class Rescue {
 public:
  void reset() noexcept { paid_ = 0.0; }

  // One quantum of `quantum_ms` in which packets arrived, the least late of them `late_ms` after
  // its turn (0 or less: in time). miss_cost: see DelayTarget. True: move back by late_ms now.
  bool move(double late_ms, double quantum_ms, double miss_cost) noexcept;

 private:
  double paid_ = 0.0;  // ms^2
};

}  // namespace tutti::playout
