#include "mix/strip.h"

namespace tutti::mix {
namespace {

constexpr double kSmoothMs = 5.0;

}  // namespace

void Strip::configure(double sample_rate) noexcept {
  sample_rate_ = sample_rate;
  meter_.configure(sample_rate);
  reset();
}

void Strip::reset() noexcept {
  gain_ = 1.0F;
  pan_ = pan_gain(0.0);
  mute_ = solo_ = false;
  left_.configure(sample_rate_, kSmoothMs, pan_.left);
  right_.configure(sample_rate_, kSmoothMs, pan_.right);
  meter_.reset();
}

void Strip::mix(const float* left, const float* right, uint32_t frames, bool any_solo,
                float* out_left, float* out_right) noexcept {
  meter_.observe(left, right, frames);
  const bool audible = !mute_ && (solo_ || !any_solo);
  left_.set(audible ? gain_ * pan_.left : 0.0F);
  right_.set(audible ? gain_ * pan_.right : 0.0F);
  add(left, left_, frames, out_left);
  add(right, right_, frames, out_right);
}

void Strip::add(const float* in, Smoothed& gain, uint32_t frames, float* out) noexcept {
  const Smoothed::Ramp ramp = gain.advance(frames);
  if (ramp.is_constant()) {
    if (ramp.from == 0.0F) return;
    for (uint32_t i = 0; i < frames; ++i) out[i] += ramp.from * in[i];
  } else {
    for (uint32_t i = 0; i < frames; ++i) out[i] += ramp.at(i) * in[i];
  }
}

}  // namespace tutti::mix
