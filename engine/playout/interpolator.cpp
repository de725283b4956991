#include "playout/interpolator.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "simd.h"

namespace tutti::playout {
namespace {

constexpr double kCutoff = 0.97;  // of the Nyquist frequency
constexpr double kKaiserBeta = 10.0;

// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) noexcept {
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; k < 40; ++k) {
    const double f = x / (2.0 * k);
    term *= f * f;
    sum += term;
  }
  return sum;
}

double windowed_sinc(double distance, double half_width) noexcept {
  const double t = distance / half_width;
  if (std::fabs(t) >= 1.0) return 0.0;
  const double window = bessel_i0(kKaiserBeta * std::sqrt(1.0 - t * t)) / bessel_i0(kKaiserBeta);
  const double x = std::numbers::pi * kCutoff * distance;
  return kCutoff * window * (std::fabs(x) < 1e-9 ? 1.0 : std::sin(x) / x);
}

// In phases of the table: over so much a straight line errs less than the table itself does, and
// over the larger one still less than is promised.
constexpr double kSteady = 0.5;
constexpr double kSteadyBlock = 1.0;
// Frames that are filtered side by side: as many as there are registers for.
constexpr uint32_t kBlock = 16;

// out[i] is the sum of x[i + t] times (first[t] + (done + i * pace) * change[t]).
// Not inlined, nor unrolled further: either makes WebAssembly's compilers run out of registers,
// for twice the time.
[[gnu::noinline]] void filter_block(const float* x, const Interpolator::Taps& first,
                                    const Interpolator::Taps& change, float done, float pace,
                                    float* out) noexcept {
  constexpr size_t kVectors = kBlock / 4;
  Float4 still[kVectors]{};
  Float4 moving[kVectors]{};
#ifdef __clang__
#pragma clang loop unroll_count(2)
#endif
  for (size_t t = 0; t < first.size(); ++t) {
    const Float4 a = splat(first[t]);
    const Float4 b = splat(change[t]);
    for (size_t v = 0; v < kVectors; ++v) {
      const Float4 in = load(x + t + 4 * v);
      still[v] += a * in;
      moving[v] += b * in;
    }
  }
  Float4 weight = splat(done) + splat(pace) * Float4{0.0F, 1.0F, 2.0F, 3.0F};
  for (size_t v = 0; v < kVectors; ++v) {
    store(out + 4 * v, still[v] + weight * moving[v]);
    weight += splat(4.0F * pace);
  }
}

}  // namespace

Interpolator::Interpolator() noexcept {
  for (int phase = 0; phase <= kPhases; ++phase) {
    auto& taps = table_[static_cast<size_t>(phase)];
    double sum = 0.0;
    std::array<double, kTaps> exact{};
    for (int t = 0; t < kTaps; ++t) {
      const double distance = t - kBefore - static_cast<double>(phase) / kPhases;
      exact[static_cast<size_t>(t)] = windowed_sinc(distance, kTaps / 2.0);
      sum += exact[static_cast<size_t>(t)];
    }
    // Unity at DC for every phase: otherwise a slow ratio hums with the phase.
    for (size_t t = 0; t < kTaps; ++t) taps[t] = static_cast<float>(exact[t] / sum);
  }
}

void Interpolator::read(const float* source, double fraction, double ratio, float* out,
                        uint32_t count) const noexcept {
  if (fraction == 0.0 && ratio == 1.0) {
    std::copy_n(source, count, out);
    return;
  }
  const double step = ratio - 1.0;
  const bool glides = std::fabs(step) * kBlock * kPhases <= kSteadyBlock;
  for (uint32_t i = 0; i < count;) {
    const double position = fraction + i * ratio;
    const double whole = std::floor(position);
    const float* const x = source + static_cast<ptrdiff_t>(whole) - kBefore;
    const double begin = position - whole;
    const uint32_t frames = glides ? steady_frames(begin, step, count - i) / kBlock * kBlock : 0;
    if (frames > 0) {
      glide(x, begin, step, out + i, frames);
      i += frames;
    } else {
      out[i++] = filtered(x, begin);
    }
  }
}

// How many frames, of `most`, have all but the same taps: their fractions stay within [0, 1) and so
// near to each other that a straight line leads from the first one's taps to the last one's.
uint32_t Interpolator::steady_frames(double fraction, double step, uint32_t most) noexcept {
  if (step == 0.0) return most;
  const double to_the_edge = step > 0.0 ? 1.0 - fraction : fraction;
  const double reach = std::max(kSteady / kPhases, kBlock * std::fabs(step));
  const double frames = std::min(to_the_edge, reach) / std::fabs(step);
  return frames < most ? static_cast<uint32_t>(frames) : most;
}

// Between the two phases around a fraction.
struct Interpolator::Between {
  const float* lower;
  const float* upper;
  Float4 blend;
  Float4 operator[](size_t tap) const noexcept {
    const Float4 a = load(lower + tap);
    return a + blend * (load(upper + tap) - a);
  }
};

Interpolator::Between Interpolator::between(double fraction) const noexcept {
  const double phase = fraction * kPhases;
  const auto lower = std::min(static_cast<size_t>(phase), size_t{kPhases - 1});
  return {table_[lower].data(), table_[lower + 1].data(),
          splat(static_cast<float>(phase - static_cast<double>(lower)))};
}

float Interpolator::filtered(const float* x, double fraction) const noexcept {
  const Between taps = between(fraction);
  Float4 even{};
  Float4 odd{};
  for (size_t t = 0; t < kTaps; t += 8) {
    even += load(x + t) * taps[t];
    odd += load(x + t + 4) * taps[t + 4];
  }
  return sum(even + odd);
}

// From the taps of the first frame to those of the last in a straight line. So the frames are
// filtered by two sets that stay, side by side, and nothing is computed for a frame alone.
void Interpolator::glide(const float* x, double fraction, double step, float* out,
                         uint32_t frames) const noexcept {
  const Between begin = between(fraction);
  const Between end = between(fraction + (frames - 1) * step);
  Taps first;
  Taps change;
  for (size_t t = 0; t < kTaps; t += 4) {
    const Float4 at_begin = begin[t];
    store(first.data() + t, at_begin);
    store(change.data() + t, end[t] - at_begin);
  }
  const float pace = 1.0F / static_cast<float>(frames - 1);
  for (uint32_t i = 0; i < frames; i += kBlock) {
    filter_block(x + i, first, change, static_cast<float>(i) * pace, pace, out + i);
  }
}

}  // namespace tutti::playout
