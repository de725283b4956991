#include "mix/limiter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "signals.h"

namespace tutti::mix {
namespace {

using Sound = std::vector<float>;

Limiter made() {
  Limiter limiter;
  limiter.configure(48000.0);
  return limiter;
}

void process(Limiter& limiter, Sound& left, Sound& right, uint32_t quantum = 128) {
  for (size_t at = 0; at < left.size(); at += quantum) {
    const auto frames = static_cast<uint32_t>(std::min<size_t>(quantum, left.size() - at));
    limiter.process(left.data() + at, right.data() + at, frames);
  }
}

TEST(Limiter, IsBelowFullScale) {
  EXPECT_LT(Limiter::kKnee, Limiter::kCeiling);
  EXPECT_LT(Limiter::kCeiling, 1.0F);
}

TEST(Limiter, TouchesNothingBelowTheKnee) {
  Limiter limiter = made();
  const Sound left = test::white(48000, 40, static_cast<double>(Limiter::kKnee));
  const Sound right = test::white(48000, 41, static_cast<double>(Limiter::kKnee));
  Sound l = left;
  Sound r = right;
  l[100] = r[200] = Limiter::kKnee;
  l[300] = r[300] = -Limiter::kKnee;
  const Sound l_before = l;
  const Sound r_before = r;
  process(limiter, l, r);
  EXPECT_EQ(l, l_before);
  EXPECT_EQ(r, r_before);
  EXPECT_FALSE(limiter.working());
}

TEST(Limiter, KeepsEightLoudMusiciansBelowTheCeiling) {
  Limiter limiter = made();
  Sound left(96000, 0.0F);
  Sound right(96000, 0.0F);
  test::Random random(42);
  for (int musician = 0; musician < 8; ++musician) {
    // Each at full scale, beginning whenever it likes.
    const double hz = random.between(40.0, 6000.0);
    const size_t begin = random.below(48000);
    for (size_t i = begin; i < left.size(); ++i) {
      const auto x = static_cast<float>(test::tone_at(hz, static_cast<double>(i - begin), 1.0));
      left[i] += 1.2F * x;
      right[i] += 0.7F * x;
    }
  }
  ASSERT_GT(test::loudest(left), 4.0F);
  process(limiter, left, right);
  EXPECT_LE(test::loudest(left), Limiter::kCeiling);
  EXPECT_LE(test::loudest(right), Limiter::kCeiling);
  EXPECT_GT(test::loudest(left), Limiter::kKnee);
  EXPECT_TRUE(limiter.working());
}

TEST(Limiter, NeverExceedsTheCeilingWhateverComes) {
  for (const uint32_t quantum : {1U, 37U, 128U, 2048U}) {
    Limiter limiter = made();
    test::Random random(43);
    Sound left(20000);
    Sound right(20000);
    for (size_t i = 0; i < left.size(); ++i) {
      left[i] =
          static_cast<float>(random.between(-1.0, 1.0) * std::pow(10.0, random.between(-5.0, 4.0)));
      right[i] =
          static_cast<float>(random.between(-1.0, 1.0) * std::pow(10.0, random.between(-5.0, 4.0)));
    }
    process(limiter, left, right, quantum);
    EXPECT_LE(test::loudest(left), Limiter::kCeiling);
    EXPECT_LE(test::loudest(right), Limiter::kCeiling);
  }
}

TEST(Limiter, NeverExceedsTheCeilingOnASteadyLevel) {
  // Each level as it is, since the envelope is then the signal: where rounding could betray it.
  for (float level = 0.85F; level < 10000.0F; level *= 1.0003F) {
    Limiter limiter = made();
    float left = level;
    float right = -level;
    limiter.process(&left, &right, 1);
    ASSERT_LE(left, Limiter::kCeiling) << level;
    ASSERT_GE(right, -Limiter::kCeiling) << level;
  }
}

TEST(Limiter, TurnsWhatIsNotFiniteIntoSilence) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float garbage : {std::numeric_limits<float>::quiet_NaN(), kInfinity, -kInfinity}) {
    Limiter limiter = made();
    Sound left(256, 0.5F);
    Sound right(256, -0.25F);
    left[10] = right[20] = garbage;
    left[30] = right[30] = garbage;
    process(limiter, left, right);
    Sound left_expected(256, 0.5F);
    Sound right_expected(256, -0.25F);
    left_expected[10] = right_expected[20] = left_expected[30] = right_expected[30] = 0.0F;
    // And nothing of it lasts.
    EXPECT_EQ(left, left_expected);
    EXPECT_EQ(right, right_expected);
  }
}

TEST(Limiter, SurvivesTheLargestFloats) {
  Limiter limiter = made();
  Sound left(128, std::numeric_limits<float>::max());
  Sound right(128, std::numeric_limits<float>::denorm_min());
  process(limiter, left, right);
  for (size_t i = 0; i < left.size(); ++i) {
    ASSERT_TRUE(std::isfinite(left[i]));
    ASSERT_LE(std::fabs(left[i]), 1.0F);
    ASSERT_LE(std::fabs(right[i]), Limiter::kCeiling);
  }
}

TEST(Limiter, KeepsTheStereoImage) {
  Limiter limiter = made();
  Sound left = test::tone(220.0, 24000, 3.0);
  Sound right(left.size());
  for (size_t i = 0; i < left.size(); ++i) right[i] = -0.4F * left[i];
  process(limiter, left, right);
  for (size_t i = 0; i < left.size(); ++i) {
    ASSERT_NEAR(right[i], -0.4F * left[i], 1e-6F) << i;
  }
}

TEST(Limiter, NeverTurnsASignalSteeperThanItWas) {
  // Going up the gain follows the signal at once, but along the curve: no step of its own.
  for (const double hz : {50.0, 440.0, 3000.0}) {
    Limiter limiter = made();
    Sound left = test::tone(hz, 24000, 6.0);
    Sound right = left;
    const Sound before = left;
    process(limiter, left, right);
    for (size_t i = 1; i < left.size(); ++i) {
      ASSERT_LE(std::fabs(left[i] - left[i - 1]), std::fabs(before[i] - before[i - 1]) + 1e-3F)
          << hz << ' ' << i;
    }
  }
}

TEST(Limiter, LetsGoWithoutZipperNoise) {
  Limiter limiter = made();
  // A loud hit in a quiet constant, by which one sees the gain.
  Sound left(96000, 0.1F);
  Sound right(96000, 0.1F);
  for (size_t i = 1000; i < 1200; ++i) left[i] = 5.0F;
  process(limiter, left, right, 128);
  float before = 0.0F;
  for (size_t i = 1200; i < right.size(); ++i) {
    const float gain = right[i] / 0.1F;
    if (i > 1200) {
      ASSERT_GE(gain, before - 1e-6F) << i;
      // 100 ms is 4,800 frames.
      ASSERT_LE(gain, before * (1.0F + 1.05F / 4800.0F) + 1e-6F) << i;
    }
    before = gain;
  }
  EXPECT_EQ(right.back(), 0.1F);
  EXPECT_FALSE(limiter.working());
}

TEST(Limiter, LetsGoIn100Ms) {
  Limiter limiter = made();
  Sound left(4801, 0.1F);
  Sound right(4801, 0.1F);
  left[0] = 8.0F;
  process(limiter, left, right);
  // The envelope has come down to 8 / e.
  EXPECT_NEAR(left.back() / 0.1F, Limiter::kCeiling / (8.0F / std::exp(1.0F)), 0.002F);
}

TEST(Limiter, IsIndifferentToTheSizeOfTheQuantum) {
  const Sound sound = test::white(20000, 44, 4.0);
  Sound reference = sound;
  Sound reference_right = sound;
  Limiter limiter = made();
  process(limiter, reference, reference_right, 20000);
  for (const uint32_t quantum : {1U, 16U, 128U, 441U}) {
    Limiter other = made();
    Sound left = sound;
    Sound right = sound;
    process(other, left, right, quantum);
    EXPECT_EQ(left, reference) << quantum;
  }
}

TEST(Limiter, IsForgottenByAReset) {
  Limiter limiter = made();
  float left = 100.0F;
  float right = 0.0F;
  limiter.process(&left, &right, 1);
  limiter.reset();
  left = right = 0.5F;
  limiter.process(&left, &right, 1);
  EXPECT_EQ(left, 0.5F);
  EXPECT_EQ(right, 0.5F);
  EXPECT_FALSE(limiter.working());
}

}  // namespace
}  // namespace tutti::mix
