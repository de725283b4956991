#include "mix/meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "signals.h"

namespace tutti::mix {
namespace {

Meter made() {
  Meter meter;
  meter.configure(48000.0);
  return meter;
}

void observe(Meter& meter, const std::vector<float>& left, const std::vector<float>& right,
             uint32_t quantum) {
  for (size_t at = 0; at + quantum <= left.size(); at += quantum) {
    meter.observe(left.data() + at, right.data() + at, quantum);
  }
}

void silence(Meter& meter, double seconds, uint32_t quantum) {
  const std::vector<float> nothing(static_cast<size_t>(seconds * 48000.0), 0.0F);
  observe(meter, nothing, nothing, quantum);
}

double db(float level) { return 20.0 * std::log10(static_cast<double>(level)); }

TEST(Meter, IsZeroAtFirst) {
  const Meter meter = made();
  EXPECT_EQ(meter.peak(), 0.0F);
  EXPECT_EQ(meter.rms(), 0.0F);
}

TEST(Meter, ShowsAPeakAtOnce) {
  for (const float peak : {0.7F, -0.7F}) {
    for (size_t channel = 0; channel < 2; ++channel) {
      Meter meter = made();
      std::vector<float> sound[2]{std::vector<float>(128, 0.01F), std::vector<float>(128, 0.01F)};
      sound[channel][77] = peak;
      meter.observe(sound[0].data(), sound[1].data(), 128);
      EXPECT_EQ(meter.peak(), 0.7F);
    }
  }
}

TEST(Meter, FallsBy20DbIn1700Ms) {
  for (const uint32_t quantum : {64U, 128U, 480U, 2048U}) {
    Meter meter = made();
    const std::vector<float> click(quantum, 0.8F);
    meter.observe(click.data(), click.data(), quantum);
    // In whole quanta.
    const double seconds = std::round(1.7 * 48000.0 / quantum) * quantum / 48000.0;
    silence(meter, seconds, quantum);
    EXPECT_NEAR(db(meter.peak()), db(0.8F) - 20.0 * seconds / 1.7, 0.05) << quantum;
  }
}

TEST(Meter, FallsToNothing) {
  Meter meter = made();
  const std::vector<float> loud(128, 1.0F);
  meter.observe(loud.data(), loud.data(), 128);
  silence(meter, 15.0, 128);
  EXPECT_EQ(meter.peak(), 0.0F);
  EXPECT_LT(meter.rms(), 1e-7F);
}

TEST(Meter, RisesToTheRmsOfASine) {
  Meter meter = made();
  const std::vector<float> sine = test::tone(1000.0, 144000, 0.5);
  observe(meter, sine, sine, 128);
  EXPECT_NEAR(db(meter.rms()), db(0.5F / std::sqrt(2.0F)), 0.02);
  EXPECT_NEAR(meter.peak(), 0.5F, 1e-4F);
}

TEST(Meter, IntegratesOver300Ms) {
  for (const uint32_t quantum : {64U, 128U, 480U}) {
    Meter meter = made();
    const std::vector<float> constant(14400 / quantum * quantum, 0.5F);
    observe(meter, constant, constant, quantum);
    // 63 % of the power.
    EXPECT_NEAR(meter.rms(), 0.5F * std::sqrt(1.0F - std::exp(-1.0F)), 0.002F) << quantum;
  }
}

TEST(Meter, MeasuresBothChannels) {
  Meter meter = made();
  const std::vector<float> sine = test::tone(1000.0, 144000, 0.5);
  const std::vector<float> nothing(sine.size(), 0.0F);
  observe(meter, sine, nothing, 128);
  // Half the power.
  EXPECT_NEAR(db(meter.rms()), db(0.5F / 2.0F), 0.02);
}

TEST(Meter, IsNotMovedByAnEmptyQuantum) {
  Meter meter = made();
  const std::vector<float> sound(128, 0.5F);
  meter.observe(sound.data(), sound.data(), 128);
  const float peak = meter.peak();
  const float rms = meter.rms();
  meter.observe(sound.data(), sound.data(), 0);
  EXPECT_EQ(meter.peak(), peak);
  EXPECT_EQ(meter.rms(), rms);
}

TEST(Meter, RecoversFromGarbage) {
  for (const float garbage :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1e38F}) {
    Meter meter = made();
    std::vector<float> sound(128, 0.25F);
    sound[5] = garbage;
    meter.observe(sound.data(), sound.data(), 128);
    sound[5] = 0.25F;
    for (int i = 0; i < 3000; ++i) meter.observe(sound.data(), sound.data(), 128);
    EXPECT_NEAR(meter.peak(), 0.25F, 1e-6F) << garbage;
    EXPECT_NEAR(meter.rms(), 0.25F, 1e-3F) << garbage;
  }
}

TEST(Meter, IsForgottenByAReset) {
  Meter meter = made();
  const std::vector<float> sound(128, 0.5F);
  meter.observe(sound.data(), sound.data(), 128);
  meter.reset();
  EXPECT_EQ(meter.peak(), 0.0F);
  EXPECT_EQ(meter.rms(), 0.0F);
}

}  // namespace
}  // namespace tutti::mix
