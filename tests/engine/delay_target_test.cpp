#include "playout/delay_target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

constexpr double kRate = 48000.0;
constexpr int64_t kPacket = 128;
constexpr double kMs = kRate / 1000.0;
// The fastest way there is in these tests, in frames.
constexpr double kBase = 123456.0;

// Packets of 128 frames whose way takes so many ms more than the fastest one.
class Arrivals {
 public:
  explicit Arrivals(double late_cost = DelayTarget::kDefaultLateCost) {
    target.configure(kRate);
    target.set_late_cost(late_cost);
  }

  void run(double seconds, const std::function<double(int64_t packet)>& more_ms) {
    const int64_t until = now + static_cast<int64_t>(seconds * kRate);
    for (; now < until; now += kPacket, ++packet) {
      const double ms = more_ms(packet);
      seen.push_back(ms);
      target.observe(kBase + ms * kMs, now);
    }
  }
  double depth_ms() const { return target.depth() / kMs; }
  double base_ms() const { return (target.base() - kBase) / kMs; }

  // What a delay would have cost on all these arrivals.
  double cost(double delay_ms, double late_cost) const {
    const auto late =
        std::count_if(seen.begin(), seen.end(), [&](double ms) { return ms > delay_ms; });
    return delay_ms +
           late_cost * 100.0 * static_cast<double>(late) / static_cast<double>(seen.size());
  }
  // The least that any delay would have cost: each makes one more packet be in time.
  double least_cost(double late_cost) const {
    std::vector<double> sorted = seen;
    std::sort(sorted.begin(), sorted.end());
    double least = 1e300;
    for (size_t i = 0; i < sorted.size(); ++i) {
      const auto late = static_cast<double>(sorted.size() - i - 1);
      least = std::min(least,
                       sorted[i] + late_cost * 100.0 * late / static_cast<double>(sorted.size()));
    }
    return least;
  }

  DelayTarget target;
  int64_t now = 0;
  int64_t packet = 0;
  std::vector<double> seen;
};

TEST(DelayTarget, IsNextToNothingOnASteadyNetwork) {
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_EQ(arrivals.base_ms(), 0.0);
  EXPECT_GE(arrivals.depth_ms(), 0.0);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
}

TEST(DelayTarget, CountsFromTheFastestPacket) {
  Arrivals arrivals;
  arrivals.run(3.0, [](int64_t k) { return k % 20 == 7 ? 0.0 : 4.0; });
  EXPECT_NEAR(arrivals.base_ms(), 0.0, 1e-9);
  EXPECT_GE(arrivals.depth_ms(), 4.0);
  EXPECT_LE(arrivals.depth_ms(), 4.5);
}

TEST(DelayTarget, IsNearlyTheCheapestThatThereIs) {
  test::Random random(20);
  const std::array<std::function<double(int64_t)>, 6> networks{
      [&](int64_t /*k*/) { return random.between(0.0, 8.0); },
      [&](int64_t /*k*/) { return 3.0 * random.exponential(); },
      [&](int64_t /*k*/) { return 0.4 * random.exponential(); },
      [&](int64_t /*k*/) { return random.chance(0.02) ? 30.0 : random.between(0.0, 2.0); },
      [&](int64_t k) { return k % 37 == 0 ? 60.0 : random.exponential(); },
      [&](int64_t k) { return 6.0 + 6.0 * std::sin(static_cast<double>(k) / 40.0); },
  };
  for (size_t n = 0; n < networks.size(); ++n) {
    for (const double late_cost : {1.0, 3.0, 10.0, 30.0, 100.0}) {
      Arrivals arrivals(late_cost);
      arrivals.run(7.0, networks[n]);
      const double least = arrivals.least_cost(late_cost);
      // A bin is half a millisecond wide; the last decision is up to 100 ms old.
      EXPECT_LE(arrivals.cost(arrivals.base_ms() + arrivals.depth_ms(), late_cost),
                least + 0.5 + 0.02 * least)
          << n << ' ' << late_cost;
    }
  }
}

TEST(DelayTarget, WeighsDelayAgainstLossAsItIsTold) {
  // One packet in fifty takes 20 ms more. To wait for it costs 20 ms, not to costs two percent.
  const auto network = [](int64_t k) { return k % 50 == 0 ? 20.0 : 0.0; };
  Arrivals quick(9.0);
  quick.run(4.0, network);
  EXPECT_LE(quick.depth_ms(), 0.5);
  Arrivals safe(11.0);
  safe.run(4.0, network);
  EXPECT_GE(safe.depth_ms(), 20.0);
  EXPECT_LE(safe.depth_ms(), 20.5);
}

TEST(DelayTarget, IsNeverLessWhenItIsToBeSafer) {
  double before = 0.0;
  for (double late_cost = 1.0; late_cost <= 100.0; late_cost *= 1.5) {
    test::Random random(21);
    Arrivals arrivals(late_cost);
    arrivals.run(6.0, [&](int64_t /*k*/) { return 4.0 * random.exponential(); });
    EXPECT_GE(arrivals.depth_ms(), before) << late_cost;
    before = arrivals.depth_ms();
  }
  EXPECT_GT(before, 15.0);
}

TEST(DelayTarget, TakesUpAChoiceAtTheNextPacket) {
  Arrivals arrivals(1.0);
  const auto network = [](int64_t k) { return k % 25 == 0 ? 20.0 : 0.0; };
  arrivals.run(4.0, network);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
  arrivals.target.set_late_cost(100.0);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
  arrivals.run(0.001, network);
  EXPECT_GE(arrivals.depth_ms(), 20.0);
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
  target.observe(kBase, 5000);
  EXPECT_FALSE(target.ready(5000));
  EXPECT_FALSE(target.ready(5000 + 4799));
  EXPECT_TRUE(target.ready(5000 + 4800));
  target.reset();
  EXPECT_FALSE(target.ready(1'000'000));
}

TEST(DelayTarget, GoesUpAtOnceWhenToldThatAPacketWasLate) {
  Arrivals arrivals(100.0);
  // Usually every 100 ms, which is 37.5 packets.
  arrivals.run(45.0 * kPacket / kRate, [](int64_t /*k*/) { return 0.0; });
  arrivals.target.observe(kBase + 15.0 * kMs, arrivals.now + 1);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
  arrivals.target.reconsider();
  arrivals.target.observe(kBase + 15.0 * kMs, arrivals.now + 2);
  EXPECT_GE(arrivals.depth_ms(), 15.0);
}

TEST(DelayTarget, ForgetsASpikeAfterItsWindow) {
  Arrivals arrivals(100.0);
  arrivals.run(1.0, [](int64_t /*k*/) { return 0.0; });
  arrivals.run(0.1, [](int64_t /*k*/) { return 40.0; });
  arrivals.run(0.2, [](int64_t /*k*/) { return 0.0; });
  EXPECT_GE(arrivals.depth_ms(), 40.0);
  arrivals.run(7.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_GE(arrivals.depth_ms(), 40.0);
  arrivals.run(1.0, [](int64_t /*k*/) { return 0.0; });
  EXPECT_LE(arrivals.depth_ms(), 0.5);
}

TEST(DelayTarget, ForgetsAFasterWayAfterItsWindow) {
  Arrivals arrivals;
  arrivals.run(1.0, [](int64_t /*k*/) { return 0.0; });
  arrivals.run(6.0, [](int64_t /*k*/) { return 12.0; });
  EXPECT_EQ(arrivals.base_ms(), 0.0);
  arrivals.run(3.0, [](int64_t /*k*/) { return 12.0; });
  EXPECT_EQ(arrivals.base_ms(), 12.0);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
}

TEST(DelayTarget, TakesUpAFasterRouteWithoutTheOldOnesDelays) {
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t k) { return 20.0 + static_cast<double>(k % 10); });
  EXPECT_GE(arrivals.depth_ms(), 9.0);
  // 64 packets in a row.
  arrivals.run(0.4, [](int64_t /*k*/) { return 5.0; });
  EXPECT_EQ(arrivals.base_ms(), 5.0);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
}

TEST(DelayTarget, IsNotMisledByAFewFasterPackets) {
  Arrivals arrivals;
  arrivals.run(5.0, [](int64_t k) { return 20.0 + static_cast<double>(k % 10); });
  arrivals.run(0.1, [](int64_t k) { return k % 8 == 0 ? 20.0 : 12.0; });
  EXPECT_EQ(arrivals.base_ms(), 12.0);
  // What is late has not changed, so the depth is what it was plus the new head start.
  EXPECT_NEAR(arrivals.depth_ms(), 17.5, 0.6);
}

TEST(DelayTarget, BeginsAnewWhenAllIsMuchFaster) {
  Arrivals arrivals;
  arrivals.run(3.0, [](int64_t k) { return static_cast<double>(k % 4); });
  arrivals.run(0.2, [](int64_t /*k*/) { return -1000.0; });
  EXPECT_EQ(arrivals.base_ms(), -1000.0);
  EXPECT_LE(arrivals.depth_ms(), 0.5);
  EXPECT_TRUE(arrivals.target.ready(arrivals.now));
}

TEST(DelayTarget, FollowsTwoClocksThatDriftApart) {
  // 300 ppm for 20 minutes is 360 ms, more than all bins together.
  for (const double ppm : {300.0, -300.0}) {
    test::Random random(23);
    Arrivals arrivals;
    double lowest = 1e9;
    double highest = 0.0;
    int64_t late = 0;
    for (int second = 0; second < 1200; ++second) {
      arrivals.run(1.0, [&](int64_t k) {
        const double ms =
            ppm * 1e-6 * static_cast<double>(k * kPacket) / kMs + random.between(0.0, 5.0);
        if (second > 1 && ms > arrivals.base_ms() + arrivals.depth_ms()) ++late;
        return ms;
      });
      lowest = std::min(lowest, arrivals.depth_ms());
      highest = std::max(highest, arrivals.depth_ms());
    }
    // The spread, and what the base lags behind in eight seconds.
    EXPECT_GE(lowest, 4.0) << ppm;
    EXPECT_LE(highest, 5.0 + 0.5 + 2.4 + 0.5) << ppm;
    EXPECT_LE(static_cast<double>(late), 0.02 * static_cast<double>(arrivals.packet)) << ppm;
  }
}

TEST(DelayTarget, StaysInRangeWhateverArrives) {
  test::Random random(24);
  DelayTarget target;
  target.configure(kRate);
  int64_t now = 0;
  for (int i = 0; i < 20000; ++i) {
    const double size = std::pow(10.0, random.between(0.0, 17.0));
    target.observe(random.between(-size, size), now);
    if (random.chance(0.01)) target.reconsider();
    if (random.chance(0.001)) target.reset();
    now += random.chance(0.001) ? 1'000'000'000'000 : random.below(2000);
    ASSERT_TRUE(std::isfinite(target.base()));
    ASSERT_TRUE(std::isfinite(target.depth()));
    ASSERT_GE(target.depth(), 0.0);
    ASSERT_LE(target.depth() / kMs, DelayTarget::kMaxDelayMs);
  }
}

TEST(DelayTarget, IsNeverDeeperThanItMayBe) {
  // Half of them take 260 ms more: not to be waited for, whatever it costs.
  Arrivals arrivals(100.0);
  arrivals.run(5.0, [](int64_t k) { return k % 2 == 0 ? 260.0 : 0.0; });
  EXPECT_LE(arrivals.depth_ms(), DelayTarget::kMaxDelayMs);
}

}  // namespace
}  // namespace tutti::playout
