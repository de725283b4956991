// Which wall-clock time a frame of the local audio clock belongs to.
//
// The audio thread has no clock of its own; the network thread stamps what it hands over, and the
// audio thread sees each stamp a little later, in between two quanta. The stamp that was handed
// over fastest (largest stamp minus frame time) is the truth; the largest of the last two to four
// seconds follows both drift and a laptop's sleep.
//
// One thread; no allocation, noexcept. Wall times are us since the Unix epoch.
#pragma once

#include <cstdint>

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
  double us_per_frame_ = 1e6 / 48000.0;
  int64_t window_frames_ = 96000;
  bool known_ = false;
  int64_t window_begin_ = 0;
  double earlier_ = 0.0;  // largest difference of the window before
  double current_ = 0.0;  // and of this one
};

}  // namespace tutti::clock
