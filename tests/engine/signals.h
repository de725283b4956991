// Made-up sound and chance for tests: the same in every run and on every machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

namespace tutti::test {

// SplitMix64 (Steele, Lea, Flood 2014). The standard library's distributions differ from one make
// to the next, so they are here too.
class Random {
 public:
  explicit Random(uint64_t seed) noexcept : state_(seed) {}

  uint64_t bits() noexcept {
    state_ += 0x9E3779B97F4A7C15ULL;
    uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  // 0 to count - 1.
  uint32_t below(uint32_t count) noexcept { return static_cast<uint32_t>(bits() % count); }
  uint8_t byte() noexcept { return static_cast<uint8_t>(bits()); }
  // In [low, high).
  double between(double low, double high) noexcept {
    return low + (high - low) * (static_cast<double>(bits() >> 11U) / 9007199254740992.0);
  }
  bool chance(double probability) noexcept { return between(0.0, 1.0) < probability; }
  // Of mean 1, never negative, with a long tail: as queues in a network are.
  double exponential() noexcept { return -std::log(1.0 - between(0.0, 1.0)); }

 private:
  uint64_t state_;
};

// The value of a sine at a time in frames, at 48 kHz.
inline double tone_at(double hz, double frame, double amplitude = 0.5) {
  return amplitude * std::sin(2.0 * std::numbers::pi * hz * frame / 48000.0);
}

inline std::vector<float> tone(double hz, size_t frames, double amplitude = 0.5) {
  std::vector<float> x(frames);
  for (size_t i = 0; i < frames; ++i) {
    x[i] = static_cast<float>(tone_at(hz, static_cast<double>(i), amplitude));
  }
  return x;
}

inline std::vector<float> white(size_t frames, uint64_t seed, double amplitude = 0.5) {
  Random random(seed);
  std::vector<float> x(frames);
  for (float& v : x) v = static_cast<float>(random.between(-amplitude, amplitude));
  return x;
}

inline float loudest(std::span<const float> x) {
  float level = 0.0F;
  for (const float v : x) level = std::max(level, std::fabs(v));
  return level;
}

// The largest difference between two samples that follow each other.
inline float steepest(std::span<const float> x) {
  float step = 0.0F;
  for (size_t i = 1; i < x.size(); ++i) step = std::max(step, std::fabs(x[i] - x[i - 1]));
  return step;
}

}  // namespace tutti::test
