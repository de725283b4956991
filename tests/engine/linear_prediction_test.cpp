#include "playout/linear_prediction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

constexpr size_t kHistory = LinearPrediction::kMaxHistory;
constexpr auto& kPlans = LinearPrediction::kPlans;

// A model, and how a sound goes on by it.
struct Model {
  explicit Model(const std::vector<std::vector<float>>& channels, size_t plan = 0) {
    prediction.configure();
    fit(channels, plan);
  }
  void fit(const std::vector<std::vector<float>>& channels, size_t plan) {
    std::vector<std::span<const float>> history(channels.begin(), channels.end());
    weights.assign(kPlans[plan].order, 9.0F);
    unpredicted = prediction.fit(history, plan, weights);
  }
  std::vector<float> after(std::span<const float> history, size_t frames) const {
    std::vector<float> all(history.begin(), history.end());
    for (size_t n = 0; n < frames; ++n) {
      float x = 0.0F;
      const size_t begin = all.size() - weights.size();
      for (size_t i = 0; i < weights.size(); ++i) x += weights[i] * all[begin + i];
      all.push_back(x);
    }
    return {all.end() - static_cast<ptrdiff_t>(frames), all.end()};
  }

  LinearPrediction prediction;
  std::vector<float> weights;
  double unpredicted = 9.0;
};

// The first frames of a sound, and the rest of it.
std::pair<std::vector<float>, std::vector<float>> cut(const std::vector<float>& x, size_t frames) {
  const auto at = x.begin() + static_cast<ptrdiff_t>(frames);
  return {{x.begin(), at}, {at, x.end()}};
}

TEST(LinearPrediction, GoesOnWithTonesAsTheyWere) {
  // The window blurs a tone, so that it decays a little: the shorter the history, the more, and
  // the more so the closer tones lie together.
  struct Case {
    std::vector<double> hz;
    std::array<double, 3> least_db;  // of plans 0, 1 and 2
  };
  const std::vector<Case> cases{{{440.0}, {40.0, 34.0, 26.0}},
                                {{82.4, 165.0, 247.0}, {40.0, 32.0, 26.0}},
                                {{220.0, 277.2, 329.6, 440.0, 1760.0}, {34.0, 25.0, 12.0}},
                                {{9000.0, 9400.0}, {40.0, 33.0, 26.0}}};
  for (const Case& tones : cases) {
    const auto [before, after] = cut(test::tones(tones.hz, kHistory + 128), kHistory);
    for (size_t plan = 0; plan < tones.least_db.size(); ++plan) {
      const Model model({before}, plan);
      EXPECT_GT(test::snr_db(model.after(before, 128), after), tones.least_db[plan])
          << plan << ' ' << tones.hz[0];
      EXPECT_LT(model.unpredicted, 1e-4) << plan << ' ' << tones.hz[0];
    }
  }
}

TEST(LinearPrediction, LooksOnlyAtTheNewest) {
  for (size_t plan = 0; plan < kPlans.size(); ++plan) {
    std::vector<float> x = test::white(20'000, 30);
    const Model model({x}, plan);
    std::fill(x.begin(), x.end() - kPlans[plan].history, 0.9F);
    EXPECT_EQ(Model({x}, plan).weights, model.weights) << plan;
  }
}

TEST(LinearPrediction, SharesOneModelAmongTwoChannels) {
  const auto [left, left_after] = cut(test::tones({220.0, 554.4}, kHistory + 128), kHistory);
  const auto [right, right_after] = cut(test::tones({329.6, 1318.5}, kHistory + 128), kHistory);
  const Model model({left, right});
  EXPECT_GT(test::snr_db(model.after(left, 128), left_after), 30.0);
  EXPECT_GT(test::snr_db(model.after(right, 128), right_after), 30.0);
}

TEST(LinearPrediction, OfTwoLikeChannelsIsThatOfOne) {
  const std::vector<float> x = test::white(kHistory, 31);
  const Model mono({x});
  const Model stereo({x, x});
  for (size_t i = 0; i < mono.weights.size(); ++i) {
    ASSERT_NEAR(stereo.weights[i], mono.weights[i], 1e-5F) << i;
  }
  EXPECT_NEAR(stereo.unpredicted, mono.unpredicted, 1e-9);
  // A silent channel has no say.
  const Model half({x, std::vector<float>(kHistory, 0.0F)});
  for (size_t i = 0; i < mono.weights.size(); ++i) {
    ASSERT_NEAR(half.weights[i], mono.weights[i], 1e-5F) << i;
  }
}

TEST(LinearPrediction, TakesTheBestPlanForItsHistoryAndWork) {
  for (size_t plan = 0; plan < kPlans.size(); ++plan) {
    EXPECT_EQ(LinearPrediction::plan_for(kPlans[plan].history, UINT32_MAX), plan);
    EXPECT_EQ(LinearPrediction::plan_for(kPlans[plan].history - 1, UINT32_MAX), plan + 1);
    EXPECT_EQ(LinearPrediction::plan_for(SIZE_MAX, kPlans[plan].work), plan);
    EXPECT_EQ(LinearPrediction::plan_for(SIZE_MAX, kPlans[plan].work - 1), plan + 1);
  }
  EXPECT_EQ(LinearPrediction::plan_for(2000, 45), 2U);
  EXPECT_EQ(LinearPrediction::plan_for(8000, 10), 3U);
}

TEST(LinearPrediction, HasNoPlanForTooLittle) {
  EXPECT_EQ(LinearPrediction::plan_for(0, 100), kPlans.size());
  EXPECT_EQ(LinearPrediction::plan_for(415, 100), kPlans.size());
  EXPECT_EQ(LinearPrediction::plan_for(8000, 0), kPlans.size());
  EXPECT_EQ(LinearPrediction::plan_for(8000, 3), kPlans.size());
}

TEST(LinearPrediction, HasPlansThatFitItsLimits) {
  for (size_t plan = 0; plan < kPlans.size(); ++plan) {
    EXPECT_LE(kPlans[plan].order, LinearPrediction::kMaxOrder);
    EXPECT_LE(kPlans[plan].history, LinearPrediction::kMaxHistory);
    // What the extrapolation goes on from must be there.
    EXPECT_LE(kPlans[plan].order, kPlans[plan].history);
    if (plan > 0) {
      EXPECT_LT(kPlans[plan].work, kPlans[plan - 1].work);
      EXPECT_LT(kPlans[plan].history, kPlans[plan - 1].history);
    }
  }
}

TEST(LinearPrediction, StaysFiniteAndBoundedWhateverItIsGiven) {
  for (const test::Trap& trap : test::traps(kHistory)) {
    for (size_t plan = 0; plan < kPlans.size(); ++plan) {
      const Model model({trap.sound}, plan);
      EXPECT_GE(model.unpredicted, 0.0) << trap.name << ' ' << plan;
      EXPECT_LE(model.unpredicted, 1.0) << trap.name << ' ' << plan;
      for (const float w : model.weights) ASSERT_TRUE(std::isfinite(w)) << trap.name << ' ' << plan;
      const float most = 2.0F * test::loudest(trap.sound);
      for (const float x : model.after(trap.sound, 4800)) {
        ASSERT_TRUE(std::isfinite(x)) << trap.name << ' ' << plan;
        ASSERT_LE(std::fabs(x), most) << trap.name << ' ' << plan;
      }
    }
  }
}

TEST(LinearPrediction, StaysBoundedWhenASoundWasCutOff) {
  // Half a tone, half nothing; and the other way round.
  for (const size_t begin : {size_t{0}, kHistory / 2}) {
    std::vector<float> x = test::tone(440.0, kHistory);
    std::fill_n(x.begin() + static_cast<ptrdiff_t>(begin), kHistory / 2, 0.0F);
    for (size_t plan = 0; plan < kPlans.size(); ++plan) {
      EXPECT_LE(test::loudest(Model({x}, plan).after(x, 4800)), 1.0F) << begin << ' ' << plan;
    }
  }
}

TEST(LinearPrediction, PredictsNothingOfSilence) {
  for (const float level : {0.0F, -0.0F, 1e-40F, 1e-30F, 1e-7F}) {
    const Model model({std::vector<float>(kHistory, level)});
    EXPECT_EQ(model.weights, std::vector<float>(kPlans[0].order, 0.0F)) << level;
    EXPECT_EQ(model.unpredicted, 1.0) << level;
  }
}

TEST(LinearPrediction, SaysHowMuchItCannotPredict) {
  EXPECT_GT(Model({test::white(kHistory, 32)}, 2).unpredicted, 0.6);
  EXPECT_LT(Model({test::tone(1000.0, kHistory)}, 2).unpredicted, 1e-4);
  // A tone and noise of a tenth of its energy.
  std::vector<float> x = test::tone(1000.0, kHistory);
  const std::vector<float> noise = test::white(kHistory, 33, 0.5 * std::sqrt(0.15));
  for (size_t i = 0; i < kHistory; ++i) x[i] += noise[i];
  const double unpredicted = Model({x}, 4).unpredicted;
  EXPECT_GT(unpredicted, 0.05);
  EXPECT_LT(unpredicted, 0.15);
}

TEST(LinearPrediction, DoesNotDependOnTheLoudness) {
  const std::vector<float> x = test::white(kHistory, 34);
  std::vector<float> quiet = x;
  // A power of two: exact.
  for (float& v : quiet) v /= 1024.0F;
  EXPECT_EQ(Model({quiet}, 1).weights, Model({x}, 1).weights);
}

TEST(LinearPrediction, GivesTheSameForTheSame) {
  const std::vector<float> x = test::white(kHistory, 35);
  const std::vector<float> other = test::tone(100.0, kHistory);
  for (size_t plan = 0; plan < kPlans.size(); ++plan) {
    Model model({x}, plan);
    const std::vector<float> first = model.weights;
    // Nothing is left of what was in between, of whatever plan.
    model.fit({other}, 0);
    model.fit({other, x}, plan);
    model.fit({x}, plan);
    EXPECT_EQ(model.weights, first) << plan;
  }
}

TEST(LinearPrediction, MayBeConfiguredTwice) {
  Model model({test::white(kHistory, 36)}, 3);
  const std::vector<float> first = model.weights;
  EXPECT_TRUE(model.prediction.configure());
  model.fit({test::white(kHistory, 36)}, 3);
  EXPECT_EQ(model.weights, first);
}

}  // namespace
}  // namespace tutti::playout
