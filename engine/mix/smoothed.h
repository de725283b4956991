// A gain that moves to its target without a step: exponential from quantum to quantum, linear
// within one, so that no change of a fader makes zipper noise.
//
// One thread; no allocation, noexcept.
#pragma once

#include <cmath>
#include <cstdint>

namespace tutti::mix {

class Smoothed {
 public:
  // 63 % of the way after time_ms.
  void configure(double sample_rate, double time_ms, float value) noexcept {
    frames_ = sample_rate * time_ms / 1000.0;
    now_ = target_ = value;
  }
  void set(float target) noexcept { target_ = target; }
  float target() const noexcept { return target_; }

  struct Ramp {
    float from;  // before the first frame
    float step;  // added for every frame
    float at(uint32_t frame) const noexcept { return from + step * static_cast<float>(frame + 1); }
    bool is_constant() const noexcept { return step == 0.0F; }
  };

  // The way through the next `frames` frames (more than 0).
  Ramp advance(uint32_t frames) noexcept {
    const float from = now_;
    if (from == target_) return {from, 0.0F};
    const auto way = static_cast<float>(1.0 - std::exp(-static_cast<double>(frames) / frames_));
    now_ += (target_ - now_) * way;
    if (std::fabs(target_ - now_) < kArrived) now_ = target_;
    return {from, (now_ - from) / static_cast<float>(frames)};
  }

 private:
  static constexpr float kArrived = 1e-5F;  // -100 dB
  double frames_ = 1.0;
  float now_ = 0.0F;
  float target_ = 0.0F;
};

}  // namespace tutti::mix
