// JackTrip's packet: a 16-byte little-endian header, then planar samples.
//
//   offset 0  u64  capture time of the first frame, us since the Unix epoch
//          8  u16  sequence, +1 per packet, wraps
//         10  u16  frames per channel
//         12  u8   sampling rate code
//         13  u8   bits per sample: 8, 16, 24, 32
//         14  u8   channels that the sender wants to receive
//         15  u8   channels in this payload; 0 = as byte 14; 255 = none
//
// Any thread, no allocation, noexcept. Data from the network is hostile: parse() reads nothing
// beyond the datagram, and everything it lets through is within the ranges below.
// Document: JackTrip's docs/Documentation/NetworkProtocol.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "wire/bytes.h"

namespace tutti::wire {

inline constexpr size_t kHeaderBytes = 16;
inline constexpr uint32_t kMaxChannels = 8;
inline constexpr uint8_t kNoChannels = 255;  // as it is on the wire
inline constexpr uint32_t kMinFrames = 16;
inline constexpr uint32_t kMaxFrames = 1024;
// JackTrip says goodbye with this many bytes of 0xFF.
inline constexpr size_t kStopBytes = 63;

// Why a datagram is not played. The numbers are part of the statistics: add, never renumber.
enum class Refusal : uint8_t {
  kNone = 0,
  kTooShort = 1,      // not even a header
  kStop = 2,          // JackTrip's goodbye: well-formed, but no audio
  kRateCode = 3,      // not one of JackTrip's seven
  kBits = 4,          // not 8, 16, 24 or 32
  kFrames = 5,        // outside kMinFrames..kMaxFrames
  kChannels = 6,      // more than kMaxChannels
  kSize = 7,          // the length does not follow from the header
  kRedundancy = 8,    // the packets of one datagram do not belong together
  kRateMismatch = 9,  // a good packet, of a rate that this engine does not play
  kUnknownPeer = 10,  // for a peer that is not there
};

struct Header {
  uint64_t capture_time_us = 0;
  uint16_t sequence = 0;
  uint16_t frames = 0;
  uint8_t rate_code = 0;
  uint8_t bits = 0;
  uint8_t channels_wanted = 0;
  uint8_t channels = 0;  // resolved: 0 to kMaxChannels in this payload
};

struct Packet {
  Header header;
  std::span<const uint8_t> payload;  // channels * frames * bits / 8 bytes, into the datagram
};

// 0 when the code is not one of JackTrip's.
uint32_t rate_of_code(uint8_t code) noexcept;
// -1 when JackTrip has no code for that rate (Hz).
int code_of_rate(uint32_t rate) noexcept;

constexpr size_t payload_bytes(const Header& h) noexcept {
  return static_cast<size_t>(h.channels) * h.frames * (h.bits / 8U);
}
constexpr size_t packet_bytes(const Header& h) noexcept { return kHeaderBytes + payload_bytes(h); }

// The fields of a header, not checked. 0 and 255 channels are resolved.
inline Header read_header(std::span<const uint8_t, kHeaderBytes> bytes) noexcept {
  const uint8_t* const p = bytes.data();
  Header h{load_u64(p), load_u16(p + 8), load_u16(p + 10), p[12], p[13], p[14], p[15]};
  if (h.channels == 0) {
    h.channels = h.channels_wanted;
  } else if (h.channels == kNoChannels) {
    h.channels = 0;
  }
  return h;
}

// Reads one packet at the start of `bytes`, which may go on behind it (redundancy).
// `packet` is only written when the answer is kNone.
Refusal parse(std::span<const uint8_t> bytes, Packet& packet) noexcept;

// Writes the header and returns the span to be filled with payload_bytes(h) of samples; empty
// when `out` is too small or a field is out of range.
std::span<uint8_t> write_header(const Header& h, std::span<uint8_t> out) noexcept;

}  // namespace tutti::wire
