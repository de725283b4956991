// One musician's channel strip: gain, pan, mute and solo, smoothed into two gains.
//
// One thread; no allocation, noexcept.
#pragma once

#include <cstdint>

#include "mix/gain.h"
#include "mix/meter.h"
#include "mix/smoothed.h"

namespace tutti::mix {

class Strip {
 public:
  void configure(double sample_rate) noexcept;
  // As new: 0 dB, middle, audible.
  void reset() noexcept;

  void set_gain_db(double db) noexcept { gain_ = linear_gain(db); }
  void set_pan(double pan) noexcept { pan_ = pan_gain(pan); }
  void set_mute(bool mute) noexcept { mute_ = mute; }
  void set_solo(bool solo) noexcept { solo_ = solo; }
  bool solo() const noexcept { return solo_; }

  // Measures the source (before the fader: one sees a muted musician play) and adds it to the
  // mix. any_solo: somebody in the room is soloed.
  void mix(const float* left, const float* right, uint32_t frames, bool any_solo, float* out_left,
           float* out_right) noexcept;

  const Meter& meter() const noexcept { return meter_; }

 private:
  static void add(const float* in, Smoothed& gain, uint32_t frames, float* out) noexcept;

  double sample_rate_ = 48000.0;
  float gain_ = 1.0F;
  StereoGain pan_{1.0F, 1.0F};
  bool mute_ = false;
  bool solo_ = false;
  Smoothed left_;
  Smoothed right_;
  Meter meter_;
};

}  // namespace tutti::mix
