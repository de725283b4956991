#include "playout/delay_target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

constexpr double kRate = 48000.0;
constexpr int64_t kPacket = 128;
constexpr double kMs = kRate / 1000.0;
constexpr double kPacketMs = static_cast<double>(kPacket) / kMs;
// The fastest way there is in these tests, in frames.
constexpr double kBase = 123456.0;

using Network = std::function<double(int64_t packet)>;

// What a player's offset does that follows the window of a depth, and what that costs. All in ms.
struct Window {
  double offset = 0.0;
  double delay = 0.0;   // the offset's sum
  double missed = 0.0;  // of sound
  int64_t packets = 0;

  void follow(double requirement, double depth) {
    if (requirement > offset) {
      missed += requirement - offset;
      offset = requirement;
    }
    offset = std::min(offset, requirement + depth);
    delay += offset;
    ++packets;
  }
  double cost(double late_cost) const {
    const auto n = static_cast<double>(packets);
    return delay / n + late_cost * 100.0 * missed / (n * kPacketMs);
  }
};

// The least that following the window of any one depth would have cost.
double least_cost(const std::vector<double>& ways, size_t begin, double late_cost) {
  double least = 1e300;
  for (double depth = 0.0; depth <= DelayTarget::kMaxDelayMs; depth += depth < 20.0 ? 0.25 : 2.0) {
    Window window;
    for (size_t k = 0; k < ways.size(); ++k) {
      if (k == begin) window = {window.offset, 0.0, 0.0, 0};
      window.follow(ways[k], depth);
    }
    least = std::min(least, window.cost(late_cost));
  }
  return least;
}

// Packets of 128 frames whose way takes so many ms more than the fastest one.
class Arrivals {
 public:
  explicit Arrivals(double late_cost = DelayTarget::kDefaultLateCost) {
    target.configure(kRate);
    target.set_late_cost(late_cost);
  }

  void run(double seconds, const Network& more_ms) {
    const int64_t until = now + static_cast<int64_t>(seconds * kRate);
    for (; now < until; now += kPacket, ++packet) {
      const double ms = more_ms(packet);
      seen.push_back(ms);
      target.observe(kBase + ms * kMs, kPacket, now);
      played.follow(ms, depth_ms());
    }
  }
  // From here on the cost counts.
  void count() {
    counted_from = seen.size();
    played = {played.offset, 0.0, 0.0, 0};
  }
  double depth_ms() const { return target.depth() / kMs; }
  double base_ms() const { return (target.base() - kBase) / kMs; }

  DelayTarget target;
  int64_t now = 0;
  int64_t packet = 0;
  std::vector<double> seen;
  Window played;  // with the depth that was chosen
  size_t counted_from = 0;
};

TEST(DelayTarget, IsNextToNothingOnASteadyNetwork) {
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_EQ(arrivals.base_ms(), 0.0);
  EXPECT_EQ(arrivals.depth_ms(), 0.0);
  EXPECT_EQ(arrivals.target.jitter_ms(), 0.0);
}

TEST(DelayTarget, IsWhatSteadyJitterNeeds) {
  // Three of four packets 6 ms late: any less depth misses all the time.
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t k) { return k % 4 == 0 ? 0.0 : 6.0; });
  EXPECT_GE(arrivals.depth_ms(), 5.0);
  EXPECT_LE(arrivals.depth_ms(), 7.0);
}

TEST(DelayTarget, CountsItsBaseFromTheFastestPacketOfEightSeconds) {
  Arrivals arrivals;
  arrivals.run(3.0, [](int64_t k) { return k % 20 == 7 ? 0.0 : 4.0; });
  EXPECT_NEAR(arrivals.base_ms(), 0.0, 1e-9);
  // Not slower by so much that it would be another route.
  arrivals.run(7.4, [](int64_t /*k*/) { return 4.0; });
  EXPECT_NEAR(arrivals.base_ms(), 0.0, 1e-9);
  arrivals.run(1.2, [](int64_t /*k*/) { return 4.0; });
  EXPECT_NEAR(arrivals.base_ms(), 4.0, 1e-9);
}

TEST(DelayTarget, TakesUpAFasterRouteAtOnce) {
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t k) { return 20.0 + static_cast<double>(k % 10); });
  arrivals.run(0.01, [](int64_t /*k*/) { return 5.0; });
  EXPECT_EQ(arrivals.base_ms(), 5.0);
}

TEST(DelayTarget, TakesUpASlowerRouteWithinTwoSeconds) {
  for (const double slower : {9.0, 50.0, 400.0}) {
    Arrivals arrivals;
    arrivals.run(10.0, [](int64_t k) { return static_cast<double>(k % 3); });
    arrivals.run(1.0, [&](int64_t k) { return slower + static_cast<double>(k % 3); });
    EXPECT_EQ(arrivals.base_ms(), 0.0) << slower;
    arrivals.run(1.1, [&](int64_t k) { return slower + static_cast<double>(k % 3); });
    EXPECT_EQ(arrivals.base_ms(), slower);
    EXPECT_LE(arrivals.target.jitter_ms(), 3.0) << slower;
  }
}

TEST(DelayTarget, DoesNotTakeAShortOutageForASlowerRoute) {
  Arrivals arrivals;
  arrivals.run(10.0, [](int64_t /*k*/) { return 0.0; });
  arrivals.run(0.9, [](int64_t /*k*/) { return 60.0; });
  arrivals.run(2.0, [](int64_t k) { return static_cast<double>(k % 2); });
  EXPECT_EQ(arrivals.base_ms(), 0.0);
}

std::vector<Network> networks(test::Random& random, double& wander) {
  return {
      [&](int64_t /*k*/) { return random.between(0.0, 8.0); },
      [&](int64_t /*k*/) { return 3.0 * random.exponential(); },
      [&](int64_t /*k*/) { return 0.4 * random.exponential(); },
      [&](int64_t /*k*/) { return random.chance(0.02) ? 30.0 : random.between(0.0, 2.0); },
      [&](int64_t k) { return k % 37 == 0 ? 60.0 : random.exponential(); },
      [](int64_t k) { return 6.0 + 6.0 * std::sin(static_cast<double>(k) / 40.0); },
      // A queue of up to 100 ms every four seconds, which empties as fast as sound goes by.
      [&](int64_t k) {
        return std::max(0.0, 100.0 - kPacketMs * static_cast<double>(k % 1500)) +
               0.5 * random.exponential();
      },
      // A way that wanders.
      [&](int64_t /*k*/) {
        wander = std::max(0.0, wander + random.between(-0.3, 0.3));
        return wander + 0.5 * random.exponential();
      },
      // Bunches of ten at once, as some wireless networks deliver them.
      [](int64_t k) { return kPacketMs * static_cast<double>(9 - k % 10); },
      // Another route for 20 of 40 seconds.
      [&](int64_t k) { return (k % 15'000 < 7500 ? 0.0 : 25.0) + random.exponential(); },
  };
}

TEST(DelayTarget, CostsLittleMoreThanTheBestDepthInHindsight) {
  for (size_t n = 0; n < 10; ++n) {
    for (const double late_cost : {1.0, 3.0, 10.0, 30.0, 100.0}) {
      test::Random random(20);
      double wander = 10.0;
      const Network network = networks(random, wander)[n];
      Arrivals arrivals(late_cost);
      arrivals.run(10.0, network);
      arrivals.count();
      arrivals.run(60.0, network);
      const double least = least_cost(arrivals.seen, arrivals.counted_from, late_cost);
      EXPECT_LE(arrivals.played.cost(late_cost), least + 1.0 + 0.05 * least)
          << n << ' ' << late_cost;
    }
  }
}

TEST(DelayTarget, CostsNotMuchMoreFromTheBeginning) {
  for (size_t n = 0; n < 6; ++n) {
    test::Random random(20);
    double wander = 10.0;
    const Network network = networks(random, wander)[n];
    Arrivals arrivals;
    arrivals.run(10.0, network);
    const double least = least_cost(arrivals.seen, 0, DelayTarget::kDefaultLateCost);
    EXPECT_LE(arrivals.played.cost(DelayTarget::kDefaultLateCost), 2.0 + 1.3 * least) << n;
  }
}

TEST(DelayTarget, WeighsDelayAgainstLossAsItIsTold) {
  // One packet in fifty takes 20 ms more. To wait for it costs nearly 20 ms; not to, and to come
  // back at once, misses 20 ms of 50 packets, which is 15 percent.
  const auto network = [](int64_t k) { return k % 50 == 0 ? 20.0 : 0.0; };
  Arrivals quick(1.0);
  quick.run(20.0, network);
  EXPECT_LE(quick.depth_ms(), 1.0);
  Arrivals safe(2.0);
  safe.run(20.0, network);
  EXPECT_GE(safe.depth_ms(), 19.0);
  EXPECT_LE(safe.depth_ms(), 21.5);
}

TEST(DelayTarget, IsNeverLessWhenItIsToBeSafer) {
  double before = 0.0;
  for (double late_cost = 1.0; late_cost <= 100.0; late_cost *= 1.5) {
    test::Random random(21);
    Arrivals arrivals(late_cost);
    arrivals.run(20.0, [&](int64_t /*k*/) { return 4.0 * random.exponential(); });
    EXPECT_GE(arrivals.depth_ms(), before) << late_cost;
    before = arrivals.depth_ms();
  }
  EXPECT_GT(before, 15.0);
}

TEST(DelayTarget, TakesUpAChoiceAtOnce) {
  Arrivals arrivals(1.0);
  arrivals.run(20.0, [](int64_t k) { return k % 50 == 0 ? 20.0 : 0.0; });
  EXPECT_LE(arrivals.depth_ms(), 1.0);
  arrivals.target.set_late_cost(100.0);
  EXPECT_GE(arrivals.depth_ms(), 19.0);
  arrivals.target.set_late_cost(1.0);
  EXPECT_LE(arrivals.depth_ms(), 1.0);
}

TEST(DelayTarget, TakesAChoiceBeforeAnythingArrived) {
  DelayTarget target;
  target.configure(kRate);
  target.set_late_cost(100.0);
  EXPECT_EQ(target.depth(), 0.0);
  EXPECT_FALSE(target.ready(0));
}

TEST(DelayTarget, ClampsTheChoice) {
  test::Random random(22);
  std::vector<double> ways(2000);
  for (double& ms : ways) ms = 3.0 * random.exponential();
  const auto depth = [&](double late_cost) {
    Arrivals arrivals(late_cost);
    arrivals.run(5.0, [&](int64_t k) { return ways[static_cast<size_t>(k)]; });
    return arrivals.depth_ms();
  };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(depth(0.0), depth(1.0));
  EXPECT_EQ(depth(-1e300), depth(1.0));
  EXPECT_EQ(depth(-kInfinity), depth(1.0));
  EXPECT_EQ(depth(1e300), depth(100.0));
  EXPECT_EQ(depth(kInfinity), depth(100.0));
  EXPECT_EQ(depth(std::numeric_limits<double>::quiet_NaN()), depth(DelayTarget::kDefaultLateCost));
}

TEST(DelayTarget, IsReadyAfter100Ms) {
  DelayTarget target;
  target.configure(kRate);
  EXPECT_FALSE(target.ready(0));
  EXPECT_FALSE(target.ready(1'000'000));
  target.observe(kBase, kPacket, 5000);
  EXPECT_FALSE(target.ready(5000));
  EXPECT_FALSE(target.ready(5000 + 4799));
  EXPECT_TRUE(target.ready(5000 + 4800));
  target.reset();
  EXPECT_FALSE(target.ready(1'000'000));
}

TEST(DelayTarget, ForgetsASpikeWithinTheMemory) {
  Arrivals arrivals(100.0);
  arrivals.run(30.0, [](int64_t /*k*/) { return 0.0; });
  arrivals.run(1.0, [](int64_t k) { return k % 10 == 0 ? 40.0 : 0.0; });
  EXPECT_GE(arrivals.depth_ms(), 38.0);
  arrivals.run(5.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_GE(arrivals.depth_ms(), 38.0);
  // It fades over half a minute, and is a hundred times as dear as the delay.
  arrivals.run(240.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_LE(arrivals.depth_ms(), 2.0);
}

TEST(DelayTarget, FollowsTwoClocksThatDriftApartWithoutBeingTold) {
  for (const double ppm : {300.0, -300.0}) {
    test::Random random(23);
    Arrivals arrivals;
    for (int second = 0; second < 600; ++second) {
      arrivals.run(1.0, [&](int64_t k) {
        return ppm * 1e-6 * static_cast<double>(k * kPacket) / kMs + random.between(0.0, 5.0);
      });
      if (second < 10) continue;
      EXPECT_GE(arrivals.depth_ms(), 3.0) << ppm << ' ' << second;
      EXPECT_LE(arrivals.depth_ms(), 6.0) << ppm << ' ' << second;
      // What the base lags behind in eight seconds.
      const double drifted = ppm * 1e-3 * (second + 1);
      ASSERT_NEAR(arrivals.base_ms(), drifted, 2.7) << ppm << ' ' << second;
    }
  }
}

TEST(DelayTarget, FollowsDriftThatItIsTold) {
  // The same arrivals, with and without a drift that is told at every packet: nothing else differs.
  for (const double ppm : {300.0, -300.0}) {
    const double step = ppm * 1e-6 * static_cast<double>(kPacket);
    test::Random random(25);
    DelayTarget steady;
    DelayTarget drifting;
    steady.configure(kRate);
    drifting.configure(kRate);
    drifting.drift(1e9);  // says nothing before there is a packet
    double drifted = 0.0;
    for (int64_t k = 0; k < 100'000; ++k) {
      const double more = 4.0 * random.exponential() * kMs;
      steady.observe(kBase + more, kPacket, k * kPacket);
      drifting.observe(kBase + drifted + more, kPacket, k * kPacket);
      ASSERT_NEAR(drifting.depth(), steady.depth(), 2.0 * kMs) << k;
      ASSERT_NEAR(drifting.base(), steady.base() + drifted, 0.01) << k;
      drifted += step;
      drifting.drift(step);
    }
    EXPECT_NEAR(drifting.jitter_ms(), steady.jitter_ms(), 1.0);
  }
}

TEST(DelayTarget, KnowsTheJitterWithinAMillisecond) {
  struct Case {
    Network network;
    double percentile_95;
  };
  test::Random random(26);
  const std::vector<Case> cases{
      {[&](int64_t /*k*/) { return random.between(0.0, 20.0); }, 19.0},
      {[&](int64_t /*k*/) { return 4.0 * random.exponential(); }, 4.0 * std::log(20.0)},
      {[](int64_t k) { return k % 10 == 0 ? 33.5 : 0.0; }, 33.5},
      {[](int64_t k) { return k % 100 == 0 ? 33.5 : 0.0; }, 0.0},
      {[](int64_t k) { return k % 10 == 0 ? 0.0 : 12.5; }, 12.5},
      {[&](int64_t /*k*/) { return random.between(0.0, 150.0); }, 142.5},
  };
  for (const Case& c : cases) {
    Arrivals arrivals;
    EXPECT_TRUE(std::isnan(arrivals.target.jitter_ms()));
    arrivals.run(12.0, c.network);
    EXPECT_NEAR(arrivals.target.jitter_ms(), c.percentile_95, 1.01 + 0.01 * c.percentile_95)
        << c.percentile_95;
  }
}

TEST(DelayTarget, IsForgottenByAReset) {
  Arrivals used;
  used.run(20.0, [](int64_t k) { return k % 50 == 0 ? 20.0 : 0.0; });
  used.target.reset();
  EXPECT_EQ(used.target.depth(), 0.0);
  EXPECT_TRUE(std::isnan(used.target.jitter_ms()));
  test::Random random(27);
  Arrivals fresh;
  for (int64_t k = 0; k < 3000; ++k) {
    const double requirement = 5e6 + 3.0 * random.exponential() * kMs;
    used.target.observe(requirement, kPacket, used.now + k * kPacket);
    fresh.target.observe(requirement, kPacket, k * kPacket);
    ASSERT_EQ(used.target.depth(), fresh.target.depth()) << k;
    ASSERT_EQ(used.target.base(), fresh.target.base()) << k;
  }
  EXPECT_EQ(used.target.jitter_ms(), fresh.target.jitter_ms());
}

TEST(DelayTarget, GetsOverARequirementFarAway) {
  // Ten seconds off and back, an hour off and back.
  for (const double away : {10'500.0, -10'500.0, 3.6e6, -3.6e6, 1e12}) {
    Arrivals arrivals;
    arrivals.run(10.0, [](int64_t k) { return static_cast<double>(k % 3); });
    arrivals.run(0.001, [&](int64_t /*k*/) { return away; });
    arrivals.run(40.0, [](int64_t k) { return static_cast<double>(k % 3); });
    EXPECT_TRUE(std::isfinite(arrivals.depth_ms())) << away;
    EXPECT_LE(arrivals.depth_ms(), DelayTarget::kMaxDelayMs) << away;
    EXPECT_NEAR(arrivals.base_ms(), 0.0, 1e-6) << away;
    // For good another time: as if nothing had been.
    arrivals.run(40.0, [&](int64_t k) { return away + static_cast<double>(k % 3); });
    EXPECT_NEAR(arrivals.base_ms(), away, 1e-3) << away;
    EXPECT_LE(arrivals.target.jitter_ms(), 3.0) << away;
  }
}

TEST(DelayTarget, DoesNotListenToWhatIsNotANumber) {
  Arrivals arrivals;
  Arrivals other;
  const auto network = [](int64_t k) { return static_cast<double>(k % 7); };
  for (int i = 0; i < 20; ++i) {
    arrivals.run(0.1, network);
    other.run(0.1, network);
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity()}) {
      arrivals.target.observe(bad, kPacket, arrivals.now);
    }
  }
  EXPECT_EQ(arrivals.target.depth(), other.target.depth());
  EXPECT_EQ(arrivals.target.base(), other.target.base());
}

TEST(DelayTarget, StaysInRangeWhateverArrives) {
  test::Random random(24);
  DelayTarget target;
  target.configure(kRate);
  int64_t now = 0;
  for (int i = 0; i < 20000; ++i) {
    const double size = std::pow(10.0, random.between(0.0, 17.0));
    target.observe(random.between(-size, size), 1 + random.below(2048), now);
    if (random.chance(0.01)) target.drift(random.between(-size, size));
    if (random.chance(0.01)) target.set_late_cost(random.between(-10.0, 200.0));
    if (random.chance(0.001)) target.reset();
    now += random.chance(0.001) ? 1'000'000'000'000 : random.below(2000);
    ASSERT_TRUE(std::isfinite(target.base()));
    ASSERT_TRUE(std::isfinite(target.depth()));
    ASSERT_GE(target.depth(), 0.0);
    ASSERT_LE(target.depth() / kMs, DelayTarget::kMaxDelayMs + 1e-3);
    ASSERT_FALSE(target.jitter_ms() < 0.0);
  }
}

TEST(DelayTarget, IsNeverDeeperThanItMayBe) {
  // Half of them take 400 ms more, whatever that costs.
  Arrivals arrivals(100.0);
  arrivals.run(20.0, [](int64_t k) { return k % 2 == 0 ? 400.0 : 0.0; });
  EXPECT_LE(arrivals.depth_ms(), DelayTarget::kMaxDelayMs);
}

}  // namespace
}  // namespace tutti::playout
