#include "mix/smoothed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "signals.h"

namespace tutti::mix {
namespace {

Smoothed made(double time_ms, float value) {
  Smoothed gain;
  gain.configure(48000.0, time_ms, value);
  return gain;
}

// Every value of the gain in the next `frames` frames, in quanta.
std::vector<float> way(Smoothed& gain, uint32_t frames, uint32_t quantum) {
  std::vector<float> values;
  while (values.size() < frames) {
    const Smoothed::Ramp ramp = gain.advance(quantum);
    for (uint32_t i = 0; i < quantum; ++i) values.push_back(ramp.at(i));
  }
  return values;
}

TEST(Smoothed, StandsStillWhereItIs) {
  Smoothed gain = made(5.0, 0.3F);
  EXPECT_EQ(gain.target(), 0.3F);
  const Smoothed::Ramp ramp = gain.advance(128);
  EXPECT_TRUE(ramp.is_constant());
  for (uint32_t i = 0; i < 128; ++i) EXPECT_EQ(ramp.at(i), 0.3F);
}

TEST(Smoothed, HasGone63PercentAfterItsTime) {
  for (const uint32_t quantum : {16U, 64U, 128U}) {
    Smoothed gain = made(16.0, 0.0F);
    gain.set(1.0F);
    EXPECT_EQ(gain.target(), 1.0F);
    EXPECT_NEAR(way(gain, 768, quantum)[767], 1.0F - std::exp(-1.0F), 1e-4F) << quantum;
  }
}

TEST(Smoothed, ArrivesAndStays) {
  Smoothed gain = made(5.0, 1.0F);
  for (const float target : {0.0F, 1.0F, 0.251F, 3.98F, 0.0F}) {
    gain.set(target);
    way(gain, 9600, 128);
    const Smoothed::Ramp ramp = gain.advance(128);
    EXPECT_TRUE(ramp.is_constant());
    EXPECT_EQ(ramp.from, target);
  }
}

TEST(Smoothed, NeverJumps) {
  for (const uint32_t quantum : {1U, 64U, 128U, 441U, 2048U}) {
    test::Random random(30);
    Smoothed gain = made(5.0, 0.0F);
    float before = 0.0F;
    for (int i = 0; i < 100; ++i) {
      if (random.chance(0.2)) gain.set(static_cast<float>(random.between(0.0, 4.0)));
      for (const float value : way(gain, quantum, quantum)) {
        // At most 4 of way, at the speed of the first frame of an exponential of 240 frames.
        ASSERT_LE(std::fabs(value - before), 4.0F / 240.0F + 1e-5F) << quantum;
        before = value;
      }
    }
  }
}

TEST(Smoothed, NeverOvershoots) {
  test::Random random(31);
  Smoothed gain = made(5.0, 0.5F);
  float at = 0.5F;
  for (int i = 0; i < 500; ++i) {
    const float from = at;
    const auto target = static_cast<float>(random.between(0.0, 4.0));
    gain.set(target);
    for (const float value : way(gain, 128, 128)) {
      ASSERT_GE(value, std::min(from, target) - 1e-5F);
      ASSERT_LE(value, std::max(from, target) + 1e-5F);
      at = value;
    }
  }
}

TEST(Smoothed, GoesTheSameWayWhateverTheQuantum) {
  Smoothed small = made(20.0, 0.0F);
  Smoothed large = made(20.0, 0.0F);
  small.set(1.0F);
  large.set(1.0F);
  const std::vector<float> a = way(small, 4096, 16);
  const std::vector<float> b = way(large, 4096, 256);
  for (size_t i = 255; i < a.size(); i += 256) EXPECT_NEAR(a[i], b[i], 2e-4F) << i;
}

}  // namespace
}  // namespace tutti::mix
