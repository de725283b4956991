// JackTrip's redundancy: one datagram holds N whole packets of one size, the newest first, each
// older one with the sequence before.
//
// Any thread, no allocation, noexcept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "wire/packet.h"

namespace tutti::wire {

// More copies than anybody sends; bounds the work for one datagram.
inline constexpr size_t kMaxRedundancy = 8;

// A datagram that has been checked as a whole: every packet in it parses.
class Datagram {
 public:
  // kSize when the length is not a whole number of packets, kRedundancy when they do not belong
  // together, or a Refusal of wire::parse for any one of them.
  Refusal parse(std::span<const uint8_t> bytes) noexcept;

  // 1 to kMaxRedundancy after a successful parse, else 0.
  size_t count() const noexcept { return count_; }
  // 0 is the newest. Views into the bytes given to parse().
  const Packet& operator[](size_t i) const noexcept { return packets_[i]; }

 private:
  size_t count_ = 0;
  Packet packets_[kMaxRedundancy];
};

}  // namespace tutti::wire
