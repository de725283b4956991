#include "clock/skew.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include "signals.h"

namespace tutti::clock {
namespace {

constexpr double kRate = 48000.0;
constexpr double kMs = kRate / 1000.0;
constexpr int64_t kPacket = 128;

// A sender whose clock runs faster than ours by so much, and the way of its packets.
class Far {
 public:
  explicit Far(double faster_ppm = 0.0, int64_t begin = 5'000'000)
      : ppm(faster_ppm), packet_first(begin), begin_(begin) {}

  // Goes on for so long; a packet is so many ms under way, by our time in seconds.
  void run(double seconds, const std::function<double(double s)>& way_ms) {
    const double until = now + seconds * kRate;
    for (; now < until; packet_first += kPacket) {
      now = static_cast<double>(packet_first - begin_) / (1.0 + ppm * 1e-6) + paused;
      skew.observe(now + way_ms(now / kRate) * kMs, packet_first);
      worst_ppm = std::max(worst_ppm, std::fabs(error_ppm()));
    }
  }
  double ppm_seen() const { return skew.value() * 1e6; }
  double error_ppm() const { return ppm_seen() - ppm; }

  Skew skew;
  double ppm;
  double now = 0.0;
  double paused = 0.0;
  double worst_ppm = 0.0;
  int64_t packet_first;

 private:
  int64_t begin_;
};

double gaussian(test::Random& random) {
  double sum = 0.0;
  for (int i = 0; i < 12; ++i) sum += random.between(0.0, 1.0);
  return sum - 6.0;
}

double steady(double /*s*/) { return 20.0; }

TEST(Skew, IsExactWithoutJitter) {
  for (const double ppm : {300.0, 100.0, 20.0, -20.0, -100.0, -300.0, 0.0}) {
    Far far(ppm);
    far.run(3.0, steady);
    ASSERT_TRUE(far.skew.known());
    EXPECT_NEAR(far.error_ppm(), 0.0, 0.2) << ppm;
    far.run(100.0, steady);
    EXPECT_NEAR(far.error_ppm(), 0.0, 0.2) << ppm;
  }
}

TEST(Skew, IsAsExactWhenItIsStaggered) {
  for (const double share : {0.25, 0.5, 0.99}) {
    Far far(100.0);
    far.skew.stagger(share);
    far.run(3.0, steady);
    ASSERT_TRUE(far.skew.known());
    EXPECT_NEAR(far.error_ppm(), 0.0, 0.2) << share;
  }
}

TEST(Skew, IsEstimatedEarlierByWhatItIsStaggered) {
  // Told by when it becomes known, which is at the end of a half second.
  const auto known_at = [](double share) {
    Far far(100.0);
    far.skew.stagger(share);
    while (!far.skew.known()) far.run(0.001, steady);
    return far.now / kRate;
  };
  EXPECT_NEAR(known_at(0.0) - known_at(0.4), 0.2, 0.01);
  EXPECT_NEAR(known_at(0.0) - known_at(0.8), 0.4, 0.01);
}

TEST(Skew, IsExactAfterDays) {
  // Single precision would have lost it, and half a day is over 2^31 frames.
  for (const double ppm : {300.0, -300.0}) {
    Far far(ppm, int64_t{1} << 45);
    far.run(30.0, steady);
    EXPECT_NEAR(far.error_ppm(), 0.0, 1.0) << ppm;
  }
}

TEST(Skew, IsNotKnownWithinTwoSeconds) {
  Far far(300.0);
  EXPECT_FALSE(far.skew.known());
  EXPECT_EQ(far.skew.value(), 0.0);
  far.run(1.9, steady);
  EXPECT_FALSE(far.skew.known());
  EXPECT_EQ(far.skew.value(), 0.0);
  far.run(1.0, steady);
  EXPECT_TRUE(far.skew.known());
}

TEST(Skew, IsForgottenByAReset) {
  Far far(300.0);
  far.run(10.0, steady);
  far.skew.reset();
  EXPECT_FALSE(far.skew.known());
  EXPECT_EQ(far.skew.value(), 0.0);
  far.run(1.9, steady);
  EXPECT_FALSE(far.skew.known());
}

TEST(Skew, IsWithinTenPpmAfterTenSecondsOfQueues) {
  for (uint64_t seed = 100; seed < 120; ++seed) {
    for (const double ppm : {300.0, 50.0, -50.0, -300.0}) {
      test::Random random(seed);
      Far far(ppm);
      far.run(10.5, [&](double /*s*/) { return 5.0 + random.exponential(); });
      EXPECT_NEAR(far.error_ppm(), 0.0, 10.0) << seed << ' ' << ppm;
    }
  }
}

TEST(Skew, IsWithinThirtyPpmAfterTwentySecondsOfAnyOtherJitter) {
  // Where few packets are fast, nearly always.
  int all = 0;
  int astray = 0;
  for (uint64_t seed = 100; seed < 130; ++seed) {
    for (const double ppm : {300.0, 100.0, -100.0, -300.0}) {
      test::Random random(seed);
      Far uniform(ppm);
      uniform.run(10.5, [&](double /*s*/) { return random.between(5.0, 6.0); });
      EXPECT_NEAR(uniform.error_ppm(), 0.0, 30.0) << seed << ' ' << ppm;
      Far normal(ppm);
      const auto way_ms = [&](double /*s*/) { return 10.0 + gaussian(random); };
      normal.run(20.5, way_ms);
      ++all;
      astray += std::fabs(normal.error_ppm()) > 30.0 ? 1 : 0;
      normal.run(20.0, way_ms);
      EXPECT_NEAR(normal.error_ppm(), 0.0, 20.0) << seed << ' ' << ppm;
    }
  }
  EXPECT_LE(astray, all / 10);
}

TEST(Skew, SettlesWithinAMinute) {
  for (uint64_t seed = 100; seed < 110; ++seed) {
    for (const double ppm : {300.0, 30.0, -30.0, -300.0}) {
      test::Random random(seed);
      Far far(ppm);
      far.run(61.0, [&](double /*s*/) { return 5.0 + 3.0 * random.exponential(); });
      EXPECT_NEAR(far.error_ppm(), 0.0, 3.0) << seed << ' ' << ppm;
    }
  }
}

TEST(Skew, TakesJitterForNothing) {
  double sum = 0.0;
  double worst = 0.0;
  int nothing = 0;
  int all = 0;
  for (uint64_t seed = 100; seed < 130; ++seed) {
    test::Random random(seed);
    Far far;
    far.run(20.0, [&](double /*s*/) { return 5.0 + random.exponential(); });
    for (int second = 0; second < 60; ++second) {
      far.run(1.0, [&](double /*s*/) { return 5.0 + random.exponential(); });
      sum += std::fabs(far.ppm_seen());
      worst = std::max(worst, std::fabs(far.ppm_seen()));
      nothing += far.skew.value() == 0.0 ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GT(nothing, all * 6 / 10);
  EXPECT_LT(sum / all, 1.0);
  EXPECT_LT(worst, 5.0);
}

TEST(Skew, DoesNotTakeAnotherRouteForDrift) {
  for (const double step_ms : {50.0, -20.0}) {
    for (const double ppm : {0.0, 100.0, -200.0}) {
      test::Random random(131);
      double way = 30.0;
      const auto way_ms = [&](double /*s*/) { return way + 0.5 * random.exponential(); };
      Far far(ppm);
      far.run(65.0, way_ms);
      EXPECT_NEAR(far.error_ppm(), 0.0, 3.0) << step_ms << ' ' << ppm;
      way += step_ms;
      far.worst_ppm = 0.0;
      far.run(60.0, way_ms);
      EXPECT_LT(far.worst_ppm, 20.0) << step_ms << ' ' << ppm;
      far.run(40.0, way_ms);
      EXPECT_NEAR(far.error_ppm(), 0.0, 3.0) << step_ms << ' ' << ppm;
    }
  }
}

TEST(Skew, DoesNotTakeAnOutageForDrift) {
  test::Random random(132);
  Far far(100.0);
  far.run(60.0, [&](double /*s*/) { return 5.0 + 0.5 * random.exponential(); });
  far.worst_ppm = 0.0;
  // A queue that empties after 300 ms, every ten seconds.
  far.run(60.0, [&](double s) {
    const double since = std::fmod(s, 10.0);
    return 5.0 + 0.5 * random.exponential() + std::max(0.0, 300.0 - 1000.0 * since);
  });
  EXPECT_LT(far.worst_ppm, 10.0);
}

TEST(Skew, DoesNotFollowANetworkThatWanders) {
  for (const double ppm : {0.0, 100.0}) {
    test::Random random(133);
    Far far(ppm);
    const auto way_ms = [&](double s) {
      return 20.0 + 10.0 * std::sin(2.0 * std::numbers::pi * s / 7.0) + 0.3 * random.exponential();
    };
    // By itself it is up to 9000 ppm.
    // At first it knows no better.
    far.run(10.0, way_ms);
    EXPECT_LE(std::fabs(far.ppm_seen()), Skew::kMaxPpm) << ppm;
    far.worst_ppm = 0.0;
    far.run(180.0, way_ms);
    // At worst it takes it for no drift.
    EXPECT_LT(far.worst_ppm, std::fabs(ppm) + 20.0) << ppm;
  }
}

TEST(Skew, SeesAnotherClockWithinAMinute) {
  Far far(200.0);
  far.run(70.0, steady);
  Far other(-200.0);
  // The same stream goes on at another pace.
  const double offset = far.now;
  const int64_t first = far.packet_first;
  for (int64_t k = 0; k < 26'000; ++k) {
    const double at = offset + static_cast<double>(k * kPacket) / (1.0 - 200e-6);
    far.skew.observe(at, first + k * kPacket);
  }
  EXPECT_NEAR(far.ppm_seen(), -200.0, 5.0);
}

TEST(Skew, IsBounded) {
  for (const double ppm : {2000.0, -2000.0, 50'000.0, -50'000.0}) {
    Far far(ppm);
    far.run(60.0, steady);
    EXPECT_DOUBLE_EQ(far.ppm_seen(), std::copysign(Skew::kMaxPpm, ppm));
  }
}

TEST(Skew, KeepsItsValueOverAPause) {
  for (const double before : {5.0, 12.0, 70.0}) {
    for (const double ppm : {200.0, -200.0}) {
      Far far(ppm);
      far.run(before, steady);
      // Our own clock stood still, or theirs did: what was known is of another time.
      far.paused += 10.0 * kRate;
      far.now += 10.0 * kRate;
      far.worst_ppm = 0.0;
      far.run(40.0, steady);
      EXPECT_LT(far.worst_ppm, 1.0) << before << ' ' << ppm;
      EXPECT_TRUE(far.skew.known());
    }
  }
}

TEST(Skew, GoesOnWhenOurClockWentBack) {
  Far far(100.0);
  far.paused = far.now = 3600.0 * kRate;
  far.run(10.0, steady);
  far.paused = 0.0;
  far.now = 10.0 * kRate;
  far.ppm = -200.0;
  far.run(100.0, steady);
  EXPECT_NEAR(far.error_ppm(), 0.0, 1.0);
}

TEST(Skew, NeedsSomePacketsInHalfASecond) {
  Skew skew;
  for (int64_t k = 0; k < 600; ++k) {
    skew.observe(static_cast<double>(k) * 4800.0 * (1.0 - 300e-6), k * 4800);
  }
  EXPECT_FALSE(skew.known());
  EXPECT_EQ(skew.value(), 0.0);
}

TEST(Skew, SurvivesMoreEventsThanItKeeps) {
  Skew skew;
  for (int64_t k = 0; k < 400'000; ++k) {
    skew.observe(static_cast<double>(k) * 4.0 / (1.0 + 100e-6), k * 4);
  }
  EXPECT_NEAR(skew.value() * 1e6, 100.0, 1.0);
}

TEST(Skew, SurvivesAbsurdValues) {
  test::Random random(134);
  Skew skew;
  double arrived = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    const double size = std::pow(10.0, random.between(0.0, 15.0));
    arrived += random.chance(0.001) ? random.between(-size, size) : 100.0 * random.exponential();
    const auto first =
        random.chance(0.01) ? static_cast<int64_t>(random.between(-size, size)) : i * int64_t{100};
    skew.observe(arrived, first);
    ASSERT_LE(std::fabs(skew.value()), 501e-6);
  }
}

TEST(Skew, ForgetsAbsurdValuesInTime) {
  for (const double absurd :
       {1e18, -1e18, std::numeric_limits<double>::quiet_NaN(),
        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    Far far(100.0);
    far.run(10.0, steady);
    far.skew.observe(absurd, far.packet_first);
    far.skew.observe(far.now, INT64_MIN);
    far.skew.observe(far.now, INT64_MAX);
    EXPECT_LE(std::fabs(far.ppm_seen()), Skew::kMaxPpm);
    far.run(130.0, steady);
    EXPECT_NEAR(far.error_ppm(), 0.0, 1.0) << absurd;
  }
}

TEST(Skew, GivesTheSameForTheSame) {
  const auto once = [] {
    test::Random random(135);
    Far far(77.0);
    far.run(33.0, [&](double /*s*/) { return 4.0 * random.exponential(); });
    return far.skew.value();
  };
  EXPECT_EQ(once(), once());
}

}  // namespace
}  // namespace tutti::clock
