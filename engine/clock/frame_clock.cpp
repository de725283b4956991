#include "clock/frame_clock.h"

#include <algorithm>

namespace tutti::clock {
namespace {

constexpr double kWindowS = 2.0;

}  // namespace

void FrameClock::configure(double sample_rate) noexcept {
  us_per_frame_ = 1e6 / sample_rate;
  window_frames_ = static_cast<int64_t>(kWindowS * sample_rate);
  reset();
}

void FrameClock::reset() noexcept { known_ = false; }

void FrameClock::observe(double wall_us, int64_t frame) noexcept {
  const double difference = wall_us - static_cast<double>(frame) * us_per_frame_;
  if (!known_) {
    known_ = true;
    window_begin_ = frame;
    earlier_ = current_ = difference;
    return;
  }
  if (frame - window_begin_ >= window_frames_) {
    window_begin_ = frame;
    earlier_ = current_;
    current_ = difference;
    return;
  }
  current_ = std::max(current_, difference);
}

double FrameClock::wall_us(int64_t frame) const noexcept {
  if (!known_) return 0.0;
  return std::max(earlier_, current_) + static_cast<double>(frame) * us_per_frame_;
}

double FrameClock::frames_until(double wall_us, int64_t frame) const noexcept {
  return std::max(0.0, (this->wall_us(frame) - wall_us) / us_per_frame_);
}

}  // namespace tutti::clock
