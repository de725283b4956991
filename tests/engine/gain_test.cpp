#include "mix/gain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tutti::mix {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Gain, IsExactlyOneAt0Db) { EXPECT_EQ(linear_gain(0.0), 1.0F); }

TEST(Gain, IsTwentyDecibelsForTenTimes) {
  EXPECT_FLOAT_EQ(linear_gain(-20.0), 0.1F);
  EXPECT_FLOAT_EQ(linear_gain(-40.0), 0.01F);
  EXPECT_FLOAT_EQ(linear_gain(6.0), 1.9952623F);
  EXPECT_FLOAT_EQ(linear_gain(-6.0), 0.50118723F);
}

TEST(Gain, IsSilenceAtTheBottom) {
  EXPECT_EQ(linear_gain(static_cast<double>(kMinGainDb)), 0.0F);
  EXPECT_EQ(linear_gain(-1000.0), 0.0F);
  EXPECT_EQ(linear_gain(-kInfinity), 0.0F);
  EXPECT_GT(linear_gain(-59.9), 0.0F);
}

TEST(Gain, GoesNoHigherThanTheTop) {
  const float top = linear_gain(static_cast<double>(kMaxGainDb));
  EXPECT_NEAR(top, 3.9810717F, 1e-6F);
  EXPECT_EQ(linear_gain(12.1), top);
  EXPECT_EQ(linear_gain(1e300), top);
  EXPECT_EQ(linear_gain(kInfinity), top);
}

TEST(Gain, RisesSteadily) {
  for (double db = -60.0; db < 12.0; db += 0.25) {
    EXPECT_LT(linear_gain(db), linear_gain(db + 0.25)) << db;
  }
}

TEST(Gain, OfNotANumberIsOne) { EXPECT_EQ(linear_gain(kNan), 1.0F); }

TEST(Pan, IsExactlyOneInTheMiddle) {
  const StereoGain middle = pan_gain(0.0);
  EXPECT_EQ(middle.left, 1.0F);
  EXPECT_EQ(middle.right, 1.0F);
}

TEST(Pan, HasTheSamePowerEverywhere) {
  for (int i = -100; i <= 100; ++i) {
    const StereoGain pan = pan_gain(i / 100.0);
    EXPECT_NEAR(pan.left * pan.left + pan.right * pan.right, 2.0F, 1e-6F) << i;
    EXPECT_GE(pan.left, -1e-7F);
    EXPECT_GE(pan.right, -1e-7F);
  }
}

TEST(Pan, IsSilentOnTheOtherSide) {
  EXPECT_NEAR(pan_gain(-1.0).left, std::sqrt(2.0F), 1e-6F);
  EXPECT_NEAR(pan_gain(-1.0).right, 0.0F, 1e-7F);
  EXPECT_NEAR(pan_gain(1.0).right, std::sqrt(2.0F), 1e-6F);
  EXPECT_NEAR(pan_gain(1.0).left, 0.0F, 1e-7F);
}

TEST(Pan, MovesSteadilyAndAlikeToEitherSide) {
  for (int i = -100; i < 100; ++i) {
    const StereoGain here = pan_gain(i / 100.0);
    const StereoGain next = pan_gain((i + 1) / 100.0);
    EXPECT_GT(here.left, next.left);
    EXPECT_LT(here.right, next.right);
    EXPECT_NEAR(here.left, pan_gain(-i / 100.0).right, 1e-6F);
  }
}

TEST(Pan, IsClamped) {
  for (const double far : {1.01, 5.0, 1e300, kInfinity}) {
    EXPECT_EQ(pan_gain(far).left, pan_gain(1.0).left);
    EXPECT_EQ(pan_gain(far).right, pan_gain(1.0).right);
    EXPECT_EQ(pan_gain(-far).left, pan_gain(-1.0).left);
    EXPECT_EQ(pan_gain(-far).right, pan_gain(-1.0).right);
  }
  EXPECT_EQ(pan_gain(kNan).left, 1.0F);
  EXPECT_EQ(pan_gain(kNan).right, 1.0F);
}

}  // namespace
}  // namespace tutti::mix
