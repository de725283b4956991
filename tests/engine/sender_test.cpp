#include "capture/sender.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "codec/pcm.h"
#include "signals.h"
#include "wire/packet.h"

namespace tutti::capture {
namespace {

constexpr uint32_t kMost = 2048;
constexpr double kWallUs = 1.7e15;

// What a channel of the microphone hears in a frame: exact in 16 bits.
float left(int64_t n) { return static_cast<float>((n * 37) % 20011 - 10000) / 32768.0F; }
float right(int64_t n) { return static_cast<float>((n * 53) % 19997 - 9000) / 32768.0F; }
float one(int64_t /*n*/) { return 0.5F; }
float nothing(int64_t /*n*/) { return 0.0F; }
using Sound = std::function<float(int64_t frame)>;

struct Sent {
  wire::Header header;
  std::vector<std::vector<float>> sound;  // by channel
};

// A microphone before a Sender, and all that came out.
class Studio {
 public:
  explicit Studio(uint32_t packet_frames = 128, uint32_t bits = 16) {
    configured = sender.configure({48000, packet_frames, bits}, kMost);
  }

  void play(uint32_t frames, const std::vector<Sound>& channels) {
    std::vector<std::vector<float>> sound;
    std::vector<const float*> input;
    for (const Sound& channel : channels) {
      sound.emplace_back(frames);
      for (uint32_t i = 0; i < frames; ++i) sound.back()[i] = channel(frame + i);
      input.push_back(sound.back().data());
    }
    const double wall_us = kWallUs + static_cast<double>(frame) * 1e6 / 48000.0;
    const auto count = static_cast<uint32_t>(channels.size());
    const uint32_t packets = sender.capture(input.data(), count, frames, wall_us);
    for (uint32_t i = 0; i < packets; ++i) take(sender.packet(i));
    EXPECT_TRUE(sender.packet(packets).empty());
    frame += frames;
  }
  // In quanta of 128.
  void play_on(uint32_t frames, const std::vector<Sound>& channels) {
    for (uint32_t done = 0; done < frames; done += 128) play(128, channels);
  }
  std::vector<float> all(size_t channel) const {
    std::vector<float> sound;
    for (const Sent& packet : sent) {
      const auto& part = packet.sound[std::min(channel, packet.sound.size() - 1)];
      sound.insert(sound.end(), part.begin(), part.end());
    }
    return sound;
  }

  Sender sender;
  bool configured = false;
  int64_t frame = 0;
  std::vector<Sent> sent;

 private:
  void take(std::span<const uint8_t> bytes) {
    wire::Packet packet;
    ASSERT_EQ(wire::parse(bytes, packet), wire::Refusal::kNone);
    const wire::Header& h = packet.header;
    ASSERT_EQ(bytes.size(), wire::packet_bytes(h));
    Sent& one_more = sent.emplace_back();
    one_more.header = h;
    const size_t size = size_t{h.frames} * h.bits / 8;
    for (uint32_t c = 0; c < h.channels; ++c) {
      one_more.sound.emplace_back(h.frames);
      codec::pcm_decode(h.bits, packet.payload.data() + c * size, one_more.sound.back());
    }
  }
};

void expect_sound(const Studio& studio, size_t channel, const Sound& expected) {
  const std::vector<float> sound = studio.all(channel);
  for (size_t i = 0; i < sound.size(); ++i) {
    ASSERT_EQ(sound[i], expected(static_cast<int64_t>(i))) << i;
  }
}

TEST(Sender, MakesPacketsAsJackTripSendsThem) {
  Studio studio;
  studio.sender.set_input(InputChannels::kStereo);
  studio.play(128, {left, right});
  ASSERT_EQ(studio.sent.size(), 1U);
  const wire::Header& h = studio.sent[0].header;
  EXPECT_EQ(wire::packet_bytes(h), 528U);
  EXPECT_EQ(h.capture_time_us, static_cast<uint64_t>(kWallUs));
  EXPECT_EQ(h.sequence, 0);
  EXPECT_EQ(h.frames, 128);
  EXPECT_EQ(h.rate_code, 3);
  EXPECT_EQ(h.bits, 16);
  EXPECT_EQ(h.channels_wanted, 2);
  EXPECT_EQ(h.channels, 2);
}

TEST(Sender, MakesEqualPacketsFromQuantaOfAnySize) {
  for (const uint32_t quantum : {1U, 16U, 64U, 128U, 441U, 2048U}) {
    Studio studio;
    while (studio.frame < 20000) studio.play(quantum, {left});
    ASSERT_EQ(studio.sent.size(), static_cast<size_t>(studio.frame / 128)) << quantum;
    expect_sound(studio, 0, left);
    for (size_t i = 0; i < studio.sent.size(); ++i) {
      const wire::Header& h = studio.sent[i].header;
      EXPECT_EQ(h.sequence, i);
      EXPECT_EQ(h.frames, 128);
      // When its first frame was captured, wherever in a quantum that was.
      EXPECT_NEAR(static_cast<double>(h.capture_time_us) - kWallUs,
                  static_cast<double>(i) * 128e6 / 48000.0, 1.5);
    }
  }
}

TEST(Sender, MakesPacketsOfAnySize) {
  for (const uint32_t packet_frames : {16U, 17U, 64U, 441U, 1024U}) {
    for (const uint32_t quantum : {64U, 128U, 2048U}) {
      Studio studio(packet_frames);
      studio.sender.set_input(InputChannels::kStereo);
      while (studio.frame < 8000) studio.play(quantum, {left, right});
      ASSERT_EQ(studio.sent.size(), static_cast<size_t>(studio.frame / packet_frames));
      expect_sound(studio, 0, left);
      expect_sound(studio, 1, right);
    }
  }
}

TEST(Sender, SendsAnyNumberOfBits) {
  for (const uint32_t bits : {16U, 24U, 32U}) {
    Studio studio(128, bits);
    studio.play_on(1280, {left});
    EXPECT_EQ(studio.sent[0].header.bits, bits);
    expect_sound(studio, 0, left);
  }
  Studio studio(128, 8);
  studio.play_on(1280, {one});
  expect_sound(studio, 0, one);
}

TEST(Sender, ChangesItsBitsBetweenPackets) {
  // Quanta of 48, so that every change comes in the middle of a packet.
  Studio studio;
  studio.sender.set_input(InputChannels::kStereo);
  test::Random random(82);
  while (studio.frame < 48000) {
    EXPECT_TRUE(studio.sender.set_bits(8 + 8 * (1 + random.below(3))));
    studio.play(48, {left, right});
  }
  // Exact in each of them, so nothing is to be heard of the changes.
  expect_sound(studio, 0, left);
  expect_sound(studio, 1, right);
  size_t changes = 0;
  for (size_t p = 0; p < studio.sent.size(); ++p) {
    ASSERT_EQ(studio.sent[p].header.sequence, p);
    if (p > 0 && studio.sent[p].header.bits != studio.sent[p - 1].header.bits) ++changes;
  }
  EXPECT_GT(changes, 100U);
}

TEST(Sender, RefusesBitsThatCannotBeSentAndKeepsItsOwn) {
  Studio studio(128, 24);
  for (const uint32_t bits : {0U, 1U, 12U, 20U, 64U, 0xFFFFFFFFU}) {
    EXPECT_FALSE(studio.sender.set_bits(bits)) << bits;
  }
  studio.play(128, {left});
  studio.sender.reset();
  studio.play(128, {left});
  for (const Sent& packet : studio.sent) EXPECT_EQ(packet.header.bits, 24);
}

TEST(Sender, PutsItsPacketsAtWholeWords) {
  // The ring to the network thread copies words.
  for (const uint32_t packet_frames : {16U, 17U, 127U, 128U}) {
    for (const uint32_t bits : {8U, 16U, 24U, 32U}) {
      Sender sender;
      ASSERT_TRUE(sender.configure({48000, packet_frames, bits}, kMost));
      const std::vector<float> sound(kMost, 0.1F);
      const float* const input[2] = {sound.data(), sound.data()};
      const uint32_t packets = sender.capture(input, 2, kMost, kWallUs);
      for (uint32_t i = 0; i < packets; ++i) {
        EXPECT_EQ(reinterpret_cast<uintptr_t>(sender.packet(i).data()) % 4, 0U);
      }
    }
  }
}

TEST(Sender, SendsTheChannelsChosen) {
  const auto sum = [](int64_t n) { return 0.5F * (left(n) + right(n)); };
  const struct {
    InputChannels choice;
    std::vector<Sound> expected;
  } cases[]{
      {InputChannels::kFirst, {left}},
      {InputChannels::kSecond, {right}},
      {InputChannels::kStereo, {left, right}},
      {InputChannels::kMonoMix, {sum}},
  };
  for (const auto& [choice, expected] : cases) {
    Studio studio(128, 24);
    studio.sender.set_input(choice);
    studio.play_on(1280, {left, right});
    EXPECT_EQ(studio.sent[0].header.channels, expected.size());
    for (size_t c = 0; c < expected.size(); ++c) expect_sound(studio, c, expected[c]);
  }
}

TEST(Sender, TakesAMissingChannelForSilence) {
  const struct {
    InputChannels choice;
    std::vector<Sound> with_one;
    std::vector<Sound> with_none;
  } cases[]{
      {InputChannels::kFirst, {left}, {nothing}},
      {InputChannels::kSecond, {nothing}, {nothing}},
      // One hears oneself on both sides.
      {InputChannels::kStereo, {left, left}, {nothing, nothing}},
      {InputChannels::kMonoMix, {left}, {nothing}},
  };
  for (const auto& [choice, with_one, with_none] : cases) {
    Studio studio;
    studio.sender.set_input(choice);
    studio.play_on(256, {left});
    ASSERT_EQ(studio.sent[0].sound.size(), with_one.size());
    for (size_t c = 0; c < with_one.size(); ++c) expect_sound(studio, c, with_one[c]);
    studio.sent.clear();
    // The device is pulled out; nothing of what it heard is sent again.
    studio.play_on(256, {});
    for (size_t c = 0; c < with_none.size(); ++c) expect_sound(studio, c, with_none[c]);
  }
}

TEST(Sender, ChangesBetweenMonoAndStereoBetweenPackets) {
  // Quanta of 48, so that every change comes in the middle of a packet.
  Studio studio;
  test::Random random(80);
  while (studio.frame < 48000) {
    studio.sender.set_input(random.chance(0.5) ? InputChannels::kStereo : InputChannels::kFirst);
    studio.play(48, {left, right});
  }
  expect_sound(studio, 0, left);
  size_t mono = 0;
  for (size_t p = 0; p < studio.sent.size(); ++p) {
    const Sent& packet = studio.sent[p];
    ASSERT_EQ(packet.header.sequence, p);
    if (packet.header.channels == 1) {
      ++mono;
      continue;
    }
    // Begun in stereo: each frame of the second channel is the second channel, or as the first.
    for (size_t i = 0; i < 128; ++i) {
      const auto n = static_cast<int64_t>(p * 128 + i);
      ASSERT_TRUE(packet.sound[1][i] == right(n) || packet.sound[1][i] == left(n)) << n;
    }
  }
  EXPECT_GT(mono, 100U);
  EXPECT_LT(mono, 275U);
}

TEST(Sender, IsSilentWithin10MsOfAMute) {
  for (const uint32_t quantum : {16U, 64U, 128U, 441U, 2048U}) {
    Studio studio;
    studio.sender.set_input(InputChannels::kStereo);
    while (studio.frame < 4096) studio.play(quantum, {one, one});
    const auto muted_at = static_cast<size_t>(studio.frame);
    studio.sender.set_mute(true);
    while (studio.frame < 16384) studio.play(quantum, {one, one});
    for (size_t channel = 0; channel < 2; ++channel) {
      const std::vector<float> sound = studio.all(channel);
      for (size_t i = 0; i < muted_at; ++i) ASSERT_EQ(sound[i], 0.5F) << i;
      for (size_t i = muted_at + 480; i < sound.size(); ++i) {
        ASSERT_EQ(sound[i], 0.0F) << quantum << ' ' << i - muted_at;
      }
    }
  }
}

TEST(Sender, MutesAndUnmutesWithoutAClick) {
  for (const uint32_t quantum : {16U, 128U, 2048U}) {
    Studio studio;
    for (int i = 0; i < 6; ++i) {
      studio.sender.set_mute(i % 2 == 1);
      for (int64_t until = studio.frame + 2048; studio.frame < until;) studio.play(quantum, {one});
    }
    // And back before it is silent.
    for (int i = 0; i < 40; ++i) {
      studio.sender.set_mute(i % 2 == 0);
      studio.play(128, {one});
    }
    const std::vector<float> sound = studio.all(0);
    EXPECT_LE(test::steepest(sound), 0.5F / 300.0F) << quantum;
    EXPECT_EQ(*std::min_element(sound.begin(), sound.end()), 0.0F);
    EXPECT_EQ(*std::max_element(sound.begin(), sound.end()), 0.5F);
  }
}

TEST(Sender, IsExactAgainAfterAMute) {
  Studio studio;
  studio.sender.set_mute(true);
  studio.play_on(4096, {left});
  studio.sender.set_mute(false);
  studio.play_on(4096, {left});
  studio.sent.clear();
  const int64_t begin = studio.frame;
  studio.play_on(4096, {left});
  expect_sound(studio, 0, [=](int64_t n) { return left(begin + n); });
}

TEST(Sender, MeasuresAMutedMicrophone) {
  Studio studio;
  studio.sender.set_mute(true);
  studio.play_on(4096, {one, nothing});
  EXPECT_EQ(studio.sender.meter().peak(), 0.5F);
  EXPECT_GT(studio.sender.meter().rms(), 0.1F);
  studio.sender.reset();
  EXPECT_EQ(studio.sender.meter().peak(), 0.0F);
  studio.sender.set_input(InputChannels::kSecond);
  studio.play_on(4096, {one, nothing});
  EXPECT_EQ(studio.sender.meter().peak(), 0.0F);
}

TEST(Sender, StampsPacketsInStrictOrder) {
  // Whatever happens to the wall clock: receivers take a step back for a restart.
  Sender sender;
  ASSERT_TRUE(sender.configure({48000, 64, 16}, kMost));
  const std::vector<float> sound(512, 0.1F);
  const float* const input[1] = {sound.data()};
  test::Random random(81);
  uint64_t before = 0;
  uint32_t count = 0;
  for (int i = 0; i < 3000; ++i) {
    double wall_us = kWallUs + i * 2666.0 + random.between(-20000.0, 20000.0);
    if (random.chance(0.05)) wall_us = random.chance(0.5) ? 0.0 : -1e9;
    if (random.chance(0.05)) wall_us = std::numeric_limits<double>::quiet_NaN();
    const uint32_t packets = sender.capture(input, 1, 1 + random.below(512), wall_us);
    for (uint32_t p = 0; p < packets; ++p, ++count) {
      wire::Packet packet;
      ASSERT_EQ(wire::parse(sender.packet(p), packet), wire::Refusal::kNone);
      if (count > 0) {
        ASSERT_GT(packet.header.capture_time_us, before) << i;
      }
      before = packet.header.capture_time_us;
    }
  }
  EXPECT_GT(count, 10000U);
}

TEST(Sender, CountsItsPacketsRoundAndRound) {
  Sender sender;
  ASSERT_TRUE(sender.configure({48000, 16, 8}, kMost));
  const std::vector<float> sound(kMost, 0.1F);
  const float* const input[1] = {sound.data()};
  uint32_t count = 0;
  while (count < 140000) {
    const uint32_t packets = sender.capture(input, 1, kMost, kWallUs);
    ASSERT_EQ(packets, 128U);
    for (uint32_t p = 0; p < packets; ++p, ++count) {
      wire::Packet packet;
      ASSERT_EQ(wire::parse(sender.packet(p), packet), wire::Refusal::kNone);
      ASSERT_EQ(packet.header.sequence, static_cast<uint16_t>(count));
    }
  }
}

TEST(Sender, BeginsAnewAfterAReset) {
  Studio studio;
  studio.sender.set_input(InputChannels::kStereo);
  studio.play_on(1280, {left, right});
  studio.play(50, {left, right});
  studio.sender.reset();
  studio.sent.clear();
  studio.play(128, {one, nothing});
  ASSERT_EQ(studio.sent.size(), 1U);
  EXPECT_EQ(studio.sent[0].header.sequence, 0);
  // Nothing of before, and the settings as they were.
  ASSERT_EQ(studio.sent[0].sound.size(), 2U);
  EXPECT_EQ(studio.sent[0].sound[0], std::vector<float>(128, 0.5F));
  EXPECT_EQ(studio.sent[0].sound[1], std::vector<float>(128, 0.0F));
}

TEST(Sender, SendsSilenceForWhatIsNotANumber) {
  Studio studio;
  const Sound broken = [](int64_t n) {
    return n % 3 == 0 ? std::numeric_limits<float>::quiet_NaN() : 0.25F;
  };
  studio.play_on(1280, {broken});
  expect_sound(studio, 0, [](int64_t n) { return n % 3 == 0 ? 0.0F : 0.25F; });
}

TEST(Sender, RefusesWhatCannotBeSent) {
  const auto accepts = [](const Format& format) {
    Sender sender;
    return sender.configure(format, kMost);
  };
  EXPECT_TRUE(accepts({}));
  for (const uint32_t rate : {0U, 8000U, 47999U, 384000U}) EXPECT_FALSE(accepts({rate, 128, 16}));
  for (const uint32_t frames : {0U, 15U, 1025U, 65536U, 0xFFFFFFFFU}) {
    EXPECT_FALSE(accepts({48000, frames, 16}));
  }
  for (const uint32_t bits : {0U, 1U, 12U, 20U, 64U, 0xFFFFFFFFU}) {
    EXPECT_FALSE(accepts({48000, 128, bits}));
  }
}

}  // namespace
}  // namespace tutti::capture
