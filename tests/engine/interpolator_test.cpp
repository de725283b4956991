#include "playout/interpolator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

using test::tone;
using test::tone_at;

constexpr auto kBefore = static_cast<size_t>(Interpolator::kBefore);
constexpr auto kAfter = static_cast<size_t>(Interpolator::kAfter);

const Interpolator& interpolator() {
  static const Interpolator the;
  return the;
}

// Reads from a copy that holds exactly what the header allows to be read.
std::vector<float> read(const std::vector<float>& source, size_t first, double fraction,
                        double ratio, uint32_t count) {
  const auto last = static_cast<size_t>(std::floor(fraction + (count - 1) * ratio));
  const auto begin = source.begin() + static_cast<ptrdiff_t>(first - kBefore);
  const std::vector<float> exact(begin,
                                 begin + static_cast<ptrdiff_t>(kBefore + last + kAfter + 1));
  std::vector<float> out(count);
  interpolator().read(exact.data() + kBefore, fraction, ratio, out.data(), count);
  return out;
}

// A long read in quanta, as a stream does it: the position goes on where it was.
std::vector<float> read_on(const std::vector<float>& source, double first, double ratio,
                           uint32_t quanta, uint32_t frames = 128) {
  std::vector<float> all;
  double position = first;
  for (uint32_t q = 0; q < quanta; ++q) {
    const double whole = std::floor(position);
    const auto part = read(source, static_cast<size_t>(whole), position - whole, ratio, frames);
    all.insert(all.end(), part.begin(), part.end());
    position += ratio * frames;
  }
  return all;
}

// Of a sine read at a ratio, against the same sine computed at the exact positions, in dB.
double signal_to_error_db(double hz, double ratio) {
  constexpr size_t kFirst = 100;
  constexpr uint32_t kQuanta = 60;
  const auto length = static_cast<size_t>(kQuanta * 128 * ratio) + 300;
  const std::vector<float> out = read_on(tone(hz, length), kFirst, ratio, kQuanta);
  double signal = 0.0;
  double error = 0.0;
  for (size_t i = 0; i < out.size(); ++i) {
    const double exact = tone_at(hz, kFirst + static_cast<double>(i) * ratio);
    const double off = static_cast<double>(out[i]) - exact;
    signal += exact * exact;
    error += off * off;
  }
  return 10.0 * std::log10(signal / error);
}

TEST(Interpolator, KeepsItsPromiseOfPrecisionUpTo18kHz) {
  for (const double ratio : {1.00003, 1.0001, 0.9999, 0.9998, 1.0003, 1.005, 0.995}) {
    for (const double hz :
         {50.0, 440.0, 1000.0, 4000.0, 10000.0, 14500.0, 16500.0, 17300.0, 18000.0}) {
      EXPECT_GT(signal_to_error_db(hz, ratio), 93.0) << hz << " Hz at " << ratio;
    }
  }
}

TEST(Interpolator, IsAsLoudAsPromisedAt20kHz) {
  const std::vector<float> source = tone(20000.0, 30000);
  const std::vector<float> out = read_on(source, 100, 1.0001, 200);
  double power = 0.0;
  for (const float x : out) power += static_cast<double>(x) * static_cast<double>(x);
  const double db = 10.0 * std::log10(power / static_cast<double>(out.size()) / 0.125);
  EXPECT_NEAR(db, -0.09, 0.01);
}

TEST(Interpolator, PassesWholePositionsBitForBit) {
  const std::vector<float> source = test::white(3000, 9, 8.0);
  for (const uint32_t count : {1U, 2U, 127U, 128U, 2048U}) {
    const std::vector<float> out = read(source, 100, 0.0, 1.0, count);
    for (uint32_t i = 0; i < count; ++i) ASSERT_EQ(out[i], source[100 + i]);
  }
}

TEST(Interpolator, PassesAConstantAsItIsAtEveryPosition) {
  const std::vector<float> source(400, 0.7F);
  for (int i = 0; i < 1000; ++i) {
    const double fraction = i / 1000.0;
    for (const float x : read(source, 100, fraction, 1.0003, 16)) {
      // Three units in the last place: otherwise a slow ratio hums with the phase.
      ASSERT_NEAR(x, 0.7F, 2e-7F) << fraction;
    }
  }
}

TEST(Interpolator, DelaysByNothingButTheFractionAskedFor) {
  const std::vector<float> source = tone(997.0, 600);
  for (const double fraction : {0.0, 1.0 / 512, 0.25, 0.5, 0.7531, 0.999999}) {
    // The ratio keeps out of the way that copies.
    const std::vector<float> out = read(source, 200, fraction, 1.0 + 1e-12, 128);
    for (size_t i = 0; i < out.size(); ++i) {
      ASSERT_NEAR(static_cast<double>(out[i]), tone_at(997.0, 200.0 + fraction + i), 0.5 * 3e-5);
    }
  }
}

TEST(Interpolator, IsSymmetricInTime) {
  std::vector<float> click(401, 0.0F);
  click[200] = 1.0F;
  for (const double ratio : {0.5, 0.25, 0.125}) {
    const auto half = static_cast<uint32_t>(60 / ratio);
    const std::vector<float> out = read(click, 140, 0.0, ratio, 2 * half + 1);
    for (uint32_t i = 0; i <= half; ++i) ASSERT_NEAR(out[i], out[2 * half - i], 1e-7F) << i;
    EXPECT_GT(out[half], 0.9F);
  }
}

TEST(Interpolator, ReachesNoFurtherThanItSays) {
  // A click outside of the 32 taps is not heard.
  for (const size_t at : {200 - kBefore - 1, 200 + kAfter + 1}) {
    std::vector<float> click(400, 0.0F);
    click[at] = 1.0F;
    for (const double fraction : {0.0, 0.3, 0.999}) {
      EXPECT_EQ(read(click, 200, fraction, 1.5, 1)[0], 0.0F);
    }
  }
  for (const size_t at : {200 - kBefore, 200 + kAfter}) {
    std::vector<float> click(400, 0.0F);
    click[at] = 1.0F;
    EXPECT_NE(read(click, 200, 0.5, 1.5, 1)[0], 0.0F);
  }
}

TEST(Interpolator, ChangesItsRatioWithoutAStep) {
  for (const double hz : {440.0, 5000.0, 15000.0}) {
    const std::vector<float> source = tone(hz, 8000);
    double position = 100.0;
    double worst = 0.0;
    // Into and out of the way that copies, and to and fro.
    for (const double ratio : {1.0, 1.0, 1.005, 0.995, 1.0001, 1.0, 0.9999, 1.005, 1.0, 1.002}) {
      if (ratio == 1.0) position = std::round(position);
      const double whole = std::floor(position);
      const auto out = read(source, static_cast<size_t>(whole), position - whole, ratio, 128);
      for (size_t i = 0; i < out.size(); ++i) {
        const double exact = tone_at(hz, position + static_cast<double>(i) * ratio);
        worst = std::max(worst, std::fabs(static_cast<double>(out[i]) - exact));
      }
      position += ratio * 128;
    }
    // Every sample is where it should be, so there is none between two quanta either: -84 dB.
    EXPECT_LT(worst, 0.5 * 6e-5) << hz;
  }
}

TEST(Interpolator, IsIndifferentToTheSizeOfTheQuantum) {
  // A clock's drift, several, a slew; from a position that soon comes to a whole frame.
  const std::vector<float> source = test::white(6000, 10);
  for (const double ratio : {1.0037, 1.00024, 1.0001, 1.00003, 0.99997, 0.9998}) {
    // A drift's taps are in a straight line, of which the quanta cut out others.
    const float tolerance = ratio > 1.001 ? 2e-6F : 4e-5F;
    for (const double first : {100.0, 100.9999, 100.0001, 100.5}) {
      const std::vector<float> large = read_on(source, first, ratio, 1, 4096);
      for (const uint32_t frames : {1U, 16U, 60U, 64U, 128U, 512U}) {
        const std::vector<float> small = read_on(source, first, ratio, 4096 / frames, frames);
        for (size_t i = 0; i < small.size(); ++i) {
          ASSERT_NEAR(small[i], large[i], tolerance)
              << frames << " at " << ratio << " from " << first;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tutti::playout
