#include "clock/offset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "signals.h"

namespace tutti::clock {
namespace {

constexpr double kOurs = 1.7e15;

// An exchange with a clock that is ahead by `ahead`, all in us.
void exchange(Offset& offset, double ahead, double there, double back, double sent = kOurs,
              double answering = 100.0) {
  const double far_received = sent + there + ahead;
  const double far_sent = far_received + answering;
  offset.observe(sent, far_received, far_sent, far_sent - ahead + back);
}

TEST(Offset, IsNotKnownAtFirst) {
  const Offset offset;
  EXPECT_FALSE(offset.known());
  EXPECT_EQ(offset.offset_us(), 0.0);
  EXPECT_EQ(offset.round_trip_us(), 0.0);
}

TEST(Offset, IsExactWhenBothWaysTakeTheSame) {
  for (const double ahead : {0.0, 1234.0, -98765.0, 3.6e9, -8.64e10}) {
    Offset offset;
    exchange(offset, ahead, 15000.0, 15000.0);
    EXPECT_TRUE(offset.known());
    EXPECT_NEAR(offset.offset_us(), ahead, 1.0);
    EXPECT_NEAR(offset.round_trip_us(), 30000.0, 1.0);
  }
}

TEST(Offset, LeavesOutTheTimeOfAnswering) {
  Offset offset;
  exchange(offset, 5000.0, 4000.0, 4000.0, kOurs, 700'000.0);
  EXPECT_NEAR(offset.offset_us(), 5000.0, 1.0);
  EXPECT_NEAR(offset.round_trip_us(), 8000.0, 1.0);
}

TEST(Offset, IsWrongByHalfTheRoundTripAtMost) {
  test::Random random(70);
  for (int i = 0; i < 1000; ++i) {
    const double there = random.between(0.0, 100'000.0);
    const double back = random.between(0.0, 100'000.0);
    Offset offset;
    exchange(offset, -777.0, there, back);
    EXPECT_LE(std::fabs(offset.offset_us() + 777.0), (there + back) / 2.0 + 1.0);
    EXPECT_NEAR(offset.round_trip_us(), there + back, 1.0);
  }
}

TEST(Offset, BelievesTheFastestExchange) {
  test::Random random(71);
  Offset offset;
  for (int i = 0; i < 16; ++i) {
    const bool undisturbed = i == 11;
    const double queue = undisturbed ? 0.0 : 1000.0 + 20000.0 * random.exponential();
    exchange(offset, 4321.0, 5000.0 + queue, 5000.0, kOurs + i * 5e5);
  }
  EXPECT_NEAR(offset.offset_us(), 4321.0, 1.0);
  EXPECT_NEAR(offset.round_trip_us(), 10000.0, 1.0);
}

TEST(Offset, ForgetsAfterSixteenExchanges) {
  Offset offset;
  exchange(offset, 1000.0, 1000.0, 1000.0);
  for (int i = 0; i < 15; ++i) exchange(offset, 2000.0, 3000.0, 3000.0);
  EXPECT_NEAR(offset.offset_us(), 1000.0, 1.0);
  exchange(offset, 2000.0, 3000.0, 3000.0);
  EXPECT_NEAR(offset.offset_us(), 2000.0, 1.0);
  for (int i = 0; i < 100; ++i) exchange(offset, 3000.0, 3000.0, 3000.0);
  EXPECT_NEAR(offset.offset_us(), 3000.0, 1.0);
}

TEST(Offset, BearsCoarseClocks) {
  Offset offset;
  // Neighbours: the round trip is 0.4 ms, and each clock only tells whole milliseconds.
  offset.observe(1000.0, 2000.0, 3000.0, 1000.0);
  EXPECT_TRUE(offset.known());
  EXPECT_EQ(offset.round_trip_us(), 0.0);
  EXPECT_NEAR(offset.offset_us(), 1500.0, 1.0);
}

TEST(Offset, IgnoresWhatCannotBe) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Offset offset;
  // Answered before it was heard.
  offset.observe(1000.0, 2000.0, 9000.0, 1100.0);
  EXPECT_FALSE(offset.known());
  for (const double garbage : {kNan, kInfinity, -kInfinity}) {
    offset.observe(garbage, 2000.0, 2100.0, 3000.0);
    offset.observe(1000.0, garbage, 2100.0, 3000.0);
    offset.observe(1000.0, 2000.0, garbage, 3000.0);
    offset.observe(1000.0, 2000.0, 2100.0, garbage);
  }
  offset.observe(-1e308, 1e308, -1e308, 1e308);
  EXPECT_FALSE(offset.known());
  exchange(offset, 10.0, 500.0, 500.0, 0.0);
  EXPECT_NEAR(offset.offset_us(), 10.0, 1e-6);
}

TEST(Offset, IsForgottenByAReset) {
  Offset offset;
  exchange(offset, 1000.0, 10.0, 10.0);
  offset.reset();
  EXPECT_FALSE(offset.known());
  exchange(offset, 5000.0, 9000.0, 9000.0);
  EXPECT_NEAR(offset.offset_us(), 5000.0, 1.0);
}

}  // namespace
}  // namespace tutti::clock
