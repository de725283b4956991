// Made-up sound and chance for tests: the same in every run and on every machine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <string>
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

// Tones at once, of the same loudness, each with a phase of its own.
inline std::vector<float> tones(std::span<const double> hz, size_t frames, double amplitude = 0.5) {
  std::vector<float> x(frames);
  const double each = amplitude / static_cast<double>(hz.size());
  for (size_t i = 0; i < frames; ++i) {
    double sum = 0.0;
    for (size_t k = 0; k < hz.size(); ++k) {
      sum += tone_at(hz[k], static_cast<double>(i + 1000 * k), each);
    }
    x[i] = static_cast<float>(sum);
  }
  return x;
}
inline std::vector<float> tones(const std::vector<double>& hz, size_t frames,
                                double amplitude = 0.5) {
  return tones(std::span<const double>(hz), frames, amplitude);
}

// Sounds at which numbers go wrong, all within full scale.
struct Trap {
  std::string name;
  std::vector<float> sound;
};
inline std::vector<Trap> traps(size_t frames) {
  std::vector<Trap> all{{"silence", std::vector<float>(frames, 0.0F)},
                        {"dc", std::vector<float>(frames, 0.7F)},
                        {"full-scale dc", std::vector<float>(frames, -1.0F)},
                        {"denormals", std::vector<float>(frames, 1e-40F)},
                        {"noise", white(frames, 90, 1.0)},
                        {"quiet noise", white(frames, 91, 1e-5)}};
  for (const size_t half : {1U, 2U, 24U, 50U, 480U}) {
    std::vector<float> square(frames);
    for (size_t i = 0; i < frames; ++i) square[i] = i / half % 2 == 0 ? 1.0F : -1.0F;
    all.push_back({"square " + std::to_string(half), square});
  }
  for (const size_t back : {size_t{1}, size_t{2}, size_t{100}, size_t{1000}, frames}) {
    if (back > frames) continue;
    std::vector<float> impulse(frames, 0.0F);
    impulse[frames - back] = 1.0F;
    all.push_back({"impulse " + std::to_string(back), impulse});
  }
  std::vector<float> denormal_noise = white(frames, 92, 1.0);
  for (float& x : denormal_noise) x *= 1e-39F;
  all.push_back({"denormal noise", denormal_noise});
  return all;
}

// How much stronger a sound is than what `x` differs from it by.
inline double snr_db(std::span<const float> x, std::span<const float> truth) {
  double signal = 0.0;
  double noise = 1e-30;
  for (size_t i = 0; i < truth.size(); ++i) {
    const double t = static_cast<double>(truth[i]);
    const double d = static_cast<double>(x[i]) - t;
    signal += t * t;
    noise += d * d;
  }
  return 10.0 * std::log10(signal / noise);
}

inline double mean_square(std::span<const float> x) {
  double sum = 0.0;
  for (const float v : x) sum += static_cast<double>(v) * static_cast<double>(v);
  return x.empty() ? 0.0 : sum / static_cast<double>(x.size());
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
