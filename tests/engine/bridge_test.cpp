#include "playout/bridge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "playout/linear_prediction.h"
#include "signals.h"

namespace tutti::playout {
namespace {

constexpr size_t kHistory = LinearPrediction::kMaxHistory;
constexpr size_t kPlan = 1;

// A sound with a gap in it, and the two ways to fill that.
struct Gap {
  Gap(const std::vector<float>& whole, size_t frames, size_t after, size_t plan = kPlan)
      : sound(whole), begin(kHistory), gap(frames) {
    LinearPrediction prediction;
    prediction.configure();
    weights.resize(LinearPrediction::kPlans[plan].order);
    const std::array<std::span<const float>, 1> history{before()};
    prediction.fit(history, plan, weights);
    forward = extrapolated();
    bridged = forward;
    prepared = bridge->prepare(weights, gap, after);
    if (prepared) bridge->span(before(), std::span(sound).subspan(begin + gap, after), bridged);
  }

  std::span<const float> before() const { return std::span(sound).first(begin); }
  std::span<const float> truth() const { return std::span(sound).subspan(begin, gap); }
  std::vector<float> extrapolated() const {
    std::vector<float> all(sound.begin(), sound.begin() + static_cast<ptrdiff_t>(begin));
    for (size_t n = 0; n < gap; ++n) {
      float x = 0.0F;
      for (size_t i = 0; i < weights.size(); ++i) {
        x += weights[i] * all[all.size() - weights.size() + i];
      }
      all.push_back(x);
    }
    return {all.end() - static_cast<ptrdiff_t>(gap), all.end()};
  }
  double forward_db() const { return test::snr_db(forward, truth()); }
  double bridged_db() const { return test::snr_db(bridged, truth()); }
  // The sound with the gap filled, from a little before it to a little after.
  std::vector<float> seam() const {
    std::vector<float> all(sound.begin() + static_cast<ptrdiff_t>(begin - 32),
                           sound.begin() + static_cast<ptrdiff_t>(begin + gap + 32));
    std::copy(bridged.begin(), bridged.end(), all.begin() + 32);
    return all;
  }

  std::vector<float> sound;
  size_t begin;
  size_t gap;
  std::vector<float> weights;
  std::vector<float> forward;
  std::vector<float> bridged;
  bool prepared = false;
  std::unique_ptr<Bridge> bridge = std::make_unique<Bridge>();
};

constexpr size_t kWhole = kHistory + kMaxBridge + kMaxAfter;

std::vector<float> with_noise(std::vector<float> x, double amplitude, uint64_t seed) {
  const std::vector<float> noise = test::white(x.size(), seed, amplitude);
  for (size_t i = 0; i < x.size(); ++i) x[i] += noise[i];
  return x;
}

// Strings that are plucked one after the other and decay, each with overtones, and some noise.
std::vector<float> plucked(size_t frames, uint64_t seed) {
  test::Random random(seed);
  std::vector<float> x(frames, 0.0F);
  for (size_t begin = 0; begin < frames; begin += 1900) {
    const double hz = random.between(110.0, 660.0);
    for (size_t i = begin; i < frames; ++i) {
      const auto t = static_cast<double>(i - begin);
      for (int k = 1; k <= 6; ++k) {
        const double level = 0.2 / k * std::exp(-t * k / 9000.0) * std::min(1.0, t / 100.0);
        x[i] += static_cast<float>(test::tone_at(hz * k * (1.0 + 2e-4 * k * k), t, level));
      }
    }
  }
  return with_noise(x, 0.001, seed + 1);
}

TEST(Bridge, IsBetterThanGoingOnFromOneSide) {
  for (uint64_t seed = 40; seed < 44; ++seed) {
    const Gap gap(with_noise(test::tones({196.0, 246.9, 293.7, 880.0}, kWhole), 0.005, seed),
                  kMaxBridge, kMaxAfter);
    ASSERT_TRUE(gap.prepared);
    EXPECT_GT(gap.bridged_db(), gap.forward_db() + 3.0) << seed;
    EXPECT_GT(gap.bridged_db(), 25.0) << seed;
  }
}

TEST(Bridge, IsBetterOnSoundThatDecays) {
  double forward = 0.0;
  double bridged = 0.0;
  for (uint64_t seed = 50; seed < 60; ++seed) {
    const Gap gap(plucked(kWhole, seed), kMaxBridge, kMaxAfter);
    ASSERT_TRUE(gap.prepared);
    EXPECT_GE(gap.bridged_db(), gap.forward_db() - 0.5) << seed;
    forward += gap.forward_db() / 10.0;
    bridged += gap.bridged_db() / 10.0;
  }
  EXPECT_GT(bridged, forward + 3.0);
}

TEST(Bridge, IsBetterTheMoreIsKnownAfterTheGap) {
  double before = -100.0;
  for (const size_t after : {kMinAfter, size_t{64}, size_t{128}, kMaxAfter}) {
    double db = 0.0;
    for (uint64_t seed = 50; seed < 60; ++seed) {
      db += Gap(plucked(kWhole, seed), 100, after).bridged_db() / 10.0;
    }
    EXPECT_GT(db, before - 0.2) << after;
    before = db;
  }
}

TEST(Bridge, MeetsTheSoundAfterTheGapWithoutAStep) {
  for (const double hz : {60.0, 440.0, 2500.0}) {
    for (const size_t frames : {1U, 5U, 64U, 100U, 128U}) {
      const Gap gap(with_noise(test::tone(hz, kWhole), 0.001, 45), frames, kMaxAfter);
      ASSERT_TRUE(gap.prepared);
      EXPECT_LE(test::steepest(gap.seam()), test::steepest(gap.sound) * 1.05F)
          << hz << ' ' << frames;
    }
  }
}

TEST(Bridge, MeetsASoundOfAnotherPhase) {
  // What came after is not what was to be expected: the way there is still smooth.
  std::vector<float> x = test::tone(440.0, kWhole);
  for (size_t i = kHistory; i < kWhole; ++i) {
    x[i] = static_cast<float>(test::tone_at(440.0, static_cast<double>(i) + 40.0));
  }
  const Gap gap(with_noise(x, 0.001, 46), kMaxBridge, kMaxAfter);
  ASSERT_TRUE(gap.prepared);
  EXPECT_LE(test::steepest(gap.seam()), 2.0F * test::steepest(test::tone(440.0, 1000)));
  EXPECT_LE(test::loudest(gap.bridged), 0.8F);
}

TEST(Bridge, KnowsItsLimits) {
  const std::vector<float> weights(80, 0.001F);
  auto bridge = std::make_unique<Bridge>();
  EXPECT_FALSE(bridge->prepare(weights, 0, kMaxAfter));
  EXPECT_FALSE(bridge->prepare(weights, 129, kMaxAfter));
  EXPECT_FALSE(bridge->prepare(weights, SIZE_MAX, kMaxAfter));
  EXPECT_FALSE(bridge->prepare(weights, 64, 0));
  EXPECT_FALSE(bridge->prepare(weights, 64, 31));
  EXPECT_FALSE(bridge->prepare(weights, 64, 193));
  EXPECT_FALSE(bridge->prepare(weights, 64, SIZE_MAX));
  EXPECT_TRUE(bridge->prepare(weights, 1, 32));
  EXPECT_TRUE(bridge->prepare(weights, 128, 192));
}

TEST(Bridge, ChangesNothingUnderAModelThatKnowsNothing) {
  const std::vector<float> before = test::white(320, 47);
  const std::vector<float> after = test::white(kMaxAfter, 48);
  auto bridge = std::make_unique<Bridge>();
  for (const float level : {0.0F, 0.5F}) {
    std::vector<float> fill(100, level);
    const std::vector<float> weights(320, 0.0F);
    ASSERT_TRUE(bridge->prepare(weights, 100, kMaxAfter));
    bridge->span(before, after, fill);
    EXPECT_EQ(fill, std::vector<float>(100, level));
  }
}

TEST(Bridge, LeavesWhatIsRightAsItIs) {
  // The sound after the gap is what the model says: nothing surprises.
  Gap gap(test::tone(440.0, kWhole), kMaxBridge, kMaxAfter);
  std::vector<float> all(gap.before().begin(), gap.before().end());
  const size_t order = gap.weights.size();
  for (size_t n = 0; n < kMaxBridge + kMaxAfter; ++n) {
    float x = 0.0F;
    for (size_t i = 0; i < order; ++i) x += gap.weights[i] * all[all.size() - order + i];
    all.push_back(x);
  }
  std::vector<float> fill = gap.forward;
  gap.bridge->span(gap.before(), std::span(all).last(kMaxAfter), fill);
  EXPECT_GT(test::snr_db(fill, gap.forward), 80.0);
}

TEST(Bridge, IsFiniteAndBoundedWhateverItIsGiven) {
  for (const test::Trap& trap : test::traps(kWhole)) {
    for (size_t plan = 0; plan < LinearPrediction::kPlans.size(); ++plan) {
      for (const size_t frames : {1U, 32U, 128U}) {
        const Gap gap(trap.sound, frames, kMinAfter, plan);
        for (const float x : gap.bridged) {
          ASSERT_TRUE(std::isfinite(x)) << trap.name << ' ' << plan;
          ASSERT_LE(std::fabs(x), 2.5F * test::loudest(trap.sound)) << trap.name << ' ' << plan;
        }
      }
    }
  }
}

TEST(Bridge, IsBoundedWhenSilenceEndsInSoundAndSoundInSilence) {
  std::vector<float> x = test::tones({220.0, 331.0, 4000.0}, kWhole);
  std::fill(x.begin() + kHistory, x.end(), 0.0F);
  EXPECT_LE(test::loudest(Gap(x, kMaxBridge, kMaxAfter).bridged), 1.0F);
  x = test::white(kWhole, 49, 1.0);
  std::fill_n(x.begin(), kHistory, 0.0F);
  EXPECT_LE(test::loudest(Gap(x, kMaxBridge, kMaxAfter).bridged), 1.0F);
}

TEST(Bridge, RefusesAModelWithoutPrecision) {
  std::vector<float> weights(80, 0.0F);
  auto bridge = std::make_unique<Bridge>();
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    weights.back() = bad;
    EXPECT_FALSE(bridge->prepare(weights, 64, 64)) << bad;
  }
}

TEST(Bridge, KnowsNothingOfTheGapBefore) {
  const std::vector<float> x = plucked(kWhole, 70);
  // A model shorter than the gap and what is known after it: nothing is left of a longer one.
  Gap once(x, 77, 99, 4);
  ASSERT_TRUE(once.prepared);
  auto bridge = std::make_unique<Bridge>();
  const Gap other(test::white(kWhole, 71), kMaxBridge, kMaxAfter, 0);
  ASSERT_TRUE(bridge->prepare(other.weights, kMaxBridge, kMaxAfter));
  std::vector<float> fill = other.forward;
  bridge->span(other.before(), std::span(other.sound).last(kMaxAfter), fill);
  ASSERT_TRUE(bridge->prepare(once.weights, 77, 99));
  fill = once.forward;
  bridge->span(once.before(), std::span(x).subspan(kHistory + 77, 99), fill);
  EXPECT_EQ(fill, once.bridged);
}

}  // namespace
}  // namespace tutti::playout
