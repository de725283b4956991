// Which wall-clock time a frame of the local audio clock belongs to.
//
// The audio thread has no clock of its own; the network thread stamps what it hands over, and the
// audio thread sees each stamp a little later, in between two quanta. The stamp that was handed
// over fastest (largest stamp minus frame time) is the truth; the largest of the last half to
// whole second follows a laptop's sleep, and Skew the drift in between.
//
// One thread; no allocation, noexcept. Wall times are us since the Unix epoch.
#pragma once

#include <cstdint>

#include "clock/skew.h"

namespace tutti::clock {

class FrameClock {
 public:
  void configure(double sample_rate) noexcept;
  void reset() noexcept;

  // A stamp made at wall time `wall_us` was seen when `frame` was the next to be rendered.
  void observe(double wall_us, int64_t frame) noexcept;

  bool known() const noexcept { return known_; }
  // Wall time at the beginning of the quantum that starts with `frame`; 0 when not known.
  double wall_us(int64_t frame) const noexcept;
  // Frames from wall time `wall_us` to the beginning of `frame`, 0 at least.
  double frames_until(double wall_us, int64_t frame) const noexcept;

 private:
  // wall - frame, us, as it was at a frame.
  struct Difference {
    double us = 0.0;
    int64_t frame = 0;
  };
  double at(const Difference& difference, int64_t frame) const noexcept;

  double us_per_frame_ = 1e6 / 48000.0;
  int64_t window_frames_ = 24000;
  bool known_ = false;
  int64_t window_begin_ = 0;
  Difference earlier_;  // the largest of the window before
  Difference current_;  // and of this one
  Skew skew_;           // of the wall clock
};

}  // namespace tutti::clock
