#include "playout/concealer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <vector>

#include "signals.h"

namespace tutti::playout {
namespace {

std::vector<float> concealed(std::span<const float> history, size_t frames) {
  Concealer concealer;
  concealer.begin(history);
  std::vector<float> out(frames, 9.0F);
  concealer.extrapolate(out);
  return out;
}

TEST(Concealer, GoesOnWithoutAStep) {
  for (const double hz : {50.0, 440.0, 3000.0, 12000.0}) {
    for (size_t phase = 0; phase < 8; ++phase) {
      std::vector<float> all = test::tone(hz, Concealer::kHistory + 13 * phase);
      const float usual = test::steepest(all);
      const std::vector<float> more =
          concealed(std::span(all).last(Concealer::kHistory), 2 * Concealer::kFade);
      all.insert(all.end(), more.begin(), more.end());
      // The fade itself adds the last bit.
      EXPECT_LE(test::steepest(all), usual * 1.01F + 0.002F) << hz;
    }
  }
}

TEST(Concealer, IsSilentAfterItsFade) {
  const std::vector<float> out = concealed(std::vector<float>(Concealer::kHistory, 1.0F), 2000);
  EXPECT_GT(out.front(), 0.99F);
  for (size_t i = Concealer::kFade; i < out.size(); ++i) ASSERT_EQ(out[i], 0.0F) << i;
  EXPECT_LT(out[Concealer::kFade - 1], 1e-4F);
}

TEST(Concealer, FadesSteadily) {
  const std::vector<float> out = concealed(std::vector<float>(Concealer::kHistory, 1.0F), 600);
  for (size_t i = 1; i < out.size(); ++i) ASSERT_LE(out[i], out[i - 1]) << i;
  EXPECT_NEAR(out[Concealer::kFade / 2], 0.5F, 0.01F);
  EXPECT_LT(test::steepest(out), 0.005F);
}

TEST(Concealer, IsNeverLouderThanWhatWasHeard) {
  const std::vector<float> history = test::white(Concealer::kHistory, 11);
  EXPECT_LE(test::loudest(concealed(history, 1000)), test::loudest(history));
}

TEST(Concealer, IsSilentWhenNothingWasHeard) {
  EXPECT_EQ(concealed({}, 700), std::vector<float>(700, 0.0F));
}

TEST(Concealer, MakesDoWithLittle) {
  for (const size_t known : {1U, 2U, 31U, 200U}) {
    const std::vector<float> history(known, 0.5F);
    const std::vector<float> out = concealed(history, 700);
    EXPECT_EQ(out[0], 0.5F);
    for (size_t i = known; i < out.size(); ++i) ASSERT_EQ(out[i], 0.0F) << known;
  }
}

TEST(Concealer, UsesTheNewestOfALongHistory) {
  const std::vector<float> history = test::white(5000, 12);
  EXPECT_EQ(concealed(history, 600), concealed(std::span(history).last(Concealer::kHistory), 600));
}

TEST(Concealer, GoesOnWhereTheLastCallEnded) {
  const std::vector<float> history = test::white(Concealer::kHistory, 13);
  const std::vector<float> whole = concealed(history, 1000);
  for (const size_t piece : {1U, 7U, 64U, 128U, 479U}) {
    Concealer concealer;
    concealer.begin(history);
    std::vector<float> out(1000, 9.0F);
    for (size_t at = 0; at < out.size(); at += piece) {
      concealer.extrapolate(std::span(out).subspan(at, std::min(piece, out.size() - at)));
    }
    EXPECT_EQ(out, whole) << piece;
    concealer.extrapolate({});
  }
}

TEST(Concealer, BeginsAnewForEveryGap) {
  Concealer concealer;
  concealer.begin(std::vector<float>(Concealer::kHistory, 1.0F));
  std::vector<float> out(300);
  concealer.extrapolate(out);
  const std::vector<float> history = test::white(100, 14);
  concealer.begin(history);
  out.assign(600, 9.0F);
  concealer.extrapolate(out);
  EXPECT_EQ(out, concealed(history, 600));
}

}  // namespace
}  // namespace tutti::playout
