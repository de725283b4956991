#include "wire/redundancy.h"

namespace tutti::wire {
namespace {

bool belong_together(const Header& newest, const Header& older, size_t distance) noexcept {
  const auto expected = static_cast<uint16_t>(newest.sequence - distance);
  return older.sequence == expected && older.frames == newest.frames &&
         older.rate_code == newest.rate_code && older.bits == newest.bits &&
         older.channels == newest.channels;
}

}  // namespace

Refusal Datagram::parse(std::span<const uint8_t> bytes) noexcept {
  count_ = 0;
  const Refusal first = wire::parse(bytes, packets_[0]);
  if (first != Refusal::kNone) return first;

  const size_t size = packet_bytes(packets_[0].header);
  const size_t packets = bytes.size() / size;
  if (packets * size != bytes.size()) return Refusal::kSize;
  if (packets > kMaxRedundancy) return Refusal::kRedundancy;
  for (size_t i = 1; i < packets; ++i) {
    const auto older = bytes.subspan(i * size, size);
    const Header h = read_header(older.first<kHeaderBytes>());
    if (!belong_together(packets_[0].header, h, i)) {
      const Refusal refusal = wire::parse(bytes.subspan(i * size), packets_[i]);
      return refusal == Refusal::kNone ? Refusal::kRedundancy : refusal;
    }
    // What is like the newest is as good.
    packets_[i] = {h, older.subspan(kHeaderBytes)};
  }
  count_ = packets;
  return Refusal::kNone;
}

}  // namespace tutti::wire
