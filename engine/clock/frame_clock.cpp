#include "clock/frame_clock.h"

#include <algorithm>
#include <cmath>

namespace tutti::clock {
namespace {

constexpr double kWindowS = 0.5;

}  // namespace

void FrameClock::configure(double sample_rate) noexcept {
  us_per_frame_ = 1e6 / sample_rate;
  window_frames_ = static_cast<int64_t>(kWindowS * sample_rate);
  reset();
}

void FrameClock::reset() noexcept {
  known_ = false;
  skew_.reset();
}

void FrameClock::observe(double wall_us, int64_t frame) noexcept {
  skew_.observe(static_cast<double>(frame), std::llround(wall_us / us_per_frame_));
  const Difference difference{wall_us - static_cast<double>(frame) * us_per_frame_, frame};
  if (!known_) {
    known_ = true;
    window_begin_ = frame;
    earlier_ = current_ = difference;
  } else if (frame - window_begin_ >= window_frames_) {
    window_begin_ = frame;
    earlier_ = current_;
    current_ = difference;
  } else if (difference.us > at(current_, frame)) {
    current_ = difference;
  }
}

// What a difference has become by `frame`, as the two clocks drift.
double FrameClock::at(const Difference& difference, int64_t frame) const noexcept {
  return difference.us +
         skew_.value() * static_cast<double>(frame - difference.frame) * us_per_frame_;
}

double FrameClock::wall_us(int64_t frame) const noexcept {
  if (!known_) return 0.0;
  return std::max(at(earlier_, frame), at(current_, frame)) +
         static_cast<double>(frame) * us_per_frame_;
}

double FrameClock::frames_until(double wall_us, int64_t frame) const noexcept {
  return std::max(0.0, (this->wall_us(frame) - wall_us) / us_per_frame_);
}

}  // namespace tutti::clock
