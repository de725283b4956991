// Decibels and pan to linear gains.
//
// Any thread; no allocation, noexcept.
#pragma once

namespace tutti::mix {

inline constexpr float kMinGainDb = -60.0F;  // and below: silence
inline constexpr float kMaxGainDb = 12.0F;

// Clamped to the range above; a NaN is 0 dB.
float linear_gain(double db) noexcept;

struct StereoGain {
  float left;
  float right;
};

// Constant power (sine law) with unity in the middle: left^2 + right^2 is 2 everywhere, so a voice
// keeps its loudness as it is moved, and sounds in the middle as it was sent.
// pan from -1 (left) to +1 (right), clamped; a NaN is the middle.
StereoGain pan_gain(double pan) noexcept;

}  // namespace tutti::mix
