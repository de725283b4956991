#include "rate/adapter.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "signals.h"

namespace tutti::rate {
namespace {

constexpr uint32_t kInner = 48000;
constexpr uint32_t kMost = 2048;

struct Sizes {
  uint32_t rate;
  std::vector<uint32_t> quanta;
};
const std::vector<Sizes> kAll{
    {44100, {128}},    {44100, {1, 17, 2048, 441}}, {96000, {128}},    {192000, {7, 1, 2}},
    {96000, {3, 128}}, {16000, {128, 2048}},        {8000, {2048, 1}}, {44101, {100}}};

TEST(Adapter, LeavesSoundOfTheInnerRateAlone) {
  Adapter adapter;
  ASSERT_TRUE(adapter.configure(kInner, kInner, kMost));
  EXPECT_EQ(adapter.max_inner_frames(), kMost);
  std::array<float, 128> left;
  std::array<float, 128> right;
  const std::array<const float*, 2> input{left.data(), right.data()};
  const Adapter::Captured captured = adapter.take(input.data(), 2, 128);
  EXPECT_EQ(captured.frames, 128U);
  EXPECT_EQ(captured.channel[0], left.data());
  EXPECT_EQ(captured.channel[1], right.data());
  const Adapter::Wanted wanted = adapter.begin(left.data(), right.data(), 128);
  EXPECT_EQ(wanted.left, left.data());
  EXPECT_EQ(wanted.right, right.data());
  EXPECT_EQ(wanted.frames, 128U);
  EXPECT_EQ(adapter.capture_delay_us(), 0.0);
  EXPECT_EQ(adapter.render_delay_us(), 0.0);
}

// Whatever the quanta, what the context gets is one conversion of one inner sound, without a seam.
TEST(Adapter, RendersAsOneConversion) {
  for (const auto& [rate, quanta] : kAll) {
    Adapter adapter;
    ASSERT_TRUE(adapter.configure(rate, kInner, kMost));
    const auto inner = test::white(60000, 4);
    std::vector<float> out;
    size_t at = 0;
    for (size_t q = 0;; ++q) {
      const uint32_t frames = quanta[q % quanta.size()];
      std::vector<float> left(frames);
      std::vector<float> right(frames);
      const Adapter::Wanted wanted = adapter.begin(left.data(), right.data(), frames);
      ASSERT_LE(wanted.frames, adapter.max_inner_frames());
      if (at + wanted.frames > inner.size() / 2) break;
      for (uint32_t i = 0; i < wanted.frames; ++i) {
        wanted.left[i] = inner[at + i];
        wanted.right[i] = -inner[at + i];
      }
      at += wanted.frames;
      adapter.end(left.data(), right.data(), frames);
      for (uint32_t i = 0; i < frames; ++i) ASSERT_EQ(left[i], -right[i]);
      out.insert(out.end(), left.begin(), left.end());
      // Never more than what is needed has been rendered.
      ASSERT_EQ(at, (static_cast<uint64_t>(out.size() - 1) * kInner) / rate + 1);
    }
    Converter converter;
    ASSERT_TRUE(converter.configure(kInner, rate));
    std::vector<float> whole(converter.output_frames(60000) + 1);
    std::vector<float> other(whole.size());
    converter.process({inner.data(), inner.data()}, 60000, {whole.data(), other.data()});
    whole.resize(out.size());
    EXPECT_EQ(out, whole) << rate << " Hz";
  }
}

TEST(Adapter, CapturesAsOneConversion) {
  for (const auto& [rate, quanta] : kAll) {
    Adapter adapter;
    ASSERT_TRUE(adapter.configure(rate, kInner, kMost));
    const auto sound = test::white(20000, 5);
    std::vector<float> taken;
    size_t at = 0;
    for (size_t q = 0; at + quanta[q % quanta.size()] <= sound.size(); ++q) {
      const uint32_t frames = quanta[q % quanta.size()];
      const std::array<const float*, 2> input{sound.data() + at, sound.data() + at};
      // What is returned lies so far before what is given.
      const double delay_us = adapter.capture_delay_us();
      const auto given = static_cast<double>(at) / rate;
      const auto returned = static_cast<double>(taken.size()) / kInner;
      Converter again;
      ASSERT_TRUE(again.configure(rate, kInner));
      EXPECT_NEAR(delay_us, (given - returned + again.latency() * 1.0 / rate) * 1e6, 1e-3);
      const Adapter::Captured captured = adapter.take(input.data(), 2, frames);
      ASSERT_LE(captured.frames, adapter.max_inner_frames());
      at += frames;
      for (uint32_t i = 0; i < captured.frames; ++i) {
        ASSERT_EQ(captured.channel[0][i], captured.channel[1][i]);
        taken.push_back(captured.channel[0][i]);
      }
    }
    Converter converter;
    ASSERT_TRUE(converter.configure(rate, kInner));
    const auto frames = static_cast<uint32_t>(at);
    std::vector<float> whole(converter.output_frames(frames) + 1);
    std::vector<float> other(whole.size());
    converter.process({sound.data(), sound.data()}, frames, {whole.data(), other.data()});
    whole.resize(whole.size() - 1);
    EXPECT_EQ(taken, whole) << rate << " Hz";
  }
}

TEST(Adapter, KnowsWhenTheNextInnerFrameComesOut) {
  for (const uint32_t rate : {44100U, 96000U, 192000U, 16000U}) {
    Adapter adapter;
    ASSERT_TRUE(adapter.configure(rate, kInner, kMost));
    Converter converter;
    ASSERT_TRUE(converter.configure(kInner, rate));
    int64_t inner = 0;
    int64_t outer = 0;
    for (int q = 0; q < 50; ++q) {
      std::array<float, 333> left;
      std::array<float, 333> right;
      const uint32_t frames = q % 2 == 0 ? 333 : 2;
      const Adapter::Wanted wanted = adapter.begin(left.data(), right.data(), frames);
      inner += wanted.frames;
      outer += frames;
      adapter.end(left.data(), right.data(), frames);
      // Inner frame n is heard at n / 48000 s and the latency.
      const double heard_us = static_cast<double>(inner + converter.latency()) * 1e6 / kInner;
      const double now_us = static_cast<double>(outer) * 1e6 / rate;
      EXPECT_NEAR(adapter.render_delay_us(), heard_us - now_us, 1e-3);
    }
  }
}

TEST(Adapter, RefusesRatesOutOfRange) {
  Adapter adapter;
  EXPECT_FALSE(adapter.configure(7999, kInner, kMost));
  EXPECT_FALSE(adapter.configure(192001, kInner, kMost));
  EXPECT_FALSE(adapter.configure(0, kInner, kMost));
}

}  // namespace
}  // namespace tutti::rate
