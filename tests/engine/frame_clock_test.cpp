#include "clock/frame_clock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "signals.h"

namespace tutti::clock {
namespace {

constexpr double kRate = 48000.0;
constexpr double kUsPerFrame = 1e6 / kRate;
constexpr double kEpochUs = 1.7e15;

// Our audio clock and the wall's: the stamps are made in time and seen a little later.
class Wall {
 public:
  Wall() { clock.configure(kRate); }

  // Goes on for so long; every quantum, or less often, a stamp is handed over after so many us.
  template <typename Delay>
  void run(double seconds, Delay delay_us) {
    const int64_t until = frame + static_cast<int64_t>(seconds * kRate);
    for (; frame < until; frame += 128) {
      if (++quantum % every == 0) clock.observe(now_us() - delay_us(), frame);
    }
  }
  double now_us() const {
    return kEpochUs + ahead_us + static_cast<double>(frame) * kUsPerFrame * (1.0 + ppm * 1e-6);
  }
  double error_us() const { return clock.wall_us(frame) - now_us(); }

  FrameClock clock;
  int64_t frame = 0;
  int64_t quantum = 0;
  int64_t every = 1;  // quanta
  double ahead_us = 0.0;
  double ppm = 0.0;  // how much slower the frames are than their name says
};

TEST(FrameClock, IsNotKnownAtFirst) {
  FrameClock clock;
  clock.configure(kRate);
  EXPECT_FALSE(clock.known());
  EXPECT_EQ(clock.wall_us(0), 0.0);
  EXPECT_EQ(clock.wall_us(1'000'000), 0.0);
}

TEST(FrameClock, IsKnownFromTheFirstStampOn) {
  FrameClock clock;
  clock.configure(kRate);
  clock.observe(kEpochUs, 48000);
  EXPECT_TRUE(clock.known());
  EXPECT_NEAR(clock.wall_us(48000), kEpochUs, 0.5);
  EXPECT_NEAR(clock.wall_us(96000), kEpochUs + 1e6, 0.5);
  EXPECT_NEAR(clock.wall_us(0), kEpochUs - 1e6, 0.5);
}

TEST(FrameClock, BelievesTheStampThatWasHandedOverFastest) {
  test::Random random(60);
  Wall wall;
  wall.run(10.0, [&] { return 40.0 + 3000.0 * random.exponential(); });
  // The fastest of at least 180 in half a second.
  EXPECT_LE(wall.error_us(), 0.0);
  EXPECT_GE(wall.error_us(), -150.0);
  wall.run(0.2, [] { return 40.0; });
  EXPECT_NEAR(wall.error_us(), -40.0, 1.0);
}

TEST(FrameClock, IsWithin50UsAfterTenSecondsOfDrift) {
  for (const double ppm : {300.0, 50.0, -50.0, -300.0}) {
    Wall wall;
    wall.ppm = ppm;
    wall.run(10.0, [] { return 50.0; });
    for (int quantum = 0; quantum < 20'000; ++quantum) {
      wall.run(128.0 / kRate, [] { return 50.0; });
      ASSERT_NEAR(wall.error_us(), -50.0, 50.0) << ppm << ' ' << quantum;
    }
    // And on, when no stamp comes for a second.
    const double before = wall.error_us();
    wall.every = 1'000'000'000;
    wall.run(1.0, [] { return 50.0; });
    EXPECT_NEAR(wall.error_us(), before, 10.0) << ppm;
  }
}

TEST(FrameClock, IsWithin100UsUnderDriftAndJitter) {
  for (const double ppm : {300.0, -300.0}) {
    test::Random random(61);
    Wall wall;
    wall.ppm = ppm;
    const auto delay_us = [&] { return 40.0 + 500.0 * random.exponential(); };
    wall.run(15.0, delay_us);
    for (int i = 0; i < 500; ++i) {
      wall.run(0.1, delay_us);
      ASSERT_NEAR(wall.error_us(), -40.0, 100.0) << ppm << ' ' << i;
    }
  }
}

TEST(FrameClock, FollowsDriftEitherWay) {
  for (const int64_t every : {1, 37}) {
    for (const double ppm : {300.0, -300.0}) {
      Wall wall;
      wall.ppm = ppm;
      wall.every = every;
      for (int second = 0; second < 600; ++second) {
        wall.run(1.0, [] { return 50.0; });
        // The drift of a second, and of a stamp, where stamps are too rare to know it.
        ASSERT_LE(std::fabs(wall.error_us() + 50.0), 1.3e6 * 300e-6) << ppm << ' ' << second;
      }
    }
  }
}

TEST(FrameClock, IsRightAtOnceAfterTheAudioStoodStill) {
  Wall wall;
  wall.run(5.0, [] { return 50.0; });
  wall.ahead_us = 3600e6;
  wall.run(0.2, [] { return 50.0; });
  EXPECT_NEAR(wall.error_us(), -50.0, 1.0);
  // And stays so, as that was no drift.
  for (int i = 0; i < 800; ++i) {
    wall.run(0.1, [] { return 50.0; });
    ASSERT_NEAR(wall.error_us(), -50.0, 600.0) << i;
  }
  EXPECT_NEAR(wall.error_us(), -50.0, 1.0);
}

TEST(FrameClock, ForgetsWithinASecondWhatIsNoLongerTrue) {
  Wall wall;
  wall.run(20.0, [] { return 50.0; });
  wall.ahead_us = -20e6;
  wall.run(1.1, [] { return 50.0; });
  EXPECT_NEAR(wall.error_us(), -50.0, 1.0);
}

TEST(FrameClock, RemembersTheFastestForHalfASecond) {
  Wall wall;
  wall.run(5.0, [] { return 5000.0; });
  wall.run(0.1, [] { return 10.0; });
  for (int i = 0; i < 4; ++i) {
    wall.run(0.1, [] { return 5000.0; });
    ASSERT_NEAR(wall.error_us(), -10.0, 1.0) << i;
  }
}

TEST(FrameClock, IsForgottenByAReset) {
  FrameClock clock;
  clock.configure(kRate);
  clock.observe(kEpochUs, 0);
  clock.reset();
  EXPECT_FALSE(clock.known());
  EXPECT_EQ(clock.wall_us(5), 0.0);
  clock.observe(5000.0, 0);
  EXPECT_NEAR(clock.wall_us(0), 5000.0, 1e-6);
}

TEST(FrameClock, KnowsOtherRates) {
  FrameClock clock;
  clock.configure(44100.0);
  clock.observe(kEpochUs, 0);
  EXPECT_NEAR(clock.wall_us(44100), kEpochUs + 1e6, 0.5);
}

}  // namespace
}  // namespace tutti::clock
