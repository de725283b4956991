#include "wire/packet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "signals.h"

namespace tutti::wire {
namespace {

constexpr std::array<uint8_t, 4> kGoodBits{8, 16, 24, 32};
constexpr size_t kWantedAt = 14;
constexpr size_t kChannelsAt = 15;

// As JackTrip sends it by default: 528 bytes.
Header usual() {
  Header h;
  h.capture_time_us = 0x0005FEDCBA987654ULL;
  h.sequence = 0xA1B2;
  h.frames = 128;
  h.rate_code = 3;
  h.bits = 16;
  h.channels_wanted = 2;
  h.channels = 2;
  return h;
}

std::vector<uint8_t> written(const Header& h) {
  std::vector<uint8_t> bytes(packet_bytes(h));
  const std::span<uint8_t> payload = write_header(h, bytes);
  EXPECT_EQ(payload.size(), payload_bytes(h));
  for (size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<uint8_t>(i * 31);
  return bytes;
}

Refusal answer_to(std::span<const uint8_t> bytes) {
  Packet packet;
  return parse(bytes, packet);
}

void expect_same(const Header& a, const Header& b) {
  EXPECT_EQ(a.capture_time_us, b.capture_time_us);
  EXPECT_EQ(a.sequence, b.sequence);
  EXPECT_EQ(a.frames, b.frames);
  EXPECT_EQ(a.rate_code, b.rate_code);
  EXPECT_EQ(a.bits, b.bits);
  EXPECT_EQ(a.channels_wanted, b.channels_wanted);
  EXPECT_EQ(a.channels, b.channels);
}

TEST(Packet, IsTheBytesThatJackTripSends) {
  const std::vector<uint8_t> bytes = written(usual());
  ASSERT_EQ(bytes.size(), 528U);
  const std::array<uint8_t, 16> header{0x54, 0x76, 0x98, 0xBA, 0xDC, 0xFE, 0x05, 0x00,
                                       0xB2, 0xA1, 0x80, 0x00, 3,    16,   2,    2};
  EXPECT_TRUE(std::equal(header.begin(), header.end(), bytes.begin()));
  EXPECT_EQ(bytes[16], 0);
  EXPECT_EQ(bytes[17], 31);
  EXPECT_EQ(bytes[527], static_cast<uint8_t>(511 * 31));
}

TEST(Packet, ReadsTheBytesThatJackTripSends) {
  std::vector<uint8_t> bytes(528, 0);
  const std::array<uint8_t, 16> header{0xFF, 0xEE, 0xDD, 0xCC, 0xBB, 0xAA, 0x99, 0x88,
                                       0xFE, 0xFF, 0x80, 0x00, 3,    16,   1,    2};
  std::copy(header.begin(), header.end(), bytes.begin());
  Packet packet;
  ASSERT_EQ(parse(bytes, packet), Refusal::kNone);
  EXPECT_EQ(packet.header.capture_time_us, 0x8899AABBCCDDEEFFULL);
  EXPECT_EQ(packet.header.sequence, 65534);
  EXPECT_EQ(packet.header.frames, 128);
  EXPECT_EQ(rate_of_code(packet.header.rate_code), 48000U);
  EXPECT_EQ(packet.header.bits, 16);
  EXPECT_EQ(packet.header.channels_wanted, 1);
  EXPECT_EQ(packet.header.channels, 2);
  EXPECT_EQ(packet.payload.data(), bytes.data() + 16);
  EXPECT_EQ(packet.payload.size(), 512U);
}

TEST(Packet, ComesBackAsItWasWritten) {
  uint16_t sequence = 65000;
  for (uint8_t rate_code = 0; rate_code < 7; ++rate_code) {
    for (const uint8_t bits : kGoodBits) {
      for (const uint16_t frames : {16, 17, 128, 441, 1023, 1024}) {
        for (uint8_t channels = 0; channels <= kMaxChannels; ++channels) {
          Header h = usual();
          h.sequence = sequence++;
          h.rate_code = rate_code;
          h.bits = bits;
          h.frames = frames;
          h.channels = channels;
          const std::vector<uint8_t> bytes = written(h);
          Packet packet;
          ASSERT_EQ(parse(bytes, packet), Refusal::kNone);
          expect_same(packet.header, h);
          EXPECT_EQ(packet.payload.data(), bytes.data() + kHeaderBytes);
          EXPECT_EQ(packet.payload.size(), size_t{channels} * frames * bits / 8);
        }
      }
    }
  }
}

TEST(Packet, RefusesEveryLengthThatIsTooShort) {
  const std::vector<uint8_t> bytes = written(usual());
  for (size_t length = 0; length < bytes.size(); ++length) {
    // Of exactly that size, so that a sanitizer sees a read behind the end.
    const std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(length));
    EXPECT_EQ(answer_to(cut), length < kHeaderBytes ? Refusal::kTooShort : Refusal::kSize)
        << length;
  }
}

TEST(Packet, LeavesAloneWhatFollowsBehindIt) {
  std::vector<uint8_t> bytes = written(usual());
  for (const size_t more : {1U, 15U, 528U, 5000U}) {
    bytes.resize(528 + more, 0xEE);
    Packet packet;
    ASSERT_EQ(parse(bytes, packet), Refusal::kNone);
    EXPECT_EQ(packet.payload.size(), 512U);
  }
}

TEST(Packet, RefusesEveryRateCodeButJackTripsSeven) {
  std::vector<uint8_t> bytes = written(usual());
  for (uint32_t code = 0; code < 256; ++code) {
    bytes[12] = static_cast<uint8_t>(code);
    EXPECT_EQ(answer_to(bytes), code < 7 ? Refusal::kNone : Refusal::kRateCode) << code;
  }
}

TEST(Packet, RefusesEveryWordLengthButFour) {
  std::vector<uint8_t> bytes = written(usual());
  bytes.resize(kHeaderBytes + size_t{2} * 128 * 4);
  for (uint32_t bits = 0; bits < 256; ++bits) {
    bytes[13] = static_cast<uint8_t>(bits);
    const bool good = std::find(kGoodBits.begin(), kGoodBits.end(), bits) != kGoodBits.end();
    EXPECT_EQ(answer_to(bytes), good ? Refusal::kNone : Refusal::kBits) << bits;
  }
}

TEST(Packet, RefusesEveryBlockThatIsTooSmallOrTooLarge) {
  std::vector<uint8_t> bytes = written(usual());
  bytes.resize(kHeaderBytes + size_t{65535} * 2 * 2);
  for (uint32_t frames = 0; frames < 65536; ++frames) {
    bytes[10] = static_cast<uint8_t>(frames);
    bytes[11] = static_cast<uint8_t>(frames >> 8U);
    const bool good = frames >= kMinFrames && frames <= kMaxFrames;
    ASSERT_EQ(answer_to(bytes), good ? Refusal::kNone : Refusal::kFrames) << frames;
  }
}

TEST(Packet, RefusesMoreChannelsThanEight) {
  std::vector<uint8_t> bytes = written(usual());
  bytes.resize(kHeaderBytes + size_t{255} * 128 * 2);
  for (uint32_t channels = 1; channels < 255; ++channels) {
    bytes[kChannelsAt] = static_cast<uint8_t>(channels);
    EXPECT_EQ(answer_to(bytes), channels <= kMaxChannels ? Refusal::kNone : Refusal::kChannels)
        << channels;
  }
}

TEST(Packet, WithoutAChannelCountHasAsManyAsItsSenderWants) {
  std::vector<uint8_t> bytes = written(usual());
  bytes.resize(kHeaderBytes + size_t{255} * 128 * 2);
  bytes[kChannelsAt] = 0;
  for (uint32_t wanted = 0; wanted < 256; ++wanted) {
    bytes[kWantedAt] = static_cast<uint8_t>(wanted);
    Packet packet;
    const Refusal answer = parse(bytes, packet);
    if (wanted > kMaxChannels) {
      EXPECT_EQ(answer, Refusal::kChannels) << wanted;
    } else {
      ASSERT_EQ(answer, Refusal::kNone) << wanted;
      EXPECT_EQ(packet.header.channels, wanted);
      EXPECT_EQ(packet.payload.size(), size_t{wanted} * 256);
    }
  }
}

TEST(Packet, OfNoChannelsIsAHeaderOnly) {
  std::vector<uint8_t> bytes = written(usual());
  bytes.resize(kHeaderBytes);
  bytes[kChannelsAt] = 255;
  for (uint32_t wanted = 0; wanted < 256; ++wanted) {
    bytes[kWantedAt] = static_cast<uint8_t>(wanted);
    Packet packet;
    ASSERT_EQ(parse(bytes, packet), Refusal::kNone);
    EXPECT_EQ(packet.header.channels, 0);
    EXPECT_EQ(packet.header.channels_wanted, wanted);
    EXPECT_TRUE(packet.payload.empty());
  }
}

TEST(Packet, OfNoChannelsIsWrittenAs255) {
  Header h = usual();
  h.channels = 0;
  EXPECT_EQ(written(h)[kChannelsAt], 255);
}

TEST(Packet, RecognisesTheGoodbye) {
  std::vector<uint8_t> bytes(kStopBytes, 0xFF);
  EXPECT_EQ(answer_to(bytes), Refusal::kStop);
  for (size_t i = 0; i < kStopBytes; ++i) {
    bytes[i] = 0xFE;
    EXPECT_NE(answer_to(bytes), Refusal::kStop) << i;
    bytes[i] = 0xFF;
  }
  for (const size_t length : {kHeaderBytes, kStopBytes - 1, kStopBytes + 1, 2 * kStopBytes}) {
    EXPECT_EQ(answer_to(std::vector<uint8_t>(length, 0xFF)), Refusal::kRateCode) << length;
  }
}

TEST(Packet, ThatIsRefusedLeavesTheLastOneAlone) {
  const std::vector<uint8_t> good = written(usual());
  Packet packet;
  ASSERT_EQ(parse(good, packet), Refusal::kNone);
  for (const size_t at : {11, 12, 13, 15}) {
    std::vector<uint8_t> bad = good;
    bad[at] = 0xFE;
    ASSERT_NE(parse(bad, packet), Refusal::kNone) << at;
    expect_same(packet.header, usual());
    EXPECT_EQ(packet.payload.data(), good.data() + kHeaderBytes);
  }
}

TEST(Packet, IsNotWrittenWithAFieldOutOfRange) {
  std::vector<uint8_t> out(100000, 0x55);
  const std::vector<uint8_t> before = out;
  const auto refuses = [&](auto change) {
    Header h = usual();
    change(h);
    return write_header(h, out).data() == nullptr && out == before;
  };
  EXPECT_TRUE(refuses([](Header& h) { h.rate_code = 7; }));
  EXPECT_TRUE(refuses([](Header& h) { h.rate_code = 255; }));
  EXPECT_TRUE(refuses([](Header& h) { h.bits = 0; }));
  EXPECT_TRUE(refuses([](Header& h) { h.bits = 12; }));
  EXPECT_TRUE(refuses([](Header& h) { h.bits = 64; }));
  EXPECT_TRUE(refuses([](Header& h) { h.frames = kMinFrames - 1; }));
  EXPECT_TRUE(refuses([](Header& h) { h.frames = kMaxFrames + 1; }));
  EXPECT_TRUE(refuses([](Header& h) { h.channels = kMaxChannels + 1; }));
  EXPECT_TRUE(refuses([](Header& h) { h.channels = 255; }));
}

TEST(Packet, IsNotWrittenWhereItDoesNotFit) {
  for (size_t room = 0; room < 528; ++room) {
    std::vector<uint8_t> out(room, 0x55);
    const std::vector<uint8_t> before = out;
    EXPECT_TRUE(write_header(usual(), out).empty());
    EXPECT_EQ(out, before);
  }
}

TEST(Packet, OfAnyBytesIsInRangeOrRefused) {
  test::Random random(1);
  size_t let_through = 0;
  for (int round = 0; round < 10000; ++round) {
    std::vector<uint8_t> bytes(random.below(700));
    for (uint8_t& b : bytes) b = random.byte();
    if (bytes.size() >= kHeaderBytes) {
      // Mostly plausible, or all would end at the first check.
      if (random.chance(0.9)) bytes[11] = static_cast<uint8_t>(random.below(5));
      if (random.chance(0.9)) bytes[12] = static_cast<uint8_t>(random.below(8));
      if (random.chance(0.9)) bytes[13] = static_cast<uint8_t>(8 * random.below(6));
      if (random.chance(0.9)) bytes[15] = static_cast<uint8_t>(random.below(10));
    }
    Packet packet;
    if (parse(bytes, packet) != Refusal::kNone) continue;
    ++let_through;
    const Header& h = packet.header;
    EXPECT_NE(rate_of_code(h.rate_code), 0U);
    EXPECT_NE(std::find(kGoodBits.begin(), kGoodBits.end(), h.bits), kGoodBits.end());
    EXPECT_GE(h.frames, kMinFrames);
    EXPECT_LE(h.frames, kMaxFrames);
    EXPECT_LE(h.channels, kMaxChannels);
    EXPECT_EQ(packet.payload.size(), payload_bytes(h));
    EXPECT_EQ(packet.payload.data(), bytes.data() + kHeaderBytes);
    EXPECT_LE(packet_bytes(h), bytes.size());
  }
  EXPECT_GT(let_through, 100U);
}

TEST(RateCode, IsJackTrips) {
  const std::array<uint32_t, 7> rates{22050, 32000, 44100, 48000, 88200, 96000, 192000};
  for (uint8_t code = 0; code < rates.size(); ++code) {
    EXPECT_EQ(rate_of_code(code), rates[code]);
    EXPECT_EQ(code_of_rate(rates[code]), code);
  }
  for (uint32_t code = rates.size(); code < 256; ++code) {
    EXPECT_EQ(rate_of_code(static_cast<uint8_t>(code)), 0U);
  }
  for (const uint32_t rate : {0U, 8000U, 47999U, 48001U, 176400U, 0xFFFFFFFFU}) {
    EXPECT_EQ(code_of_rate(rate), -1);
  }
}

TEST(Refusal, KeepsItsNumbers) {
  EXPECT_EQ(static_cast<int>(Refusal::kNone), 0);
  EXPECT_EQ(static_cast<int>(Refusal::kTooShort), 1);
  EXPECT_EQ(static_cast<int>(Refusal::kStop), 2);
  EXPECT_EQ(static_cast<int>(Refusal::kRateCode), 3);
  EXPECT_EQ(static_cast<int>(Refusal::kBits), 4);
  EXPECT_EQ(static_cast<int>(Refusal::kFrames), 5);
  EXPECT_EQ(static_cast<int>(Refusal::kChannels), 6);
  EXPECT_EQ(static_cast<int>(Refusal::kSize), 7);
  EXPECT_EQ(static_cast<int>(Refusal::kRedundancy), 8);
  EXPECT_EQ(static_cast<int>(Refusal::kRateMismatch), 9);
  EXPECT_EQ(static_cast<int>(Refusal::kUnknownPeer), 10);
}

}  // namespace
}  // namespace tutti::wire
